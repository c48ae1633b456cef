"""“You said, we did”: what is on a sheet, in which part, in whose words, and how it is laid out."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.counts import join_words
from journal_tui.customers.loop import CustomerNote, Loop, loops
from journal_tui.customers.sheet import (
    Choice,
    Sheet,
    make_sheet,
    plain_name,
    quoted,
    without_mentions,
)
from journal_tui.customers.sheet_markdown import sheet_markdown
from journal_tui.customers.sheet_page import sheet_page
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.entry import Entry
from journal_tui.entry.vocabulary import english
from journal_tui.period import parse_period
from journal_tui.pseudonyms import Pseudonyms
from journal_tui.publish.options import PublishingOptions
from journal_tui.publish.redaction import Redactor

TODAY = date(2026, 11, 20)
FIRST = """\
# Service review

@helen in her office, who is ill. #customer/lab

## Frustrations with applications and services

- "Nobody tells us how long it will take" #estimates
  - [x] Tickets carry an estimate from the first reply @priya due:2026-03-01 done:2026-02-24
  - told 2026-03-02
  - confirmed 2026-05-12
- The @tomas list is late #lists
  - [-] A list of our own @owen dropped:2026-02-20 – no money before April
- The printer jams #printers
  - [x] New rollers done:2026-02-10
- Ask Helen, she knows

## What they value

- You ring back

## What we will improve

- [ ] A second person who knows the lab @tomas due:2026-12-01

## Learning points

- A secret of mine
"""
SECOND = """\
# Service review

Helen again. #customer/lab

## Frustrations with applications and services

- It jams again #printers
  - [ ] Another printer @mei
- The desk is loud
  - [x] A door done:2026-05-20
  - told 2026-05-21
"""


def read(texts: dict[str, str]) -> list[Loop]:
    notes = []
    for day, text in texts.items():
        entry = Entry(date.fromisoformat(day), text)
        visit = read_visit(entry, "service-review")
        notes.append(CustomerNote(entry.day, f"{day}-service-review.md", visit))
    return loops(notes)


TEXTS = {"2026-01-20": FIRST, "2026-05-12": SECOND}
VISITS = [date(2026, 1, 20), date(2026, 5, 12)]


def sheet(choice: Choice, texts: dict[str, str] = TEXTS) -> Sheet:
    table = Pseudonyms(["helen", "tomas"], are_people_named=choice.names)
    redactor = Redactor(PublishingOptions(people=choice.names), table, english())
    return make_sheet(read(texts), choice, table, redactor.text, TODAY)


def of_lab(**more: object) -> Choice:
    chosen = Choice("lab", visits=VISITS, name_of={"lab": "The Laboratory"}.get)  # type: ignore[arg-type]
    return chosen._replace(**more)  # type: ignore[arg-type]


def test_a_sheet_says_what_became_of_everything() -> None:
    assert (
        sheet_markdown(sheet(of_lab()))
        == """\
# You said, we did – The Laboratory

Last visit: 12 May 2026. Made on 20 November 2026.

## Done

- “The desk is loud” (12 May 2026)
  - A door (done on 20 May 2026)
  - You were told on 21 May 2026. Did it help?
- "Nobody tells us how long it will take" (20 January 2026)
  - Tickets carry an estimate from the first reply (Person 4, done on 24 February 2026)
  - You confirmed that it helped on 12 May 2026.

## Under way

- “It jams again” (12 May 2026)
  - Another printer (Person 3, no date yet)
  - You said so before, on 20 January 2026.
- Promised (20 January 2026)
  - A second person who knows the lab (Person 2, due 1 December 2026)

## Not done, and why

- “The Person 2 list is late” (20 January 2026)
  - A list of our own (Person 5, not done: no money before April)
  - We haven’t told you about this before.

## Heard, without a promise so far

- “Ask Person 1, she knows” (20 January 2026)

## What you value

