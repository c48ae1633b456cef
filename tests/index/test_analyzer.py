"""What the index keeps of an entry, and the terms by which it finds it."""

import json
import zlib
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.entry.line_map import LINE_END
from journal_tui.entry.spellings import BREAK, runs
from journal_tui.entry.tokenizer import mention_terms, words
from journal_tui.index.analyzer import (
    ANY,
    INDEXED_PARTS,
    TEXT_PARTS,
    Record,
    agenda_terms,
    facts_only,
    record,
    term,
    terms_of,
    unreadable,
)
from journal_tui.index.index import READER
from journal_tui.index.postings import escape
from journal_tui.query.fields import FIELDS
from tests.index.query_strategies import WRITTEN

DAY = date(2014, 10, 6)
TEXT = """---
tags: [plan]
kind: Service Review
---

# Day 168 – Monday #depot

Prose with @colm.

- [ ] ask @jo due:2014-10-13

## Learning points

- old machines #plan
- rain

## Feedback

- fine

More prose.

Enjoyment: 9/10 – dry
"""
PIECES = st.lists(
    st.sampled_from(
        [
            "\n", "\n\n", "\r\n", "\r", " ", "# Title #tag", "word", "---\nkind: a\n---\n", "Title\n===\n", "## Lessons\n\n- a\n- @b\n",
            "Learning points: one; [a; #b](c); two", "- [ ] due:2014-01-01 x", "\n\nEnjoyment: 7/10 – fine\n\n", "## Feedback\n- c\n", "```",
            "\ufeff", "\x0c", "\u2028", "!!", "漢字", "हिन्दी", "ﷺ", "é", "\ud800",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip
TEXTS = st.one_of(PIECES, st.text(max_size=60))


def kept(text: str, path: str = "2014/2014-10-06.md") -> Record:
    return record(path, Entry(DAY, text))


def line(text: str, number: int) -> str:
    """The line of a text, counted from 1."""
    return LINE_END.split(text)[number - 1]


def test_a_record_says_what_the_entry_says() -> None:
    made = kept(TEXT)
    assert json.loads(json.dumps(made)) == made
    assert made == {
        "path": "2014/2014-10-06.md",
        "date": "2014-10-06",
        "title": "Day 168 – Monday #depot",
        "title_line": 6,
        "number": 168,
        "kind": "service-review",
        "rating": 9.0,
        "remark": "dry",
        "rating_line": 23,
        "learning": [["old machines #plan", 14], ["rain", 15]],
        "feedback": [["fine", 19]],
        "tasks": [["ask @jo", 10, "open", "2014-10-13", "", None]],
        "expectations": [],
        "customers": {
            "customers": [],
            "visit": True,
            "met": ["colm"],
            "said": [["fine", 19, "feedback", [], [], [], [], ["fine"]]],
            "promises": [],
            "names": [],
            "named": [],
        },
        "tags": ["plan", "depot"],
        "people": ["colm", "jo"],
        "words": made["words"],
        "prose": [list(span) for span in Entry(DAY, TEXT).prose_spans],
        "problems": [[1, "a visit without a customer; add a tag such as #customer/depot"]],
        "period": "",
    }
    assert set(unreadable("2014/2014-10-06.md", DAY, "No.")) == set(made)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("# T", 1),
        ("\n\n# T\n", 3),
        ("before\n\n# T", 3),
        ("## Learning points\n\n- a\n\n# T", 5),
        ("T\n===", 1),
        ("\r\n\r\nT\r\n===\r\n", 3),
        ("\r\rT\r", 3),
        ("first\n\nsecond", 1),
        ("\n \nfirst", 3),
        ("\ufeff\nfirst", 2),
        ("---\na: b\n---\n\nfirst", 5),
        ("---\na: b\n---\n\nfirst\n\n# T", 7),
        ("```\n# code\n```\n\n# T", 5),
        ("> # quoted\n\n# T", 3),
    ],
    ids=repr,
)
def test_the_line_of_the_title(text: str, number: int) -> None:
    assert kept(text)["title_line"] == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("no rating", 0),
        ("Enjoyment: 8", 1),
        ("# T\r\n\r\nEnjoyment: 8\r\n", 3),
        ("Enjoyment:\n\n8 – fine", 3),
        ("Enjoyment: 7\n\nEnjoyment: 8", 3),
        ("---\na: b\nrating: 8\n---\n", 3),
        ("---\nrating: 8\n---\nEnjoyment: 7", 4),
        ("Enjoyment: 11/10", 0),
    ],
    ids=repr,
)
def test_the_line_of_the_rating(text: str, number: int) -> None:
    assert kept(text)["rating_line"] == number


