"""Changes inside a zip: without them almost every change of a package only breaks its checksum."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable

Mutate = Callable[[bytes, int], bytes]
"""What the fuzzer does to bytes, given how many there may be afterwards."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)


def changed(data: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """Bytes for the next try: of a zip mostly one member is changed, and it is packed again."""
    chance = random.Random(seed)
    if not data.startswith(b"PK") or chance.random() < 0.1:
        return mutate(data, most)
    try:
        members = _unpacked(data)
    except _UNREADABLE:
        return mutate(data, most)
    if not members:
        return mutate(data, most)
    name = chance.choice(sorted(members))
    members[name] = mutate(members[name], len(members[name]) + 200)
    repacked = packed(members)
    return repacked if len(repacked) <= most else data


def packed(members: dict[str, bytes]) -> bytes:
    """A zip of these members, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(member, content)
    return buffer.getvalue()


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        few = archive.infolist()[:40]
        return {item.filename: archive.read(item) for item in few if item.file_size < 200_000}
