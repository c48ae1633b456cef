"""What other programs keep days in: read their files, and write ours in their forms.

Bytes and open files are given to it; it finds no files by itself, and writes none.
"""
