"""A kill at any moment: no half file, nothing lost, and the next run finishes the work.

`GK_KILLS` is how many kills there are in all (200 unless told); more are for a night's run.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.endurance.office import (
    NOTED,
    REGISTER,
    SPOKEN,
    WORKS,
    Files,
    Work,
    begin,
    cells,
    contents,
    ended,
    killed_after,
    lay_out,
    main,
    meaning,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied with fork here"),
]

KILLS = int(os.environ.get("GK_KILLS", "200"))
IN_A_ROW = 5
"""Kills that a folder suffers before somebody lets a run come to its end."""
TEMPORARY = re.compile(r"(?:.*/)?\.gk-[a-z0-9_]{8}\.tmp")


@dataclass(frozen=True)
class Undisturbed:
    """What a command leaves behind when nobody disturbs it.

    Attributes:
        seconds: how long it takes.
        again: the same for a run that finds everything done.
    """

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
    """Run once here, so that everything is loaded, and twice in a copy, to know how long it takes.

    The second of those finds everything done and must change nothing.
    """
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
    assert {path: meaning(path, data) for path, data in contents(folder).items()} == {
        path: meaning(path, data) for path, data in files.items()
    }
    return Undisturbed(files, seconds)


def test_whatever_is_killed_leaves_whole_files_and_the_next_run_finishes(
    work: Work, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    seen: Counter[str] = Counter()
    for number, moments in enumerate(series(work, undisturbed.seconds)):
        folder = tmp_path / str(number)
        lay_out(work.before(), folder)
        for place, moment in enumerate(moments):
            if not killed_after(moment, work.again if place else work.arguments, folder):
                seen["over before"] += 1
                break
            seen["killed"] += 1
            seen[stage(work, undisturbed, contents(folder))] += 1
            nothing_half_nothing_lost(work, undisturbed, folder)
        assert ended(begin(work.again, folder)) == work.code
        assert finished(folder) == {
            path: meaning(path, data) for path, data in undisturbed.files.items()
        }
    print(dict(seen))


def series(work: Work, seconds: float) -> Iterator[list[float]]:
    """Moments for one folder after the other; spread over the time that a command takes."""
    name = next(name for name, known in WORKS.items() if known is work)
    chance = random.Random(name)
    wanted = KILLS // len(WORKS)
    places = [(number + chance.random()) / wanted for number in range(wanted)]
    chance.shuffle(places)
    for first in range(0, wanted, IN_A_ROW):
        yield [place * seconds for place in places[first : first + IN_A_ROW]]


def nothing_half_nothing_lost(work: Work, undisturbed: Undisturbed, folder: Path) -> None:
    before, now = work.before(), contents(folder)
    for path, data in before.items():
        assert path in now, f"{path} is gone"
        assert path in work.kept_up or now[path] == data, f"{path} was changed"
    for path, data in now.items():
        if not TEMPORARY.fullmatch(path):
            assert data in (before.get(path), undisturbed.files.get(path)) or meaning(
                path, data
            ) == meaning(path, undisturbed.files[path]), f"{path} is neither old nor new"
    if REGISTER in now:
        written = str(cells(now[REGISTER]))
        assert SPOKEN in written
        assert NOTED in written


def stage(work: Work, undisturbed: Undisturbed, now: Files) -> str:
    """How far it had come when it was killed."""
    made = undisturbed.files.keys() - work.before().keys()
    if any(TEMPORARY.fullmatch(path) for path in now):
        return "in the middle of a file"
    done = sum(path in now for path in made)
    return "before the first file" if not done else "after the last" if done == len(made) else "between files"


def finished(folder: Path) -> dict[str, object]:
    return {path: meaning(path, data) for path, data in contents(folder).items()}
