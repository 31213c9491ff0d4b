"""Fuzz one target for a while: `python -m tests.fuzz TARGET --seconds N [--corpus DIR]`.

New inputs that reach new code are added to the corpus folder; a crash ends the run and is
written beside it as `crash-…`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "corpus"


def main() -> None:
    """Run until the time is over or a defect is found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="where new inputs are kept; default: nowhere")
    chosen = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["gk_xlsx"]):
        from tests.fuzz.targets import TARGETS
    from tests.fuzz.packages import changed

    folder = chosen.corpus or Path(tempfile.mkdtemp())  # the fuzzer writes into the first it gets
    options = [
        f"-max_total_time={chosen.seconds}",
        "-max_len=20480",
        "-rss_limit_mb=2048",
        "-timeout=10",
        "-print_final_stats=1",
        f"-artifact_prefix={Path.cwd()}/",
    ]
    atheris.Setup(
        [sys.argv[0], *options, str(folder), str(CORPUS / chosen.target)],
        TARGETS[chosen.target],
        custom_mutator=lambda data, most, seed: changed(data, most, seed, atheris.Mutate),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
