"""The files of a journal: where they are, how they are read, and how they are saved safely."""
