"""The command line: parse, call Journal, print."""
