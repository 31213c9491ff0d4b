"""Workbooks that other programs saved again: read to the same report and the same findings."""
