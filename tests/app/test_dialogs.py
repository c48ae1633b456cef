"""The dialogs: what they give back, what they refuse, and that they fit and stay safe."""

import os
import re
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
from textual import events
from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from journal_tui import app as journal_app
from journal_tui.app.screens.dialog import ChoiceDialog, TextDialog
from journal_tui.app.screens.history import HistoryScreen, ListedVersion
from journal_tui.app.screens.trash import TrashScreen
from journal_tui.app.widgets.inputs import Paragraph, SingleLineInput
from journal_tui.app.widgets.text_view import TextView, break_line
from journal_tui.app.write.dialogs import (
    FolderDialog,
    GoToDialog,
    PointDialog,
    RatingDialog,
    SimilarDialog,
    read_rating,
)
from journal_tui.app.write.rating_chart import RatingChart
from journal_tui.app.write.rating_scale import RatingScale
from journal_tui.app.write.similar_list import SimilarResult
from journal_tui.errors import JournalError, WhenError
from journal_tui.journal import Journal
from journal_tui.library.drafts import Draft
from journal_tui.library.trash import TrashItem
from journal_tui.lookups.similarity import SimilarPoint
from tests.app.app_fixture import Desk, painted, settle

NASTY = "a\x1b]0;owned\x07 b\x9b31m [bold]c[/bold] \u202ed"
OPEN = object()
DAY = date(2025, 6, 3)
NASTILY_LEARNED = SimilarResult([SimilarPoint(DAY, "a.md", NASTY, 5, 7.5, 0.9)] * 9, [DAY] * 5)


class Host(App[None]):
    """An app that shows one dialog and keeps what it gave."""

    def __init__(self, dialog: ModalScreen[Any]) -> None:
        super().__init__()
        self.dialog = dialog
        self.given: Any = OPEN

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.take)

    def take(self, result: Any) -> None:
        self.given = result


def text_of(app: App[None], selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


def parse(text: str) -> date:
    if text == "last friday":
        return date(2026, 11, 13)
    if text == "someday":
        raise WhenError("No day is called someday.")
    raise ValueError(f"{text} is no day [I] know.")


async def paste(pilot: Pilot[None], text: str) -> None:
    focused = pilot.app.focused
    assert focused is not None
    focused.post_message(events.Paste(text))
    await pilot.pause()


async def test_a_point_is_typed_and_added() -> None:
    app = Host(PointDialog())
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("enter")
        assert app.given is OPEN
        await pilot.press(*"count to 5", "enter")
        assert app.given == "count to 5"


async def test_pasted_lines_become_one_point() -> None:
    app = Host(PointDialog())
    async with app.run_test(size=(60, 20)) as pilot:
        await paste(pilot, "park it\n\n  in writing\r\n\tin the room\u2028now\n")
        assert app.screen.query_one(Paragraph).document.line_count == 1
        await pilot.press("enter")
        assert app.given == "park it in writing in the room now"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_a_pasted_list_becomes_several_points(size: tuple[int, int]) -> None:
    app = Host(PointDialog())
    async with app.run_test(size=size) as pilot:
        await paste(pilot, "- ask first\n- count\n  to five\n\n* wait\n")
        await pilot.pause()
        assert "enter Add 3 points" in "\n".join(painted(app))
        await pilot.press(*" a day", "enter")
        assert app.given == "ask first\ncount to five\nwait a day"


async def test_one_pasted_item_is_one_point_without_its_marker() -> None:
    app = Host(PointDialog())
    async with app.run_test(size=(60, 20)) as pilot:
        await paste(pilot, "- ask first\n")
        await pilot.press("enter")
        assert app.given == "ask first"


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("9", (9.0, "")),
        ("7.5 good day", (7.5, "good day")),
        ("9/10 - good", (9.0, "good")),
        ("0", (0.0, "")),
        ("10", (10.0, "")),
    ],
)
async def test_a_rating_is_typed(typed: str, given: tuple[float, str]) -> None:
    app = Host(RatingDialog(recent=[5, 6, 7]))
    async with app.run_test(size=(60, 20)) as pilot:
        app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        assert app.given == given


