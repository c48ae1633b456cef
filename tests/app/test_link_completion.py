"""The entries that `[[` is completed with while one writes: the list, and how the link is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.app.editor.completion import word_before
from journal_tui.app.editor.link_completion import fit_link, link_before, link_label
from journal_tui.journal import Journal
from journal_tui.lookups.link_completion import LinkCandidate
from tests.app.app_fixture import Desk, painted, settle

# A Friday, which is the desk's today.
DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("as on [[", "[["),
        ("as on [[2014-1", "[[2014-1"),
        ("[[visit to the de", "[[visit to the de"),
        ("[[2014-10-06]] and [[yes", "[[yes"),
        ("![[2014", "[[2014"),
        ("[2014", ""),
        ("[[2014-10-06]]", ""),
        ("[[2014-10-06|that d", ""),
        ("[[2014-10-06#Feed", ""),
        ("if [[ -f x", ""),
        ("#[[two wo", ""),
        ("[[[a", ""),
        ("`[[a", ""),
        ("`x` [[a", "[[a"),
        ("[[" + "a" * 100, ""),
        ("[[a @jo", "@jo"),
    ],
)
def test_a_link_is_completed_where_it_is_typed(line: str, word: str) -> None:
    assert word_before(line, len(line)) == word


@pytest.mark.parametrize(
    ("rest", "word"),
    [("", "[[20"), ("]] and", "[[20"), ("|then]]", "[[20"), (" on", "[[20"), ("14]]", ""), ("-10]]", "")],
)  # fmt: skip
def test_in_the_middle_of_a_name_nothing_is_offered(rest: str, word: str) -> None:
    assert word_before(f"[[20{rest}", 4) == word


@given(st.text(max_size=40), st.text("[]|#`- ab1", max_size=12))
def test_without_two_brackets_there_is_no_link(text: str, rest: str) -> None:
    found = link_before(text, rest)
    assert not found or (text.endswith(found) and found.startswith("[["))


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("", "[[2014-10-06]]"),
        ("]] and", "[[2014-10-06]] and"),
        ("]", "[[2014-10-06]]]"),
        (" and [[x]]", "[[2014-10-06]] and [[x]]"),
        ("|that day]]", "[[2014-10-06|that day]]"),
        ("|", "[[2014-10-06]]|"),
    ],
)
def test_brackets_that_are_there_are_not_doubled(rest: str, line: str) -> None:
    link, covered = fit_link("[[2014-10-06]]", rest)
    assert link + rest[covered:] == line


def test_a_row_says_the_date_its_weekday_and_the_title() -> None:
    rows = [
        LinkCandidate("2014-10-06-x", date(2014, 10, 6), "Visit", "2014/2014-10-06-x.md"),
        LinkCandidate("2026-11-19", date(2026, 11, 19), "Rain", "2026/2026-11-19.md"),
        LinkCandidate("2026-11-21", date(2026, 11, 21)),
        LinkCandidate("2014-W41", date(2014, 10, 6), "Week 41 of 2014", "2014/2014-W41.md", "2014-W41"),
    ]  # fmt: skip
    assert [link_label(row, DAY) for row in rows] == [
        "2014-10-06 Mon Visit",
        "2026-11-19 Thu yesterday – Rain",
        "2026-11-21 Sat tomorrow – nothing written",
        "2014-W41 Week 41 of 2014",
    ]


@pytest.fixture
def written(desk: Desk) -> Desk:
    desk.put("# T\n\nAs on ")
    desk.put(
        "# Monday\n\nThe bridge [b]is[/b] shut, and nobody had told the drivers of the depot.\n",
        date(2014, 10, 6),
    )
    desk.put("# Visit to the depot\n", date(2014, 10, 6), "-depot")
    return desk  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 20)])
async def test_a_link_is_chosen_from_the_list(written: Desk, size: tuple[int, int]) -> None:
    async with written.open(size=size) as (pilot, write):
        editor = write.editor
        editor.move_cursor(editor.document.end)
        await pilot.press(*"[[")
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        assert "2026-11-19 Thu yesterday – nothing written" in shown
        assert "2014-10-06 Mon The bridge [b]is[/b] shut, and" in shown
        await pilot.press(*"2014-10")
        await settle(pilot)
        assert "2026-11-19" not in "\n".join(painted(pilot.app))
        await pilot.press("enter", *" or [[dep")
        await settle(pilot)
        assert "2014-10-06 Mon Visit to the depot" in "\n".join(painted(pilot.app))
        await pilot.press("tab", ".")
        assert editor.text.endswith("As on [[2014-10-06]] or [[2014-10-06-depot]].")
        # It is one step to undo.
        await pilot.press("ctrl+z", "ctrl+z")
        assert editor.text.endswith("or [[dep")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_list_covers_no_line_that_is_being_typed(
    written: Desk, size: tuple[int, int]
) -> None:
    for day in range(1, 10):
        written.put(
            f"# Day\n\nA very long line about the {day}th of this month, in which it rained.\n",
            date(2026, 11, day),
        )
    written.put("# T\n" + "\n" * 30)
    async with written.open(size=size) as (pilot, write):
        middle = size[1] // 2
        for row in (middle - 3, middle - 2, middle - 1, size[1] - 5):
            write.editor.move_cursor((row, 0))
            await pilot.press(*"[[")
            await settle(pilot)
            popup = write.editor.completion
            assert popup and popup.is_open and len(popup.candidates) == 8
            y = write.editor.cursor_screen_offset.y
            assert popup.region.y > y or popup.region.bottom <= y
            assert popup.region.y >= 0 and popup.region.bottom <= size[1]
            await pilot.press("escape", "backspace", "backspace")


async def test_escape_keeps_what_was_typed_and_closing_brackets_are_used(written: Desk) -> None:
    async with written.open() as (pilot, write):
        editor = write.editor
        editor.move_cursor(editor.document.end)
        await pilot.press(*"[[yes", "escape", "enter")
        assert editor.text.endswith("As on [[yes\n")
        await pilot.press(*"[[]]", "left", "left", *"yes", "enter")
        assert editor.text.endswith("As on [[yes\n[[2026-11-19]]")
        assert editor.cursor_location == editor.document.end


async def test_nothing_is_looked_up_in_code_or_without_brackets(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Journal, "link_completion", lambda self, path: asked.append(path))
    written.put("# T\n\n    [[x\n\n```\n\n```\n\nText ")
    async with written.open() as (pilot, write):
        editor = write.editor
        editor.move_cursor((5, 0))
        await pilot.press(*"[[2014")
        editor.move_cursor(editor.document.end)
        await pilot.press(*"[2014] `[[x` #a @b due:fri", "escape", "enter")
        await settle(pilot)
        assert "[[2014\n```" in editor.text and "`[[x` #a" in editor.text
        assert asked == []
