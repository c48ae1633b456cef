"""Answer from the index what `Journal` asks of it besides searches, a module for each subject."""
