"""Grids of text → where the form's figures stand, by row and column labels.

Labels are found, never counted: a row or column whose label is not there is missing, and a
label that stands there twice where the form prints it once is not used. It refuses rather than
guesses.
"""

from gk_xlsx.matching.columns import Place
from gk_xlsx.matching.grid import Located, locate
from gk_xlsx.matching.labels import normal

__all__ = ["Located", "Place", "locate", "normal"]
