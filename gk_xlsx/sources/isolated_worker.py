"""The other side of `isolated`: what runs in the worker."""

from __future__ import annotations

import copyreg
import importlib
import os
import pickle
import struct
import sys
import traceback
from types import MappingProxyType
from typing import IO

from gk_xlsx.errors import GkXlsxError, UnreadableError

_HEAD = struct.Struct(">Q")
LONGEST = 120
"""Seconds of computing that any file may take."""


def serve(memory: int) -> None:
    """Answer requests on stdin until it ends; nothing else may write to stdout."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit(memory)
    while head := requests.read(_HEAD.size):
        (length,) = _HEAD.unpack(head)
        limit_time()
        steps, data = pickle.loads(requests.read(length))  # noqa: S301 — from the tool itself
        _send(answers, _answer(steps, data))
        del data


def read_only(items: dict[object, object]) -> MappingProxyType[object, object]:
    """A read-only mapping; documents hold some, and pickle does not know them by itself."""
    return MappingProxyType(items)


copyreg.pickle(MappingProxyType, lambda mapping: (read_only, (dict(mapping),)))


def _answer(steps: tuple[str, ...], value: object) -> bytes:
    """What the steps make of the bytes, or what went wrong, as a message."""
    try:
        for step in steps:
            module, _, function = step.partition(":")
            value = getattr(importlib.import_module(module), function)(value)
        return pickle.dumps(("done", value))
    except MemoryError:
        return pickle.dumps(("memory", None))
    except UnreadableError as error:
        said = {key: getattr(error, key) for key in ("code", "name", "message", "fix")}
        said["reason"] = getattr(error, "reason", "")
        return pickle.dumps(("unreadable", said))
    except GkXlsxError as error:
        return pickle.dumps(("failed", str(error)))
    except Exception:  # noqa: BLE001 — a bug is told where it is seen, with its traceback
        return pickle.dumps(("bug", traceback.format_exc()))


def _send(answers: IO[bytes], message: bytes) -> None:
    answers.write(_HEAD.pack(len(message)) + message)
    answers.flush()


def limit_time() -> None:
    """End this process when the next file takes too long, even if nobody waits for it any more.

    Whoever asked ends it sooner, unless it was itself killed; not on Windows.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(used.ru_utime + used.ru_stime) + LONGEST
    resource.setrlimit(
        resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard)
    )


def _limit(memory: int) -> None:
    """Limit the address space, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (OSError, ValueError):  # macOS knows the limit and does not take it
        return
