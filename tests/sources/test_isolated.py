"""A killer file costs one refusal and not the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.published.model import Document
from gk_xlsx.sources.isolated import WorkerBugError, stop, work_isolated
from tests.sources.killers import with_tables


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    stop()
    yield
    stop()


def read(reader: str, data: bytes = b"abc", seconds: float = 20) -> Document:
    document = work_isolated([f"tests.sources.killers:{reader}"], data, seconds)
    assert isinstance(document, Document)
    return document


def refusal(reader: str, seconds: float = 20) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(reader, seconds=seconds)
    return caught.value


def test_a_reader_runs_in_another_process_and_its_noise_is_not_heard(
    capfd: pytest.CaptureFixture[str],
) -> None:
    document = read("counted")
    assert (document.title, document.kind != str(os.getpid())) == ("3", True)
    assert capfd.readouterr().out == ""


def test_a_document_comes_through_as_it_was() -> None:
    assert read("with_tables") == with_tables(b"")


def test_one_process_reads_many_files() -> None:
    assert len({read("counted").kind for _ in range(5)}) == 1


def test_large_files_go_through() -> None:
    assert read("counted", b"x" * 2**25).title == str(2**25)


def test_a_crash_is_a_refusal_and_the_next_file_is_read() -> None:
    before = read("counted").kind
    error = refusal("abort")
    assert (error.code, error.fix.startswith("请")) == ("FI04", True)
    assert read("counted").kind != before


def test_a_reader_that_ends_the_process_is_a_crash() -> None:
    assert refusal("leave").code == "FI04"


def test_what_an_earlier_file_spoilt_is_read_again_in_a_new_process() -> None:
    first, second = read("abort_once"), read("abort_once")
    assert first.kind != second.kind


def test_a_hang_is_ended_in_time_and_not_tried_again() -> None:
    read("counted")
    seconds, started = 4.0, time.perf_counter()
    assert refusal("hang", seconds=seconds).code == "FI05"
    assert time.perf_counter() - started < 2 * seconds
    assert read("counted").title == "3"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no limit on memory here")
def test_a_reader_that_fills_the_memory_is_stopped() -> None:
    error = refusal("fill_memory")
    assert (error.code, "内存" in error.message) == ("FI05", True)
    assert read("counted").title == "3"


def test_a_refusal_comes_through_as_it_was() -> None:
    error = refusal("refuse")
    assert (error.code, error.name) == ("FI02", "password")
    assert "打开密码" in error.message


def test_work_that_cannot_be_done_comes_through_too() -> None:
    with pytest.raises(GkXlsxError, match="请先安装") as caught:
        read("lack_a_library")
    assert not isinstance(caught.value, UnreadableError)


def test_a_bug_keeps_its_traceback() -> None:
    with pytest.raises(WorkerBugError, match=r"(?s)stumble.*ZeroDivisionError: here"):
        read("stumble")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_starts_a_reader_of_its_own() -> None:
    mine = read("counted").kind
    script = (
        "import os\n"
        "from gk_xlsx.sources.isolated import work_isolated as read\n"
        "name = ['tests.sources.killers:counted']\n"
        "one = read(name, b'').kind\n"
        "child = os.fork()\n"
        "two = read(name, b'').kind\n"
        "if child == 0: os._exit(0 if one != two else 1)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), one == two)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.stdout, done.stderr) == ("0 True\n", "")
    assert mine


@pytest.mark.skipif(os.name == "nt", reason="a limit of POSIX")
def test_a_worker_whose_master_was_killed_does_not_go_on_for_ever() -> None:
    code = (
        "from gk_xlsx.sources import isolated_worker as worker\n"
        "worker.LONGEST = 1\n"
        "worker.limit_time()\n"
        "while True: pass\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert ended.returncode == -signal.SIGXCPU
