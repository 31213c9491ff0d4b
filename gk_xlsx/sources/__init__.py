"""Other files → reports: what a file is, and report JSON."""
