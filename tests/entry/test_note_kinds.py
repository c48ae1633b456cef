"""Kinds of notes: the built-in ones, a journal's own, and what a note of one is called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.entry.note_kinds import BUILT_IN, NoteKind, NoteRequest, kind_called, kinds
from journal_tui.entry.template import closed, fill

DAY = date(2026, 11, 20)
VALUES = {
    "title": "A title",
    "learning": "Learning points",
    "feedback": "Feedback",
    "follow-up": "Follow-ups",
}


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.key)
def test_a_new_note_of_a_built_in_kind_says_nothing_yet(kind: NoteKind) -> None:
    text, cursor = fill(kind.template, VALUES)
    entry = Entry(DAY, text)
    assert (entry.points, entry.feedback, entry.tasks, entry.problems) == ((), (), (), ())
    assert entry.title == "A title" and "{" not in text
    # One begins to write in a gap of its own.
    assert text[:cursor].endswith("\n\n") and text[cursor:].startswith("\n")


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.key)
def test_what_is_filled_in_is_read(kind: NoteKind) -> None:
    text, _ = fill(kind.template, VALUES)
    filled = text.replace("- [ ] \n", "- [ ] Do it\n").replace("- \n", "- Said so\n")
    entry = Entry(DAY, filled)
    assert len(entry.tasks) == filled.count("Do it")
    assert len(entry.points) == filled.count("## Learning points")
    parts = ("## Feedback", "## How they find dealing with us", "## What they value")
    assert len(entry.feedback) == sum(map(filled.count, parts))
    assert entry.problems == ()


def test_the_titles_of_notes_and_the_names_of_their_files() -> None:
    review = BUILT_IN[2]
    assert NoteRequest("the  Depot\n", review).title == "Service review – the Depot"
    assert NoteRequest("the Depot", review).file_title == "service-review the Depot"
    assert NoteRequest("", review).title == "Service review"
    assert NoteRequest("Lab visit").title == NoteRequest("Lab visit").file_title == "Lab visit"


@given(st.text(), st.sampled_from([None, *BUILT_IN]))
def test_any_title_is_one_line_that_controls_nothing(words: str, kind: NoteKind | None) -> None:
    title = NoteRequest(words, kind).title
    assert title == " ".join(title.split())
    assert all(character.isprintable() or character in "\u200c\u200d" for character in title)


def test_a_title_loses_what_hides_or_reorders_it() -> None:
    assert NoteRequest("a\x1b[31mb\u202ec\x00").title == "a[31mbc"


def test_a_journals_own_kinds_come_first_and_replace_built_in_ones() -> None:
    listed = kinds(
        {
            "visit": {"template": "# {title}\n"},
            "meeting": {"name": "Team  meeting"},
            "incident": None,
            "from-file": {"name": "F", "file": "templates/f.md", "template": "unused"},
        }
    )
    assert [kind.key for kind in listed] == [
        "visit", "meeting", "from-file", "one-to-one", "service-review", "after-event",
    ]  # fmt: skip
    assert listed[0] == NoteKind("visit", "Visit", "# {title}\n")
    assert listed[1] == NoteKind("meeting", "Team meeting", BUILT_IN[0].template)
    assert listed[2] == NoteKind("from-file", "F", "", "templates/f.md")
    assert kinds({}) == BUILT_IN


def test_a_kind_is_called_by_its_name_or_key() -> None:
    assert kind_called(" SERVICE  review", BUILT_IN) is BUILT_IN[2]
    assert kind_called("one-to-one", BUILT_IN) is BUILT_IN[1]
    assert kind_called("Service review of the depot", BUILT_IN) is None
    assert kind_called("", BUILT_IN) is None


@pytest.mark.parametrize(
    ("template", "written", "text"),
    [
        ("# T\n\n{cursor}\n\n## S\n", "Words", "# T\n\nWords\n\n## S\n"),
        ("# T\n\n{cursor}\n\n## S\n", "", "# T\n\n## S\n"),
        ("# T\n\n{cursor}\n", "Words\n", "# T\n\nWords\n"),
        ("# T\n\nMet: {cursor}\n\n## S\n", "Ann", "# T\n\nMet: Ann\n\n## S\n"),
        ("{cursor}", "Words", "Words\n"),
    ],
)
def test_a_paragraph_is_put_where_the_cursor_would_be(
    template: str, written: str, text: str
) -> None:
    assert closed(*fill(template, {}), written) == text
