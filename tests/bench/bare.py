"""The least that Textual can show of a text: `python tests/bench/bare.py FILE`, one TextArea."""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Bare(App[None]):
    """One text area, nothing else."""

    def compose(self) -> ComposeResult:
        """The area with the file's text."""
        yield TextArea(Path(sys.argv[1]).read_text("utf-8"))


if __name__ == "__main__":
    Bare().run()
