"""The least app that shows a text in Textual, one TextArea: `python -m tests.bench.bare FILE`."""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Bare(App[None]):
    """An app with one text area and nothing else."""

    def compose(self) -> ComposeResult:
        """Yield the text area with the file's text."""
        yield TextArea(Path(sys.argv[1]).read_text("utf-8"))


if __name__ == "__main__":
    Bare().run()
