"""EditSession: what it saves, what it notices, and that no byte changes unasked."""

import errno
import os
import time
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_tui.entry.edit import TextEdit
from journal_tui.entry.entry import Entry
from journal_tui.errors import EntryError, SaveError
from journal_tui.journal import Journal
from journal_tui.library import atomic_write
from journal_tui.library.drafts import DraftLog, Drafts
from journal_tui.library.library import Library
from journal_tui.session import EditSession, OutsideChange, SaveState
from tests.app.app_fixture import Desk
from tests.extent import examples

DAY = date(2026, 11, 20)
TEXT = "# A day\n\nfirst\n\nsecond\n\n## Learning points\n\n- one\n\nEnjoyment: 5/10\n"


def touch(path: os.PathLike[str]) -> None:
    """Give a file another stamp, as any later write does."""
    status = os.stat(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))


def session(desk: Desk, path: str | None = None) -> EditSession:
    return EditSession(desk.journal(), DAY, path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no newline at the end",
        b"\xef\xbb\xbf# Mark\r\n\r\nprose\r\n\r\n## Learning points\r\n\r\n- a\r\n",
        b"mixed\nends\r\nof\rlines\n",
        "one\u2028two\u0085three\x0bfour\x0cfive\x1csix\n".encode(),
        "combining e\u0301, \u202eright to left\n".encode(),
    ],
)
def test_opened_and_closed_changes_no_byte_and_one_edit_one_line(desk: Desk, data: bytes) -> None:
    file = desk.put(data)
    inode = file.stat().st_ino
    looked = session(desk)
    looked.edit(looked.shown)
    assert looked.save().saved is None and file.stat().st_ino == inode
    looked.edit("X" + looked.shown)
    looked.save()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    assert file.read_bytes() == mark + b"X" + data.removeprefix(mark)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("a\n\r\u2028é \ufeff#-"), max_size=40))
def test_what_an_editor_would_give_back_unchanged_is_never_written(desk: Desk, text: str) -> None:
    data = text.encode()
    file = desk.put(data)
    opened = session(desk)
    opened.edit(opened.shown + "x")
    opened.edit(opened.shown.removesuffix("x"))
    assert not opened.is_dirty and opened.save().saved is None
    assert file.read_bytes() == data and desk.drafts() == []


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_cursor_is_where_the_prose_ends_whatever_the_line_ends(
    desk: Desk, ending: str, mark: str
) -> None:
    desk.put((mark + TEXT.replace("\n", ending)).encode())
    opened = session(desk)
    row, column = opened.cursor
    assert opened.shown.split("\n")[row] == "second" and column == len("second")


