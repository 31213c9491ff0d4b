"""Finished documents: text with named figures, the Word template, the report in Word."""
