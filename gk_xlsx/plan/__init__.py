"""Form and report → every cell of every sheet; pure, carried out by `workbook.write`.

A reader wants the addresses alone (`layout`): the planner is loaded when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gk_xlsx.plan.workbook import plan_workbook

__all__ = ["plan_workbook"]


def __getattr__(name: str) -> object:
    """Load the planner."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from gk_xlsx.plan.workbook import plan_workbook

    globals()[name] = plan_workbook
    return plan_workbook