@pytest.mark.parametrize(
    ("text", "cursor"),
    [
        (TEXT, (2, 0)),
        (TEXT.replace("\n", "\r\n"), (2, 0)),
        ("\ufeff" + TEXT, (2, 0)),
        ("---\nkind: x\n---\n\n# A day\nprose", (5, 0)),
        ("A day\n=====\n\nprose\n", (3, 0)),
        ("# A day", (0, 7)),
        ("# A day\n\n", (2, 0)),
        ("no title\n", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_an_earlier_day_opens_at_its_beginning_below_the_title(
    desk: Desk, text: str, cursor: tuple[int, int]
) -> None:
    desk.put(text.encode(), date(2026, 11, 3))
    assert EditSession(desk.journal(), date(2026, 11, 3)).cursor == cursor


def test_a_draft_that_was_cleared_begins_again_with_the_same_text(desk: Desk) -> None:
    desk.put(TEXT)
    opened = session(desk)
    typed = TEXT + "more"
    for text, kept in ((typed, [typed]), (TEXT, []), (typed, [typed])):
        opened.edit(text)
        assert desk.drafts() == kept


def test_a_draft_that_cannot_be_written_is_reported_and_stops_nothing(desk: Desk) -> None:
    opened = session(desk)
    desk.state.mkdir(parents=True)
    (desk.state / "drafts").write_text("in the way")
    opened.edit(opened.shown + "x")
    assert "draft cannot be saved" in opened.draft_fault
    assert opened.save().saved and desk.file().exists()


def refuse_as_full(*_: object) -> None:
    """Fail as a save does on a full disk."""
    raise SaveError("The disk is full.")


def test_a_failed_save_leaves_draft_text_and_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT + "more")
    monkeypatch.setattr(Library, "save", refuse_as_full)
    outcome = opened.save()
    assert outcome.saved is None and outcome.fault.startswith("The disk is full. ")
    assert opened.state is SaveState.FAILED and not opened.is_saving
    assert opened.is_dirty and desk.drafts() == [TEXT + "more"]
    assert desk.file().read_text() == TEXT


def test_an_outside_change_is_loaded_or_merged_or_left_for_the_save(desk: Desk) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    desk.put(TEXT.replace("one", "ONE"))
    touch(file)
    assert opened.check_file() is OutsideChange.APPLIED
    assert "- ONE" in opened.shown and not opened.is_dirty
    assert opened.check_file() is None

    opened.edit(opened.shown.replace("first", "FIRST"))
    desk.put(TEXT.replace("one", "ONE").replace("5/10", "6/10"))
    touch(file)
    assert opened.check_file() is OutsideChange.APPLIED
    assert "FIRST" in opened.shown and "6/10" in opened.shown and opened.is_dirty
    assert desk.drafts() == [opened.text]

    desk.put(TEXT.replace("first", "other"))
    touch(file)
    assert opened.check_file() is OutsideChange.CONFLICT
    assert opened.check_file() is None, "told once"
    assert "FIRST" in opened.shown and desk.drafts() == [opened.text]
    result = opened.save().saved
    assert result and result.conflict_path == "2026/2026-11-20-mine-180500.md"
    assert file.read_text() == TEXT.replace("first", "other") == opened.shown
    assert "FIRST" in (desk.root / result.conflict_path).read_text()
    assert desk.drafts() == []


def test_the_same_bytes_with_another_stamp_are_not_a_change(desk: Desk) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    touch(file)
    assert opened.check_file() is None and not opened.is_dirty
    opened.edit(TEXT + "more")
    saved = opened.save().saved
    assert saved and not saved.merged


def test_a_deleted_file_is_reported_once_and_written_only_on_request(desk: Desk) -> None:
    data = TEXT.replace("\n", "\r\n").encode()
    file = desk.put(data)
    opened = session(desk)
    file.unlink()
    assert opened.check_file() is OutsideChange.DELETED and opened.check_file() is None
    assert opened.is_gone and not opened.is_written
    assert opened.save().saved is None and not file.exists()
    opened.restore_deleted()
    assert opened.save().saved and file.read_bytes() == data
    assert opened.is_written and not opened.is_gone


def test_what_was_typed_before_the_file_was_deleted_leaves_no_draft_once_it_is_saved(
    desk: Desk,
) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT + "typed\n")
    file.unlink()
    opened.check_file()
    opened.restore_deleted()
    assert opened.save().saved and file.read_text() == TEXT + "typed\n"
    assert desk.drafts() == []


def test_a_file_deleted_during_a_check_is_reported_by_the_next_check(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    touch(file)
    stamp = Library.stamp

    def meanwhile(self: Library, path: str) -> str | None:
        found = stamp(self, path)
        file.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Library, "stamp", meanwhile)
    assert opened.check_file() is None
    assert opened.check_file() is OutsideChange.DELETED
    assert opened.shown == TEXT


def test_a_file_that_turns_binary_locks_a_clean_page_and_spares_a_dirty_one(desk: Desk) -> None:
    file = desk.put(TEXT)
    clean, dirty = session(desk), session(desk)
    dirty.edit(TEXT + "typed")
    desk.put(b"\x00\x01 binary")
    touch(file)
    assert clean.check_file() is OutsideChange.READ_ONLY and "binary data" in clean.read_only_reason
    assert dirty.check_file() is OutsideChange.CONFLICT and dirty.shown == TEXT + "typed"
    result = dirty.save().saved
    assert result and (desk.root / result.conflict_path).read_text() == TEXT + "typed"
    assert file.read_bytes() == b"\x00\x01 binary" and dirty.read_only_reason


@pytest.mark.parametrize("kind", ["fifo", "folder", "huge", "link"])
def test_a_file_that_cannot_be_read_is_an_empty_locked_session(desk: Desk, kind: str) -> None:
    path = desk.file()
    path.parent.mkdir()
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "huge":
        with open(path, "wb") as file:
            file.truncate(100_000_000)
    else:
        path.symlink_to("nowhere.md")
    opened = session(desk)
    assert opened.shown == "" and opened.read_only_reason.startswith("2026-11-20.md")
    assert opened.check_file() is None and opened.save().saved is None


def test_a_new_file_by_another_program_meets_what_was_typed_over_the_template(desk: Desk) -> None:
    opened = session(desk)
    template = opened.shown
    opened.edit(template.replace("\n\n\n\n", "\n\nmy prose\n\n", 1))
    file = desk.put(template.replace("\n- \n", "\n- their point\n"))
    assert opened.check_file() is OutsideChange.APPLIED
    opened.save()
    assert "my prose" in file.read_text() and "- their point" in file.read_text()


@pytest.mark.parametrize("typed", ["", "typed\n"])
def test_a_file_emptied_in_order_to_be_written_is_not_read_as_an_empty_entry(
    desk: Desk, typed: str
) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT + typed)
    desk.put(b"")
    assert opened.check_file() is None and opened.shown == TEXT + typed
    desk.put(TEXT.replace("one", "ONE"))
    assert opened.check_file() is OutsideChange.APPLIED
    assert opened.shown == TEXT.replace("one", "ONE") + typed
    opened.save()
    assert file.read_text() == TEXT.replace("one", "ONE") + typed


