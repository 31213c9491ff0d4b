"""Two ways of doing the same, run in turn, compared pair by pair."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Ours against theirs.

    Attributes:
        ours, theirs: median seconds of one run.
        ratio: median of ours / theirs, pair by pair.
    """

    name: str
    ours: float
    theirs: float
    ratio: float

    def __str__(self) -> str:
        times = 1 / self.ratio if self.ratio < 1 else self.ratio
        word = "faster" if self.ratio < 1 else "slower"
        return (
            f"{self.name}: ours {self.ours * 1000:.1f} ms, theirs {self.theirs * 1000:.1f} ms, "
            f"{times:.2f}x {word}"
        )


def compare(name: str, ours: Work, theirs: Work, runs: int) -> Ratio:
    """Run both in turn after one warm-up each."""
    ours()
    theirs()
    pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(runs)]
    return Ratio(
        name,
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] for pair in pairs),
    )


def _seconds(work: Work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
