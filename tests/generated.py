"""Files in the repo that are made from others: `python -m tests.generated` writes them anew.

`test_generated.py` fails when one of them is out of date.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gk_xlsx import api, resources
from gk_xlsx.documents.correction import build_correction_template
from gk_xlsx.documents.feedback import build_feedback_template
from gk_xlsx.documents.handbook import handbook_docx
from gk_xlsx.documents.publication import build_publication_template
from gk_xlsx.documents.template import build_template
from gk_xlsx.outputs.pages import rules_markdown
from gk_xlsx.rules.sets import EVERY
from tests.district.build import district

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    *("init", "new", "check", "collect", "render", "merge", "trace", "diff"),
    *("notice", "digest", "export", "explain", "demo"),
)

_CLI_HEAD = """\
# 命令

由各命令的 `--help` 生成（`python -m tests.generated`），请勿手改。

数据写到标准输出，说明写到标准错误。

退出码：0 没有问题；1 有错误；2 没能完成；3 程序出错；130 被中断。
"""


def generated() -> Iterator[tuple[Path, bytes]]:
    """Every generated file with what should be in it."""
    for edition in resources.EDITIONS:
        folder = ROOT / "templates" / edition
        yield folder / "blank.xlsx", api.blank_template(edition)
        yield folder / "report.docx", build_template(resources.form(edition))
    yield ROOT / "templates" / "feedback.docx", build_feedback_template()
    yield ROOT / "templates" / "更正说明.docx", build_correction_template()
    yield ROOT / "templates" / "公布情况.docx", build_publication_template()
    yield ROOT / "templates" / "审核要点.docx", handbook_docx(EVERY, api.refusals())
    yield from _examples()
    yield ROOT / "CLI.md", _cli_reference().encode()
    yield ROOT / "RULES.md", rules_markdown(EVERY, api.refusals()).encode()


def _examples() -> Iterator[tuple[Path, bytes]]:
    for source in sorted((ROOT / "examples").glob("*.json")):
        book = api.new(api.Issue(), values=source).data
        yield source.with_suffix(".xlsx"), book
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{source.stem}.xlsx"
            path.write_bytes(book)
            yield source.with_suffix(".docx"), api.render(path).data


def _cli_reference() -> str:
    parts = [_CLI_HEAD]
    for command in ((), *((name,) for name in COMMANDS)):
        title = " ".join(("gk-xlsx", *command))
        parts.append(f"## {title}\n\n```\n{_help(command)}\n```\n")
    return "\n".join(parts)


def _help(command: tuple[str, ...]) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "gk_xlsx", *command, "--help"],
        cwd=ROOT,
        env={"COLUMNS": "100", "PYTHONUTF8": "1", "TERM": "dumb", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return run.stdout.rstrip()


def district_files() -> Iterator[tuple[Path, bytes]]:
    """The made-up district; apart from the others, because it takes long."""
    for name, data in district():
        yield ROOT / "examples" / "district" / name, data


def main() -> None:
    """Write every generated file."""
    for path, data in (*generated(), *district_files()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
