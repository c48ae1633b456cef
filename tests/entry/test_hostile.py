"""Texts that break programs: one character a million times, nesting without end, no text at all."""

import time

import pytest
from invariants import assert_consistent, read

MILLION = 1_000_000
BEFORE = ["", "Enjoyment: 9/10 ", "Enjoyment", "Learning points: ", "## Learning points\n\n- ", "- [ ] ", "@a #b ", "---\n"]  # fmt: skip


@pytest.mark.parametrize(
    "piece",
    [
        *">[]`#*_~()<!&|=+.:;,\\/\"'@-0", "a", " ", "\t", "½", "é", "\0", "\u2028", "\u00a0", "\ud800", "\ufeff", "- ", "1. ",
        "> ", "# ", "**", "a*", "*a", "`a", "``a ", "[a](", "](", "![", "<a", "a@b.", "@a.", "#a/", "and ", "due:2014-10-06 ",
        "Day 1 ", "today's ", "9/", "Enjoyment ", "Lessons: ", "💡",
    ],
    ids=repr,
)  # fmt: skip
def test_one_thing_a_million_times(piece: str) -> None:
    tail = (piece * MILLION)[:MILLION]
    for before in BEFORE if piece in " \t-*a" else BEFORE[:1]:
        start = time.process_time()
        entry = read(before + tail)
        assert isinstance(entry.title, str)
        assert entry.number is None or entry.number > 0
        assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "line",
    ["- a\n", "> a\n", "a\n", "\n", "\r", ":\n", "a  \n", "Learning points: a\n", "Enjoyment: 9\n", "- [ ] a\n", "## Lessons\n", "- a\n\n", "```\n", "<b>\n"],
    ids=repr,
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(line: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        read(line * count)
        return time.process_time() - start

    seconds(100)
    assert seconds(8_000) < 0.05 + 24 * min(seconds(1_000), seconds(1_000))


@pytest.mark.parametrize(
    "text", ["> " * 5_000 + "a", "- " * 5_000 + "a", "".join("  " * n + "- a\n" for n in range(300)), "1. > " * 3_000],
    ids=["quotes", "items", "stairs", "both"],
)  # fmt: skip
def test_nesting_without_end(text: str) -> None:
    start = time.process_time()
    assert_consistent(read("## Lessons\n\n" + text))
    assert time.process_time() - start < 2


@pytest.mark.parametrize("text", ["", "\ufeff", " ", "\n", "\r\n\r", "\t \n", "\0", "\ud800", "\u2028", "\x1b[2J"], ids=repr)  # fmt: skip
def test_next_to_nothing(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert (entry.text, entry.points, entry.tasks, entry.rating, entry.problems) == (
        text,
        (),
        (),
        None,
        (),
    )


def test_binary() -> None:
    raw = bytes(range(256)) * 40
    entry = read(raw.decode("utf-8", "surrogateescape"))
    assert_consistent(entry)
    assert entry.text.encode("utf-8", "surrogateescape") == raw
