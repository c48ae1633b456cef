"""What an entry is: its text, what is read from it, and how it is changed. No files, no clock."""