- “You ring back” (20 January 2026)
"""
    )


def test_people_may_be_named() -> None:
    text = sheet_markdown(sheet(of_lab(names=True)))
    assert "“The Tomas list is late”" in text and "“Ask Helen, she knows”" in text
    assert "from the first reply (Priya, done" in text and "Person" not in text
    assert "@" not in text and not re.search(r"#\w", text)


def test_only_feedback_and_promises_are_on_it() -> None:
    for names in (True, False):
        made = sheet(of_lab(names=names))
        for text in (sheet_markdown(made), sheet_page(made)):
            assert "secret" not in text and "is ill" not in text and "again. #" not in text


def test_a_theme_is_that_of_all_customers() -> None:
    text = FIRST.replace("customer/lab", "customer/depot").replace("#printers", "#printers/labels")
    made = sheet(Choice(theme="printers"), {**TEXTS, "2026-01-21": text})
    said = sheet_markdown(made)
    assert said.startswith("# They said, we did – #printers\n\nMade on")
    assert "(lab, 12 May 2026)" in said and "(depot, 21 January 2026)" in said
    assert "  - Not yet told.\n" in said and "estimate" not in said
    assert "They said so before, on 20 January 2026." in said


def test_what_was_settled_before_the_last_visit_but_one_is_counted() -> None:
    third = SECOND.replace("#printers", "").replace("12", "30")
    made = sheet(of_lab(visits=[*VISITS, date(2026, 9, 30)]), {**TEXTS, "2026-09-30": third})
    text = sheet_markdown(made)
    assert "3 things that were settled earlier aren’t listed." in text
    assert "A list of our own" not in text and "Ask Person 1" not in text
    # What is open stays, however old it is, and so does what was confirmed since.
    assert "A second person" in text and "You confirmed that it helped on 12 May" in text


def test_a_period_has_what_happened_in_it() -> None:
    period = parse_period("2026-02", TODAY)
    made = sheet(of_lab(period=period))
    text = sheet_markdown(made)
    assert "told from 1 February 2026 to 28 February 2026." in text
    assert [row.said for part in made.parts for row in part.rows] == [
        '"Nobody tells us how long it will take"',
        "“The Person 2 list is late”",
    ]


def test_an_empty_sheet_says_so() -> None:
    made = sheet(of_lab(customer="depot", name_of=str))
    assert made.is_empty
    assert sheet_markdown(made).endswith("\n\nNothing was said or promised.\n")
    assert "<p>Nothing was said or promised.</p>" in sheet_page(made)


class _Tags(HTMLParser):
    """Collects the tags of a page, and the text outside its style."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data if self.tags[-1:] != ["style"] else ""


def tags_of(page: str) -> _Tags:
    parser = _Tags()
    parser.feed(page)
    return parser


def test_the_page_is_one_file_without_scripts() -> None:
    page = sheet_page(sheet(of_lab()))
    found = tags_of(page)
    assert not {"script", "link", "img", "iframe"} & {*found.tags}
    assert "default-src 'none'" in page and "url(" not in page and "@import" not in page
    assert "prefers-color-scheme: dark" in page and "@media print" in page
    assert found.tags.count("h1") == 1 and found.tags.count("h2") == 5
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    # No date is broken at the end of a line.
    assert "24\u00a0February\u00a02026" in found.text


@given(st.text(max_size=60), st.text(max_size=30))
def test_what_people_said_is_never_markup(words: str, owner: str) -> None:
    said = " ".join(words.split())
    text = f"## Frustrations\n\n- x {said}\n  - [ ] y {said} @{owner}\n\n#customer/lab\n"
    made = sheet(of_lab(names=True), {"2026-01-20": text})
    plain = sheet(of_lab(), {"2026-01-20": "## Frustrations\n\n- x\n  - [ ] y\n\n#customer/lab\n"})
    hostile, usual = tags_of(sheet_page(made)), tags_of(sheet_page(plain))
    assert {*hostile.tags} <= {*usual.tags}
    assert not re.search(r"[\x00-\x08\x1b\x7f\u202e]", sheet_markdown(made) + sheet_page(made))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("<b>&amp; [a](b) `c` *d _e |f| ~g~", "& a c *d _e |f| ~g~"),
        (r"\<b>d\</b> \[a](b) `[c](d)`", "<b>d</b> [a](b) [c](d)"),
    ],
)  # fmt: skip
def test_signs_of_markup_are_text(words: str, said: str) -> None:
    made = sheet(of_lab(), {"2026-01-20": f"## Frustrations\n\n- x {words}\n\n#customer/lab\n"})
    assert f"x {said}" in tags_of(sheet_page(made)).text
    marked = sheet_markdown(made)
    assert f"x {said}" in re.sub(r"\\(.)", r"\1", marked)
    assert not re.search(r"(?<!\\)[<*`\[|~]", marked)


def test_quotes_and_lists_of_words() -> None:
    assert quoted("It is slow") == "“It is slow”"
    assert quoted('They said "slow"') == 'They said "slow"'
    assert join_words(["a"]) == "a" and join_words(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Tickets carry an estimate @priya", "Tickets carry an estimate"),
        ("A number for the lab: @priya #lab", "A number for the lab"),
        ("A call with @priya", "A call with Priya"),
        ("Ask @priya", "Ask Priya"),
        ("@priya asks @tomas", "Priya asks Tomas"),
        ("A list @tomas", "A list Tomas"),
        ("#tag", ""),
    ],
)
def test_the_owner_at_the_end_is_left_out(text: str, plain: str) -> None:
    assert without_mentions(text, plain_name, "priya") == plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("They start with *Dear colleague*", "They start with Dear colleague"),
        ("It **really** is _slow_", "It really is slow"),
        ("a_b_c and 3*4*5 stay", "a_b_c and 3*4*5 stay"),
        ("One * two", "One * two"),
    ],
)
def test_emphasis_is_shown_without_its_signs(written: str, shown: str) -> None:
    text = f"#customer/lab\n\n## Frustrations\n\n- {written}\n"
    made = sheet(of_lab(), {"2026-11-01": text})
    assert [row.said for part in made.parts for row in part.rows] == [f"“{shown}”"]
