"""The document of a period: what it claims is counted, quoted and linked to its days."""

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.model import TEN, Scale
from journal_tui.period import Period
from journal_tui.review import charts
from journal_tui.review.coverage import Counting
from journal_tui.review.document import (
    Document,
    DocumentFacts,
    QuotedItem,
    kept_points,
    make_document,
    own_title,
)
from journal_tui.review.document_markdown import markdown
from journal_tui.review.document_page import html
from journal_tui.review.review import Review
from journal_tui.review.review_data import document_data
from journal_tui.review.thanks import Thanks, thanks_in
from journal_tui.review.written_day import WrittenDay
from tests.review.review_fixtures import day, rated, reviewed

HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    '"><img src=x onerror=alert(1)>',
    "</style><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% include 'x' %}",
    "\x1b[2J\x00\x9b\u202e",
    "https://example.org/pixel.png",
)


class Page(HTMLParser):
    """What a page consists of: tags with their attributes, the levels of its headings, its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an empty element."""
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data

    @property
    def headings(self) -> list[int]:
        """The levels of the headings in order."""
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]

    @property
    def links(self) -> list[str]:
        """The addresses of all links."""
        return [str(attrs["href"]) for tag, attrs in self.tags if tag == "a"]

    @property
    def ids(self) -> list[str]:
        """All names that a link can lead to."""
        return [str(attrs["id"]) for _, attrs in self.tags if "id" in attrs]


NO_FACTS = DocumentFacts()


def document(review: Review, *, most: int = 10, facts: DocumentFacts = NO_FACTS) -> Document:
    """Return the document of a review."""
    return make_document(review, facts, "Work", most)


def page_of(made: Document) -> str:
    """Return the page of a document with links that show what they are."""
    return html(made, lambda path: f"file/{path}", "1.0")


def texts(made: Document) -> list[str]:
    """Return all that a document says: claims, and quotations with their facts."""
    claims = [c for s in made.sections for part in s.parts for c in part.claims]
    quotes = [f"{q.label} {q.text} {', '.join(q.facts)}" for c in claims for q in c.quotes]
    return [claim.text for claim in claims] + quotes


@pytest.fixture
def month() -> Review:
    """A month with all that a document has."""
    tasks = [
        ("Send the list", "open", "2026-11-03"),
        ("Call #customer/lab done:2026-11-12", "done", "2026-11-13"),
        ("Order dropped:2026-11-12 – too dear", "dropped", ""),
        ("Ask waiting:@ann", "waiting", "2026-12-01"),
        ("Read", "open", ""),
    ]
    points = [("Ask first #customer/lab", ("#customer/lab",)), ("Sleep", ())]
    first = day("2026-11-02", 0, "rain", points, ("#customer/lab", "@ann"), tasks)
    known = {"done": {"since": date(2026, 11, 12)}, "waiting": {"waiting": "@ann"}}
    with_marks = [task._replace(**known.get(task.state, {})) for task in first.follow_ups]
    return reviewed(
        [
            first._replace(follow_ups=tuple(with_marks)),
            day("2026-11-03", 6, "", [("Again #customer/lab", ("#customer/lab",))]),
            day("2026-11-04"),
            *rated([6, 7, 9, 6], "2026-11-09"),
        ],
        others=[5.0] * 20,
        closed_earlier=[
            FollowUp("2025/2025-01-07.md", date(2025, 1, 7), "", 3, "Long ago", "done", None)
        ],
    )


def test_only_days_of_the_list_are_said_to_be_in_it() -> None:
    tasks = [(f"Send {number}", "done", "") for number in range(3)]
    made = day("2026-11-02", 7, "", tasks=tasks)
    earlier = [
        FollowUp("2025/2025-01-07.md", date(2025, 1, 7), "", line, f"Ask {line}", "done", None)
        for line in range(1, 6)
    ]
    page = page_of(document(reviewed([made], closed_earlier=earlier), most=1))
    assert "and 2 more, in the list of days<" in page
    assert "and 4 more<" in page


def test_what_a_month_claims(month: Review) -> None:
    said = texts(document(month))
    for sentence in (
        "6 of 7 written days rated; the median is 6/10.",
        "2026-11-02 rain 0/10",
        "3 learning points on 2 days.",
        "5 follow-ups written.",
        "1 follow-up that had a due date was done: 1 in time.",
        "1 follow-up still open after the due date.",
        "2026-11-02 Send the list late, due 2026-11-03",
        "2026-11-02 Order – too dear dropped",
        "2026-11-02 Ask waiting, due 2026-12-01, waiting for @ann",
        "1 follow-up of other days closed in this time.",
        "Mentioned on 1 day.",
        "1 follow-up with this tag done.",
        "@ann: 1 day.",
        "What happened on 7 workdays without an entry.",
        "How far ratings usually spread: that takes 42 other ratings.",
        "How well the work was done. A rating is how much a day was enjoyed.",
    ):
        assert any(sentence in text for text in said), (sentence, said)


