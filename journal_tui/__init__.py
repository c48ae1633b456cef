"""journal: a terminal app for daily work journals."""

__version__ = "0.1.0"
