"""WordPress exports: what becomes of a post, and exports that aren't well-formed."""

from datetime import date

import pytest

from journal_tui.entry.entry import Entry
from journal_tui.exchange.files import OneFile, Refused
from journal_tui.exchange.piece import entry_text
from journal_tui.publish.redaction import publish_mark
from tests.exchange.sources import left_out, pieces, post, wxr

BODY = (
    "Went to the <b>depot</b>.\n\nLearning points for today: one; two.\nEnjoyment: 9/10 – good\n\n"
    "<ul>\n<li>a</li>\n</ul>"
)


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_post_is_read(version: str) -> None:
    (one,) = pieces(wxr(post(7, "2014-10-06", "Day 168 &amp; more", BODY), version=version))
    assert (one.day, one.time, one.title) == (date(2014, 10, 6), "20:15", "Day 168 & more")
    assert one.key == "https://blog.example/7/"
    assert one.facts["tags"] == ["Site-visit"]
    assert one.facts["author"] == "brendan"
    entry = Entry(date(2014, 10, 6), entry_text(one))
    assert [point.text for point in entry.points] == ["one", "two"]
    assert entry.rating
    assert (entry.rating.value, entry.rating.remark) == (9, "good")
    assert entry.number == 168
    assert "Went to the **depot**." in entry.text
    assert "\n- a\n" in entry.text


def test_what_is_no_post_is_left_out_and_said() -> None:
    data = wxr(
        post(1, "2014-10-06", "A", "x"),
        post(2, "2014-10-06", "About", "x", kind="page"),
        post(3, "2014-10-06", "Gone", "x", status="trash"),
        post(4, "2014-10-06", "", ""),
        post(5, "2014-10-06", "B", "y").replace("</item>", "<wp:comment>c</wp:comment></item>"),
    )
    assert [one.title for one in pieces(data)] == ["A", "B"]
    assert left_out(data) == {"page": 1, "post in the trash": 1, "empty post": 1, "comment": 1}


def test_a_draft_without_a_date_is_unclear() -> None:
    data = wxr(post(1, "2014-10-06", "A", "x", status="draft"))
    (one,) = pieces(data.replace(b"2014-10-06 20:15:00", b"0000-00-00 00:00:00"))
    assert one.day is None
    assert one.why == "it has no date"
    assert one.facts["status"] == "draft"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Went", b"We\x0cnt\x01"),
        (b"<title>A</title>", b"<title>A & B</title>"),
        (b"<dc:creator>", b"<zz:creator>"),
        (b"<title>A</title>", b"<title>A<br></title>"),
    ],
)
def test_what_is_not_well_formed_is_read_all_the_same(old: bytes, new: bytes) -> None:
    data = wxr(post(1, "2014-10-06", "A", BODY), post(2, "2014-10-07", "Last", "x]] &gt; y"))
    assert old in data
    found = pieces(data.replace(old, new, 1))
    assert [one.day for one in found] == [date(2014, 10, 6), date(2014, 10, 7)]
    assert "Went to the **depot**" in found[0].text


def test_an_end_tag_too_many_costs_no_post() -> None:
    data = wxr(post(1, "2014-10-06", "A & B", "one") + "</item>", post(2, "2014-10-07", "C", "two"))
    assert [one.title for one in pieces(data)] == ["A & B", "C"]
    assert left_out(data) == {}


def test_an_export_that_is_cut_off_keeps_its_whole_posts() -> None:
    data = wxr(post(1, "2014-10-06", "A", "one"), post(2, "2014-10-07", "B", "two " * 50))
    cut = data[: data.rindex(b"two")]
    assert [one.title for one in pieces(cut)] == ["A"]
    assert left_out(cut) == {"post that is cut off at the end of the file": 1}


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>\n<rss'
    data = wxr(post(1, "2014-10-06", "A", "x")).replace(b"<rss", bomb, 1)
    with pytest.raises(Refused, match="entities"):
        pieces(data)


