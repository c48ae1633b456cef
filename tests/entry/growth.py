"""Measure how the time to read a hostile text grows with it: `python -m tests.entry.growth`.

Each text is read at one and at four times its length, in CPU time. More than six times the time is
marked; on a busy machine run it again before believing that.
"""

import gc
import sys
import time
from typing import NamedTuple

from tests.entry.invariants import read

LINES = 4_000
# With each piece, a pattern or a rule of the parser begins, often without what would end it.
PIECES = {
    "blocks": ["a\n=\n", "a\n-\n", "\n>-", "> =\n", "\n  =  x", "= ", "\n" + "-" * 40 + "x", "#\n", "[a]:\n"],
    "follow-ups": [
        "- ✅ x\n", "- ☑ ✅\n", "- Done: x\n", "Done: ", "- [#A] TODO x\n", "- [#A] ", "> [ ] x\n", "> [ ] ", "(A) 2024-01-05 x\n",
        "(A) ", "(A) x +", "(A) " + "+ " * 200 + "\n", "x 2024-01-05 ", "Action item: x\n", "Next step: \n\n", "next steps ", "Follow-ups:\n✅ x\n\n",
        "- a\n          - [ ] x\n", "          - [ ] x\n", "- [ ] " + " " * 60 + "\n",
    ],
    "sections": [
        "## Action items\n\n| a |\n|---|\n| b |\n\n", "## Action items\n", "| a |\n", "Learning points:\n> - a\n\n", "Learning points:\n\n---\n\n- a\n\n",
        "Learning points:\n<!-- x -->\n", "<!-- ", "--> ", "<!-- -->", "\n<!-- -->\n", "<!--\n-->\n", "> - [ ] a\n\n",
    ],
    "mentions": [
        "#a b ", "#a b#", "#two words# ", "#a-b-c d", "#" + "a" * 50 + " ", "%% ", "%", "%%a%", "$$", "$$ ", "$", "$$a$", "%%@a#b%%", "#a %%", "#a $$ ", "@a $",
    ],
    "words": [
        "don't ", "a'b'", "a-b ", "a-b\n", "d'a'b'c'", "1,000 ", "don't\r", "é don't ", "x-" * 30 + " ", "a'" + "b" * 70 + " ", "a'", "e",
    ],
    "fields": [
        "[learn:: ", "(learn:: ", "[learn:: a [[b ", "[learn:: [a](b) ]", "learned:: x\n\n", "[energy:: 3/10] ", "[energy:: ", "energy:: 3/10\n", "[", "::",
    ],
    "ratings": [
        "enjoyement: 8/10\n", "a " * 40 + "enjoyment: 8/10\n\n", "Energy: 3/10\n", "- Energy: 3/10\n", "- a\nEnergy: 3/10\n", "| Energy | 3/10 |\n",
        "Energy | 3/10 ", "## Energy: 3/10\n", "3/10 ", "Energy - 3/10", "- a\n[ ] b\n", "- a\n- b\n☐ c\n", "Enjoyment: 8 9/10 ", "- [ ] a\nTODO b\n",
    ],
    "labels": [
        "Lessons\nx\n\n", "TIL one\n\n", "Feedback: x\n", "Lesson: q\n\n- other\n\n", "- \\[ ] x\n", "## Lessons for x\n- a\n", "Lessons for ",
        "Learning points: ", "> ## Lessons\n> - a\n\n", "> Lessons:\n> - a\n\n", "> Lessons: a\n", "> Follow-ups:\n> - a\n\n", "> - Lessons\n",
    ],
    "indented": [
        "a\n    - b\n", "a\n    - b\n\n    - c\n", "- a\nb\n    - c\n", "a\n" * 30 + "    - b\n\n", "a\n    - b\n    c\n", "\t- a\n",
    ],
    "hidden": [
        "{% raw %}\n", "{% raw %} {% endraw %} ", "{% raw %}\n```\n", "{% highlight ", "<code>", "%%\n", "%%\n\n", "%%\n- a\n%%\n", "%%\r", "> %%\n", "- a\n%%\n",
        "%% - [ ] a %%\n", "<!-- - [ ] a -->\n", "<!--\n- [ ] a\n", "<div>\nLessons:\n- a\n", "<b>Lessons</b>\n", "\n%%" + " " * 40, "%%\n" + ">" * 40,
    ],
}  # fmt: skip


class Text(NamedTuple):
    """A text of any length: a piece that is repeated, between a beginning and an end."""

    piece: str
    begin: str = ""
    end: str = ""

    def times(self, count: int) -> str:
        """Return the text with the piece repeated `count` times."""
        return self.begin + self.piece * count + self.end


TEXTS = [
    *(Text(piece) for pieces in PIECES.values() for piece in pieces),
    Text("one\n\n", "## Lessons\n\n"),
    Text("one\n", "## Lessons\n\n"),
    Text("    - one\n", "## Lessons\n\n"),
    Text("-\na\n", "## Lessons\n"),
    Text("    one\n", "p\n\n"),
    Text("    c\n", "a\n    - b\n"),
    Text("a\n", "", "    - b\n"),
    Text("none today ", "## Feedback\n"),
    Text("8️⃣", "Enjoyment: "),
    Text("9/10 ", "Enjoyment: 8 "),
    Text("x", "don't"),
    Text("x\n", "%%\n", "%%\n"),
    Text("- a\n", "%%\n", "%%\n"),
    Text("> - a\n", "> ## Lessons\n"),
    Text("> - [ ] a\n", "> ## Follow-ups\n"),
    Text("- a\n", "<!--\nLessons:\n", "-->\n"),
    Text("b\n", "- a\n[ ] x\n"),
    Text("Energy: 3/10\n", "- a\n"),
    Text("[ ] x\n", "- a\n"),
]


def seconds(text: str) -> float:
    """Return the CPU time to read a text and to find its other spellings."""
    from journal_tui.entry.spellings import searchable_words

    gc.collect()
    start = time.process_time()
    entry = read(text)
    assert entry.outline.words >= 0
    searchable_words(text)
    return time.process_time() - start


def main() -> int:
    """Print a line for each text, and return 1 if the time of one grows faster than the text."""
    steep = 0
    for text in TEXTS:
        once, four = seconds(text.times(LINES)), seconds(text.times(LINES * 4))
        is_steep = four > max(6 * once, 0.2)
        steep += is_steep
        mark = "  steep" if is_steep else ""
        name = f"{text.begin[:16]!r} " * bool(text.begin) + repr(text.piece[:24])
        print(f"{name:45} {once:6.2f} {four:6.2f} s{mark}", flush=True)
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
