"""Print output: plain in a pipe, coloured on a terminal, without control characters."""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from journal_tui.entry.sanitize import escaped_json, one_line, visible

BOLD, UNDERLINED, _DIM, _RESET = "\x1b[1m", "\x1b[4m", "\x1b[2m", "\x1b[0m"


class Output:
    """Standard output, with its width and whether it shows colours."""

    def __init__(self) -> None:
        self.is_terminal = sys.stdout.isatty()
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        self.colour = self.is_terminal and not plain
        self.width = columns_of(sys.stdout) or 160

    def line(self, text: str = "", hanging: int = 0) -> None:
        """Print one line with control characters made visible, also line feeds in folder names.

        On a terminal, a line that is too long is broken at blanks and continues in the column
        `hanging`.
        """
        text = _one_row(text)
        print(_break_text(text, self.width, hanging) if self.is_terminal else text)

    def whole_line(self, text: str) -> None:
        """Print one line as `line` does, but never break it, so that it can be copied."""
        print(_one_row(text))

    def text(self, text: str) -> None:
        """Print the lines of an entry's text with control characters made visible.

        On a terminal, a list item that is too long for a line continues below the start of its text.
        """
        # Imported here because only commands that show an entry need it.
        from journal_tui.entry.markdown_lines import list_item

        for line in re.split(r"\r\n|\r|\n", text.removesuffix("\n")):
            item = list_item(line)
            self.line(line, len(item.prefix) if item else 0)

    def divider(self, title: str) -> None:
        """Print a blank line and the title of what follows."""
        print(f"\n{self.dim('―― ' + one_line(title))}\n")

    def json(self, value: Any) -> None:
        """Print a JSON value; escape control characters and, unless the output's encoding is Unicode, non-ASCII."""
        holds_all = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
        source = json.dumps(value, ensure_ascii=not holds_all, indent=2)
        print(escaped_json(source))

    def marked(self, text: str, spans: Iterable[tuple[int, int]]) -> str:
        """Return the text with the spans bold if colours are shown. It must have no control characters."""
        return self.styled(text, ((start, end, BOLD) for start, end in spans))

    def styled(self, text: str, styles: Iterable[tuple[int, int, str]]) -> str:
        """Return the text with each span in its style if colours are shown.

        The text must have no control characters, and the spans must be in order.
        """
        if not self.colour:
            return text
        pieces: list[str] = []
        position = 0
        for start, end, style in styles:
            pieces += text[position:start], style, text[start:end], _RESET
            position = end
        return "".join(pieces) + text[position:]

    def marked_lines(self, text: str, spans: Iterable[tuple[int, int]], room: int) -> list[str]:
        """Return the text as `marked` does, in lines of at most `room` columns for a terminal."""
        if not self.is_terminal:
            return [self.marked(text, spans)]
        from journal_tui.cli.line_breaks import line_spans

        spans = list(spans)
        return [
            self.marked(
                text[start:end],
                [
                    (max(a, start) - start, min(b, end) - start)
                    for a, b in spans
                    if a < end and b > start
                ],
            )
            for start, end in line_spans(text, room)
        ]

    def dim(self, text: str) -> str:
        """Return the text dimmed if colours are shown."""
        return f"{_DIM}{text}{_RESET}" if self.colour else text


def _one_row(text: str) -> str:
    return visible(text).replace("\n", "\u240a")


def is_interactive() -> bool:
    """Return whether a person sees the output and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def confirm(question: str, usually: bool = False) -> bool:
    """Ask a question on the terminal; Enter alone answers `usually`, and Ctrl+D no."""
    try:
        answer = input(f"{question} {'[Y/n]' if usually else '[y/N]'} ").strip().casefold()
    except EOFError:
        print()
        return False
    return answer in ("y", "yes") or (usually and not answer)


def is_agreed(question: str, action: str, is_given: bool, nothing: str) -> bool:
    """Return whether to do something: if --yes `is_given`, or else if a person answers so.

    Otherwise print `nothing`, such as “Nothing was written.”; without a terminal to ask on, also print
    that --yes does the `action`, such as “write it”.
    """
    if is_given:
        return True
    if not is_interactive():
        tell(f"There is no terminal to ask on. To {action} without being asked, add --yes.")
    elif confirm(question):
        return True
    tell(nothing)
    return False


def shell_query(query: str) -> str:
    """Return a query as it can be copied into a command line, after the command."""
    # Imported here because only a few answers need it.
    from shlex import quote

    return quote(query) if not query.startswith("-") else f"-- {quote(query)}"


def can_show_app() -> bool:
    """Return whether the app can be shown: it reads standard input and draws on standard error."""
    return is_interactive() and sys.stderr.isatty() and not is_dumb()


def is_dumb() -> bool:
    """Return whether TERM says that the terminal can't move its cursor, as in some editors."""
    return os.environ.get("TERM") == "dumb"


def columns_of(stream: TextIO) -> int:
    """Return the width of the terminal that a stream writes to; 0 if it isn't one."""
    if not stream.isatty():
        return 0
    try:
        # A terminal that doesn't know its size has no columns.
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _break_text(text: str, width: int, hanging: int = 0) -> str:
    """Return the text with line feeds where a terminal of this width would break a word."""
    if text.isascii() and len(text) <= width:
        return text
    from journal_tui.cli.line_breaks import break_lines

    return "\n".join(break_lines(text, width, hanging))


def tell(sentence: str) -> None:
    """Print a message on standard error; on a terminal, words aren't broken."""
    text, width = one_line(sentence), columns_of(sys.stderr)
    print(_break_text(text, width) if width else text, file=sys.stderr)


def progress(what: str) -> Callable[[int, int], None] | None:
    """Return a callback that shows progress on standard error, or None if it isn't a terminal.

    The callback takes the number of steps that are done and of all steps; fewer than 200 aren't
    shown.
    """
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total >= 200:
            end = "\r" if done < total else "\r\x1b[K"
            print(f"{what}: {done} of {total}", end=end, file=sys.stderr, flush=True)

    return show


def stages(what: str) -> Callable[[str], None] | None:
    """Return a callback that shows a stage on standard error, once a second has passed.

    Calling it with "" removes the stage. Return None if standard error isn't a terminal.
    """
    if not sys.stderr.isatty():
        return None
    start = time.monotonic()

    def show(words: str) -> None:
        if time.monotonic() - start > 1:
            said = f"{what}: {words}" if words else ""
            print(f"\r\x1b[K{said}", end="", file=sys.stderr, flush=True)

    return show