def test_there_is_no_praise_and_no_because(month: Review) -> None:
    said = " ".join(texts(document(month))).casefold()
    assert not re.search(
        r"\b(great|well done|congrat|excellent|impressive|score|streak|because)\b", said
    )


def test_each_claim_leads_to_its_days_in_both_forms(month: Review) -> None:
    made = document(month)
    page, text = Page(page_of(made)), markdown(made, lambda path: f"file/{path}")
    ids = page.ids
    assert len(ids) == len(set(ids))
    for link in page.links:
        assert link.startswith("file/") or link[1:] in ids, link
    for written in month.written:
        assert f"d-{written}" in ids and f"file/{written}.md" in page.links
        assert f"(file/{written}.md)" in text
    assert "Mentioned: #customer/lab, @ann" in page.text
    # A day outside the period is its file.
    assert "file/2025/2025-01-07.md" in page.links and "(file/2025/2025-01-07.md)" in text
    for section in made.sections:
        assert f"## {section.title}\n" in text and section.key in ids


def test_a_long_list_of_days_is_folded_but_whole() -> None:
    days = [day(f"2026-10-{n:02d}", 6, names=("@ann",)) for n in range(1, 21)]
    made = document(reviewed([*days, day("2026-10-30", 6)], "2026-10"))
    text = markdown(made, lambda path: path)
    line = text.split("@ann: 20 days.\n")[1].splitlines()[0]
    assert line.startswith("  - Days: October 2026: [1](2026-10-01.md), [2](2026-10-02.md)")
    assert line.count("](") == 20
    assert '<details class="claim"><summary>@ann: 20 days.</summary>' in page_of(made)


def test_more_than_is_quoted_is_said() -> None:
    points = [(f"Point {n} #a", ("#a",)) for n in range(15)]
    review = reviewed([day("2026-11-02", points=points), day("2026-11-03")])
    few, whole = document(review, most=4), document(review, most=0)
    assert "and 11 more" in markdown(few, str) and "and 11 more" in page_of(few)
    assert "more" not in markdown(whole, str) and "Point 0" in markdown(whole, str)
    # The list of days has all of them.
    assert page_of(few).count("Point 14") == 1


def test_the_structure_of_a_page(month: Review) -> None:
    text = page_of(document(month))
    page = Page(text)
    tags = [tag for tag, _ in page.tags]
    assert page.headings.count(1) == 1 and page.headings[0] == 1
    assert all(
        after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False)
    )
    assert page.tags[0] == ("html", {"lang": "en-GB"})
    assert {"header", "nav", "main", "footer", "title", "caption"} <= set(tags)
    assert "script" not in tags and "img" not in tags and "link" not in tags
    assert not re.search(r"(?:https?:)?//|@import|url\(", text)
    # Each chart has its title, its description and a table.
    drawings = re.findall(r"<svg class=.*?</svg>", text, re.DOTALL)
    assert len(drawings) == 3 and tags.count("table") == 3
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        assert [child.tag for child in root][:2] == ["title", "desc"]
        assert all(child.text for child in list(root)[:2])
    assert "default-src 'none'" in text and "@page" in text and "prefers-color-scheme" in text


def test_a_chart_has_its_three_kinds_of_cells(month: Review) -> None:
    [(title, drawing)] = charts.heat_maps(month)
    assert title == "2026"
    # 14 workdays before Friday 20 November, of which 7 are written, one of them without a rating.
    assert drawing.count('class="missing"') == 7
    assert drawing.count('class="unrated-dot"') == 1
    assert drawing.count('class="bar ') == 6
    zero = ElementTree.fromstring(drawing)
    bars = [it for it in zero.iter("rect") if str(it.get("class")).startswith("bar")]
    # A rating of 0 is a thin bar, which an unrated day hasn't.
    assert bars[0].get("height") == "1.5"


def test_the_line_has_gaps_where_nothing_is_rated() -> None:
    review = reviewed(rated([5, 6, None, 7, 8, 4]))
    path = re.search(r'class="line" d="([^"]+)"', charts.enjoyment(review))
    # After the unrated Wednesday begins a new piece; a weekend doesn't count as a gap.
    assert path and re.findall("[ML]", path[1]) == ["M", "L", "M", "L", "L"]
    assert 'class="unrated-dot"' in charts.enjoyment(review)
    over = charts.enjoyment(reviewed([day("2026-11-06", 5), day("2026-11-09", 6)]))
    assert re.findall("[ML]", over.split('class="line" d="')[1].split('"')[0]) == ["M", "L"]


