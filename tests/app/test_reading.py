"""Reading isn't writing: typed letters do nothing, and the page looks different."""

import string
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer

from journal_tui.app.commands import WRITE_PLACES, commands, reading_bindings
from journal_tui.app.write import read_view
from journal_tui.app.write.read_view import ReadView
from journal_tui.app.write.screen import READING, UNWRITTEN, WriteScreen
from tests.app.app_fixture import Desk, messages, painted, settle, told

TEXT = "# A day\n\nSeen.\n\n- [ ] a\n\nEnjoyment: 5/10\n"
YESTERDAY = "# The day before\n\nAlso seen.\n"
SIZES = [(60, 20), (80, 24), (140, 40)]
CHARACTERS = [*string.ascii_letters, *string.digits, *string.punctuation]


def put_days(desk: Desk) -> dict[date, bytes]:
    """Write entries on both sides of today; return what the files of these days say."""
    days = {desk.today: TEXT}
    for back in (-3, -1, 1, 3):
        days[desk.today + timedelta(back)] = YESTERDAY
    for day, text in days.items():
        desk.put(text, day)
    return {day: desk.file(day).read_bytes() for day in days}


async def read(pilot: Pilot[None]) -> None:
    await pilot.press("f2")
    await settle(pilot)
    assert isinstance(pilot.app.focused, ReadView)


def assert_nothing_happened(
    desk: Desk, pilot: Pilot[None], write: WriteScreen, files: dict[date, bytes]
) -> None:
    assert pilot.app.screen is write and isinstance(pilot.app.focused, ReadView)
    assert write.session.day == desk.today and write.editor.text == TEXT
    assert {day: desk.file(day).read_bytes() for day in files} == files
    assert len(list(desk.root.rglob("*.md"))) == len(files)


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all keys of a test follow each other quickly, however slow the machine is."""
    monkeypatch.setattr(read_view, "BURST_SECONDS", 3_600)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each key of a test come after a pause."""
    monkeypatch.setattr(read_view, "BURST_SECONDS", 0)


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize(
    "words",
    [
        "hello",
        "hello over there, be glad\nto read / the? rest\tof [it]\n",
        "[ ] call ann\n",
        "1. the first\n",
        "Heute: über alle Äpfel\n",
        "再 e h l",
    ],
)
@pytest.mark.one_in(3)
async def test_words_typed_while_reading_do_nothing(desk: Desk, words: str) -> None:
    files = put_days(desk)
    async with desk.open(size=(140, 40)) as (pilot, write):
        await read(pilot)
        await pilot.press(*words)
        await settle(pilot)
        assert_nothing_happened(desk, pilot, write, files)
        assert [note.message for note in messages(pilot.app)] == [READING]


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("size", SIZES)
async def test_an_unwritten_page_says_which_key_writes(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size=size) as (pilot, _):
        await read(pilot)
        lines = painted(pilot.app)
        assert any(UNWRITTEN in line for line in lines[2:8])
        assert any("Learning points" in line for line in lines)
        await pilot.press("e", *"Rain", "f2")
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        assert UNWRITTEN not in shown and "Rain" in shown


@pytest.mark.parametrize("template", ["", "- [ ] call", "# {title}\n- [ ] call\n"])
async def test_what_is_said_of_an_unwritten_page_moves_no_line(desk: Desk, template: str) -> None:
    (desk.root / "journal.toml").write_text(f'[templates]\nday = """{template}"""\n')
    async with desk.open() as (pilot, write):
        await read(pilot)
        assert UNWRITTEN in "\n".join(painted(pilot.app))
        if template:
            assert write.read_view
            write.read_view.post_message(ReadView.Ticked(len(template.splitlines())))
            await settle(pilot)
            assert "- [x] call" in write.editor.text


async def test_letters_typed_slowly_say_that_one_reads(desk: Desk) -> None:
    files = put_days(desk)
    async with desk.open() as (pilot, write):
        await read(pilot)
        await pilot.press("h")
        assert_nothing_happened(desk, pilot, write, files)
        assert told(pilot) == READING == "You are reading. Press e to write."
        await pilot.press(*"ello")
        await settle(pilot)
        # The message says what e does, and the letters after it are typed.
        assert write.session.day == desk.today and write.editor.text.replace("llo", "", 1) == TEXT
        assert write.save()
    del files[desk.today]
    assert {day: desk.file(day).read_bytes() for day in files} == files


@pytest.mark.usefixtures("slow")
async def test_each_character_that_is_no_command_does_nothing(desk: Desk) -> None:
    files = put_days(desk)
    async with desk.open() as (pilot, write):
        await read(pilot)
        for character in CHARACTERS:
            if character not in "e/?":
                await pilot.press(character)
                assert_nothing_happened(desk, pilot, write, files)
        await settle(pilot)
        assert told(pilot) == READING, "it is said once, and not for each letter"


@pytest.mark.usefixtures("fast")
async def test_each_character_within_words_does_nothing(desk: Desk) -> None:
    files = put_days(desk)
    async with desk.open() as (pilot, write):
        await read(pilot)
        await pilot.press("x")
        for character in CHARACTERS:
            await pilot.press(character)
        await settle(pilot)
        assert_nothing_happened(desk, pilot, write, files)


