"""Damaged copies of real tables, each with what a careful reader would still make of it.

Every mutation takes a page and a source of chance and gives the damaged page. The same seed gives
the same variants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from tests.published import (
    damaged_cells,
    damaged_figures,
    damaged_labels,
    damaged_rows,
    damaged_tables,
)
from tests.published.grids import Page

Mutation = Callable[[Page, Random], Page]

WRITING: tuple[Mutation, ...] = (
    damaged_figures.full_width_digits,
    damaged_figures.footnotes_in_cells,
    damaged_figures.superscripts_run_in,
    damaged_figures.minus_signs,
    damaged_figures.spaces_around,
    damaged_figures.thousands_commas,
    damaged_figures.marks_for_zero,
    damaged_figures.digits_among_words,
)
"""How figures are written."""

BUILDING: tuple[Mutation, ...] = (
    damaged_labels.labels_otherwise_typed,
    damaged_labels.numbers_of_labels_lost,
    damaged_labels.label_misspelt,
    damaged_rows.two_rows_swapped,
    damaged_rows.a_row_lost,
    damaged_rows.spans_lost,
    damaged_tables.page_break,
    damaged_tables.page_break_with_heads_again,
    damaged_tables.page_break_inside_a_label,
    damaged_tables.another_table_before,
    damaged_tables.last_years_table_in_front,
    damaged_tables.all_in_one_table,
    damaged_tables.other_handling_in_one_row,
)
"""How tables are built, so that every figure that is left stands where it stood."""

DISPLACING: tuple[Mutation, ...] = (
    damaged_figures.blanks_for_zero,
    damaged_cells.glued_cells,
    damaged_cells.a_whole_row_glued,
    damaged_cells.glued_and_gone,
    damaged_cells.merged_cells,
    damaged_cells.cells_merged_downwards,
    damaged_cells.a_cell_lost,
    damaged_cells.a_blank_cell_put_in,
    damaged_cells.an_extra_value,
    damaged_cells.all_rows_shifted,
    damaged_labels.head_misspelt,
    damaged_labels.label_badly_misspelt,
    damaged_labels.label_gone,
    damaged_labels.another_label_instead,
    damaged_rows.a_head_row_lost,
    damaged_rows.a_row_twice,
    damaged_rows.two_columns_swapped,
    damaged_rows.a_blank_column,
    damaged_rows.a_column_of_figures_lost,
    damaged_rows.transposed,
    damaged_tables.a_second_table_before,
)
"""What moves figures, or leaves it open whose they are."""


def variants(pages: Sequence[Page], each: int, seed: int = 1) -> Iterator[tuple[str, Page]]:
    """So many variants of each kind for each page."""
    for number, page in enumerate(pages):
        for mutation in (*WRITING, *BUILDING, *DISPLACING):
            for turn in range(each):
                chance = Random(f"{seed}-{number}-{mutation.__name__}-{turn}")
                yield mutation.__name__, mutation(page, chance)
