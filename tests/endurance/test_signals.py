"""Ctrl-C, `kill` and a closed terminal: 130, no traceback, files whole, and work can go on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.endurance.office import (
    TEMPORARY,
    WORKS,
    Files,
    Work,
    contents,
    lay_out,
    nothing_half_nothing_lost,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="signals of POSIX"),
]

SIGNALS = int(os.environ.get("GK_SIGNALS", "60"))
"""How many runs are interrupted in all."""

EVERY = {
    **WORKS,
    "render": Work(
        ("render", "收件", "-o", "成文"),
        ("render", "收件", "-o", "成文", "--force"),
        1,
        WORKS["check"].before,
    ),
    "help": Work(("--help",), ("--help",), 0, dict),
}

_START = (
    "import os; from gk_xlsx import cli; cli._end_when_asked(); os.write({ready}, b'.'); cli.main()"
)
"""Says when it listens: before that, the signal would meet Python itself and not the program."""


@contextmanager
def started(arguments: tuple[str, ...], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real run of a command that has just begun."""
    here, ready = os.pipe()
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONWARNINGS": "default"}
    command = [sys.executable, "-c", _START.format(ready=ready), *arguments]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        pass_fds=[ready],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(ready)
        assert os.read(here, 1) == b"."
        os.close(here)
        yield process


def undisturbed(work: Work, folder: Path) -> tuple[Files, float]:
    """What a command leaves, and how many seconds it takes after it has begun."""
    folder.mkdir()
    lay_out(work.before(), folder)
    with started(work.arguments, folder) as process:
        start = time.monotonic()
        _, said = process.communicate()
    assert process.returncode == work.code, said.decode()
    return contents(folder), time.monotonic() - start


@pytest.mark.parametrize("name", EVERY)
def test_an_interrupted_run_ends_cleanly(name: str, tmp_path: Path) -> None:
    work, chance = EVERY[name], random.Random(name)
    finished, seconds = undisturbed(work, tmp_path / "undisturbed")
    times = max(SIGNALS // len(EVERY), 3)
    interrupted = 0
    for number in range(times):
        folder = tmp_path / str(number)
        folder.mkdir()
        lay_out(work.before(), folder)
        number_of_signal = (signal.SIGINT, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)[number % 4]
        with started(work.arguments, folder) as process:
            time.sleep((number + chance.random()) / times * seconds)
            process.send_signal(number_of_signal)
            said = b"".join(process.communicate()).decode()
        if process.returncode == -number_of_signal:  # all was done, and Python itself was ending
            assert contents(folder) == finished
            continue
        assert process.returncode in (130, work.code), (process.returncode, said)
        interrupted += process.returncode == 130
        assert "Traceback" not in said
        assert "Exception ignored" not in said
        assert ("已中断" in said) is (process.returncode == 130)
        now = contents(folder)
        whole = {path: data for path, data in now.items() if not TEMPORARY.fullmatch(path)}
        nothing_half_nothing_lost(work, finished, whole)
    assert interrupted >= times // 2


def test_a_second_interruption_does_not_disturb_the_first(tmp_path: Path) -> None:
    work = WORKS["check"]
    lay_out(work.before(), tmp_path)
    with started(work.arguments, tmp_path) as process:
        time.sleep(0.3)
        for _ in range(20):
            process.send_signal(signal.SIGINT)
            time.sleep(0.001)
        said = process.communicate()[1].decode()
    assert process.returncode in (130, 1)
    assert "Traceback" not in said


def test_what_was_told_to_outlive_its_terminal_does(tmp_path: Path) -> None:
    """`nohup` has the signal ignored; so it stays."""
    work = WORKS["check"]
    lay_out(work.before(), tmp_path)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with started(work.arguments, tmp_path) as process:
            time.sleep(0.1)
            process.send_signal(signal.SIGHUP)
            process.communicate()
    finally:
        signal.signal(signal.SIGHUP, before)
    assert process.returncode == work.code
