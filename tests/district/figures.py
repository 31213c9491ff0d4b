"""Figures of the made-up district: sums hold, and last year leads to this year."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

from gk_xlsx.form import FieldKind, Form
from gk_xlsx.relations import with_totals
from gk_xlsx.report import Entry, EntryKind
from tests.district.units import DistrictUnit

Figures = dict[str, Decimal]

PEOPLE = ("natural_person", "natural_person", "natural_person", "company", "legal_service", "other")
RESULTS = (
    *("granted", "granted", "granted", "granted", "partly_granted"),
    *("unavailable.not_held", "unavailable.not_held", "not_handled.petition"),
    *("refused.third_party", "refused.enforcement_file", "other_handling.not_corrected"),
)
"""What becomes of applications, the usual ways more often."""


def years_of(form: Form, unit: DistrictUnit) -> tuple[Figures, Figures]:
    """Last year's inputs and this year's; nobody's are the same."""
    numbers = random.Random(f"青禾区 {unit.code}")
    last = _blank(form)
    _requests(last, numbers, unit.busy, _nobody())
    _acts(last, numbers, unit.acts)
    now = _blank(form)
    carried = {key: last[f"requests.carried_out.{key}"] for key in _nobody()}
    _requests(now, numbers, unit.busy, carried)
    _acts(now, numbers, unit.acts)
    _documents(last, now, numbers, unit)
    _disputes(now, numbers, unit.busy)
    return last, now


def entries(form: Form, inputs: Mapping[str, Decimal]) -> dict[str, Entry]:
    """Every field with its figure; totals are computed."""
    stated = {key: Entry(EntryKind.NUMBER, inputs.get(key, Decimal(0))) for key in form.fields}
    return with_totals(form, stated)


def _blank(form: Form) -> Figures:
    return {item.id: Decimal(0) for item in form.inputs if item.kind is not FieldKind.SIGNED}


def _nobody() -> Figures:
    return {key: Decimal(0) for key in ("natural_person", "company", "legal_service", "other")}


def _requests(figures: Figures, numbers: random.Random, busy: int, carried: Figures) -> None:
    """Applications, each with its applicant and what became of it."""
    for who, count in carried.items():
        figures[f"requests.carried_in.{who}"] += count
        for _ in range(int(count)):
            figures[f"requests.{numbers.choice(RESULTS)}.{who}"] += 1
    for _ in range(numbers.randint(busy * 3 // 4, busy * 5 // 4)):
        who = numbers.choice(PEOPLE)
        figures[f"requests.new.{who}"] += 1
        pending = numbers.random() < 0.06
        became = "carried_out" if pending else numbers.choice(RESULTS)
        figures[f"requests.{became}.{who}"] += 1


def _acts(figures: Figures, numbers: random.Random, acts: int) -> None:
    figures["proactive.licences.decisions"] += numbers.randint(acts * 2 // 3, acts)
    figures["proactive.penalties.decisions"] += acts // 5 + (numbers.randint(0, 3) if acts else 0)
    figures["proactive.coercive_measures.decisions"] += acts // 40
    figures["proactive.fees.amount"] += Decimal(acts * 137) / 1000


def _documents(last: Figures, now: Figures, numbers: random.Random, unit: DistrictUnit) -> None:
    """行政规范性文件 that roll forward; institutions and streets make none."""
    if unit.kind not in ("部门", "市辖区", "政府办公室", "乡镇") or not unit.acts:
        return
    stock = numbers.randint(1, 9)
    issued, repealed = numbers.randint(0, 3), numbers.randint(0, 1)
    last["proactive.normative_documents.in_force"] += stock
    now["proactive.normative_documents.issued"] += issued
    now["proactive.normative_documents.repealed"] += repealed
    now["proactive.normative_documents.in_force"] += stock + issued - repealed


def _disputes(figures: Figures, numbers: random.Random, busy: int) -> None:
    for _ in range(busy // 12):
        figures[
            f"disputes.review.{numbers.choice(('upheld', 'upheld', 'corrected', 'other'))}"
        ] += 1
    for _ in range(busy // 20):
        figures[f"disputes.after_review.{numbers.choice(('upheld', 'pending'))}"] += 1
