"""A kill at any moment: no half file, nothing lost, and the next run finishes the work.

`GK_KILLS` is how many kills there are in all (60 unless told; 200 before a release).
"""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from gk_xlsx.cli import main
from tests.endurance.office import (
    TEMPORARY,
    WORKS,
    Files,
    Work,
    begin,
    contents,
    ended,
    killed_after,
    lay_out,
    meaning,
    nothing_half_nothing_lost,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied with fork here"),
]

KILLS = int(os.environ.get("GK_KILLS", "60"))
IN_A_ROW = 5
"""Kills that a folder suffers before somebody lets a run come to its end."""
PLACES = 40
"""Parts of a run's time, in each of which it is killed once before any is had again."""


@dataclass(frozen=True)
class Undisturbed:
    """What a command leaves behind when nobody disturbs it, and how long it takes."""

    files: Files
    seconds: float


@pytest.fixture(params=WORKS)
def work(request: pytest.FixtureRequest) -> Work:
    return WORKS[request.param]


@pytest.fixture
def undisturbed(
    work: Work,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Undisturbed:
    """Runs once here, so that everything is loaded, then twice elsewhere with the same outcome."""
    warm, folder = tmp_path_factory.mktemp("warm"), tmp_path_factory.mktemp("undisturbed")
    for place in (warm, folder):
        lay_out(work.before(), place)
    with monkeypatch.context() as here, contextlib.suppress(SystemExit):
        here.chdir(warm)
        main(list(work.arguments))
    capsys.readouterr()
    start = time.monotonic()
    assert ended(begin(work.arguments, folder)) == work.code
    seconds = time.monotonic() - start
    files = contents(folder)
    assert ended(begin(work.again, folder)) == work.code
    assert all_meanings(contents(folder)) == all_meanings(files)
    return Undisturbed(files, seconds)


def test_whatever_is_killed_leaves_whole_files_and_the_next_run_finishes(
    work: Work,
    undisturbed: Undisturbed,
    tmp_path: Path,
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    stages: Counter[str] = Counter()
    moments = moments_of(work, undisturbed.seconds)
    wanted = KILLS // len(WORKS)
    for number in range(wanted * 2):
        folder = tmp_path / str(number)
        lay_out(work.before(), folder)
        arguments = work.arguments
        for moment in islice(moments, min(IN_A_ROW, wanted - stages.total())):
            if not killed_after(moment, arguments, folder):
                break
            now = contents(folder)
            stages[stage(work, undisturbed, now)] += 1
            whole = {path: data for path, data in now.items() if not TEMPORARY.fullmatch(path)}
            nothing_half_nothing_lost(work, undisturbed.files, whole)
            arguments = work.again
        assert ended(begin(work.again, folder)) == work.code
        assert all_meanings(contents(folder)) == all_meanings(undisturbed.files)
        if stages.total() == wanted:
            break
    record_testsuite_property(f"killed {work.arguments[0]}", dict(stages))
    assert stages.total() == wanted, "runs ended before they could be killed"


def moments_of(work: Work, seconds: float) -> Iterator[float]:
    """Seconds after which a run is killed: spread over the time it takes, in a shuffled order."""
    chance = random.Random(work.arguments[0])
    while True:
        places = [(number + chance.random()) / PLACES for number in range(PLACES)]
        chance.shuffle(places)
        yield from (place * seconds for place in places)


def stage(work: Work, undisturbed: Undisturbed, now: Files) -> str:
    """How far a run had come when it was killed."""
    before = work.before()
    made = {path for path, data in undisturbed.files.items() if before.get(path) != data}
    done = sum(path in now and now[path] != before.get(path) for path in made)
    if any(TEMPORARY.fullmatch(path) for path in now):
        return "within a file"
    if not done:
        return "before the first file"
    return "after the last file" if done == len(made) else "between files"


def all_meanings(files: Files) -> dict[str, object]:
    return {path: meaning(path, data) for path, data in files.items()}
