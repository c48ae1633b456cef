"""The index: a fast copy, in TinyDB, of what the entries say; delete it and nothing is lost."""
