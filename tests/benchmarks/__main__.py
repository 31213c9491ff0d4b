"""Print the ratios; figures of other machines are not comparable, ratios nearly are."""

from __future__ import annotations

import sys

from tests.benchmarks.comparisons import all_ratios


def main() -> None:
    """Run every comparison."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for ratio in all_ratios(runs):
        print(ratio)  # noqa: T201 — a command of its own


main()