async def test_digits_type_and_replace_only_the_number() -> None:
    app = Host(RatingDialog(9, "good day"))
    async with app.run_test(size=(60, 20)) as pilot:
        assert app.screen.query_one(Input).value == "9/10 – good day"
        await pilot.press("6")
        assert app.screen.query_one(RatingScale).value == 6
        await pilot.press("enter")
        assert app.given == (6.0, "good day")


@pytest.mark.parametrize("typed", ["11", "-1", "good", "9/5", "lots", "7.5calm"])
async def test_a_bad_rating_stays_with_a_sentence(typed: str) -> None:
    app = Host(RatingDialog())
    async with app.run_test(size=(60, 20)) as pilot:
        app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        assert app.given is OPEN
        meaning = app.screen.query_one(".meaning", Static)
        assert meaning.has_class("-wrong")
        assert re.fullmatch(r"[A-Z].+\.", str(meaning.content))
        with pytest.raises(ValueError, match=re.escape(str(meaning.content))):
            read_rating(typed)
        app.screen.query_one(Input).value = "8"
        await pilot.pause()
        assert not meaning.has_class("-wrong")


async def test_the_scale_shows_place_spread_and_average() -> None:
    app = Host(RatingDialog(7.5, "", [7, 7, 7, 7, 4]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        scale = app.screen.query_one(RatingScale)
        track, numbers, upper, lower, words = (scale.render_line(y).text.rstrip() for y in range(5))
        assert numbers.split() == [str(n) for n in range(11)]
        step = numbers.index("7") // 7
        assert track.index("●") == round(7.5 * step)
        assert track.endswith("7.5/10")
        assert upper.index("█") == lower.rindex("█") - 1 == numbers.index("7")
        assert lower.index("▄") == numbers.index("4")
        assert words == "Your last 5 ratings: 6.4 on average"


@pytest.mark.parametrize("ratings", [[7, 7, 7, 7, 4], [0, 10], [3, 3.5, 9.25], [1 / 3, 2 / 3, 1]])
async def test_the_panel_and_the_dialog_give_the_same_average(ratings: list[float]) -> None:
    end = date(2026, 11, 19)
    days = [(end - timedelta(back), rating) for back, rating in enumerate(ratings)]
    app = Host(RatingDialog(None, "", ratings))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        said = app.screen.query_one(RatingScale).render_line(4).text.strip()
        chart = RatingChart(days, until=end)
        await app.screen.mount(chart)
        await pilot.pause()
        panel = chart.render_line(chart.size.height - 1).text.strip()
    count = len(ratings)
    value = panel.removesuffix(f" average, {count} ratings")
    assert said == f"Your last {count} ratings: {value} on average"
    assert abs(float(value) - sum(ratings) / count) <= 0.05


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("nine", (9, "")),
        ("Nine – long, but honest", (9, "long, but honest")),
        ("nine out of ten", (9, "")),
        ("seven and a half", (7.5, "")),
        ("zero", (0, "")),
    ],
)
def test_a_rating_is_typed_as_a_word(typed: str, read: tuple[float, str]) -> None:
    assert read_rating(typed) == read