def test_an_empty_file_of_a_day_that_had_none_is_noticed_at_once(desk: Desk) -> None:
    opened = session(desk)
    desk.put(b"")
    opened.check_file()
    assert opened.is_written


@pytest.mark.parametrize("typed", ["", "typed\n"])
def test_a_file_that_stays_empty_takes_nothing_from_the_screen(desk: Desk, typed: str) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT + typed)
    desk.put(b"")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    assert opened.check_file() is OutsideChange.EMPTIED and opened.check_file() is None
    assert opened.shown == TEXT + typed and opened.is_dirty == bool(typed)
    versions = desk.journal().history.versions(opened.path)
    assert [version.file.read_text() for version in versions] == [TEXT]
    opened.edit(TEXT + "more\n")
    result = opened.save().saved
    assert result and not result.conflict_path and file.read_text() == TEXT + "more\n"


@pytest.mark.parametrize(
    "moved", [timedelta(hours=7), timedelta(days=-400), timedelta(hours=-1), timedelta(days=3650)]
)
def test_an_entry_keeps_its_day_whatever_the_clock_does(desk: Desk, moved: timedelta) -> None:
    opened = session(desk)
    opened.edit("before\n")
    desk.now += moved
    opened.edit("before\nafter\n")
    assert opened.save().saved and opened.day == DAY
    opened.edit("before\nafter\nand again\n")
    desk.now -= 2 * moved
    assert opened.check_file() is None and opened.save().saved
    assert [file.name for file in desk.root.rglob("2*.md")] == [f"{DAY}.md"]
    assert desk.file(DAY).read_text() == "before\nafter\nand again\n"
    versions = desk.journal().history.versions(opened.path)
    assert [version.file.read_text() for version in versions] == [
        "before\nafter\nand again\n",
        "before\nafter\n",
    ]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone cannot be changed here")