@given(TEXTS)
def test_the_line_numbers_lead_to_the_words(text: str) -> None:
    made = kept(text)
    if named := words(made["title"]):
        # A heading may go over several lines, the first of them being signs alone.
        from_there = LINE_END.split(text)[made["title_line"] - 1 :]
        assert words("\n".join(from_there))[:1] == named[:1]
    if made["rating"] is not None:
        assert any(c.isdigit() or c == "½" for c in line(text, made["rating_line"]))
    for said, number, *_ in made["learning"] + made["feedback"] + made["tasks"]:
        # A point that begins in the line before its words is known by where it begins.
        assert set(words(line(text, number))) & set(words(said)) or not words(said)


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("2014/2014-10-06.md", "", ""),
        ("2014-10-06-service-review.md", "", "service-review"),
        ("a/b/2014-10-06-Service-Review.md", "", "service-review"),
        ("2014-10-06 The  Depot.md", "", "the-depot"),
        ("2014-10-06-Übung.md", "", "ubung"),
        ("2014-10-06_notes_.md", "", "notes"),
        ("2014-10-06-visit.md", "---\nkind: Retro\n---\n", "retro"),
        ("2014-10-06-visit.md", "---\nkind: ''\n---\n", "visit"),
        ("2014/2014-10-06.md", "---\nkind: Étude  one\n---\n", "etude-one"),
    ],
)
def test_the_kind_is_the_front_matters_or_else_the_names(path: str, text: str, kind: str) -> None:
    assert kept(text, path)["kind"] == kind


def _facts(terms: Iterable[str]) -> set[str]:
    """The terms of the fields whose meaning the tests know; another field may keep more."""
    return {term for term in terms if term == ANY or term[1:].partition(":")[0] in WRITTEN}


def test_terms_of_each_part() -> None:
    entry = Entry(DAY, TEXT)
    listed, order, _ = terms_of(entry, record("2014-10-06.md", entry))
    found = {part: set(terms) for part, terms in listed.items()}
    assert all(len(found[part]) == len(terms) for part, terms in listed.items())
    facts = _facts(found["entry"])
    assert facts == {
        ANY, "=has:learning", "=has:feedback", "=has:follow-ups", "=has:rating", "=has:remark", "=has:tags",
        "=has:people", "=has:customers", "=has:problems", "=kind:service-review", "=day:00000168.", "=rating:00000009.",
        f"=words:{entry.words:08d}.",
    }  # fmt: skip
    assert found["learning"] == {ANY, "old", "machines", "plan", "rain", "#plan"}
    assert found["feedback"] == {ANY, "fine", "=state:any"}
    assert found["follow-up"] == {ANY, "ask", "jo", "@jo", "=is:open", "=is:due2014-10-13"}
    assert found["title"] == {ANY, "day", "168", "monday", "depot", "#depot"}
    assert found["remark"] == {ANY, "dry"}
    assert found["prose"] == {ANY, "@colm"}
    assert {"#plan", "#depot", "@colm", "@jo", "tags", "kind", "due"} <= found["entry"]
    assert order["learning"] == [["old", "machines", "plan"], ["rain"]]
    assert order["entry"] == [words(TEXT)]
    assert set(found) == {*INDEXED_PARTS} and set(order) == set(TEXT_PARTS)


@given(TEXTS)
def test_terms_match_the_words(text: str) -> None:
    entry = Entry(DAY, text)
    made = record("2014-10-06.md", entry)
    found, order, prose = terms_of(entry, made)
    [whole] = order["entry"]
    stretches = [text[start:end] for start, end in made["prose"]]
    in_prose = [whole[start:end] for start, end in prose]
    assert in_prose[: len(stretches)] == [list(map(escape, words(s))) for s in stretches]
    # The spellings of the prose come last, and those of the whole entry after its words.
    of_spellings = [word for listed in in_prose[len(stretches) :] for word in listed]
    assert _runs(of_spellings) == _spellings(*stretches)
    count = len(words(text))
    assert whole[:count] == list(map(escape, words(text)))
    assert _runs(whole[count:]) == _spellings(text)
    assert {term for term in found["entry"] if term[0] not in "=#@"} == {*whole} - {BREAK}
    named = set(map(escape, mention_terms(entry.tags, entry.people)))
    for part in INDEXED_PARTS:
        assert {term for term in found[part] if term[0] in "#@"} <= named
        assert (ANY in found[part]) == (part == "entry" or bool(made[_key(part)]))
        if part not in ("entry", "prose"):
            there = {word for listed in order[part] for word in listed}
            assert there - {BREAK} <= set(found[part])


