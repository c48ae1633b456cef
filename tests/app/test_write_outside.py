"""What others do to the files: changes, deletion, locked entries, the own editor, drafts left."""

import os
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from journal_tui.app.screens.dialog import ChoiceDialog, TextDialog
from journal_tui.app.widgets.text_view import TextView
from journal_tui.app.write import external_programs
from journal_tui.app.write import screen as write_screen
from journal_tui.app.write.status_line import StatusLine
from journal_tui.errors import JournalError
from journal_tui.session import EditSession, SaveState
from tests.app.app_fixture import Desk, messages, painted, settle, told

TEXT = "# A day\n\nfirst\n\nsecond\n\n## Learning points\n\n- one\n\nEnjoyment: 5/10\n"
LOCKED = [b"\x00\x01 binary", b"# A day\n\nlatin \xe9\n", "# A day\n".encode("utf-16")]
OTHER = date(2026, 11, 18)


def change(file: Path, data: str | bytes) -> None:
    """Write a file as another program does, with a later stamp."""
    later = file.stat().st_mtime_ns + 1_000_000_000 if file.exists() else None
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    if later:
        os.utime(file, ns=(later, later))


async def test_an_outside_change_is_loaded_and_can_be_undone(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        cursor = write.editor.cursor_location
        change(file, TEXT.replace("- one\n", "- one\n- two\n"))
        write.check_for_changes()
        await pilot.pause()
        assert "- two" in write.editor.text and write.editor.cursor_location == cursor
        assert "now on the page" in told(pilot)
        assert write.session.state is SaveState.SAVED and desk.drafts() == []
        await pilot.press("ctrl+z")
        assert write.editor.text == TEXT
        assert write.session.state is SaveState.CHANGED


async def test_the_page_looks_at_the_file_and_keeps_its_draft_by_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_screen, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(write_screen, "SYNC_SECONDS", 0.05)
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        change(file, TEXT.replace("first", "FIRST"))
        for _ in range(1_000):
            if "FIRST" in write.editor.text:
                break
            await pilot.pause(0.01)
        assert "FIRST" in write.editor.text
        await pilot.press("x")
        for log in (desk.state / "drafts").iterdir():
            log.unlink()
        for _ in range(1_000):
            if desk.drafts():
                break
            await pilot.pause(0.01)
        assert desk.drafts() == [write.editor.text]


async def test_coming_back_to_the_window_looks_at_the_file(desk: Desk) -> None:
    from textual.events import AppFocus

    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        change(file, TEXT.replace("first", "FIRST"))
        pilot.app.post_message(AppFocus())
        await pilot.pause()
        assert "FIRST" in write.editor.text


async def test_changes_on_both_sides_are_merged(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press(*" typed")
        change(file, TEXT.replace("5/10", "6/10"))
        write.check_for_changes()
        assert "second typed" in write.editor.text and "6/10" in write.editor.text
        await pilot.press(*" on", "ctrl+s")
        assert file.read_text() == TEXT.replace("second", "second typed on").replace("5/10", "6/10")


async def test_a_save_meets_a_change_that_was_not_seen_yet(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press(*" typed")
        change(file, TEXT.replace("5/10", "6/10"))
        await pilot.press("ctrl+s")
        both = TEXT.replace("second", "second typed").replace("5/10", "6/10")
        assert file.read_text() == both == write.editor.text
        write.editor.insert("!")
        write.save()
        assert file.read_text() == both.replace("second typed", "second typed!")


async def test_the_same_line_on_both_sides_keeps_both_texts(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press(*" mine")
        change(file, TEXT.replace("second", "theirs"))
        for _ in range(3):
            write.check_for_changes()
        await pilot.pause()
        assert told(pilot).count("yours goes into a copy beside it") == 1
        assert "second mine" in write.editor.text
        await pilot.press("ctrl+s")
        await pilot.pause()
        beside = desk.file(rest="-mine-180500")
        assert told(pilot).endswith("yours is in a copy beside it. To compare them, press f10.")
        assert len(messages(pilot.app)) == 1
        assert "second mine" in beside.read_text()
        assert file.read_text() == TEXT.replace("second", "theirs") == write.editor.text
        await pilot.press("ctrl+z")
        assert "second mine" in write.editor.text


async def test_a_line_is_finished_before_a_conflict_puts_it_elsewhere(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("enter", *"righ")
        change(file, TEXT.replace("second", "second\ntheirs"))
        for _ in range(3):
            write.save_in_passing()
        await pilot.pause()
        assert write.editor.text == TEXT.replace("second", "second\nrigh")
        assert told(pilot).count("yours goes into a copy beside it") == 1
        await pilot.press(*"t 6.", "enter")
        write.save_in_passing()
        assert write.editor.text == file.read_text()
        assert "right 6.\n" in desk.file(rest="-mine-180500").read_text()


async def test_the_line_in_which_one_types_stays_whole_where_a_conflict_is_saved(
    desk: Desk,
) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, _):
        await pilot.press("enter", *"one.", "enter", *"righ")
        change(file, TEXT.replace("second", "second\ntheir"))
        await pilot.press("ctrl+s", *"t 6.")
        assert "one.\nrigh\n" in desk.file(rest="-mine-180500").read_text()
        assert desk.drafts() == [TEXT.replace("second", "second\nright 6.\ntheir")]
        change(file, TEXT.replace("second", "second\ntheirs as well\n\nand more"))
        await pilot.press("ctrl+s")
        assert "second\nright 6.\ntheirs as well\n\nand more\n" in file.read_text()


async def test_the_end_of_a_line_that_was_saved_half_is_put_to_it(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("enter", *"righ")
        assert write.save()
        write.editor.move_cursor((2, 0))
        await pilot.press("X")
        write.editor.move_cursor((5, 4))
        await pilot.press("t")
        change(file, file.read_text().replace("first", "theirs"))
        await pilot.press("ctrl+s", *" 6.", "ctrl+s")
        wanted = TEXT.replace("second", "second\nright 6.").replace("first", "theirs")
        assert file.read_text() == wanted


async def test_what_is_typed_after_the_line_that_a_conflict_waited_for_is_not_put_beside(
    desk: Desk,
) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("enter", *"righ")
        change(file, TEXT.replace("second", "second\ntheir"))
        write.save_in_passing()
        await pilot.press(*"t 6.", "enter", *"right 7.")
        assert "right 6.\n\n" in desk.file(rest="-mine-180500").read_text()
        assert "right 7" not in desk.file(rest="-mine-180500").read_text()
        await pilot.press("ctrl+s")
        assert file.read_text() == TEXT.replace("second", "second\nright 7.\ntheir")


async def test_leaving_a_day_in_conflict_saves_everything(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("enter", *"righ")
        change(file, TEXT.replace("second", "second\ntheirs"))
        write.action_previous_day()
        assert "second\nrigh\n" in desk.file(rest="-mine-180500").read_text()
        assert file.read_text() == TEXT.replace("second", "second\ntheirs")
        assert desk.drafts() == []


async def test_a_conflict_elsewhere_leaves_the_cursor_in_its_words(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        write.editor.move_cursor((8, 5))
        await pilot.press("enter", *"rig")
        assert write.save()
        write.editor.move_cursor((2, 0))
        await pilot.press("X")
        write.editor.move_cursor((9, 5))
        change(file, file.read_text().replace("first", "theirs\nfirst, theirs"))
        assert write.save()
        await settle(pilot)
        await pilot.press(*"ht 6.")
        assert "- one\n- right 6.\n" in write.editor.text


async def test_leaving_the_window_within_a_line_tears_nothing(desk: Desk) -> None:
    from textual.events import AppBlur

    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("enter", *"righ")
        change(file, TEXT.replace("second", "second\ntheirs"))
        pilot.app.post_message(AppBlur())
        await pilot.pause()
        assert "second\nrigh\n" in write.editor.text


async def test_a_deleted_file_is_reported_and_ctrl_s_writes_it_again(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        file.unlink()
        write.check_for_changes()
        write.check_for_changes()
        await pilot.pause()
        assert told(pilot).count("is gone") == 1
        assert write.query_one(StatusLine).status.saved is SaveState.GONE
        write.save()
        assert not file.exists()
        await pilot.press("ctrl+s")
        assert file.read_text() == TEXT
        assert write.query_one(StatusLine).status.saved is SaveState.SAVED


async def test_a_file_turned_binary_is_shown_read_only_with_the_reason(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        change(file, b"\x00\x01 binary")
        write.check_for_changes()
        await pilot.pause()
        assert "binary data" in told(pilot)
        assert write.editor.read_only and "binary" in write.editor.text
        assert write.query_one(StatusLine).status.saved is SaveState.READ_ONLY
        await pilot.press("x", "ctrl+s")
        assert file.read_bytes() == b"\x00\x01 binary"
        change(file, TEXT)
        write.check_for_changes()
        assert not write.editor.read_only and write.editor.text == TEXT


@pytest.mark.parametrize("data", LOCKED)
async def test_no_action_edits_a_locked_entry(
    desk: Desk, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.put(data)
    monkeypatch.setenv("EDITOR", "false")
    async with desk.open() as (pilot, write):
        text = write.editor.text
        assert write.query_one(StatusLine).status.saved is SaveState.READ_ONLY
        await pilot.press(*"xr/", "escape", "enter", "tab", "shift+tab", "delete", "backspace")
        for key in ("ctrl+n", "ctrl+r", "ctrl+o", "ctrl+k", "ctrl+z", "ctrl+v", "ctrl+x", "ctrl+s"):
            await pilot.press(key)
            assert pilot.app.screen is write, key
        write.change(lambda entry: 1 / 0)  # type: ignore[arg-type, return-value]
        write.keep_text(save=True)
        assert write.editor.text == text and write.session.read_only_reason in told(pilot)
        await pilot.press("ctrl+q")
        assert pilot.app.return_code == 0
    assert file.read_bytes() == data and desk.drafts() == []


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf# A day\r\n\r\nprose\r\n",
        "# A day\u2028same line\n\nprose\x0b\x85\x1c\r\n".encode(),
        b"# A day\n\nprose",
    ],
)
async def test_looking_changes_no_byte_and_one_edit_one_line(desk: Desk, data: bytes) -> None:
    file = desk.put(data)
    stamp = file.stat().st_mtime_ns
    async with desk.open() as (pilot, _):
        await pilot.press("f2", "f2", "ctrl+s", "alt+left", "alt+right", "f10", "escape")
        assert (file.read_bytes(), file.stat().st_mtime_ns) == (data, stamp)
        await pilot.press("ctrl+home", "X", "ctrl+s")
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef") else b""
        assert file.read_bytes() == mark + b"X" + data.removeprefix(mark)


def script(folder: Path, body: str) -> str:
    """An editor: a shell script that gets the file as its argument."""
    path = folder / "my editor.sh"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o700)
    return f"'{path}'"


async def test_the_text_of_the_external_editor_is_one_undo_step(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    folders = f'ls -lnd "$(dirname "$1")" "$(dirname "$(dirname "$1")")" > {seen}.folders'
    body = f'{folders}; ls -ln "$1" > {seen}; cat "$1" >> {seen}; printf "one more\\n" >> "$1"'
    desk.settings(f"editor = {script(tmp_path, body)!r}\n".replace('"', "'''"))
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        write.editor.insert(" typed")
        await pilot.press("ctrl+o")
        changed = TEXT.replace("second", "second typed") + "one more\n"
        assert write.editor.text == changed == file.read_text()
        assert seen.read_text().startswith("-rw-------") and "second typed" in seen.read_text()
        private = (tmp_path / "seen.folders").read_text().splitlines()
        assert len(private) == 2 and all(line.startswith("drwx------") for line in private)
        assert not list((desk.state / "editing").iterdir())
        await pilot.press("ctrl+z")
        assert write.editor.text == TEXT.replace("second", "second typed")


async def nothing_is_taken_over(
    desk: Desk, editor: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert sentence in told(pilot) and write.editor.text == TEXT
    assert file.read_text() == TEXT


@pytest.mark.parametrize(
    ("editor", "sentence"),
    [("false", "exited with code 1"), ("/no/such/program", "cannot be used"), ("'", "be read")],
)
async def test_a_failing_external_editor_changes_nothing(
    desk: Desk, editor: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await nothing_is_taken_over(desk, editor, sentence, monkeypatch)


async def test_what_a_failing_external_editor_saved_is_offered(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = 'printf "half an hour\\n" >> "$1"; exit 1'
    desk.settings(f"editor = {script(tmp_path, body)!r}\n".replace('"', "'''"))
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        write.editor.insert(" typed")
        typed = write.editor.text
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChoiceDialog)
        shown = "\n".join(painted(pilot.app))
        assert "exited with code 1" in shown and "earlier session" not in shown
        assert write.editor.text == typed
        await pilot.press("r")
        await settle(pilot)
        assert write.editor.text == typed + "half an hour\n" == file.read_text()
    assert desk.drafts() == []


def test_what_an_external_editor_saves_is_passed_on_while_it_runs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external_programs, "LOOK_SECONDS", 0.01)
    seen, late = tmp_path / "seen", tmp_path / "late"
    wait = f"n=0; until [ -e {seen} ]; do sleep 0.05; n=$((n+1)); [ $n = 200 ] && touch {late} {seen}; done; true"
    words = external_programs.editor_command(script(tmp_path, f'printf more >> "$1"; {wait}'))
    session = EditSession(desk.journal(), desk.today)

    def saved(text: str) -> None:
        session.note_saved_elsewhere(text)
        seen.touch()

    copy = session.journal.private_copy("entry.md", session.shown)
    ended = external_programs.run_editor(words, copy, session.shown, saved)
    assert not late.exists() and ended.text.endswith("more")
    assert [draft.text for draft in session.journal.drafts.all()] == [ended.text]
    session.close()


async def test_a_text_that_no_file_can_hold_is_not_given_to_an_external_editor(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    desk.settings(f"editor = {script(tmp_path, f'touch {seen}')!r}\n".replace('"', "'''"))
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        write.editor.insert("a\nlone \ud800")
        text = write.editor.text
        await pilot.press("ctrl+o")
        await pilot.pause()
        line = text[: text.index("\ud800")].count("\n") + 1
        assert f"Line {line} contains a character that a text file cannot hold" in told(pilot)
        assert write.editor.text == text and not seen.exists()
        assert not (desk.state / "editing").exists()


async def test_a_terminal_that_cannot_hand_over_says_so(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        write.external_editor = "true"
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert "cannot open another editor" in told(pilot)


def test_which_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "ed -s")
    assert external_programs.editor_command("") == ["ed", "-s"]
    monkeypatch.setenv("VISUAL", "vis")
    assert external_programs.editor_command("") == ["vis"]
    assert external_programs.editor_command("mine --wait") == ["mine", "--wait"]
    for name in ("EDITOR", "VISUAL", "PATH"):
        monkeypatch.setenv(name, "")
    with pytest.raises(JournalError, match="No editor is set"):
        external_programs.editor_command("")


async def test_a_draft_of_an_ended_session_is_restored(desk: Desk) -> None:
    file = desk.put(TEXT, OTHER)
    desk.leave_draft(TEXT.replace("first", "kept"), TEXT, OTHER)
    async with desk.open() as (pilot, write):
        assert isinstance(pilot.app.screen, ChoiceDialog)
        # Escape only postpones the question, so it isn't called “Cancel”.
        assert any("esc Later" in row for row in painted(pilot.app))
        await pilot.press("r")
        await settle(pilot)
        assert pilot.app.screen is write and write.session.day == OTHER
        assert file.read_text() == TEXT.replace("first", "kept") == write.editor.text
        assert "What you had typed is back." in told(pilot)
        row, column = write.editor.cursor_location
        line = write.editor.document.get_line(row)
        assert "kept" in line and column == len(line)
        assert list((desk.state / "trash").glob("*.log"))
    assert desk.drafts() == []


@pytest.mark.parametrize("data", [TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT])
async def test_restoring_keeps_the_bytes_of_other_lines(desk: Desk, data: str) -> None:
    file = desk.put(data)
    desk.leave_draft(data.replace("first", "kept"), data)
    async with desk.open() as (pilot, write):
        await pilot.press("r")
        await settle(pilot)
        assert file.read_bytes() == data.replace("first", "kept").encode()
        assert "kept" in write.editor.text


async def test_a_draft_of_a_day_without_a_file(desk: Desk) -> None:
    template = desk.journal().open(OTHER).entry.text
    desk.leave_draft(template.replace("\n\n\n\n", "\n\nkept\n\n", 1), template, OTHER)
    async with desk.open() as (pilot, write):
        await pilot.press("r")
        await settle(pilot)
        assert "kept" in desk.file(OTHER).read_text() and "kept" in write.editor.text


async def test_a_draft_is_compared_then_discarded_to_the_trash(desk: Desk) -> None:
    file = desk.put(TEXT)
    desk.leave_draft(TEXT.replace("first", "kept \x1b[31m"), TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TextDialog)
        shown = pilot.app.screen.query_one(TextView)
        lines = [shown.render_line(y).text.rstrip() for y in range(shown.size.height)]
        assert "− first" in lines and "+ kept \u241b[31m" in lines
        await pilot.press("escape", "d")
        await pilot.pause()
        assert pilot.app.screen is write and file.read_text() == TEXT
    assert desk.drafts() == []
    assert len(list((desk.state / "trash").glob("*.log"))) == 1


async def test_a_question_left_open_comes_again(desk: Desk) -> None:
    desk.put(TEXT)
    desk.leave_draft(TEXT.replace("first", "kept"), TEXT)
    for _ in range(2):
        async with desk.open() as (pilot, write):
            assert isinstance(pilot.app.screen, ChoiceDialog)
            await pilot.press("escape")
            assert pilot.app.screen is write
    assert desk.drafts() == [TEXT.replace("first", "kept")]


async def test_what_the_file_says_already_needs_no_question(desk: Desk) -> None:
    desk.put(TEXT.replace("first", "kept"))
    desk.leave_draft(TEXT.replace("first", "kept"), TEXT)
    async with desk.open() as (pilot, write):
        assert pilot.app.screen is write
    assert desk.drafts() == []


@pytest.mark.parametrize(
    ("since", "merged"), [(TEXT.replace("5/10", "6/10"), True), (TEXT.replace("first", "X"), False)]
)
async def test_restoring_never_drops_what_was_written_since(
    desk: Desk, since: str, merged: bool
) -> None:
    file = desk.put(TEXT)
    desk.leave_draft(TEXT.replace("first", "kept"), TEXT)
    change(file, since)
    async with desk.open() as (pilot, write):
        await pilot.press("r")
        await settle(pilot)
        if merged:
            assert file.read_text() == since.replace("first", "kept") == write.editor.text
        else:
            assert file.read_text() == since == write.editor.text
            assert "kept" in desk.file(rest="-mine-180500").read_text()
    assert desk.drafts() == []


async def test_a_draft_that_cannot_be_restored_stays(desk: Desk) -> None:
    file = desk.put(TEXT, OTHER)
    desk.leave_draft(TEXT.replace("first", "kept"), TEXT, OTHER)
    file.unlink()
    file.mkdir()
    async with desk.open() as (pilot, write):
        await pilot.press("r")
        await pilot.pause()
        assert "unsaved text is kept" in told(pilot)
        assert write.session.day == desk.today and "kept" not in write.editor.text
    assert desk.drafts() == [TEXT.replace("first", "kept")]


async def test_the_drafts_of_a_running_app_are_not_offered_to_another(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("x")
        async with desk.open() as (second, write):
            assert second.app.screen is write
        assert len(desk.drafts()) == 1


async def test_a_follow_up_is_ticked_on_its_line(desk: Desk) -> None:
    desk.put("# A day\n\n- [ ] one\n- [ ] two\n")
    async with desk.open() as (pilot, write):
        write.editor.move_cursor((3, 2))
        await pilot.press("f12")
        assert write.editor.text == "# A day\n\n- [ ] one\n- [x] two\n"
        await pilot.press("ctrl+z")
        assert write.editor.text == "# A day\n\n- [ ] one\n- [ ] two\n"
        await pilot.press("f12", "f12")
        assert write.editor.text == "# A day\n\n- [ ] one\n- [ ] two\n"
        write.editor.move_cursor((0, 0))
        await pilot.press("f12")
        await pilot.press("f12")
        assert told(pilot) == (
            "There is no follow-up on line 1. Begin the line with “- [ ]” to make one."
        )


async def test_a_follow_up_of_another_day_is_ticked_with_today(desk: Desk) -> None:
    before = "# A day\n\n- [ ] one\n- [ ] two due:friday\n"
    desk.put(before, date(2026, 11, 9))
    async with desk.open(date(2026, 11, 9)) as (pilot, write):
        write.editor.move_cursor((3, 2))
        await pilot.press("f12")
        ticked = before.replace("- [ ] two due:friday", "- [x] two due:friday done:2026-11-20")
        assert write.editor.text == ticked
        assert write.editor.cursor_location == (3, 2)
        await pilot.press("ctrl+z")
        assert write.editor.text == before
        await pilot.press("ctrl+y", "f12")
        assert write.editor.text == before


async def test_the_text_of_a_save_that_was_killed_is_offered_at_the_start(desk: Desk) -> None:
    file = desk.put("Before.\n")
    left = file.with_name(".2026-11-20.0123abcd.tmp")
    left.write_text("Before.\nAnd after.\n")
    os.utime(left, (0, 0))
    async with desk.open() as (pilot, _):
        assert isinstance(pilot.app.screen, ChoiceDialog)
        await pilot.press("r")
        await settle(pilot)
        assert file.read_text() == "Before.\nAnd after.\n"
        assert not left.exists()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (': > "$1"', "empty file"),
        ('rm "$1"', "no file"),
        ('rm "$1"; mkfifo "$1"', "no file"),
        ('printf "a\\0b" > "$1"', "binary data"),
        ('head -c 9000000 /dev/zero | tr "\\0" "x" > "$1"', "8 MB"),
    ],
)
async def test_an_external_editor_that_returns_no_entry_changes_nothing(
    desk: Desk, tmp_path: Path, script: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "an-editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o700)
    await nothing_is_taken_over(desk, str(editor), said, monkeypatch)


async def test_after_a_conflict_the_cursor_is_where_the_writing_goes_on(desk: Desk) -> None:
    file = desk.put("# A day\n\nfirst\n\n## Learning points\n\n- one\n")
    async with desk.open() as (pilot, write):
        write.editor.move_cursor((2, 0))
        await pilot.press("X")
        file.write_text("# A day\n\ntheirs\n\n- [ ] task\n\n## Learning points\n\n- one\n")
        assert write.save()
        await settle(pilot)
        row, column = write.editor.cursor_location
        assert write.editor.text == file.read_text()
        assert write.editor.document.get_line(row)[:column] == "- [ ] task"


async def test_a_question_left_open_comes_again_when_that_day_is_opened(desk: Desk) -> None:
    desk.put(TEXT, OTHER)
    desk.leave_draft(TEXT.replace("first", "kept"), TEXT, OTHER)
    async with desk.open() as (pilot, write):
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write
        assert "is kept. journal asks again when you open that day." in told(pilot)
        write.go(OTHER)
        await settle(pilot)
        assert isinstance(pilot.app.screen, ChoiceDialog)
        await pilot.press("r")
        await settle(pilot)
        assert pilot.app.screen is write and "kept" in write.editor.text
    assert desk.drafts() == []


async def test_a_write_protected_entry_is_shown_as_read_only_before_anything_is_typed(
    desk: Desk,
) -> None:
    file = desk.put("# A day\n")
    file.chmod(0o400)
    async with desk.open() as (pilot, write):
        status = write.query_one(StatusLine)
        assert "◇ read-only" in status.render_line(0).text
        assert f"{file.name} is write-protected, so changes cannot be saved." in told(pilot)
        file.chmod(0o600)
        write.check_for_changes()
        await settle(pilot)
        assert "read-only" not in status.render_line(0).text
        file.chmod(0o400)
        write.check_for_changes()
        await settle(pilot)
        assert "◇ read-only" in status.render_line(0).text
        await pilot.press("x")
        write.update_status()
        assert "◌ unsaved changes" in status.render_line(0).text
        file.chmod(0o600)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "● saved" in status.render_line(0).text and "x" in file.read_text()
