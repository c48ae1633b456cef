"""The command line: parse arguments, call the journal, print the result."""