@pytest.mark.parametrize(("first", "second"), [("XXX-14", "XXX+12"), ("XXX+12", "XXX-14")])
def test_an_entry_keeps_its_day_in_another_time_zone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, first: str, second: str
) -> None:
    """These two are always on different days."""
    try:
        monkeypatch.setenv("TZ", first)
        time.tzset()
        journal = Journal(desk.root, desk.places)
        day = journal.today()
        opened = EditSession(journal, day)
        opened.edit("typed on the plane\n")
        monkeypatch.setenv("TZ", second)
        time.tzset()
        assert journal.today() != day
        opened.edit("typed on the plane\nand after it\n")
        assert opened.save().saved and opened.day == day
        assert desk.file(day).read_text() == "typed on the plane\nand after it\n"
        assert [file.name for file in desk.root.rglob("2*.md")] == [f"{day}.md"]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_earlier_draft_stays_where_a_later_one_cannot_be_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT.replace("first", "mine"))
    file.write_text(TEXT.replace("second", "theirs"))
    touch(file)

    def full(self: DraftLog, text: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(DraftLog, "record", full)
        opened.check_file()
    assert "No space left" in opened.draft_fault
    assert desk.drafts() == [TEXT.replace("first", "mine")]


def test_a_draft_stays_until_the_disk_is_known_to_have_the_text(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT + "more")

    def failing(folder: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(atomic_write, "sync_folder", failing)
        done = opened.save().saved
    assert done and done.unconfirmed and "did not confirm" in done.warning
    assert desk.drafts() == [TEXT + "more"] and not opened.is_dirty
    assert opened.state is SaveState.UNCONFIRMED


def test_the_text_of_another_program_is_not_this_save_that_was_not_confirmed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT + "more")

    def failing(folder: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(atomic_write, "sync_folder", failing)
        opened.save()
    file.write_text(TEXT + "theirs")
    touch(file)
    assert opened.check_file() is not None
    assert opened.shown == TEXT + "theirs" and opened.state is SaveState.SAVED


@pytest.mark.parametrize("how", ["looked", "saved"])
@pytest.mark.parametrize("fits", [True, False])
def test_the_change_of_a_dialog_is_made_to_the_text_with_an_outside_change(
    desk: Desk, how: str, fits: bool
) -> None:
    def held(entry: Entry) -> list[TextEdit]:
        if "theirs" in entry.text and not fits:
            raise EntryError("It would be misread.")
        return [TextEdit(len(entry.text), len(entry.text), "held\n")]

    file = desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT.replace("first", "mine"))
    opened.set_pending_change(held)
    file.write_text(TEXT.replace("second", "theirs"))
    touch(file)
    if how == "looked":
        opened.check_file()
    else:
        opened.save()
    both = TEXT.replace("first", "mine").replace("second", "theirs")
    left = [d for d in Drafts(desk.state).left_behind() if d.text.endswith("held\n")]
    if fits:
        assert opened.pending_text == both + "held\n" and opened.pending_text in desk.drafts()
        assert left == [], "a draft that was left would take back what another program wrote"
    else:
        # The next start offers it: a change of the text before, which takes nothing back.
        assert opened.pending_text is None and [draft.base for draft in left] == [TEXT]


def test_a_failed_save_leaves_the_words_of_a_dialog_in_the_draft(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT + "more\n")
    opened.set_pending_change(lambda entry: [TextEdit(len(entry.text), len(entry.text), "held\n")])
    monkeypatch.setattr(Library, "save", refuse_as_full)
    assert opened.save().fault and desk.drafts() == [TEXT + "more\nheld\n"]


def test_a_byte_order_mark_does_not_count_as_a_change(desk: Desk) -> None:
    file = desk.put("\ufeff" + TEXT)
    opened = session(desk)
    desk.put("\ufeff" + TEXT.replace("one", "ONE"))
    touch(file)
    assert opened.check_file() is OutsideChange.APPLIED
    assert opened.shown == TEXT.replace("one", "ONE") and not opened.is_dirty


def test_a_file_that_can_no_longer_be_edited_takes_in_nothing(desk: Desk) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT.replace("first", "FIRST"))
    desk.put(TEXT.encode() + b"\ncaf\xe9\n")
    touch(file)
    assert opened.check_file() is OutsideChange.CONFLICT
    assert opened.shown == TEXT.replace("first", "FIRST")


def test_an_unreadable_file_is_reported_by_its_own_path(desk: Desk) -> None:
    (desk.root / "2026-11-20.md").symlink_to("nowhere.md")
    opened = session(desk)
    assert opened.path == "2026-11-20.md" and opened.read_only_reason


def test_the_state_follows_the_text_and_its_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = session(desk)
    seen = [opened.state]
    opened.edit("typed\n")
    seen.append(opened.state)
    opened.save()
    seen.append(opened.state)
    desk.file().unlink()
    opened.check_file()
    seen.append(opened.state)
    opened.restore_deleted()
    with monkeypatch.context() as patch:
        patch.setattr(Library, "save", _refuse)
        opened.save()
    seen.append(opened.state)
    opened.save()
    seen.append(opened.state)
    assert seen == [
        SaveState.NEW,
        SaveState.CHANGED,
        SaveState.SAVED,
        SaveState.GONE,
        SaveState.FAILED,
        SaveState.SAVED,
    ]
    desk.put(b"\xff\xfe\x00binary", date(2026, 11, 3))
    assert EditSession(desk.journal(), date(2026, 11, 3)).state is SaveState.READ_ONLY


def _refuse(*_: object) -> None:
    raise SaveError("The disk is full.")


def test_an_unexpected_error_leaves_a_save_unfinished(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a fault of journal's own")

    opened = session(desk)
    opened.edit("typed\n")
    monkeypatch.setattr(Library, "save", fail)
    with pytest.raises(KeyError):
        opened.save()
    assert opened.is_saving and desk.drafts() == ["typed\n"]


def test_an_autosave_waits_for_the_end_of_a_line_that_it_would_tear(desk: Desk) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    theirs = TEXT.replace("first", "theirs")
    desk.put(theirs)
    touch(file)
    half = TEXT.replace("first", "mine, and so")
    opened.edit(half)
    place = (2, len("mine, and so"))
    assert opened.autosave(place) is None and file.read_text() == theirs
    assert not opened.is_autosave_due(place)
    opened.edit(half.replace("and so", "and so on\n"))
    assert opened.is_autosave_due((3, 0))
    outcome = opened.autosave((3, 0))
    assert outcome and outcome.saved
    assert "mine, and so on\n" in (desk.root / outcome.saved.conflict_path).read_text()
    assert file.read_text() == theirs and not opened.is_autosave_due((3, 0))


@pytest.mark.parametrize("column", [0, 4])
def test_an_autosave_without_a_conflict_does_not_wait(desk: Desk, column: int) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT.replace("first", "mine"))
    outcome = opened.autosave((2, column))
    assert outcome and outcome.saved and not outcome.saved.conflict_path
    assert file.read_text() == TEXT.replace("first", "mine")


