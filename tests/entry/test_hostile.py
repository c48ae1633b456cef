"""Texts that break programs: one character a million times, nesting without end, no text at all."""

import pytest

from journal_tui.entry.parser import DEEPEST
from journal_tui.entry.spellings import searchable_words
from tests.effort import count_calls, within_a_minute
from tests.entry.growth import TEXTS, Text
from tests.entry.invariants import assert_consistent, read

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
@pytest.mark.one_in(3)
def test_a_text_of_one_piece_a_million_times_is_read_soon(piece: str) -> None:
    tail = (piece * MILLION)[:MILLION]
    for before in BEFORE if piece in " \t-*a" else BEFORE[:1]:
        with within_a_minute():
            entry = read(before + tail)
            assert isinstance(entry.title, str)
            assert entry.number is None or entry.number > 0


@pytest.mark.parametrize(
    "line",
    ["- a\n", "> a\n", "a\n", "\n", "\r", ":\n", "a  \n", "Learning points: a\n", "Enjoyment: 9\n", "- [ ] a\n", "## Lessons\n", "•\ta\n", "a\n– b\n", "    • a\n\n", "## Next steps\n- a\n",
     "| Enjoyment | 8 |\n", "> Enjoyment: 8\n", "> [!tip] Lessons\n> - a\n\n", "[enjoyment:: 7] a\n", "- ## Lessons\n  - a\n", "1.\u00a0a\n", "- a\n\n", "```\n", "<b>\n"],
    ids=repr,
)  # fmt: skip
@pytest.mark.one_in(3)
def test_work_grows_with_the_text_and_no_faster(line: str) -> None:
    def calls(count: int) -> int:
        return count_calls(lambda: read(line * count))

    calls(3)
    assert calls(2_000) < 5 * calls(500) + 500


@pytest.mark.parametrize("hostile", TEXTS, ids=repr)
@pytest.mark.one_in(3)
def test_a_longer_hostile_text_takes_no_more_calls_for_each_piece(hostile: Text) -> None:
    """Seconds are measured by `growth`."""

    def calls(times: int) -> int:
        text = hostile.times(times)
        return count_calls(lambda: (read(text).outline.words, searchable_words(text)))

    assert_consistent(read(hostile.times(50)))
    calls(3)
    assert calls(400) < 5 * calls(100) + 500


@pytest.mark.parametrize(
    "text", ["> " * 5_000 + "a", "- " * 5_000 + "a", "".join("  " * n + "- a\n" for n in range(300)), "1. > " * 3_000],
    ids=["quotes", "items", "stairs", "both"],
)  # fmt: skip
def test_nesting_without_end(text: str) -> None:
    with within_a_minute():
        assert_consistent(read("## Lessons\n\n" + text))


@pytest.mark.parametrize("levels", [1, 5, 10, 11, 31, 32, 33, 50, 300])
@pytest.mark.parametrize("indent", ["\t", "  "])
def test_what_follows_a_deep_outline_is_read(levels: int, indent: str) -> None:
    outline = "".join(f"{indent * level}- level {level}\n" for level in range(levels))
    entry = read(
        f"# Day\n\n{outline}- [ ] Call Ann #after\n\n## Lessons\n\n- Ask first\n\nEnjoyment: 7/10\n"
    )
    assert_consistent(entry)
    assert [task.text for task in entry.tasks] == ["Call Ann #after"]
    assert [point.text for point in entry.points] == ["Ask first"]
    assert entry.tags == ("after",)
    assert entry.rating and entry.rating.value == 7


def test_deep_follow_ups_are_read_or_reported() -> None:
    tasks = "".join("\t" * level + f"- [ ] Step {level}\n" for level in range(50))
    entry = read(tasks)
    lines = {task.line for task in entry.tasks} | {problem.line for problem in entry.problems}
    assert len(entry.tasks) == DEEPEST // 2
    assert lines == set(range(1, 51))


def test_what_follows_deep_quotes_is_read() -> None:
    for depth in (19, 20, 64, 65, 500):
        entry = read("> " * depth + "deep\n\n- [ ] Call Ann\n")
        assert [task.text for task in entry.tasks] == ["Call Ann"]


@pytest.mark.parametrize("text", ["", "\ufeff", " ", "\n", "\r\n\r", "\t \n", "\0", "\ud800", "\u2028", "\x1b[2J"], ids=repr)  # fmt: skip
def test_next_to_nothing(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    said = (entry.text, entry.points, entry.tasks, entry.rating, len(entry.problems))
    assert said == (text, (), (), None, int(bool({"\0", "\x1b"} & set(text))))


def test_binary() -> None:
    raw = bytes(range(256)) * 40
    entry = read(raw.decode("utf-8", "surrogateescape"))
    assert_consistent(entry)
    assert entry.text.encode("utf-8", "surrogateescape") == raw
