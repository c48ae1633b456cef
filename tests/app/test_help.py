"""Help: the page that fits, every key in sight, the other pages a key away, never markup."""

import re

import pytest
from textual.app import App

from journal_tui import guide
from journal_tui.app.commands import WRITE_PLACES, commands, help_groups
from journal_tui.app.screens.help import HelpScreen, halves, keys_by_topic, keys_content
from journal_tui.query import parser as query_parser
from tests.app.app_fixture import Desk, painted, settle

GROUPS = [
    (
        "Writing",
        [
            ("ctrl+s", "Save", "Save now"),
            ("ctrl+r", "", "Rate the [day]"),
            ("ctrl+o", "", "Your own editor"),
        ],
    ),
    ("Days", [("ctrl+t", "", "Today"), ("alt+← alt+→", "", "Previous, next day")]),
    ("App", [("F1", "", "This help\x1b[31m")]),
]
NAMES = [topic.name for topic in guide.TOPICS]


class Host(App[None]):
    """An app that shows the help."""

    def on_mount(self) -> None:
        self.push_screen(HelpScreen("writing", {"writing": GROUPS}))


def picture(app: App[None]) -> str:
    """What is on the screen, with plain blanks, a line for each line."""
    return "\n".join(painted(app))


def words(app: App[None]) -> str:
    """What is on the screen, without its borders and scrollbar, as one line."""
    return " ".join(re.sub("[│▁-█]", " ", picture(app)).split())


@pytest.mark.parametrize(("width", "beside"), [(80, False), (99, False), (100, True), (140, True)])
async def test_two_columns_from_a_hundred(width: int, beside: bool) -> None:
    app = Host()
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.pause()
        left, right = app.screen.query("#page-writing .column")
        assert (left.region.y == right.region.y) == beside
        assert (left.region.x == right.region.x) != beside


async def test_all_keys_are_there_and_escape_closes() -> None:
    app = Host()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        said = picture(app)
        for _, rows in GROUPS:
            for key, title, what in rows:
                assert key in said
                shown = f"{title} – {what[:1].lower()}{what[1:]}" if title else what
                assert shown.partition("\x1b")[0] in said
        assert "\x1b" not in said
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpScreen)


async def test_a_small_screen_scrolls_and_keeps_the_line_of_keys() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        keys = app.screen.query_one(".keys").region
        assert keys.bottom <= 11
        pane = app.screen.query_one("VerticalScroll")
        assert pane.max_scroll_y > 0
        assert pane.region.bottom <= keys.y


@pytest.mark.parametrize(
    "size",
    [(60, 20), *(pytest.param(size, marks=pytest.mark.thorough) for size in ((80, 24), (140, 40)))],
)
async def test_every_page_is_a_key_away_and_complete(size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        for number, topic in enumerate(guide.TOPICS, 1):
            await pilot.press(str(number))
            screen = app.screen
            assert isinstance(screen, HelpScreen) and screen.topic == topic.name
            seen = words(app)
            assert " ".join(guide.page(topic.name).introduction.split()[1:8]) in seen
            pane = screen.query_one("VerticalScroll")
            while pane.scroll_y < pane.max_scroll_y:
                before = pane.scroll_y
                await pilot.press("pagedown")
                await pilot.wait_for_animation()
                assert pane.scroll_y > before
                seen += " " + words(app)
            for heading in guide.page(topic.name).rest.split("\n## ")[1:]:
                assert heading.partition("\n")[0] in seen
            # The last words of the page can be read.
            assert " ".join(guide.plain(topic.name).replace("`", "").split()[-2:]) in seen


async def test_the_arrows_and_tab_turn_the_pages_and_begin_at_the_top() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, HelpScreen)
        shown = []
        for key in ("right", "tab", *["right"] * (len(NAMES) - 2), "left", "shift+tab"):
            await pilot.press("end", key)
            shown.append(screen.topic)
            assert screen.query_one("VerticalScroll").scroll_y == 0
        assert shown == [*NAMES[1:], NAMES[0], NAMES[-1], NAMES[-2]]


async def test_a_click_on_a_name_shows_its_page() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = picture(app).splitlines()
        row = next(row for row, line in enumerate(lines) if "Command line" in line)
        await pilot.click(offset=(lines[row].index("Command"), row))
        assert isinstance(app.screen, HelpScreen) and app.screen.topic == "command-line"


