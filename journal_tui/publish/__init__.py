"""Redact entries, and make a blog or a leaver's pack of what may leave. Pure: no files, no clock."""
