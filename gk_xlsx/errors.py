"""Errors for "could not do the work"; what is wrong with an input is a finding instead."""

from __future__ import annotations

from collections.abc import Sequence


class GkXlsxError(Exception):
    """The work could not be done.

    The message is one Chinese sentence that says what is wrong and what to do next.
    """


class UnreadableError(GkXlsxError):
    """A file that was needed as a report could not be read as one."""


class DefinitionError(GkXlsxError):
    """A form definition is wrong.

    Attributes:
        problems: every problem found, in the order of the file, each as `file:line: text`.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class NarrativeError(GkXlsxError):
    """A text names figures that are unknown or blank, or its template syntax is broken.

    Attributes:
        problems: every problem found, each as `file:line: text`.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))