async def test_a_key_counts_again_after_a_pause(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await read(pilot)
        monkeypatch.setattr(read_view, "BURST_SECONDS", 3_600)
        await pilot.press("x", "e")
        assert write.read_view
        monkeypatch.setattr(read_view, "BURST_SECONDS", 0)
        await pilot.press("e")
        assert write.editor.has_focus and write.editor.text == TEXT


async def test_letters_in_one_piece_with_the_key_of_find_are_what_it_finds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from textual.events import Key

    from journal_tui.app.find.screen import FindScreen

    files = put_days(desk)
    async with desk.open() as (pilot, write):
        await read(pilot)

        async def send(*keys: str) -> None:
            for key in keys:
                pilot.app.post_message(Key(key, "/" if key == "slash" else key))
            await settle(pilot)

        await send("slash", *"rain")
        find = pilot.app.screen
        assert isinstance(find, FindScreen) and find.finder.words == "rain"
        await pilot.press("escape")
        await settle(pilot)
        monkeypatch.setattr(read_view, "BURST_SECONDS", 3_600)
        # Within words it does nothing.
        await send("x", "slash", "e")
        assert_nothing_happened(desk, pilot, write, files)


async def test_what_is_pasted_while_reading_is_not_taken(desk: Desk) -> None:
    from textual.events import Paste

    files = put_days(desk)
    async with desk.open() as (pilot, write):
        await read(pilot)
        view = write.read_view
        assert view
        view.post_message(Paste("hello\n"))
        await settle(pilot)
        assert_nothing_happened(desk, pilot, write, files)
        assert told(pilot) == READING


async def test_only_e_is_a_letter_among_the_reading_keys() -> None:
    keys = [it.reading_key for it in commands(*WRITE_PLACES) if it.reading_key]
    assert [key for key in keys if len(key) == 1] == ["e"]
    assert len(reading_bindings()) > len(keys)


async def test_the_arrows_go_to_the_days_beside_it(desk: Desk) -> None:
    put_days(desk)
    async with desk.open() as (pilot, write):
        await read(pilot)
        await pilot.press("left")
        await settle(pilot)
        assert write.session.day == desk.today - timedelta(1) and write.read_view
        await pilot.press("right", "right")
        await settle(pilot)
        assert write.session.day == desk.today + timedelta(1)
        assert isinstance(pilot.app.focused, ReadView)


@pytest.mark.parametrize("size", SIZES)
async def test_reading_looks_different_from_writing(desk: Desk, size: tuple[int, int]) -> None:
    desk.put(TEXT)
    async with desk.open(size=size) as (pilot, write):
        writing = "\n".join(painted(pilot.app))
        assert "Reading" not in writing and "e to write" not in writing
        await read(pilot)
        *lines, footer = painted(pilot.app)
        assert "─ Reading ─" in "\n".join(lines) and "─ e to write ─" in "\n".join(lines)
        assert "e Write" in footer and footer.index("e Write") < 3
        assert "←→ Day " in footer and footer.rstrip().endswith("f1 Help")
        assert all(key.region.right <= size[0] for key in write.query_one(Footer).query("*"))
        await pilot.press("e")
        await settle(pilot)
        assert painted(pilot.app) == writing.split("\n")


@pytest.mark.parametrize("size", SIZES)
async def test_the_status_line_names_the_key_of_problems(desk: Desk, size: tuple[int, int]) -> None:
    desk.put("# A day\n\nEnjoyment: eleven\n")
    async with desk.open(size=size) as (pilot, _):
        assert "! 1 problem (f10)" in painted(pilot.app)[-2]
        await read(pilot)
        assert "! 1 problem (f10)" in painted(pilot.app)[-2]
        await pilot.press("escape")
        await settle(pilot)
        assert "! 1 problem (f10)" in painted(pilot.app)[-2]


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_has_a_place_only_while_one_writes(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.put("# A day\n\nFine.\n")
    async with desk.open(size=size) as (pilot, _):
        await read(pilot)
        assert "Ln " not in painted(pilot.app)[-2]
        await pilot.press("escape")
        await settle(pilot)
        assert "Ln 3, Col 6" in painted(pilot.app)[-2]


async def test_the_page_to_read_has_the_colours_of_what_is_meant(desk: Desk) -> None:
    desk.put(
        "# A day\n\nSaw @ann, `@code` and [@link](https://a.b) about #rota.\n\n"
        "- [x] done by @bo due:2026-11-27\n\n## Seen by @cy\n\nEnjoyment: 5/10 – so @so\n"
    )
    async with desk.open() as (pilot, write):
        await read(pilot)
        view = write.read_view
        assert view
        shown = [block.render() for block in view.query("MarkdownBlock")]
        styled = {
            (content.plain[span.start : span.end], str(span.style))
            for content in shown
            if hasattr(content, "spans")
            for span in content.spans
        }
    of = {text: style for text, style in styled if style.startswith("$")}
    assert of.keys() == {"@ann", "#rota", "@bo", "due:2026-11-27", "@cy", "Enjoyment: 5/10", "@so"}
    assert of["@ann"] == of["@bo"] == of["@cy"] != of["#rota"]
    assert ("done by @bo due:2026-11-27", "dim strike") in styled


@pytest.mark.parametrize("size", SIZES)
async def test_a_doubled_bullet_is_one(desk: Desk, size: tuple[int, int]) -> None:
    desk.put("- - a\n- * - [ ] b\n- c\n  - d\n1. - e\n")
    async with desk.open(size=size) as (pilot, write):
        await read(pilot)
        assert write.read_view
        page = write.read_view.query_one("Markdown").region
        lines = [line[page.x : page.right] for line in painted(pilot.app)[page.y : page.bottom]]
    shown = [" ".join(line.split()) for line in lines if line.strip()]
    assert shown == ["• a", "☐ b", "• c", "▪ d", "1. • e"]


async def test_a_page_that_cannot_be_changed_says_why_instead(desk: Desk) -> None:
    desk.put(TEXT.encode("utf-16"))
    async with desk.open() as (pilot, write):
        assert write.session.read_only_reason
        pilot.app.clear_notifications()
        await read(pilot)
        await pilot.press("x")
        await settle(pilot)
        assert told(pilot) == write.session.read_only_reason
