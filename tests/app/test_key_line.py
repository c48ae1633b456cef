"""The line of keys below dialogs: each key with its words, or not at all."""

import pytest
from textual.app import App, ComposeResult

from journal_tui.app.widgets.key_line import Hint, KeyLine
from tests.app.app_fixture import painted

HINTS = [("↑↓", "Move"), ("m", "Merge into today"), ("t", "Take the copy"), ("esc", "Back")]


class Host(App[None]):
    """An app with a line of keys."""

    def compose(self) -> ComposeResult:
        yield KeyLine(HINTS)


def whole(hints: list[Hint]) -> list[str]:
    return [" ".join(hint) for hint in hints]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (60, [HINTS]),
        (40, [HINTS[:2], HINTS[2:]]),
        (27, [HINTS[:2], HINTS[2:]]),
        (26, [[HINTS[0], HINTS[3]]]),
        (8, [HINTS[:1], HINTS[3:]]),
    ],
)
async def test_keys_wrap_whole_and_the_way_back_stays(width: int, shown: list[list[Hint]]) -> None:
    app = Host()
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        lines = [line.split("  ") for line in map(str.strip, painted(app)) if line]
        assert lines == [whole(hints) for hints in shown]
        app.query_one(KeyLine).show(HINTS[-1:])
        await pilot.pause()
        assert [line for line in map(str.strip, painted(app)) if line] == ["esc Back"]
        assert app.query_one(KeyLine).size.height == 1
