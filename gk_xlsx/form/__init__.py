"""The statutory form, declared once per edition in `templates/<edition>/form.yaml`."""

from gk_xlsx.form.definition import FORM, parse
from gk_xlsx.form.grid import Box, Grid, lay_out
from gk_xlsx.form.model import (
    Block,
    Column,
    Field,
    FieldKind,
    Form,
    Period,
    Relation,
    Row,
    Section,
    Sum,
    Table,
    Term,
)

__all__ = [
    "FORM",
    "Block",
    "Box",
    "Column",
    "Field",
    "FieldKind",
    "Form",
    "Grid",
    "Period",
    "Relation",
    "Row",
    "Section",
    "Sum",
    "Table",
    "Term",
    "lay_out",
    "parse",
]
