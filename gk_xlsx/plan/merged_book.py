"""What all sheets of a merged workbook are made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gk_xlsx.merged import Merged
from gk_xlsx.plan.layout import Layout, layout_of
from gk_xlsx.plan.merged_layout import Detail, detail_of
from gk_xlsx.plan.merged_wording import merged_tally, status_text, warning_text
from gk_xlsx.plan.wording import Tally


@dataclass(frozen=True)
class Book:
    """A merge with its addresses and counts."""

    merged: Merged

    @cached_property
    def layout(self) -> Layout:
        """Where the statutory sheets and the hidden one have their cells."""
        return layout_of(self.merged.form, merged=True)

    @cached_property
    def detail(self) -> Detail:
        """Where 明细 has its rows."""
        return detail_of(self.merged)

    @cached_property
    def counted(self) -> Tally:
        """What the sheets count."""
        return merged_tally(self.merged)

    @cached_property
    def warning(self) -> str:
        """The big line above tables; empty where nothing is lacking."""
        return warning_text(status_text(self.merged, self.counted))
