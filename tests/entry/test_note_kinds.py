"""Kinds of notes: the built-in ones, a journal's own, and what a note of one is called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.entry.note_kinds import (
    BUILT_IN,
    NoteKind,
    NoteRequest,
    kind_called,
    kinds,
    sections_of,
)
from journal_tui.entry.template import fill, with_paragraph_below_title, without_gap
from journal_tui.entry.vocabulary import Vocabulary, english

DAY = date(2026, 11, 20)
VALUES = {
    "title": "A title",
    "customer": "",
    "agenda": "",
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
    # One begins to write in a gap of its own, or after a label.
    assert text[:cursor].endswith(("\n\n", "\n\nMet: ")) and text[cursor:].startswith("\n\n##")


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.key)
def test_what_is_filled_in_is_read(kind: NoteKind) -> None:
    text, _ = fill(kind.template, VALUES)
    filled = text.replace("- [ ] \n", "- [ ] Do it\n").replace("- \n", "- Said so\n")
    entry = Entry(DAY, filled)
    assert len(entry.tasks) == filled.count("Do it")
    read = [items for _, items in sections_of(kind.template, english())]
    assert (
        len(entry.points) == read.count("learning") == (kind.key not in ("meeting", "one-to-one"))
    )
    assert len(entry.feedback) == read.count("feedback") == 3 * (kind.key == "service-review")
    assert entry.problems == ()


def test_the_sections_of_the_built_in_kinds() -> None:
    review, after = BUILT_IN[2], BUILT_IN[3]
    assert sections_of(review.template, english()) == [
        ("How they find dealing with us", "feedback"),
        ("Frustrations with applications and services", "feedback"),
        ("What they value", "feedback"),
        ("What we will improve", "follow-up"),
        ("Learning points", "learning"),
    ]
    assert sections_of(after.template, english()) == [
        ("What was intended", ""),
        ("What happened", ""),
        ("Two explanations", ""),
        ("When … then …", "learning"),
    ]
    german = Vocabulary({"learning": ("Gelernt",)})
    assert sections_of(review.template, german)[-1] == ("Gelernt", "learning")


@pytest.mark.parametrize(
    ("heading", "items"),
    [
        ("How they find dealing with the desk", "feedback"),
        ("how they find dealing with the service desk:", "feedback"),
        ("Frustrations with the applications", "feedback"),
        ("Frustration with our systems & services", "feedback"),
        ("What they value (the lab)", "feedback"),
        ("When ... then ...", "learning"),
        ("When …, then …", "learning"),
        ("Frustrations", "feedback"),
        ("Frustrations at home", None),
        ("How they find the service", None),
        ("What they value most is the garden", None),
        ("When then", None),
    ],
)
def test_headings_that_are_nearly_those_of_a_visit(heading: str, items: str | None) -> None:
    assert english().section(heading) == items


def test_a_visit_in_the_words_of_one_who_visits_loses_nothing() -> None:
    """What somebody asks and hears on such visits, as it was described to us."""
    asked = "How they find dealing with the desk"
    heard = (
        "Not being given estimates of how long things will take, so the customer does not know "
        "whether to get on with other work"
    )
    frustrations = ("Instability", "Incidents that recur")
    template = "# {title}\n\n{customer}\n\n## Their words\n\n- \n\n## What irks them in the applications\n\n- \n"
    own = Vocabulary(of_notes={"feedback": ("Their words", "What irks them in the applications")})
    kind = NoteKind("visit", "Visit", template.replace("Their words", asked))
    assert sections_of(kind.template, own) == [
        (asked, "feedback"),
        ("What irks them in the applications", "feedback"),
    ]
    for used, headings in (
        (kind, [asked, "What irks them in the applications"]),
        (BUILT_IN[2], ["How they find dealing with us", "Frustrations with applications and services"]),
    ):  # fmt: skip
        note = NoteRequest("", used, "payroll", "Payroll")
        values = {**VALUES, "title": note.title, "customer": note.customer_tag}
        text, _ = fill(used.template, values)
        for heading, said in zip(headings, ((heard,), frustrations), strict=True):
            listed = "".join(f"- {one}\n" for one in said)
            text = text.replace(f"## {heading}\n\n- \n", f"## {heading}\n\n{listed}")
        promise = "  - [ ] A reply gives an estimate @priya due:2026-12-01\n"
        text = text.replace(f"- {heard}\n", f"- {heard}\n{promise}")
        entry = Entry(DAY, text, own)
        assert [point.text.partition(" – ")[0] for point in entry.feedback] == [
            heard,
            *frustrations,
        ]
        [task] = entry.tasks
        assert (task.text, task.due) == ("A reply gives an estimate @priya", date(2026, 12, 1))
        assert entry.tags == ("customer/payroll",) and entry.problems == ()
        assert entry.title == f"{used.name} – Payroll"


def test_names_of_sections_in_notes_are_read_but_never_written() -> None:
    own = Vocabulary(of_notes={"feedback": ("Was sie stört",), "learning": ("Merke",)})
    assert own.section("Was sie stört:") == "feedback" and own.section("merke") == "learning"
    assert own.heading("feedback") == "Feedback" and own.heading("learning") == "Learning points"
    assert english().section("Was sie stört") is None


def test_a_note_about_a_customer() -> None:
    note = NoteRequest("", BUILT_IN[2], "lab", "Westmere Laboratory")
    assert note.title == "Service review – Westmere Laboratory"
    assert (note.file_title, note.customer_tag) == ("service-review lab", "#customer/lab")
    about = note._replace(words="the new hall")
    assert about.title == "Service review – the new hall"
    assert about.file_title == "service-review the new hall"
    assert NoteRequest("Ann").customer_tag == ""


def test_a_name_without_a_value_leaves_no_gap() -> None:
    values = {"title": "T", "customer": "", "agenda": ""}
    template = "# {title}\n\n{customer}\n\n{agenda}\n\n## {customer}\n\n{other}\n"
    assert fill(template, values)[0] == "# T\n\n## \n\n{other}\n"
    filled = fill(template, {**values, "customer": "#customer/lab"})[0]
    assert filled.startswith("# T\n\n#customer/lab\n\n## #")


def test_a_customer_is_put_below_the_title() -> None:
    text, cursor = with_paragraph_below_title("# T\n\nWords\n", 5, "#customer/lab")
    assert text == "# T\n\n#customer/lab\n\nWords\n" and text[cursor:] == "Words\n"
    assert with_paragraph_below_title("T", 1, "#c") == ("T\n\n#c\n", 1)


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
        ("# T\n\nMet: {cursor}\n\n## S\n", "met:  Ann", "# T\n\nMet: Ann\n\n## S\n"),
        ("# T\n\nMet: {cursor}\n\n## S\n", "Method: Ann", "# T\n\nMet: Method: Ann\n\n## S\n"),
        ("# T\n\nMet: {cursor}\n\n## S\n", "Met: A.\n\nB.", "# T\n\nMet:\n\nA.\n\nB.\n\n## S\n"),
        ("# T\n\nMet: {cursor}\n\n## S\n", "A.\n\nB.", "# T\n\nMet:\n\nA.\n\nB.\n\n## S\n"),
        ("# T\n\nMet: {cursor}\n\n## S\n", "", "# T\n\nMet:\n\n## S\n"),
    ],
)
def test_a_paragraph_is_put_where_the_cursor_would_be(
    template: str, written: str, text: str
) -> None:
    assert without_gap(*fill(template, {}), written) == text
