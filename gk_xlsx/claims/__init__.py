"""What a report's text asserts: quantity, unit, subject, scope and period, with its place.

Pure and silent by design: a number whose subject, body or period is not certain is no claim that
could be compared. `rules.text` compares claims with the tables.
"""

from gk_xlsx.claims.extract import claims
from gk_xlsx.claims.model import About, Applicant, Claim, Kind, Reading, Subject, When, Whose

__all__ = [
    "About",
    "Applicant",
    "Claim",
    "Kind",
    "Reading",
    "Subject",
    "When",
    "Whose",
    "claims",
]