async def test_one_rating_has_no_average() -> None:
    app = Host(RatingDialog(7.5, "", [4]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        scale = app.screen.query_one(RatingScale)
        assert scale.render_line(4).text.rstrip() == "Your last rating: 4"


async def test_going_to_a_day_shows_what_the_words_mean() -> None:
    app = Host(GoToDialog(parse))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("enter")
        assert app.given is OPEN
        assert "yesterday" in text_of(app, ".meaning")
        await pilot.press(*"last frida", "enter")
        assert app.given is OPEN
        assert text_of(app, ".meaning") == "last frida is no day [I] know."
        await pilot.press("y")
        assert text_of(app, ".meaning") == "→ Friday 13 November 2026"
        await pilot.press("enter")
        assert app.given == date(2026, 11, 13)


async def test_an_error_of_the_journal_is_a_sentence_too() -> None:
    app = Host(GoToDialog(parse, "someday"))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert text_of(app, ".meaning") == "No day is called someday."


CHOICES = [("r", "Restore", "restore"), ("c", "Compare", "compare"), ("d", "Discard", "discard")]


@pytest.mark.parametrize("key", ["space", "·"])
async def test_an_answer_without_a_key_is_chosen_by_no_key(key: str) -> None:
    app = Host(ChoiceDialog("Searches", "", [("9", "ninth", "9"), ("", "tenth", "10")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert app.given is OPEN
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.given == "10"


@pytest.mark.parametrize(
    ("keys", "given"),
    [
        (["c"], "compare"),
        (["enter"], "restore"),
        (["down", "down", "enter"], "discard"),
        (["escape"], None),
    ],
)
async def test_a_choice_by_key_or_cursor(keys: list[str], given: str | None) -> None:
    app = Host(ChoiceDialog("Draft", NASTY, CHOICES))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("x")
        assert app.given is OPEN
        await pilot.press(*keys)
        assert app.given == given


async def test_a_long_question_leaves_room_for_the_answers() -> None:
    app = Host(ChoiceDialog("Draft", "line\n" * 100, CHOICES))
    async with app.run_test(size=(60, 20)):
        assert app.screen.query_one(".choices").region.height == 3
        assert app.screen.region.contains_region(app.screen.query_one(".choices").region)


async def test_a_text_scrolls_and_keeps_the_signs_of_a_diff() -> None:
    text = "− a\n+ b\n+ new " + "word " * 40 + "\n− old" + "\n  more" * 50
    app = Host(TextDialog("Compare", text, diff=True))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(TextView)
        assert view.render_line(2).text.startswith("+ new word")
        assert view.render_line(3).text.startswith("+ word")
        await pilot.press("end")
        view.scroll_end(animate=False, immediate=True)
        await pilot.pause()
        assert view.render_line(view.size.height - 1).text.strip() == "more"
        await pilot.press("escape")
        assert app.given is None


@pytest.mark.parametrize(
    "line", ["", "  ", "word " * 20, "日本語" * 20, "x" * 100, "  - " + "y " * 30]
)
def test_broken_lines_lose_nothing(line: str) -> None:
    assert "".join(break_line(line, 11)) == line


AT = datetime(2026, 11, 20, 18, 5)
DRAFT = Draft(Path("x.log"), DAY, f"2025/2025-06-03 {NASTY}.md", None, NASTY * 30)
DIALOGS: list[Callable[[], ModalScreen[Any]]] = [
    lambda: HistoryScreen(NASTY, "", AT, lambda: [ListedVersion(AT, NASTY * 30, 9, NASTY)] * 20),
    lambda: TrashScreen(lambda: [TrashItem(1, AT, DRAFT.path, DRAFT.file, DRAFT)] * 30, AT),
    lambda: FolderDialog(NASTY, lambda folder: ("", NASTY)),
    lambda: PointDialog(NASTY, lambda text: NASTILY_LEARNED, day=date(2026, 11, 19)),
    lambda: SimilarDialog(NASTY * 20, NASTILY_LEARNED, date(2026, 11, 19)),
    lambda: RatingDialog(7.5, NASTY, [1, 2, 3]),
    lambda: GoToDialog(parse, NASTY),
    lambda: ChoiceDialog(NASTY, NASTY, [("r", NASTY, "x")]),
    lambda: TextDialog(NASTY, NASTY + "\n" + NASTY),
]


@pytest.mark.parametrize("make", DIALOGS)
@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_every_dialog_fits_cancels_and_shows_no_control(
    make: Callable[[], ModalScreen[Any]], size: tuple[int, int]
) -> None:
    app = Host(make())
    async with app.run_test(size=size) as pilot:
        if isinstance(app.dialog, TrashScreen):
            await app.workers.wait_for_complete()
        await pilot.pause()
        frame = app.screen.query_one(".frame")
        keys = app.screen.query_one(".keys")
        assert Region(0, 0, *size).contains_region(frame.region)
        assert frame.region.contains_region(keys.region)
        assert keys.region.height <= 2
        picture = app.export_screenshot()
        assert not any(ord(c) < 32 and c != "\n" for c in picture)
        assert not any(c in picture for c in "\x7f\x9b\u202e")
        await pilot.press("escape")
        assert app.given is None


@pytest.mark.parametrize("make", DIALOGS)
@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "textual-light", "nord"])
@pytest.mark.one_in(5)
async def test_every_dialog_lives_in_every_theme(
    make: Callable[[], ModalScreen[Any]], theme: str
) -> None:
    app = Host(make())
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        await pilot.pause()
        assert app.screen.query_one(".frame").region.width > 40


async def test_a_paste_into_one_line_keeps_all_lines() -> None:
    app = Host(RatingDialog())
    async with app.run_test(size=(60, 20)) as pilot:
        await paste(pilot, "9 good\nday\n")
        assert app.screen.query_one(SingleLineInput).value == "9 good day"


@pytest.mark.painted
@pytest.mark.parametrize(
    "dialog", [lambda: RatingDialog(9, "good day"), lambda: PointDialog("a point")]
)
async def test_the_cursor_is_seen_without_colours(
    dialog: Callable[[], ModalScreen[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Host(dialog())
    async with app.run_test(size=(60, 20)) as pilot:
        app.theme = "ansi-dark"
        await pilot.pause()
        focused = app.focused
        assert focused is not None
        styles = [piece.style for piece in focused.render_line(0)]
        assert any(style is not None and style.reverse for style in styles)


async def test_a_chosen_part_is_seen_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Host(RatingDialog(9, "good day"))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        styles = {
            piece.text: piece.style
            for piece in app.screen.query_one(SingleLineInput).render_line(0)
        }
        chosen = styles["9/10"]
        assert chosen is not None
        assert chosen.underline


@pytest.mark.parametrize("key", ["ctrl+r", "ctrl+n", "f8", "f9", "ctrl+l", "ctrl+g"])
@pytest.mark.one_in(3)
async def test_keys_after_the_one_that_answers_are_dropped(desk: Desk, key: str) -> None:
    desk.put("# A day\n\nfirst\n")
    async with desk.open() as (pilot, write):
        await pilot.press(key, *"7")
        await settle(pilot)
        dialog = pilot.app.screen
        assert dialog is not write
        dialog.dismiss(None)
        dialog.dismiss(None)
        await settle(pilot)
        assert pilot.app.screen is write and pilot.app.return_code in (None, 0)


@pytest.mark.parametrize(
    ("key", "typed", "held"),
    [
        ("ctrl+n", "never lose it", "- never lose it"),
        ("ctrl+r", "7 fine", "Enjoyment: 7/10 – fine"),
    ],
)
async def test_what_is_typed_in_a_dialog_is_in_the_draft(
    desk: Desk, key: str, typed: str, held: str
) -> None:
    file = desk.put("# A day\n\nfirst\n")
    async with desk.open() as (pilot, write):
        await pilot.press("x")
        await pilot.press(key, *typed)
        await settle(pilot)
        [draft] = desk.drafts()
        assert held in draft and "x" in draft
        # Nor does a save of the page take it out.
        assert write.save() and held not in file.read_text()
        assert held in desk.drafts()[0]
        await pilot.press("escape")
        await settle(pilot)
        assert desk.drafts() == []
        await pilot.press(key, *typed)
        await settle(pilot)
        pilot.app.screen.query_one("SingleLineInput, Paragraph").focus()
        write.keep_text(save=True)
        assert held in desk.drafts()[0] and held not in file.read_text()
        await pilot.press("enter")
        await settle(pilot)
        assert write.save() and held in file.read_text() and desk.drafts() == []


@pytest.mark.parametrize(
    ("key", "typed", "held"),
    [
        ("ctrl+n", "never lose it", "- never lose it"),
        ("ctrl+r", "7 fine", "Enjoyment: 7/10 – fine"),
        ("ctrl+g", "yest", "x"),
    ],
)
async def test_quitting_from_a_dialog_saves_what_was_typed_in_it(
    desk: Desk, key: str, typed: str, held: str
) -> None:
    file = desk.put("# A day\n\nfirst\n")
    async with desk.open() as (pilot, _):
        await pilot.press("x", key, *typed, "ctrl+q")
        await settle(pilot)
        assert not pilot.app.is_running
    assert "x" in file.read_text() and held in file.read_text()
    assert desk.drafts() == []
    async with desk.open() as (pilot, write):
        assert pilot.app.screen is write


async def test_quitting_from_a_dialog_takes_back_nothing_that_another_program_wrote(
    desk: Desk,
) -> None:
    file = desk.put("# A day\n\nfirst\n")
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+r", *"7 fine")
        later = file.stat().st_mtime_ns + 1_000_000_000
        file.write_text("# A day\n\nfirst\n\ntheirs\n")
        os.utime(file, ns=(later, later))
        write.check_for_changes()
        await pilot.press("ctrl+q")
        await settle(pilot)
    assert file.read_text() == "# A day\n\nfirst\n\ntheirs\n\nEnjoyment: 7/10 – fine\n"
    assert desk.drafts() == []


async def test_a_dialog_without_a_change_adds_nothing_when_one_quits(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+n", "ctrl+q")
        await settle(pilot)
        assert not pilot.app.is_running
    assert not desk.file().exists() and desk.drafts() == []


async def test_a_save_that_fails_while_one_quits_from_a_dialog_keeps_the_point_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.put("# A day\n\nfirst\n")

    def refuse(*arguments: object) -> object:
        raise JournalError("The disk is full.")

    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+n", *"kept once")
        with monkeypatch.context() as patch:
            patch.setattr(Journal, "save", refuse)
            await pilot.press("ctrl+q")
            await settle(pilot)
            assert isinstance(pilot.app.screen, ChoiceDialog)
            await pilot.press("s")
            await settle(pilot)
        assert pilot.app.screen is write
        assert write.save() and file.read_text().count("kept once") == 1


async def test_without_earlier_versions_no_key_offers_to_restore_one(desk: Desk) -> None:
    async with desk.open(size=(60, 20)) as (pilot, write):
        write.action_history()
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        said = " ".join(shown.replace("│", " ").split())
        assert "No earlier versions yet." in said and "up to 10 older ones" in said
        assert "esc Back" in said and "Restore" not in said and "Copy" not in said
        await pilot.press("enter", "r", "escape")
        assert pilot.app.screen is write


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 24)])
@pytest.mark.parametrize("words", ["foobar", "a day in a year that nobody remembers " * 3])
async def test_what_is_said_of_a_wrong_date_is_not_cut(
    desk: Desk, size: tuple[int, int], words: str
) -> None:
    async with desk.open(size=size) as (pilot, _):
        await pilot.press("ctrl+g")
        pilot.app.screen.query_one(Input).value = words
        await settle(pilot)
        said = " ".join(" ".join(painted(pilot.app)).replace("│", " ").split())
        assert "isn't a date." in said and "3 march 2014, 2014-03-03." in said


class SlowItem(NamedTuple):
    """An item of the trash whose text can't be read before `may_read` is set."""

    may_read: threading.Event
    when: datetime = AT
    path: str = DRAFT.path
    draft: Draft | None = None
    number: int = 1

    def text(self) -> str:
        assert self.may_read.wait(60)
        return "# A day\n\nKept words\n"


@pytest.mark.usefixtures("held_worker")
async def test_the_trash_is_read_while_keys_are_answered() -> None:
    may_list, may_read, waited = threading.Event(), threading.Event(), []

    def read() -> list[TrashItem]:
        waited.append(threading.current_thread() is not threading.main_thread())
        assert may_list.wait(60)
        return cast(list[TrashItem], [SlowItem(may_read)] * 3)

    dialog = TrashScreen(read, AT)
    app = Host(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert any("Reading the trash" in line for line in painted(app))
        await pilot.press("enter", "p", "down")
        assert app.screen is dialog and app.given is OPEN
        may_list.set()
        await pilot.pause()
        assert any("Reading the trash" in line for line in painted(app))
        may_read.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert sum("Kept words" in line for line in painted(app)) == 3 and waited == [True]
        may_read.clear()
        await pilot.press("p")
        await pilot.press("down")
        assert app.screen is dialog and dialog.query_one(OptionList).highlighted == 1
        may_read.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, TextDialog)
        await pilot.press("escape", "escape")
        assert app.given is None


async def test_a_trash_left_before_it_was_read_does_no_harm() -> None:
    may_list = threading.Event()

    def read() -> list[TrashItem]:
        assert may_list.wait(60)
        return []

    app = Host(TrashScreen(read, AT))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("escape")
        may_list.set()
        await pilot.pause()
        assert app.given is None


def test_the_style_of_scrollbars_is_in_one_place() -> None:
    folder = Path(journal_app.__file__).parent
    named = [
        file.name
        for file in [*folder.rglob("*.tcss"), *folder.rglob("*.py")]
        if re.search(r"^\s*scrollbar-[a-z-]+: ", file.read_text(), re.MULTILINE)
    ]
    assert named == ["app.tcss"]
