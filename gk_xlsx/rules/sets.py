"""The rules about many reports, and every rule that there is."""

from __future__ import annotations

from gk_xlsx.rollup.collecting import Collection
from gk_xlsx.rollup.differences import Comparison
from gk_xlsx.rules import ALL, collected, collected_contents, compared_sums
from gk_xlsx.rules.rule import Described
from gk_xlsx.rules.set_rule import SetRule

ALL_COLLECTED: tuple[SetRule[Collection], ...] = (
    collected.not_received,
    collected.two_versions,
    collected.wrong_year,
    collected.not_on_the_roster,
    collected_contents.same_content_twice,
    collected.late,
    collected_contents.text_differs_from_workbook,
    collected.no_sealed_copy,
    collected_contents.includes_those_that_report,
)
"""Rules about everything that was collected."""

ALL_COMPARED: tuple[SetRule[Comparison], ...] = (compared_sums.parent_differs,)
"""Rules about a report and the sum of others."""

EVERY: tuple[Described, ...] = (*ALL, *ALL_COLLECTED, *ALL_COMPARED)
"""Every rule that has a page, whatever it judges."""
