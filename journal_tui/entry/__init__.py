"""Entries: their text, how it is read, and how it is changed. No files and no clock."""
