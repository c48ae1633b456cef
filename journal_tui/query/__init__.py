"""Queries: parse a text into a query, which is called with a passage. No files and no clock."""
