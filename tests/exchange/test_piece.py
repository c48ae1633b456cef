"""The text that a piece becomes: an entry with front matter, or a section of one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.exchange.piece import (
    Piece,
    clean,
    entry_text,
    lower_headings,
    section_text,
    tags_of,
)

DAY = date(2014, 10, 6)


def test_what_has_no_place_goes_to_front_matter() -> None:
    piece = Piece(
        "k", "Text.\r\n", DAY, title="A title",
        facts={"source": "https://b.example/1", "tags": ["a", "b c"], "empty": "", "none": []},
    )  # fmt: skip
    assert entry_text(piece) == (
        '---\nsource: "https://b.example/1"\ntags: [a, b c]\n---\n\n# A title\n\nText.\n'
    )


def test_facts_join_the_front_matter_that_a_text_has() -> None:
    piece = Piece(
        "k", "---\ntags: [x]\n---\n\nText.\n", DAY, facts={"tags": ["y"], "starred": "true"}
    )
    assert entry_text(piece) == '---\ntags: [x]\nstarred: "true"\n---\n\nText.\n'


def test_a_title_that_the_text_begins_with_is_not_repeated() -> None:
    assert entry_text(Piece("k", "# The *depot*\n\nText", DAY, title="The depot")) == (
        "# The *depot*\n\nText\n"
    )
    assert entry_text(Piece("k", "## Part\n\nText", DAY, title="The depot")) == (
        "# The depot\n\n## Part\n\nText\n"
    )
    assert entry_text(Piece("k", "Text", DAY, title="Monday 6 October 2014")) == "Text\n"


def test_a_title_is_kept_whole_also_if_it_is_long_or_only_signs() -> None:
    title = "word " * 300 + "end"
    assert f"# {title}\n" in entry_text(Piece("k", "Text", DAY, title=title))
    assert f"## {title}\n" in section_text(Piece("k", "Text", DAY, title=title))
    assert entry_text(Piece("k", "***\n\nText", DAY, title="🎉")) == "# 🎉\n\n***\n\nText\n"
    assert entry_text(Piece("k", "# 🎉\n\nText", DAY, title="🎉")) == "# 🎉\n\nText\n"


def test_a_rule_at_the_beginning_opens_no_front_matter() -> None:
    text = entry_text(Piece("k", "---\nnote: x\n", DAY))
    assert Entry(DAY, text).problems == ()
    assert "note: x" in text


@given(st.text(), st.text(), st.dictionaries(st.sampled_from(["source", "tags", "x"]), st.text()))
def test_any_piece_gives_front_matter_that_can_be_read(
    text: str, title: str, facts: dict[str, str]
) -> None:
    made = entry_text(Piece("k", f"Words {text}", DAY, title=title, facts=facts))
    assert not [it for it in Entry(DAY, made).problems if "front matter" in it.text]
    made.encode()


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


def test_a_section_has_its_headings_below_its_own() -> None:
    piece = Piece("k", "# One\n\n```\n# code\n```\n", DAY, time="20:15", facts={"mood": "good"})
    assert section_text(piece) == "## 20:15\n\n### One\n\n```\n# code\n```\n\n(mood: good)\n"
    assert lower_headings("# a\n## b", 1) == "## a\n### b"


def test_tags_have_no_blanks() -> None:
    assert tags_of(["#Site visit", " a, b ", "Site visit", "", "@"]) == ["Site-visit", "a-b"]


def test_a_text_between_two_rules_is_no_front_matter() -> None:
    piece = Piece("k", "---\nWent to the depot.\n---\n\nMore.\n", DAY, facts={"starred": "true"})
    text = entry_text(piece)
    assert text.startswith('---\nstarred: "true"\n---\n\n---\nWent to the depot.\n---\n')
    assert Entry(DAY, text).problems == ()


def test_a_title_comes_below_the_front_matter_that_a_text_has() -> None:
    text = "---\nmood: fine\n---\nText.\n"
    assert entry_text(Piece("k", text, DAY, title="A day")) == (
        "---\nmood: fine\n---\n\n# A day\n\nText.\n"
    )
    text = "---\nmood: fine\n---\n# A day\n\nText.\n"
    assert entry_text(Piece("k", text, DAY, title="A day")) == text
