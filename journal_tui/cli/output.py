"""What the command line prints: plain in a pipe, coloured on a terminal, safe everywhere."""

import json
import os
import re
import sys
from collections.abc import Callable
from typing import Any

from journal_tui.entry.visible import one_line, visible

_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
# What JSON may hold unescaped but a terminal would obey.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Output:
    """Standard output, and what it can show."""

    def __init__(self) -> None:
        self.is_terminal = sys.stdout.isatty()
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        self.colour = self.is_terminal and not plain
        try:
            self.width = (
                os.get_terminal_size(sys.stdout.fileno()).columns if self.is_terminal else 160
            )
        except (OSError, ValueError):
            self.width = 80

    def line(self, text: str = "") -> None:
        """Print one line of text, made visible; a line feed, as a folder's name may hold, too."""
        print(visible(text).replace("\n", "\u240a"))

    def text(self, text: str) -> None:
        """Print the text of an entry: its lines, with what a terminal would obey made visible."""
        for line in re.split(r"\r\n|\r|\n", text.removesuffix("\n")):
            print(visible(line))

    def divider(self, title: str) -> None:
        """Print a blank line and the name of what follows."""
        print(f"\n{self.dim('―― ' + one_line(title))}\n")

    def json(self, value: Any) -> None:
        """Print a JSON value; control characters are escaped, letters are not where all can be shown."""
        holds_all = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
        source = json.dumps(value, ensure_ascii=not holds_all, indent=2)
        print(_UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", source))

    def marked(self, text: str, spans: list[tuple[int, int]]) -> str:
        """The text (visible already) with the spans bold where colours are shown."""
        if not self.colour:
            return text
        pieces: list[str] = []
        position = 0
        for start, end in spans:
            pieces += text[position:start], _BOLD, text[start:end], _RESET
            position = end
        return "".join(pieces) + text[position:]

    def dim(self, text: str) -> str:
        """The text as something of less weight."""
        return f"{_DIM}{text}{_RESET}" if self.colour else text


def counted(number: int, noun: str) -> str:
    """ "1 day", "12 days", "2 entries"."""
    plural = noun[:-1] + "ies" if noun.endswith("try") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


def tell(sentence: str) -> None:
    """Say something to the person on standard error."""
    print(one_line(sentence), file=sys.stderr)


def progress(what: str) -> Callable[[int, int], None] | None:
    """A callback that shows how far a long work is, on standard error when it is a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total >= 200:
            end = "\r" if done < total else "\r\x1b[K"
            print(f"{what}: {done} of {total}", end=end, file=sys.stderr, flush=True)

    return show
