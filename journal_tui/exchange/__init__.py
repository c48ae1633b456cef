"""Read and write entries in the formats of other programs.

The package is given bytes and open files; it opens no files itself.
"""
