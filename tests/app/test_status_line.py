"""The status line: what it says, and what goes first when there is little room."""

from datetime import time

import pytest
from textual.app import App, ComposeResult

from journal_tui.app.write.status_line import Status, StatusLine
from journal_tui.session import SaveState


class Host(App[None]):
    """A status line alone."""

    def compose(self) -> ComposeResult:
        yield StatusLine()


async def said(
    width: int, problems: tuple[str, ...] = (), saved: SaveState = SaveState.SAVED
) -> str:
    app = Host()
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        line = app.query_one(StatusLine)
        status = Status(
            saved=saved,
            at=time(14, 32),
            words=1248,
            points=3,
            rating=7.5,
            problems=problems,
            line=10,
            column=12,
        )
        line.show_status(status)
        return line.render_line(0).text.rstrip()


async def test_everything_at_eighty_columns() -> None:
    assert await said(90) == (
        "● saved 14:32   1,248 words   3 learning points   7.5/10   Ln 10, Col 12"
    )


async def test_parts_go_from_the_right() -> None:
    assert await said(60) == "● saved 14:32   1,248 words   3 learning points   7.5/10"
    assert await said(50) == "● saved 14:32   1,248 words   3 learning points"
    assert await said(20) == "● saved 14:32"
    assert await said(10) == "● saved…"


async def test_problems_are_shown_longest_and_with_the_first_one_if_there_is_room() -> None:
    problems = ("The rating\x1b 11 is not between 0 and 10.", "Another.")
    wide = await said(140, problems)
    assert "! 2 problems: The rating␛ 11 is not between 0 and 10." in wide
    assert wide.endswith("Ln 10, Col 12")
    assert await said(36, problems) == "● saved 14:32   ! 2 problems"


WORDS = {
    SaveState.NEW: "○ nothing written yet",
    SaveState.CHANGED: "◌ unsaved changes",
    SaveState.SAVED: "● saved",
    SaveState.UNCONFIRMED: "◐ saved, not confirmed",
    SaveState.FAILED: "✗ not saved",
    SaveState.GONE: "✗ its file is gone",
    SaveState.READ_ONLY: "◇ read-only",
}


@pytest.mark.parametrize("saved", list(SaveState))
async def test_each_state_has_its_words(saved: SaveState) -> None:
    text = await said(140, saved=saved)
    assert text.startswith(WORDS[saved])
    assert ("14:32" in text) == (saved is SaveState.SAVED)


async def test_one_is_singular() -> None:
    app = Host()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        line = app.query_one(StatusLine)
        line.show_status(Status(SaveState.NEW, words=1, points=1))
        assert "1 word   1 learning point   Ln 1, Col 1" in line.render_line(0).text
        line.move_cursor(2, 9)
        assert "Ln 2, Col 9" in line.render_line(0).text


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (90, "● saved 14:32   learned before? 3 Jun 2025 (^b)   1,248 words   3 learning points"),
        (60, "● saved 14:32   learned before? 3 Jun 2025 (^b)"),
        (40, "● saved 14:32   1,248 words"),
    ],
)
async def test_what_was_learned_before_comes_before_the_counts(width: int, shown: str) -> None:
    app = Host()
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        line = app.query_one(StatusLine)
        status = Status(SaveState.SAVED, time(14, 32), 1248, 3, line=10, column=12)
        line.show_status(status)
        line.show_hint("learned before? 3 Jun 2025 (^b)")
        assert line.render_line(0).text.strip() == shown