def test_the_line_being_typed_stays_in_the_entry_after_a_conflict(desk: Desk) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    theirs = TEXT.replace("first", "theirs")
    desk.put(theirs)
    touch(file)
    opened.edit(TEXT.replace("first", "mine").replace("second", "second, and ha"))
    row = opened.shown.split("\n").index("second, and ha")
    outcome = opened.save((row, 14))
    assert outcome.saved and outcome.saved.conflict_path
    assert opened.shown.split("\n")[opened.cursor[0]] == "second, and ha"
    assert opened.cursor[1] == 14 and opened.is_dirty
    opened.save()
    assert file.read_text() == theirs.replace("second", "second, and ha")


def test_a_dialog_that_cannot_change_the_text_leaves_the_draft(desk: Desk) -> None:
    def refuse(entry: Entry) -> list[TextEdit]:
        raise EntryError("The rating needs a number from 0 to 10.")

    desk.put(TEXT)
    opened = session(desk)
    opened.edit(TEXT + "typed\n")
    opened.set_pending_change(refuse)
    assert desk.drafts() == [TEXT + "typed\n"]
    opened.set_pending_change(lambda entry: [TextEdit(0, 0, "held\n")])
    assert desk.drafts() == ["held\n" + TEXT + "typed\n"]
    opened.set_pending_change(None)
    assert desk.drafts() == [TEXT + "typed\n"]


def test_only_one_session_holds_the_lock_and_the_other_hears_of_it_once(desk: Desk) -> None:
    first, second = session(desk), session(desk)
    began = desk.now
    assert first.lock() is None and first.lock() is None
    desk.now += timedelta(minutes=5)
    assert second.lock() == began and second.lock() is None
    first.close()
    assert second.lock() is None
    third = session(desk)
    assert third.lock() == desk.now
    second.unlock()
    assert third.lock() is None and session(desk).lock() == desk.now


def test_an_ended_session_leaves_its_draft_for_the_next_start(desk: Desk) -> None:
    opened = session(desk)
    opened.edit("typed\n")
    assert Drafts(desk.state).left_behind() == []
    opened.close()
    assert [draft.text for draft in Drafts(desk.state).left_behind()] == ["typed\n"]


def test_a_write_protected_file_is_known_when_it_is_opened(desk: Desk) -> None:
    file = desk.put(TEXT)
    file.chmod(0o400)
    opened = session(desk)
    assert opened.state is SaveState.READ_ONLY
    assert opened.protection == (
        f"{DAY}.md is write-protected, so changes cannot be saved. "
        "Allow writing to it, or save it elsewhere."
    )
    # It may be typed into all the same, and the text is kept as a draft.
    opened.edit("X" + opened.shown)
    assert opened.state is SaveState.CHANGED
    assert "write-protected" in opened.save().fault
    assert opened.state is SaveState.FAILED
    assert file.read_text() == TEXT and desk.drafts() == [f"X{TEXT}"]
    file.chmod(0o600)
    assert opened.check_file() is None
    opened.save()
    assert opened.state is SaveState.SAVED and file.read_text() == f"X{TEXT}"


def test_what_protects_a_file_is_looked_at_again(desk: Desk) -> None:
    file = desk.put(TEXT)
    opened = session(desk)
    assert (opened.state, opened.protection) == (SaveState.SAVED, "")
    file.chmod(0o400)
    opened.check_file()
    assert opened.state is SaveState.READ_ONLY
    file.chmod(0o600)
    opened.check_file()
    assert opened.state is SaveState.SAVED


def test_an_unwritten_day_of_a_writable_folder_is_new(desk: Desk) -> None:
    assert session(desk).state is SaveState.NEW


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="a write-protected folder needs an ordinary user: root may write to any",
)
@pytest.mark.parametrize("is_written", [True, False])
def test_a_write_protected_folder_is_known_when_a_day_is_opened(
    desk: Desk, is_written: bool
) -> None:
    folder = desk.put(TEXT, None if is_written else date(2026, 11, 19)).parent
    folder.chmod(0o500)
    try:
        opened = session(desk)
        assert opened.state is SaveState.READ_ONLY
        assert f"You do not have permission to write in {folder}" in opened.protection
    finally:
        folder.chmod(0o700)