def _runs(listed: list[str]) -> set[str]:
    """The runs after each BREAK."""
    assert not listed or listed[0] == BREAK
    return set(" ".join(word or "|" for word in listed).removeprefix("| ").split(" | ")) - {""}


def _spellings(*texts: str) -> set[str]:
    return {" ".join(map(escape, run)) for text in texts for run in runs(text)}


def _key(part: str) -> str:
    return "tasks" if part == "follow-up" else part


def test_expectations_are_kept_with_their_answers() -> None:
    text = "- expect: it works check:2014-11-01\n- expect: more check:2014-12-01\n  - happened: yes\n- expect: less check:soonish\n"
    made = kept(text)
    assert made["expectations"] == [
        ["it works", 1, "2014-11-01", False],
        ["more", 2, "2014-12-01", True],
        ["less", 4, None, False],
    ]
    found = terms_of(Entry(DAY, text), made).found
    assert term("has", "expectations") in found["entry"]


def test_what_comes_up_again_is_on_the_agenda() -> None:
    def agenda(text: str, name: str = "2014-10-06") -> list[str]:
        return list(agenda_terms(record(f"2014/{name}.md", Entry(DAY, text))))

    assert agenda("Prose, @ann and #plan.\n\n- [ ] Some day\n") == []
    tasks = (
        "- [ ] Call due:2014-10-13\n- [/] Write due:2014-10-13\n- [x] Done due:2014-10-13\n"
        "- [-] Dropped due:2014-10-13\n- [ ] Get waiting:@ann since:2014-10-01\n"
        "- [ ] Have waiting:@ann due:2014-10-14\n- [x] Got waiting:@ann\n"
    )
    assert agenda(tasks) == [
        "due2014-10-13", "due2014-10-13", "waiting2014-10-01", "due2014-10-14", "waiting2014-10-06",
    ]  # fmt: skip
    expected = "- expect: it works check:2014-11-01\n- expect: more check:2014-12-01\n  - happened: yes\n- expect: less check:soonish\n"
    assert agenda(expected) == ["check2014-11-01"]
    assert agenda("#customer/lab\n", "2014-10-06-service-review-łódź-a") == [
        "visit:lab", "customer:lab",
    ]  # fmt: skip
    assert agenda("## Feedback\n\n- Slow #customer/łódź\n") == ["customer:lodz"]
    assert agenda("## Feedback\n\n- Slow #customer/ärzte-中\n") == ["customer:arzte-&4e2d;"]


def test_a_file_that_cannot_be_read_is_found_by_its_facts() -> None:
    found, order, prose = facts_only(unreadable("2014-10-06.md", DAY, "No."))
    assert found.keys() == {"entry"}
    assert _facts(found["entry"]) == {ANY, "=has:problems", "=words:00000000.", "=day:none"}
    assert all(term[0] == "=" for term in found["entry"])
    assert order == {"entry": [[]]}
    assert prose == []


@given(st.sampled_from(["rating", "day", "words"]), st.floats(0, 10**7), st.floats(0, 10**7))
def test_numbers_sort_as_their_terms(name: str, one: float, two: float) -> None:
    one, two = round(one, 6), round(two, 6)
    key = {"day": "number"}.get(name, name)

    def padded(number: float) -> str:
        [found] = FIELDS[name].terms({key: number})
        return found

    assert (one < two) == (padded(one) < padded(two))
    assert term(name, padded(one)) == f"={name}:{padded(one)}"
    assert padded(10**30) == padded(10**31) > padded(one)


SPELLINGS = """# Søren in Łódź

Daten\u00adschutz, Straße, don’t. A follow-up of 86,000 in C++ for £5 👍
"""


def test_the_terms_of_an_entry_are_those_that_indexes_on_disk_have() -> None:
    """If they have to change, raise `READER` in index/index.py, so that indexes are rebuilt.

    A field that is added needs no new number: its terms aren't looked at here.
    """
    known = (ANY, *(f"={name}:" for name in WRITTEN))
    kept = []
    for text in (TEXT, SPELLINGS):
        entry = Entry(DAY, text)
        found = terms_of(entry, record("2014/2014-10-06-service.md", entry)).found
        kept.append(
            {
                part: sorted(term for term in terms if term[0] != "=" or term.startswith(known))
                for part, terms in found.items()
            }
        )
    assert (READER, zlib.crc32(json.dumps(kept, sort_keys=True).encode())) == (29, 2085495879)