def test_html_that_is_nested_too_deeply_keeps_its_words() -> None:
    (one,) = pieces(
        wxr(post(1, "2014-10-06", "A", "<div>" * 3000 + "deep words" + "</div>" * 3000))
    )
    assert one.text == "deep words"


def test_scripts_are_no_text() -> None:
    (one,) = pieces(wxr(post(1, "2014-10-06", "A", "<p>x</p><script>alert(1)</script>")))
    assert one.text == "x"


def test_an_export_is_recognised_by_looking() -> None:
    from journal_tui.exchange.formats import recognise

    data = wxr(post(1, "2014-10-06", "A", "x"))
    assert recognise(OneFile("anything.bin", data)).format.key == "wordpress"


@pytest.mark.parametrize("status", ["private", "draft", "pending", "future", "Private", "odd"])
def test_what_not_everybody_could_read_is_never_published_by_a_search(status: str) -> None:
    (one,) = pieces(wxr(post(1, "2014-10-06", "A", "x", status=status)))
    assert one.facts["status"] == status
    assert publish_mark(entry_text(one)) is False


def test_a_post_with_a_password_is_never_published_by_a_search() -> None:
    field = "<wp:post_password><![CDATA[secret]]></wp:post_password></item>"
    (one,) = pieces(wxr(post(1, "2014-10-06", "A", "x").replace("</item>", field)))
    text = entry_text(one)
    assert publish_mark(text) is False
    assert "status: password\n" in text
    assert "secret" not in text


@pytest.mark.parametrize("rule", ["<hr/>", "<p>---</p>"])
def test_rules_in_a_post_are_no_front_matter(rule: str) -> None:
    body = f"{rule}<p>publish: true</p>{rule}<p>More.</p>"
    (one,) = pieces(wxr(post(1, "2014-10-06", "", body, status="private")))
    text = entry_text(one)
    assert publish_mark(text) is False
    assert Entry(date(2014, 10, 6), text).problems == ()


@pytest.mark.parametrize(
    "content",
    [
        "Out.<br><br>Learning points:<br>- one<br>- two<br><br>Enjoyment: 9/10 – good<br><br>Bye.",
        "Out.\n<strong>Learning points</strong>\n1. one\n2. two\nEnjoyment: 9/10 – good\nBye.",
        "Out.<br/>Learning points:<br/>• one<br/>• two<br/>Enjoyment: 9/10 – good<br/>Bye.",
        "Out.\n\nLearning points:\none\ntwo\n\nEnjoyment: 9/10 – good\n\nBye.",
        "Out.\n\nLearning points: one;\ntwo\n\n<b>Enjoyment:</b> 9/10 – good\n\nBye.",
    ],
)
def test_learning_points_and_ratings_end_at_a_line_break(content: str) -> None:
    (piece,) = pieces(wxr(post(1, "2014-10-06", "Day 1", content)), "b.xml")
    entry = Entry(date(2014, 10, 6), entry_text(piece))
    assert [it.text for it in entry.points] == ["one", "two"]
    assert entry.rating
    assert (entry.rating.value, entry.rating.remark) == (9, "good")
    assert "\\" not in entry.text
    assert entry.text.endswith("\n\nBye.\n")


def test_ticked_boxes_stay_ticked() -> None:
    boxes = (
        '<ul><li><input type="checkbox" checked> one</li><li><input type="checkbox">two</li></ul>'
    )
    (piece,) = pieces(wxr(post(1, "2014-10-06", "Day 1", boxes)), "b.xml")
    tasks = Entry(date(2014, 10, 6), entry_text(piece)).tasks
    assert [(it.text, it.state) for it in tasks] == [("one", "done"), ("two", "open")]


def test_a_code_block_keeps_its_backslashes() -> None:
    content = "<pre>make \\\n\\\nall</pre>\nMore.\nLines."
    (piece,) = pieces(wxr(post(1, "2014-10-06", "Day 1", content)), "b.xml")
    assert "make \\\n\\\nall" in piece.text
    assert "More.\\\nLines." in piece.text
