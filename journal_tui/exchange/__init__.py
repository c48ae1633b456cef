"""The formats of other programs: read entries from them, and write entries in them.

It is given bytes and open files; it opens no files itself.
"""
