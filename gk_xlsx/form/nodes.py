"""YAML nodes → texts, numbers, lists, mappings; what is wrong is kept with its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import yaml

from gk_xlsx.errors import DefinitionError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[0-9]{1,9}")

_T = TypeVar("_T")


def compose(text: str, name: str) -> yaml.Node:
    """The root node of a YAML text.

    Raises:
        DefinitionError: if it is no YAML, or empty.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError([f"{name}:{line}: YAML 语法错误：{error.problem}"]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise DefinitionError([f"{name}:{line}: YAML 语法错误：有不能用的控制字符"]) from None
    if root is None:
        raise DefinitionError([f"{name}:1: 文件是空的"])
    return root


class NodeReader:
    """Reads nodes by kind and keeps what is wrong with them.

    A wrong node is reported once and replaced by an empty value, so that reading goes on; a
    node that is None was reported as missing and is passed over.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._problems: list[tuple[int, str]] = []

    def refuse_if_wrong(self) -> None:
        """Raise with every problem, each once, in the order of the file.

        Raises:
            DefinitionError: if there was any.
        """
        if self._problems:
            ordered = sorted(set(self._problems))
            raise DefinitionError([f"{self._name}:{line}: {text}" for line, text in ordered])

    def problem(self, node: yaml.Node | None, text: str) -> None:
        """Keep a problem with the line of its node."""
        self._problems.append((node.start_mark.line + 1 if node else 1, text))

    def mapping(
        self, node: yaml.Node | None, required: Sequence[str], optional: Sequence[str] = ()
    ) -> dict[str, yaml.Node]:
        """The values of a mapping by key; unknown, repeated and missing keys are problems."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.problem(node, f"应为含 {'、'.join(required)} 的一组项目")
            return {}
        names = [_key(key) for key, _ in node.value]
        for twice in repeated(names):
            self.problem(node, f"项目重复：{twice}")
        for name, (key, _) in zip(names, node.value, strict=True):
            if name not in (*required, *optional):
                self.problem(key, f"不认识的项目：{name}")
        for missing in [name for name in required if name not in names]:
            self.problem(node, f"缺少项目：{missing}")
        return dict(zip(names, (value for _, value in node.value), strict=True))

    def sequence(self, node: yaml.Node | None, decode: Callable[[yaml.Node], _T]) -> tuple[_T, ...]:
        """Every item of a list, decoded."""
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, "应为一个列表")
            return ()
        return tuple(decode(item) for item in node.value)

    def some(self, node: yaml.Node | None, decode: Callable[[yaml.Node], _T]) -> tuple[_T, ...]:
        """Every item of a list that must not be empty, decoded."""
        if isinstance(node, yaml.SequenceNode) and not node.value:
            self.problem(node, "列表不能为空")
        return self.sequence(node, decode)

    def texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        """A list of texts."""
        return self.sequence(node, self.text)

    def text(self, node: yaml.Node | None) -> str:
        """A single text."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.problem(node, "应为一段文字")
            return ""
        return str(node.value)

    def whole(self, node: yaml.Node | None) -> int:
        """A whole number, 0 or more."""
        if node is None:
            return 0
        text = self.text(node)
        if not _WHOLE.fullmatch(text):
            self.problem(node, f"应为整数，现为“{text}”")
            return 0
        return int(text)

    def flag(self, node: yaml.Node | None) -> bool:
        """True or false; false where absent."""
        text = self.text(node)
        if node is not None and text not in ("true", "false"):
            self.problem(node, f"应为 true 或 false，现为“{text}”")
        return text == "true"


def items(node: yaml.Node | None) -> list[yaml.Node]:
    """The nodes of a list; none where it is none."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def repeated(names: Iterable[str]) -> list[str]:
    """The names that stand there more than once, sorted."""
    return sorted(name for name, times in Counter(names).items() if times > 1)


def _key(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else "（不是一个词）"
