"""Docstrings and comments are in plain British English: no old-fashioned words, no riddles."""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wording.list_sentences import PACKAGE

# Each pattern with what to write instead.
AVOIDED = {
    r"\bshall\b": "should, or will",
    r"\banew\b": "again, or rebuilt",
    r"(?<!left )\bbehind\b": "after, or under",
    r"(?<!there )\b(?:is|are) no (?!longer\b)": "isn't a",
    r"\bstand(?:s|ing)?\b(?!-in| for)": "is, or contains",
    r"\b(?:thus|hence|whence|thereof|therein|aught)\b": "a plainer word",
    r"\bwhoever\b": "name who it is",
    r"\b(?:is|are|be|was) told\b": "is reported, or is called",
    r"\b(?:be|is|are|was) had\b": "is available, or loaded",
    r"\bfor ever\b": "without end",
    r"\b(?:goes|gone|go) on\b": "continues",
    r"\blets? go\b": "release, or discard",
    r"\bwhat is off\b": "what is wrong",
}
LINE = re.compile(r"\s*\n\s*(?:#: ?|# ?)?")


def remarks(source: str) -> Iterator[tuple[int, str]]:
    """Yield the first line and the text of each docstring and of each run of comments."""
    run: list[str] = []
    begun = last = 0
    before = tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            if run and token.start[0] != last + 1:
                yield begun, "\n".join(run)
                run = []
            if not run:
                begun = token.start[0]
            run.append(token.string)
            last = token.start[0]
        elif token.type == tokenize.STRING and before not in (tokenize.OP, tokenize.NAME):
            yield token.start[0], token.string
        if token.type not in (tokenize.NL, tokenize.COMMENT):
            before = token.type
    if run:
        yield begun, "\n".join(run)


def faults(source: str) -> list[str]:
    """Return a line for each avoided word; what is quoted in backticks or quotes is left out."""
    found = []
    for line, text in remarks(source):
        plain = re.sub(
            r"`[^`]*`|“[^”]*”|(?<![\w\"])\"[^\"\n]+\"(?![\w\"])", "", LINE.sub(" ", text)
        )
        found += [
            f"{line}: {match.group()!r} in {plain.strip()[:100]!r} – write {instead}"
            for pattern, instead in AVOIDED.items()
            if (match := re.search(pattern, plain, re.IGNORECASE))
        ]
    return found


def modules() -> list[Path]:
    """Return every module of the package and of its tests."""
    root = PACKAGE.parent
    return sorted([*PACKAGE.rglob("*.py"), *(root / "tests").rglob("*.py")])


def test_docstrings_and_comments_are_in_plain_english() -> None:
    root = PACKAGE.parent
    found = [
        f"{path.relative_to(root)}:{fault}"
        for path in modules()
        for fault in faults(path.read_text("utf-8"))
    ]
    assert len(modules()) > 200 and found == []


@pytest.mark.parametrize(
    ("source", "is_right"),
    [
        ('"""Return what stands behind the title."""', False),
        ("x = 1  # This shall be so.", False),
        ("# The rows are\n# no longer there.", True),
        ("# This is\n# no entry.", False),
        ('"""Return the lines after the title."""', True),
        ('"""Leave out `is no` and “shall”."""', True),
        ('x = "this shall be"', True),
        ("f('this shall be')", True),
    ],
)
def test_the_rules_find_what_they_are_for(source: str, is_right: bool) -> None:
    assert (faults(source + "\n") == []) is is_right
