"""What a run of collecting found, as one value: every output is made of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from gk_xlsx.findings import SetFinding
from gk_xlsx.office import IssuingOffice
from gk_xlsx.rollup.collecting import Collection
from gk_xlsx.rollup.received import Received
from gk_xlsx.rollup.states import LineStatus, State


@dataclass(frozen=True)
class Collected:
    """What a run found.

    Attributes:
        collection: everything that came in, by lines.
        lines: where every line of the roster stands, in its order.
        found: findings that need more than one file.
        moment: when the run was.
        folder: what was collected, as the user named it.
        office: who collects.
        failures: files that the system would not give, Chinese.
    """

    collection: Collection
    lines: tuple[LineStatus, ...]
    found: tuple[SetFinding, ...]
    moment: datetime.datetime
    folder: str
    office: IssuingOffice = field(default_factory=IssuingOffice)
    failures: tuple[str, ...] = ()

    @cached_property
    def due(self) -> tuple[LineStatus, ...]:
        """The lines a report is expected from."""
        return tuple(item for item in self.lines if item.bundle.due)

    @cached_property
    def sent(self) -> tuple[LineStatus, ...]:
        """The due lines that have sent a report, whatever state it is in."""
        return tuple(item for item in self.due if item.state is not State.MISSING)

    @cached_property
    def failed(self) -> bool:
        """Whether a unit is missing, what it sent cannot be used, or sums would be wrong."""
        of_all = (item.finding.open_error for item in self.found if not item.lines)
        return any(item.state.failed for item in self.due) or any(of_all)

    @cached_property
    def new(self) -> tuple[Received, ...]:
        """The files that this run saw first, in the order of paths."""
        everything = (
            *(item.received for line in self.collection.bundles for item in line.files),
            *(item.received for item in self.collection.strangers),
        )
        return tuple(sorted((item for item in everything if item.new), key=lambda one: one.path))

    @property
    def first_run(self) -> bool:
        """Whether no run before this one saw any of the files."""
        files = sum(len(line.files) for line in self.collection.bundles)
        return len(self.new) == files + len(self.collection.strangers)

    def of(self, *states: State) -> tuple[LineStatus, ...]:
        """The lines that stand in one of the given states, in the order of the roster."""
        return tuple(item for item in self.lines if item.state in states)
