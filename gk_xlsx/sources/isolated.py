"""Work on files that may eat all memory, hang or crash, in a process that can be killed.

Libraries that parse foreign formats are written for good files: one of 8 KB can abort the whole
process, one of 10 KB fill the memory; and matching what a large file shows takes as long as the
file wants. So both run in a worker with a limit on time and, where the system has one, on memory;
a killer file costs one refusal and not the run. One worker serves many files and is replaced when
it dies. Nothing here knows any format.
"""

from __future__ import annotations

import atexit
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO

from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.sources.refusals import RefusedError

SECONDS = 20.0
"""As long as one file may take, unless its reader is known to be slow."""
MEMORY = 480 * 2**20
"""Bytes of address space that the worker may use (Linux; no limit elsewhere)."""

_HEAD = struct.Struct(">Q")
"""In front of every message: its length."""

_START = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from gk_xlsx.sources.isolated_worker import serve; serve(int(sys.argv[1]))"
)


class WorkerBugError(RuntimeError):
    """Work failed in a way it should not; the message is its traceback."""


def work_isolated(steps: Sequence[str], data: bytes, seconds: float = SECONDS) -> object:
    """What functions make of a file's bytes, each of what the one before it gave.

    Args:
        steps: functions, as `module:function`; the first takes bytes. What they give and raise
            can be pickled.
        data: all of the file.
        seconds: how long they may take.

    Raises:
        UnreadableError: as they raise it, and where they die, hang or run out of memory.
        GkXlsxError: as they raise it.
        WorkerBugError: if they raise anything else.
    """
    with _LOCK:
        fresh = not _WORKERS
        try:
            return _worker().work(steps, data, seconds)
        except _DiedError as death:
            if fresh or death.reason == "too_slow":
                raise RefusedError(death.reason) from None
        try:  # what an earlier file left behind may have been to blame
            return _worker().work(steps, data, seconds)
        except _DiedError as death:
            raise RefusedError(death.reason) from None


def stop() -> None:
    """End the worker, if there is one; the next file starts another."""
    with _LOCK:
        for worker in list(_WORKERS.values()):
            worker.end()


class _DiedError(Exception):
    """The worker is gone; `reason` is one of `refusals.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Worker:
    """A process that takes one file after the other."""

    def __init__(self) -> None:
        paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109 — as Python means ''
        self._process = subprocess.Popen(  # noqa: S603 — this same Python, and no shell
            [sys.executable, "-P", "-c", _START, str(MEMORY), *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._slow = threading.Event()

    def work(self, steps: Sequence[str], data: bytes, seconds: float) -> object:
        """One file.

        Raises:
            _DiedError: if no answer came; the worker has been ended.
        """
        timer = threading.Timer(seconds, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            answer = self._answer(pickle.dumps((tuple(steps), data)))
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            raise _DiedError("too_slow" if self._slow.is_set() else "crashed") from None
        except BaseException:
            self.end()
            raise
        finally:
            timer.cancel()
        return self._told(answer)

    def _answer(self, request: bytes) -> tuple[str, object]:
        assert self._process.stdin is not None  # noqa: S101 — both were asked for
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdin.write(_HEAD.pack(len(request)) + request)
        self._process.stdin.flush()
        (length,) = _HEAD.unpack(_exactly(self._process.stdout, _HEAD.size))
        kind, value = pickle.loads(_exactly(self._process.stdout, length))  # noqa: S301 — our own
        return kind, value

    def _told(self, answer: tuple[str, object]) -> object:
        kind, value = answer
        if kind == "memory":
            self.end()
            raise _DiedError("too_hungry")
        if kind == "done":
            return value
        if kind == "unreadable" and isinstance(value, dict):
            if value["reason"]:
                raise RefusedError(value["reason"])
            error = UnreadableError(value["message"], value["fix"])
            error.code, error.name = value["code"], value["name"]
            raise error
        if kind == "failed":
            raise GkXlsxError(str(value))
        raise WorkerBugError(str(value))

    def _give_up(self) -> None:
        self._slow.set()
        self._process.kill()

    def end(self) -> None:
        """Kill it, and forget it."""
        _WORKERS.pop(os.getpid(), None)
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:  # it was writing when the other side went away
                continue
        self._process.wait()


_WORKERS: dict[int, _Worker] = {}
"""By the process that uses it: a forked one starts its own, the pipes are not shared."""
_LOCK = threading.Lock()


def _worker() -> _Worker:
    if os.getpid() not in _WORKERS:
        _WORKERS.clear()
        _WORKERS[os.getpid()] = _Worker()
    return _WORKERS[os.getpid()]


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise EOFError
    return data


atexit.register(stop)
