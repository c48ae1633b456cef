"""The index: a copy of the entries' contents in TinyDB, for fast search; it can be deleted at any time."""
