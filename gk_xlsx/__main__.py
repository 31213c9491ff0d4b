"""`python -m gk_xlsx`."""

from gk_xlsx.cli import main

main()
