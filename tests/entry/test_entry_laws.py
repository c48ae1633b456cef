"""Laws of entries: reading takes any text as it is; a change does what it says and nothing else."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from journal_tui.entry import changes
from journal_tui.entry.edit import TextEdit, apply, smallest_edit
from journal_tui.entry.entry import Entry
from journal_tui.entry.markdown_lines import task_word
from journal_tui.entry.parser import block_tokens
from journal_tui.entry.task_changes import toggle
from journal_tui.entry.task_marks import CLOSED_ON, marks_in
from journal_tui.errors import EntryError
from tests.entry.invariants import DAY, assert_consistent, read
from tests.entry.markdown_texts import fragments, sentences, texts
from tests.extent import examples

values = st.one_of(
    st.integers(0, 20).map(lambda n: n / 2), st.floats(0, 10).map(lambda v: round(v, 4))
)


def after(entry: Entry, edits: list[TextEdit]) -> Entry:
    """The entry after the edits, whose spans must lie in the text and keep all outside them."""
    text = apply(entry.text, edits)
    position, rest = 0, text
    for edit in sorted(edits):
        kept = entry.text[position : edit.start]
        assert rest.startswith(kept + edit.text)
        rest = rest[len(kept) + len(edit.text) :]
        position = edit.end
    assert rest == entry.text[position:]
    result = Entry(entry.day, text)
    assert_consistent(result)
    return result


def points(entry: Entry) -> list[str]:
    return [point.text for point in entry.points]


def tasks(entry: Entry) -> list[tuple[str, bool, date | None]]:
    return [(task.text, task.is_closed, task.due) for task in entry.tasks]


def rated(entry: Entry) -> tuple[float, str] | None:
    return (entry.rating.value, entry.rating.remark) if entry.rating else None


def is_like(text: str, newline: str) -> bool:
    """Whether the text has no other line endings than this one."""
    return not any(c in text.replace(newline, "") for c in "\r\n")


@given(texts)
@settings(max_examples=examples(600))
def test_blocks_are_those_of_markdown_it(text: str) -> None:
    found, usual = block_tokens(text), MarkdownIt("commonmark").parse(text)
    assert [(t.type, t.map, t.content, t.level) for t in found] == [
        (t.type, t.map, t.content, t.level) for t in usual
    ]


@given(texts)
@settings(max_examples=examples(600))
def test_any_text_is_read_and_stays_itself(text: str) -> None:
    entry = read(text)
    assert entry.text == text
    assert_consistent(entry)
    assert entry == Entry(DAY, text)


@given(st.binary(max_size=300))
def test_any_bytes_are_read(raw: bytes) -> None:
    text = raw.decode("utf-8", "surrogateescape")
    entry = read(text)
    assert_consistent(entry)
    assert entry.text.encode("utf-8", "surrogateescape") == raw


@given(texts, values, sentences)
@settings(max_examples=examples(400))
def test_a_rating_that_was_set_is_read(text: str, value: float, remark: str) -> None:
    entry = read(text)
    done = after(entry, changes.rate(entry, value, remark))
    assert rated(done) == (value, " ".join(remark.split()))
    assert points(done) == points(entry)
    assert tasks(done) == tasks(entry)
    assert changes.rate(done, value, remark) == []
    assert changes.rate(done, value) == []


@given(texts, values)
def test_a_rating_keeps_its_remark(text: str, value: float) -> None:
    entry = read(text)
    done = after(entry, changes.rate(entry, value))
    assert done.rating is not None
    assert done.rating.value == value
    if entry.rating:
        assert done.rating.remark == entry.rating.remark


@given(texts, values)
def test_a_remark_can_be_taken_out(text: str, value: float) -> None:
    entry = read(text)
    assert rated(after(entry, changes.rate(entry, value, ""))) == (value, "")


@given(texts, sentences)
@settings(max_examples=examples(400))
def test_a_point_is_added_and_nothing_else(text: str, point: str) -> None:
    entry = read(text)
    try:
        done = after(entry, changes.add_point(entry, point))
    except EntryError:
        # Words that say something else under this heading: a rating, a label of a section.
        assume(False)
    said = points(done)
    where = next((i for i, old in enumerate(points(entry)) if said[i] != old), len(said) - 1)
    assert said[where] == " ".join(point.split())
    assert said[:where] + said[where + 1 :] == points(entry)
    section = [s for s in done.outline.sections if s.start <= done.points[where].start][-1]
    assert [item.text for item in section.items if item.text][-1] == said[where]
    assert tasks(done) == tasks(entry)
    assert rated(done) == rated(entry)


@given(texts, st.lists(sentences, min_size=1, max_size=5))
@settings(max_examples=examples(300))
def test_several_points_at_once_are_what_they_are_one_by_one(text: str, some: list[str]) -> None:
    entry = one_by_one = read(text)
    try:
        for point in some:
            one_by_one = after(one_by_one, changes.add_point(one_by_one, point))
    except EntryError:
        with pytest.raises(EntryError):
            changes.add_points(entry, some)
        return
    assert points(after(entry, changes.add_points(entry, some))) == points(one_by_one)


@given(texts, st.from_regex(r"[a-zé]{1,9}( [a-zé,.]{1,9}){0,4}", fullmatch=True))
def test_plain_words_are_never_refused(text: str, words: str) -> None:
    entry = read(text)
    assert len(after(entry, changes.add_point(entry, words)).points) == len(entry.points) + 1
    assert len(after(entry, changes.add_task(entry, words)).tasks) == len(entry.tasks) + 1
    assert words in after(entry, changes.add_prose(entry, words)).text


@given(texts, sentences, st.none() | st.dates(date(1900, 1, 1)))
@settings(max_examples=examples(300))
def test_a_task_is_added_and_nothing_else(text: str, task: str, due: date | None) -> None:
    # A follow-up needs words.
    assume(any(map(str.isalnum, task)))
    entry = read(text)
    done = after(entry, changes.add_task(entry, task, due))
    old, new = tasks(entry), tasks(done)
    where = next((i for i, one in enumerate(old) if new[i] != one), len(new) - 1)
    assert new[:where] + new[where + 1 :] == old
    if due:
        assert new[where][1:] == (False, due)
    assert points(done) == points(entry)
    assert rated(done) == rated(entry)


@given(texts, fragments)
@settings(max_examples=examples(300))
def test_prose_keeps_points_tasks_and_rating(text: str, prose: str) -> None:
    entry = read(text)
    assume(prose.strip("\r\n").strip())
    try:
        done = after(entry, changes.add_prose(entry, prose))
    except EntryError:
        assume(False)
    for old, new in ((points(entry), points(done)), (tasks(entry), tasks(done))):
        rest = iter(new)
        assert all(one in rest for one in old)
    if read(prose).rating is None:
        assert rated(done) == rated(entry)


@given(texts)
def test_ticking_twice_changes_nothing(text: str) -> None:
    entry = read(text)
    for task in entry.tasks:
        once = after(entry, toggle(entry, task.line, DAY))
        twice = after(once, toggle(once, task.line, DAY))
        assert [t.is_closed for t in once.tasks] != [t.is_closed for t in entry.tasks]
        if task.box < 0 or any(mark.kind == CLOSED_ON for mark in marks_in(entry.text)):
            continue
        assert tasks(twice) == tasks(entry)
        # Only the box changes, to the plainest of its state.
        word = task_word(entry.text[task.box : task.end])
        end = task.box + (len(word[0]) if word else 1)
        box = ("TODO", "DONE") if word else (" ", "x")
        assert twice.text == entry.text[: task.box] + box[task.is_closed] + entry.text[end:]


@given(
    st.lists(st.sampled_from(["# T", "prose", "## Learning points", "- a", "- [ ] b", "Enjoyment: 9", ""])),
    st.sampled_from(["\n", "\r\n", "\r"]),
)  # fmt: skip
def test_line_endings_keep_their_style(lines: list[str], newline: str) -> None:
    entry = read(newline.join([*lines, ""]) if lines else newline)
    for edits in (
        changes.rate(entry, 7, "fine"),
        changes.add_point(entry, "new"),
        changes.add_task(entry, "do"),
        changes.add_prose(entry, "one\ntwo\r\nthree"),
    ):
        assert is_like(after(entry, edits).text, newline)


@given(st.text("ab\n", max_size=20), st.text("ab\n", max_size=20))
def test_the_smallest_edit_leads_to_the_new_text(old: str, new: str) -> None:
    edits = smallest_edit(old, new)
    assert apply(old, edits) == new
    assert len(edits) == (old != new)
    for edit in edits:
        assert old[edit.start : edit.start + 1] != edit.text[:1] or not edit.text
        assert old[edit.start : edit.end] != edit.text


def test_edits_outside_the_text_or_over_each_other_are_refused() -> None:
    for edits in (
        [TextEdit(2, 1, "")],
        [TextEdit(0, 4, "")],
        [TextEdit(-1, 0, "")],
        [TextEdit(0, 2, ""), TextEdit(1, 3, "")],
    ):
        with pytest.raises(ValueError, match="edit"):
            apply("abc", edits)
    assert apply("abc", [TextEdit(3, 3, "!"), TextEdit(0, 1, "A")]) == "Abc!"
