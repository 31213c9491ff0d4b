"""An office file as a package of parts: opened, parsed, and what any package must keep to."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_ESCAPED_CONTROL = re.compile(r"_x00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f])_")
_ESCAPED_TWICE = re.compile(r"&(?:amp|lt|gt|quot|#\d+);")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a `.rels` part; an internal target is resolved to the name of its part."""

    id: str
    kind: str
    target: str
    fragment: str
    external: bool


@dataclass(frozen=True)
class Package:
    """The parts of a file.

    Attributes:
        parts: name to bytes, in the order of the file.
        twice: names that stand in the zip more than once.
        trees: name to root element, for the XML parts that are well-formed.
        broken: one message for each XML part that is not.
    """

    parts: dict[str, bytes]
    twice: tuple[str, ...]
    trees: dict[str, etree._Element] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part (`""`: of the package) by id."""
        tree = self.trees.get(rels_of(part))
        return {} if tree is None else {item.id: item for item in _relationships(tree, part)}

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that a part points at by a kind of relationship (`styles`, `worksheet`)."""
        return [
            item.target
            for item in self.relationships(part).values()
            if item.kind == kind and not item.external and item.target in self.trees
        ]

    @property
    def main(self) -> str:
        """The main part: workbook or document; empty when there is none."""
        return next(iter(self.related("", "officeDocument")), "")


def open_package(source: bytes | Path) -> Package:
    """Read a file whole; it must be a zip."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    with ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        package = Package(
            {name: archive.read(name) for name in names},
            tuple(name for name, times in Counter(names).items() if times > 1),
        )
    for name, data in package.parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                package.trees[name] = etree.fromstring(data, _PARSER)
            except etree.XMLSyntaxError as error:
                package.broken.append(f"{name}: not well-formed: {error}")
    return package


def lint_package(package: Package) -> Iterator[str]:
    """What is wrong with any office file: types, relationships, characters, namespaces."""
    yield from (f"{name}: twice in the zip" for name in package.twice)
    yield from package.broken
    yield from _content_types(package)
    for name in package.parts:
        if name.endswith(".rels"):
            yield from _targets(package, name)
    for name, tree in package.trees.items():
        yield from _references(package, name, tree)
        yield from _ignorable(name, tree)
        yield from _characters(name, tree)


def rels_of(part: str) -> str:
    """The name of the part with the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def texts(tree: etree._Element) -> Iterator[str]:
    """Every text of a part, attributes too."""
    for element in tree.iter("*"):
        yield element.text or ""
        yield from map(str, element.attrib.values())


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname


def _content_types(package: Package) -> Iterator[str]:
    tree = package.trees.get(CONTENT_TYPES)
    if tree is None:
        yield f"{CONTENT_TYPES}: missing"
        return
    namespace = f"{{{_PACKAGE}content-types}}"
    defaults = {item.get("Extension", "").lower() for item in tree.iter(f"{namespace}Default")}
    overrides = [item.get("PartName", "").lstrip("/") for item in tree.iter(f"{namespace}Override")]
    for name, times in Counter(overrides).items():
        if times > 1:
            yield f"{CONTENT_TYPES}: {name} twice"
        if name not in package.parts:
            yield f"{CONTENT_TYPES}: no part {name}"
    for name in package.parts:
        extension = name.rpartition(".")[2].lower()
        if name not in (CONTENT_TYPES, *overrides) and extension not in defaults:
            yield f"{CONTENT_TYPES}: no type for {name}"


def _targets(package: Package, rels: str) -> Iterator[str]:
    part = posixpath.join(posixpath.dirname(posixpath.dirname(rels)), posixpath.basename(rels)[:-5])
    if part and part not in package.parts:
        yield f"{rels}: no part {part}"
    tree = package.trees.get(rels)
    found = list(_relationships(tree, part)) if tree is not None else []
    for name, times in Counter(item.id for item in found).items():
        if times > 1:
            yield f"{rels}: id {name} twice"
    for item in found:
        if not item.external and item.target and item.target not in package.parts:
            yield f"{rels}: {item.id} points at missing part {item.target}"


def _relationships(tree: etree._Element, part: str) -> Iterator[Relationship]:
    for item in tree.iter(f"{{{_PACKAGE}relationships}}Relationship"):
        external = item.get("TargetMode") == "External"
        target, _, fragment = item.get("Target", "").partition("#")
        if target and not external:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))[1:]
        kind = item.get("Type", "").rpartition("/")[2]
        yield Relationship(item.get("Id", ""), kind, target, fragment, external)


def _references(package: Package, name: str, tree: etree._Element) -> Iterator[str]:
    known = package.relationships(name)
    for element in tree.iter("*"):
        for key, value in element.attrib.items():
            if str(key).startswith(f"{{{OFFICE}}}") and str(value) not in known:
                yield f"{name}: <{local_name(element)}> names no relationship: {value!r}"


def _ignorable(name: str, tree: etree._Element) -> Iterator[str]:
    for element in tree.iter("*"):
        for prefix in element.get(_IGNORABLE, "").split():
            if prefix not in element.nsmap:
                yield f"{name}: mc:Ignorable names undeclared prefix {prefix}"


def _characters(name: str, tree: etree._Element) -> Iterator[str]:
    for text in texts(tree):
        control = _ESCAPED_CONTROL.search(text)
        if control and not name.endswith(".vml"):  # VML names its shapes _x0000_s1
            yield f"{name}: control character {control[0]} in {text[:40]!r}"
        if name.startswith("docProps/") and _ESCAPED_TWICE.search(text):
            yield f"{name}: escaped twice: {text[:40]!r}"
