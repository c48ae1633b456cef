"""Blog pages, saved or pasted: the post without what is around it."""

from datetime import date

import pytest

from journal_tui.entry.entry import Entry
from journal_tui.exchange import html_text
from journal_tui.exchange.piece import entry_text
from tests.exchange.sources import HTML_PAGE, PAGE, left_out, pieces

DAY = date(2014, 10, 6)


def test_a_pasted_page_gives_its_post() -> None:
    (one,) = pieces(PAGE.encode())
    assert (one.day, one.title) == (DAY, "Day 168 – the one with the old machines")
    entry = Entry(DAY, entry_text(one))
    assert entry.number == 168
    assert [it.text for it in entry.points] == [
        "people keep the strangest things",
        "ask who owns it",
    ]
    assert entry.rating
    assert (entry.rating.value, entry.rating.remark) == (9, "good day out")
    assert "Twitter" not in entry.text
    assert "Skip to content" not in entry.text


def test_what_is_left_out_is_said() -> None:
    assert left_out(PAGE.encode()) == {
        "line before the post": 3, "line of share links": 2, "line of comment form": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Day 3\n\n6 October 2014\n\nWords.\n", "Day 3", "Words."),
        ("2014-10-06\n\nThe title\n\nWords.\n", "The title", "Words."),
        ("Monday, October 6, 2014\nWords are here.\n", "", "Words are here."),
        ("Title\nby Ann on October 6, 2014\n\nWords.\n\nEdit\n\nAnd what else I wanted to say about it.\n",
         "Title", "Words.\n\nEdit\n\nAnd what else I wanted to say about it."),
    ],
)  # fmt: skip
def test_other_forms_of_a_page(text: str, title: str, body: str) -> None:
    (one,) = pieces(text.encode())
    assert (one.day, one.title, one.text) == (DAY, title, body)


def test_a_page_without_a_day_is_unclear() -> None:
    (one,) = pieces(b"A title\n\nSome words.\n")
    assert one.day is None
    assert "--on" in one.why


def test_a_day_without_a_time_in_the_head_of_a_page() -> None:
    head = '<meta property="article:published_time" content="2014-10-05"></head>'
    (one,) = pieces(HTML_PAGE.replace("</head>", head).encode(), "page.html")
    assert (one.day, one.time) == (date(2014, 10, 5), "")


def test_a_saved_page_gives_its_post() -> None:
    (one,) = pieces(HTML_PAGE.encode(), "page.html")
    assert (one.day, one.title) == (DAY, "Day 168 – the old machines")
    assert one.text == (
        "Went to the **depot**.\n\nLearning points for today: one; two.\n\nEnjoyment: 9/10 – good"
    )
    assert one.facts["source"] == "https://blog.example/2014/10/06/day-168/"
    said = left_out(HTML_PAGE.encode(), "page.html")
    assert {"comment form", "comments", "share links", "navigation", "header and footer"} <= set(
        said
    )


def test_a_page_with_too_many_tags_keeps_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_text, "MAX_TAGS", 20)
    page = "<html><body><p>Posted on 6 October 2014</p>" + "<div>" * 20 + "deep &lt;words&gt;"
    (one,) = pieces(page.encode(), "p.html")
    assert one.day == date(2014, 10, 6)
    assert "deep <words>" in one.text
    assert "<div>" not in one.text


def test_a_tag_that_never_ends_stays_as_text() -> None:
    assert html_text.markdown("<p>Words</p>a <b <i") == "Words\n\na <b <i"


def test_a_tag_with_a_thousand_attributes_is_dropped() -> None:
    assert html_text.markdown(f"<p>a</p><p {'a=bcdefgh ' * 2_500}>b</p>") == "a\n\nb"
    image = f'<img alt="x" src="data:image/png;base64,{"A" * 30_000}">'
    assert html_text.markdown(f"<p>{image}</p>").startswith("![x](data:image/png;base64,AAAA")


def test_french_quotes_are_not_navigation() -> None:
    page = (
        "Day 3\n6 October 2014\n\nShe said\n« Bonjour »\n« Au revoir », and left.\nI waved »\n\n« Day 2\nDay 4 »\n"
        "« Day 2 | Day 4 »\n"
    )
    (one,) = pieces(page.encode(), "p.txt")
    assert one.text.endswith("« Au revoir », and left.")


def test_navigation_in_one_line_ends_a_post() -> None:
    (one,) = pieces("Day 3\n6 October 2014\n\nOut.\n\n« Day 2 | Day 4 »\n".encode(), "p.txt")
    assert one.text == "Out."
