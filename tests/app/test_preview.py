"""An entry as a page in lines of cells: what it says, where it comes from, and the match in sight."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from journal_tui.app.find.preview import Preview
from journal_tui.app.widgets.page_layout import MAX_LINES, PageLine, page_lines
from journal_tui.app.widgets.search_results import ResultRow

if TYPE_CHECKING:
    from journal_tui.index.search import Hit

TEXT = """\
---
tags: one
---
# Day 168 – Monday #

Ran the *quarterly* **planning** with
@mei; `code *x*` and [a link](http://a.b) are here.


## Learning points

- Park the side topic **in writing**
  and come back
    - nested
- [ ] ask @jo due:2026-01-02
- [x] done
1. first

> quoted
> > deeper

| a | b |
|---|---|

```python
def f(): # not a tag
```

***

Enjoyment: 7/10 – long
"""
SHOWN = """\
---
tags: one
---
Day 168 – Monday

Ran the quarterly planning with @mei; code *x* and a link
are here.

Learning points

• Park the side topic in writing and come back
    • nested
☐ ask @jo due:2026-01-02
☑ done
1. first

│ quoted
│ │ deeper

| a | b |
|---|---|

  def f(): # not a tag

───

Enjoyment: 7/10 – long
"""


def no_matches(text: str) -> list[tuple[int, int]]:
    return []


def laid_out(text: str, cells: int = 60, around: int = 1) -> list[PageLine]:
    return page_lines(text, cells, around, no_matches)


def named(lines: list[PageLine], kind: str) -> list[str]:
    return [line.text[a:b] for line in lines for a, b, name in line.spans if name == kind]


def test_markdown_is_laid_out() -> None:
    lines = laid_out(TEXT)
    assert [line.text for line in lines if line.text] == [s for s in SHOWN.split("\n") if s]
    assert "\n".join(line.text.rstrip() for line in lines).strip() == SHOWN.strip()
    assert named(lines, "strong") == ["planning", "in writing"]
    assert named(lines, "emphasis") == ["quarterly"] and named(lines, "link") == ["a link"]
    assert named(lines, "code") == ["code *x*"] and named(lines, "person") == ["@mei", "@jo"]
    assert named(lines, "heading") == ["Day 168 – Monday", "Learning points"]
    assert named(lines, "rating") == ["Enjoyment: 7/10"]
    assert named(lines, "tag") == []


def test_lines_know_where_they_come_from() -> None:
    source, compared = TEXT.split("\n"), 0
    for line in laid_out(TEXT, 30):
        words = line.text.strip("•☐☑│ ").split()
        if words and not set(words[0]) & set("─|"):
            assert words[0].strip("@;") in source[line.source - 1], line
            compared += 1
    assert compared > 10


def test_long_lines_are_broken_at_blanks_and_hang_below_their_item() -> None:
    lines = laid_out("- one two three four five six seven", 12)
    assert [line.text for line in lines] == ["• one two", "  three four", "  five six", "  seven"]
    assert [line.text for line in laid_out("x" * 25, 10)] == ["x" * 10, "x" * 10, "x" * 5]
    assert [line.text for line in laid_out("> one two three", 9)] == ["│ one two", "│ three"]


def test_a_very_long_entry_shows_the_lines_around_the_match() -> None:
    text = "\n".join(f"- point {number}" for number in range(1, 5_001))
    lines = laid_out(text, 40, 2_500)
    assert len(lines) <= MAX_LINES + 2
    assert any(line.source == 2_500 for line in lines)
    assert lines[0].text.startswith("… 2,") and lines[-1].text.endswith("lines below")


@pytest.mark.parametrize(
    "text", ["word " * 400_000, ("word " * 50_000 + "\n") * 30, "\n" * 500_000]
)
def test_a_huge_entry_is_not_laid_out_in_full(text: str) -> None:
    last = text.count("\n") + 1
    for around in (1, max(1, last // 2), last):
        lines = laid_out(text, 60, around)
        assert sum(len(line.text) for line in lines) < 200_000
        assert last == 1 or any(line.source == around for line in lines) or not text.strip()


def test_matches_are_found_in_what_is_shown() -> None:
    def matches(text: str) -> list[tuple[int, int]]:
        at = text.find("planning with @mei")
        return [(at, at + 18)] if at >= 0 else []

    lines = page_lines(TEXT, 30, 1, matches)
    assert " ".join(named(lines, "match")) == "planning with @mei"


@given(
    st.lists(
        st.text(
            st.one_of(
                st.sampled_from("*_`[]()<>#-+> |\\\t1.@x\u3042\u0301\x1b\u2028\x85\u202e"),
                st.characters(codec="utf-8"),
            ),
            max_size=60,
        ),
        max_size=12,
    ),
    st.integers(12, 60),
)
def test_any_text_fits_and_holds_no_control_character(parts: list[str], cells: int) -> None:
    text = "\n".join(parts)
    lines = page_lines(text, cells, 1, lambda text: [(0, len(text))] if text else [])
    last = len(text.split("\n"))
    for line in lines:
        assert all(ord(c) >= 32 and not 127 <= ord(c) < 160 for c in line.text)
        assert not set(line.text) & set("\u202e\u2028\u2029\u200f\u2066")
        assert 1 <= line.source <= last
        assert all(0 <= start <= end <= len(line.text) for start, end, _ in line.spans)
        deep = (
            line.text.startswith((" " * 4, "│ │")) or len(line.text) - len(line.text.lstrip()) > 3
        )
        assert deep or cell_len(line.text) <= cells + 1


class SearchResult(NamedTuple):
    """What a row needs of a hit."""

    text: str
    line: int
    day: date = date(2026, 11, 20)
    rating: float | None = None
    number: int | None = None
    part: str = "learning"
    path: str = "x.md"


def row(word: str, line: int) -> ResultRow:
    def marks(text: str) -> list[tuple[int, int]]:
        at = text.find(word)
        return [(at, at + len(word))] if at >= 0 else []

    return ResultRow(cast("Hit", SearchResult(word, line)), marks)


class Host(App[None]):
    """The page alone."""

    def compose(self) -> ComposeResult:
        yield Preview()


def shown(preview: Preview) -> list[str]:
    height = preview.scrollable_content_region.height
    return [preview.render_line(y).text.rstrip() for y in range(height)]


@pytest.mark.parametrize("size", [(60, 8), (60, 20), (140, 40)])
async def test_the_match_is_visible_and_marked(size: tuple[int, int]) -> None:
    text = "\n\n".join(f"Line {number} says needle{number}." for number in range(1, 200))
    app = Host()
    async with app.run_test(size=size) as pilot:
        preview = app.query_one(Preview)
        preview.show(row("needle90", 179), text, "Friday \x1b[31m")
        await pilot.pause()
        lines = shown(preview)
        assert any("needle90." in line for line in lines[: max(4, size[1] // 2)])
        y = next(y for y, line in enumerate(lines) if "needle90" in line)
        style = next(p.style for p in preview.render_line(y) if p.text == "needle90")
        assert style and style.bold and style.underline
        assert "\x1b" not in str(preview.border_title)
        await pilot.resize_terminal(size[0] + 20, size[1])
        assert any("needle90." in line for line in shown(preview))
        preview.show(row("Line", 1), text, "Friday")
        assert shown(preview)[0].startswith("Line 1 says")
        preview.clear("Gone.")
        assert shown(preview)[0] == "Gone."
        assert preview.row is None


async def test_the_match_deep_in_a_long_paragraph_is_visible() -> None:
    text = "before\n\n" + "word " * 900 + "needle " + "word " * 500
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        preview = app.query_one(Preview)
        preview.show(row("needle", 3), text, "Friday")
        await pilot.pause()
        assert any("needle" in line for line in shown(preview))


async def test_no_line_is_cut_when_the_scrollbar_comes() -> None:
    app = Host()
    async with app.run_test(size=(40, 10)) as pilot:
        preview = app.query_one(Preview)
        for text in ("short", "words to be broken at the edge of it " * 30, "again"):
            preview.show(row("x", 1), text, "")
            await pilot.pause()
            width = preview.scrollable_content_region.width
            assert all(cell_len(line.text) <= width for line in preview.lines)


async def test_a_change_of_theme_recolours_the_page() -> None:
    app = Host()
    async with app.run_test(size=(40, 10)) as pilot:
        preview = app.query_one(Preview)
        preview.show(row("needle", 1), "# a needle", "")
        await pilot.pause()
        before = [piece.style for piece in preview.render_line(0)]
        app.theme = "textual-light"
        await pilot.pause()
        assert [piece.style for piece in preview.render_line(0)] != before