@pytest.mark.parametrize(("width", "is_beside"), [(60, False), (80, True)])
async def test_the_forms_of_a_search_are_as_the_parser_describes_them(
    width: int, is_beside: bool
) -> None:
    app = Host()
    async with app.run_test(size=(width, 200)) as pilot:
        await pilot.press("2")
        said = picture(app)
        for line in query_parser.language().partition("\n\n")[0].splitlines():
            is_one_part = "  " not in line.strip()
            assert (line.strip() in said) == (is_beside or is_one_part)
            assert all(part in said for part in re.split(" {2,}", line.strip()))


async def test_f1_shows_the_page_of_the_place(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("f1")
        assert isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen.topic == "writing"
        await pilot.press("f1", "ctrl+l", "f1")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen.topic == "finding"
        await pilot.press("left")
        assert isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen.topic == "writing"


async def test_f1_in_a_dialog_shows_what_belongs_to_it(desk: Desk) -> None:
    desk.put("- [ ] Ring Colm\n")
    async with desk.open() as (pilot, write):
        for keys, topic, first in (
            (["f8"], "writing", "Notes"),
            (["ctrl+g"], "writing", "Writing"),
            (["f7", "w"], "follow-ups", "Follow-ups"),
        ):
            await pilot.press(*keys)
            await settle(pilot)
            dialog = pilot.app.screen
            await pilot.press("f1")
            await settle(pilot)
            shown = pilot.app.screen
            assert isinstance(shown, HelpScreen) and shown.topic == topic
            lines = words(pilot.app).split()
            assert first in lines[: lines.index("Scroll")]
            if keys == ["f8"]:
                assert "For a second thing on the same day" in words(pilot.app)
            await pilot.press("escape")
            assert pilot.app.screen is dialog
            await pilot.press("escape")
        await pilot.press("escape")
        write.action_close_week()
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        assert "On Friday from noon, and on Monday for last week" in words(pilot.app)


def test_every_page_about_keys_shows_those_of_the_table() -> None:
    shown = keys_by_topic()
    assert set(shown) == {name for name in NAMES if guide.page(name).keys}
    assert all(groups and all(rows for _, rows in groups) for groups in shown.values())


def test_halves_keep_the_order_and_balance() -> None:
    left, right = halves(GROUPS)
    assert [*left, *right] == GROUPS
    assert [title for title, _ in left] == ["Writing"]
    assert halves([]) == ([], [])


@pytest.mark.parametrize("width", [30, 58, 120])
def test_what_is_long_is_wrapped_in_its_column(width: int) -> None:
    rows = [row for _, rows in help_groups(*WRITE_PLACES) for row in rows]
    keys = max(len(row[0]) for row in rows)
    lines = keys_content(rows, keys, width).plain.split("\n")
    assert max(map(len, lines)) <= width
    starts = [line for line in lines if line[:1] != " "]
    assert len(starts) == len(rows)
    assert all(line[: keys + 2].endswith("  ") and line[keys + 2] != " " for line in lines)


def test_the_essentials_come_first_and_every_command_has_its_name() -> None:
    groups = help_groups(*WRITE_PLACES)
    names = [name for name, _ in groups]
    assert (names[0], names[-1]) == ("Essentials", "Now and then")
    listed = [title for _, rows in groups for _, title, _ in rows if title]
    assert sorted(listed) == sorted(command.title for command in commands(*WRITE_PLACES))
    assert {"Save", "Find", "Follow-ups", "Undo", "Quit"} <= {title for _, title, _ in groups[0][1]}


async def test_the_help_has_the_keys_of_the_settings(desk: Desk) -> None:
    desk.settings('[keys]\ntoday = "f11"\ntrash = "alt+up"\n')
    async with desk.open(size=(80, 100)) as (pilot, _):
        await pilot.press("f1")
        await settle(pilot)
        lines = [line.strip("│ ") for line in painted(pilot.app)]
        assert any(re.match("f11 +Today – go to today", line) for line in lines)
        assert not any(line.startswith("ctrl+t ") for line in lines)
        assert any(line.startswith("alt+↑ ") and "Trash" in line for line in lines)