COLOURS = re.compile(r"--(\w+): (#[0-9a-f]{6})")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """Return the contrast of two colours."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_each_theme(month: Review) -> None:
    blocks = re.findall(r":root \{(.*?)\}", page_of(document(month)), re.DOTALL)
    # Light, dark and printed: the colours that all pages share, then the document's own.
    assert len(blocks) == 6
    for block in (shared + own for shared, own in zip(blocks[:3], blocks[3:], strict=True)):
        colours = dict(COLOURS.findall(block))
        for ground in ("paper", "shade", "band"):
            for text in ("ink", "pale", "link"):
                assert contrast(colours[text], colours[ground]) >= 4.5, (block, text, ground)
            for shape in ("low", "middle", "high", "edge"):
                assert contrast(colours[shape], colours[ground]) >= 3, (block, shape, ground)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_entry_says_is_never_markup(text: str) -> None:
    path = f"2026/{text.replace('/', '_')}.md".replace("\0", "")
    written = day("2026-11-02", 3, text, [(text, ("#a",))], (f"@{text}",), [(text, "open", "")])
    note = WrittenDay(date(2026, 11, 2), path, title=text, period="2026-W45")
    days = [written._replace(title=text, path=path), *rated([4, 5, 6, 7], "2026-11-09"), note]
    facts = DocumentFacts((Thanks(text, ("@ann",), written.day, path),))
    made = document(reviewed(days), facts=facts)
    made = made._replace(journal=text)
    page = html(made, lambda p: "file/x.md", "1.0")
    parsed = Page(page)
    plain = Page(html(document(reviewed(rated([3, 4, 5, 6, 7]))), str, "1"))
    assert {tag for tag, _ in parsed.tags} <= {tag for tag, _ in plain.tags} | {"q", "ul"}
    assert not [key for _, attrs in parsed.tags for key in attrs if key.startswith("on")]
    assert all(link.startswith(("#", "file/")) for link in parsed.links)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", unescape(page))
    said = markdown(made, lambda p: "file/x.md")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)
    assert "](javascript" not in said.replace("\\]", "") and "<script" not in said.replace(
        "\\<", ""
    )


def test_nothing_written_and_a_future_period() -> None:
    for period, sentence in (("2031", "2031 hasn't begun"), ("2026-10", "Nothing was written")):
        made = document(reviewed([day("2026-11-02")], period))
        assert made.sections == () and sentence in markdown(made, str)
        page = Page(page_of(made))
        assert sentence in page.text and page.headings == [1]
        assert document_data(made)["days"] == []


def test_no_ratings() -> None:
    made = document(reviewed([day("2026-11-02"), day("2026-11-03")]))
    said = texts(made)
    assert "No day is rated, so there is no median, no band, and no best or worst day." in said
    assert "How often each rating" not in page_of(made)
    assert charts.enjoyment(made.review) == "" and charts.heat_maps(made.review)


def test_one_day() -> None:
    made = document(reviewed([day("2026-11-02", 7)], "2026-11-02"))
    assert "1 rating: a median needs 5, so there is none." in texts(made)
    assert "<svg class=" not in page_of(made) and Page(page_of(made)).headings.count(1) == 1


def test_all_ratings_the_same() -> None:
    made = document(reviewed(rated([6] * 8)))
    assert any("so none is the best or the worst" in text for text in texts(made))
    assert not any(part.title == "Best days" for s in made.sections for part in s.parts)


@pytest.mark.parametrize(("scale", "top"), [(Scale(1, 5), 5), (Scale(0, 100), 100)])
def test_another_scale(scale: Scale, top: int) -> None:
    days = rated([top, 1, 2, 3, 4, top, 2])
    drawing = charts.enjoyment(reviewed(days, scale=scale))
    heights = [float(y) for y in re.findall(r'class="dot[^"]*" cx="[^"]+" cy="([^"]+)"', drawing)]
    assert min(heights) == 12 and max(heights) <= 200
    ElementTree.fromstring(charts.distribution(reviewed(days, scale=scale).enjoyment))


def test_eighty_years() -> None:
    days = [
        day(f"{year}-{month:02d}-05", (year + month) % 11)
        for year in range(1900, 1980)
        for month in (1, 6)
    ]
    review = reviewed(days, Period(date(1900, 1, 1), date(1980, 1, 1)), counting=Counting())
    assert charts.unit_of(review) == "quarter"
    [(title, drawing)] = charts.heat_maps(review)
    assert title == "Months" and drawing.count('class="bar ') == 160
    page = Page(page_of(document(review)))
    assert all(link.startswith("file/") or link[1:] in page.ids for link in page.links)


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10), st.floats(0, 10)), min_size=1, max_size=40),
    st.sampled_from(["2026-11", "2026", "2025..2026", "2026-W45", "2010..2026"]),
)
def test_any_ratings_can_be_drawn(values: list[float | None], period: str) -> None:
    review = reviewed(rated(values, "2026-10-26"), period)
    drawings = [charts.enjoyment(review), charts.distribution(review.enjoyment)]
    for drawing in [*drawings, *(svg for _, svg in charts.heat_maps(review))]:
        if drawing:
            for element in ElementTree.fromstring(drawing).iter():
                for name in ("x", "y", "cx", "cy", "width", "height"):
                    assert float(element.get(name, "0")) >= 0, (name, element.attrib)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Day 168 – Monday 2 November 2026", ""),
        ("2026-11-02", ""),
        (
            "Day 168 – Monday 2 November 2026, at the depot",
            "Day 168 – Monday 2 November 2026, at the depot",
        ),
        ("At the depot", "At the depot"),
        ("", ""),
    ],
)
def test_a_title_that_is_only_the_date_is_left_out(title: str, shown: str) -> None:
    assert own_title(day("2026-11-02")._replace(title=title)) == shown


# -- what the weeks kept ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "is_kept"),
    [
        ("[2026-11-02](2026-11-02.md) Ask @ann first", True),
        ("[2026-11-02](2026-11-02.md): “Ask @ann first”", True),
        ("[2026-11-02](../2026/2026-11-02.md): Ask @ann first", True),
        ("Ask @ann first ([[2026-11-02]])", True),
        ("[Ask @ann first](2026-11-02.md)", True),
        ("[[2026-11-02|Ask @ann first]]", True),
        ("ask @Ann first.", True),
        ("[2026-11-03](2026-11-03.md) Ask @ann first", False),
        ("[2026-11-02](2026-11-02.md) Ask @ann", False),
        ("", False),
    ],
)
def test_a_note_that_quotes_a_point_keeps_it(item: str, is_kept: bool) -> None:
    text = "Ask @ann first – still true 2026-11-10"
    review = reviewed([day("2026-11-02", points=[(text, ("@ann",)), ("Other", ())])])
    kept = kept_points(review, [QuotedItem(item, "2026-W45")])
    assert [point.text for point in kept] == ([text] if is_kept else [])
    assert kept_points(review, [QuotedItem("Ask @ann first", "2026-W46")]) == frozenset()


def test_what_was_kept_comes_first() -> None:
    days = [
        day("2026-11-02", points=[("Old #a", ("#a",))]),
        day("2026-11-03", points=[("New #a", ("#a",))]),
    ]
    facts = DocumentFacts(items=(QuotedItem("Old #a", "2026-W45"),))
    made = document(reviewed(days), facts=facts)
    parts = next(section.parts for section in made.sections if section.key == "points")
    assert [part.title for part in parts] == ["", "Kept", "#a"]
    assert [(q.text, q.facts) for q in parts[2].claims[0].quotes] == [
        ("Old #a", ("kept",)),
        ("New #a", ()),
    ]
    assert [point["text"] for point in document_data(made)["kept"]] == ["Old #a"]


# -- thanks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thanked @ann for the list.", ["@ann"]),
        ("We met. Thanks to @ann and @bob, it works. Then home.", ["@ann", "@bob"]),
        ("- [x] thank you, @ann", ["@ann"]),
        ("I thanked\n@ann twice.", ["@ann"]),
        (f"Thanked @ann for {'x' * 60}, @priya.", ["@ann", "@priya"]),
        (f"Thanked @ann for {'x ' * 60}, @priya.", ["@ann"]),
        ("@ann thanked me.", []),
        ("Thanks from @ann.", []),
        ("I was thanked by @ann.", []),
        ("No thanks to @ann.", []),
        ("- [ ] thanks for @ann", []),
        ("Thank @ann tomorrow.", []),
        ("I haven't thanked @ann.", []),
        ("Thanks. @ann left.", []),
        ("```\nThanks @ann\n```", []),
        ("Thanks to ann@example.org", []),
    ],
)
def test_thanks_are_found_only_with_the_name_after_them(text: str, found: list[str]) -> None:
    assert [person for _, people in thanks_in(text) for person in people] == found


def test_thanks_are_quoted(month: Review) -> None:
    [(text, people)] = thanks_in("Thanked @ann for the list.")
    thanks = Thanks(text, people, date(2026, 11, 2), "2026-11-02.md")
    said = texts(document(month, facts=DocumentFacts((thanks,))))
    assert "1 sentence with thanks and the name after it: @ann." in said
    assert "2026-11-02 Thanked @ann for the list. " in said


def test_data_of_a_document(month: Review) -> None:
    found = document_data(document(month))
    assert [tag["name"] for tag in found["customers"]] == ["#customer/lab"]
    assert found["thanks"] == [] and found["enjoyment"]["highest"] == TEN.high
