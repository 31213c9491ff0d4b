"""Findings and values → what people and programs read."""
