"""What a file has besides its text outlives a save: owner, mode, attributes, links."""

import errno
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from journal_tui.errors import SaveError
from journal_tui.library import atomic_write, file_reader, in_place_write, locks, trash
from journal_tui.library.drafts import DraftLog, Drafts
from journal_tui.library.in_place_write import BothTexts
from journal_tui.library.integrity import Integrity
from journal_tui.library.library import Library
from journal_tui.library.trash import Trash
from tests.library.save_fixtures import NOW, OLD, PATH, names, save

NEW = "# Day\n\nnew prose, and more of it than there was before\n"


@pytest.fixture
def copy(written: Library) -> Path:
    """Where both texts of the entry lie while it is written in place."""
    return written.state / "halfway" / file_reader.digest(PATH.encode())


def needs_attributes(file: Path) -> None:
    try:
        os.setxattr(file, "user.mood", b"calm")
    except (AttributeError, OSError):
        pytest.skip("files have no extended attributes here")


def test_extended_attributes_are_kept(root: Path, written: Library) -> None:
    needs_attributes(root / PATH)
    os.setxattr(root / PATH, "user.bytes", bytes(range(256)))
    inode = (root / PATH).stat().st_ino
    save(written, NEW)
    assert (root / PATH).stat().st_ino != inode
    assert os.getxattr(root / PATH, "user.mood") == b"calm"
    assert os.getxattr(root / PATH, "user.bytes") == bytes(range(256))


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives away")
def test_the_owner_is_kept_where_one_may(root: Path, written: Library) -> None:
    os.chown(root / PATH, 1234, 2345)
    (root / PATH).chmod(0o660)
    save(written, NEW)
    status = (root / PATH).stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o7777) == (1234, 2345, 0o660)


def refuse(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives away")
def test_a_file_whose_owner_cannot_be_given_is_written_in_place(
    root: Path, written: Library, monkeypatch: pytest.MonkeyPatch, copy: Path
) -> None:
    os.chown(root / PATH, 1234, 2345)
    monkeypatch.setattr(atomic_write.os, "fchown", refuse)
    inode = (root / PATH).stat().st_ino
    saved = save(written, NEW)
    status = (root / PATH).stat()
    assert (status.st_uid, status.st_gid, status.st_ino) == (1234, 2345, inode)
    assert (root / PATH).read_text() == NEW == saved.text
    assert names(root) == [PATH] and not copy.exists()


def test_hard_links_stay_links(root: Path, written: Library, tmp_path: Path, copy: Path) -> None:
    os.link(root / PATH, tmp_path / "other")
    for text in (NEW, "short\n", "", NEW * 100):
        saved = save(written, text)
        assert (tmp_path / "other").read_text() == text
        assert (tmp_path / "other").stat().st_ino == (root / PATH).stat().st_ino
        assert written.load(PATH)[:3] == (text, saved.digest, saved.stamp)
    assert names(root) == [PATH] and not copy.exists()


def test_a_link_within_the_journal_stays_one(root: Path, library: Library) -> None:
    (root / "real.md").write_text(OLD)
    (root / "2014").mkdir()
    (root / PATH).symlink_to("../real.md")
    save(library, NEW)
    assert (root / PATH).is_symlink()
    assert (root / "real.md").read_text() == NEW
    assert names(root) == [PATH, "real.md"]


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_a_link_out_of_the_journal_is_written_only_with_permission(
    root: Path, library: Library, tmp_path: Path, linked: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    real = outside / "2014-10-06.md"
    real.write_text(OLD)
    if linked == "folder":
        (root / "2014").symlink_to(outside)
    else:
        (root / "2014").mkdir()
        (root / PATH).symlink_to(real)
    opened = library.load(PATH)
    assert opened.text == OLD
    assert (
        "outside the journal" in opened.read_only_reason
        and "links = true" in opened.read_only_reason
    )
    with pytest.raises(SaveError, match=r"Nothing was saved: .* outside the journal"):
        library.save(PATH, NEW, opened, OLD, NOW)
    assert real.read_text() == OLD
    allowed = Library(root, tmp_path / "state", lambda: True)
    assert allowed.load(PATH).read_only_reason == ""
    save(allowed, NEW)
    assert real.read_text() == NEW
    assert list(outside.iterdir()) == [real]
    assert (root / ("2014" if linked == "folder" else PATH)).is_symlink()


@pytest.mark.parametrize("kind", ["file", "folder", "folder of a year"])
@pytest.mark.parametrize("evil", ["journal-evil", "journal.evil", "journa", "journalx"])
def test_a_folder_whose_name_begins_alike_is_outside_the_journal(
    root: Path, library: Library, kind: str, evil: str
) -> None:
    outside = root.parent / evil / "2014"
    outside.mkdir(parents=True)
    (outside / "2014-10-06.md").write_text(OLD)
    path = PATH
    if kind == "file":
        (root / "2014").mkdir()
        (root / PATH).symlink_to(outside / "2014-10-06.md")
    elif kind == "folder of a year":
        (root / "2014").symlink_to(outside)
    else:
        (root / "linked").symlink_to(outside.parent)
        path = f"linked/{PATH}"
    opened = library.load(path)
    assert "outside the journal" in opened.read_only_reason
    with pytest.raises(SaveError, match="outside the journal"):
        library.save(path, NEW, opened._replace(read_only_reason=""), OLD, NOW)
    with pytest.raises(SaveError, match="outside the journal"):
        library.replace_bytes(path, b"x", opened.digest, NOW)
    assert (outside / "2014-10-06.md").read_text() == OLD
    if kind == "file":
        said = [
            finding.sentence for finding in Integrity(library).findings() if finding.path == PATH
        ]
        assert said[0].startswith("is a link to ")


class Recorder:
    """Notes what a save in place does to the file, to its copy and to the folder of copies."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, names: dict[str, Path]) -> None:
        self.steps: list[str] = []
        self._names = names
        for name in ("write", "ftruncate", "fsync", "unlink"):
            monkeypatch.setattr(os, name, self._noting(name, getattr(os, name)))

    def _noting(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(first: int | Path, *rest: object) -> object:
            status = os.stat(first)
            for known, path in self._names.items():
                if path.exists() and os.path.samestat(path.stat(), status):
                    self.steps.append(f"{name} {known}")
            return real(first, *rest)

        return call


def test_a_save_in_place_waits_for_the_disk(
    root: Path, written: Library, tmp_path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both texts are on the disk before the file is touched, and the file before they go."""
    os.link(root / PATH, tmp_path / "other")
    recorder = Recorder(
        monkeypatch, {"file": root / PATH, "copy": copy, "folder of the copy": copy.parent}
    )
    save(written, NEW)
    assert recorder.steps == [
        "write copy",
        "fsync copy",
        "fsync folder of the copy",
        "write file",
        "ftruncate file",
        "fsync file",
        "unlink copy",
    ]


def test_a_save_brought_to_its_end_waits_for_the_disk(
    root: Path, written: Library, tmp_path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    halfway(root / PATH, copy)
    (root / PATH).write_text(NEW[:9] + OLD[9:])
    recorder = Recorder(monkeypatch, {"file": root / PATH, "copy": copy})
    written.recover(NOW)
    assert (root / PATH).read_text() == NEW
    assert recorder.steps == ["write file", "ftruncate file", "fsync file", "unlink copy"]


def test_a_fault_while_written_in_place_puts_the_old_text_back(
    root: Path, written: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copy: Path
) -> None:
    os.link(root / PATH, tmp_path / "other")
    real, left = os.fsync, [1]

    def fail_once(handle: int) -> None:
        if os.fstat(handle).st_nlink > 1 and left:
            left.pop()
            raise OSError(5, "Input/output error")
        real(handle)

    monkeypatch.setattr(in_place_write.os, "fsync", fail_once)
    with pytest.raises(SaveError, match=r"The disk failed .*nothing was saved"):
        save(written, NEW)
    assert not left
    assert (root / PATH).read_text() == OLD == (tmp_path / "other").read_text()
    assert not copy.exists()


def test_a_file_that_cannot_be_put_back_is_reported_and_mended_at_the_next_start(
    root: Path, written: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copy: Path
) -> None:
    os.link(root / PATH, tmp_path / "other")
    real, left = os.write, [1]

    def write(handle: int, data: bytes) -> int:
        if os.fstat(handle).st_nlink == 1:
            return real(handle, data)
        if not left:
            raise OSError(5, "Input/output error")
        left.pop()
        return real(handle, bytes(data)[:20])

    monkeypatch.setattr(in_place_write.os, "write", write)
    with pytest.raises(SaveError) as caught:
        save(written, NEW)
    assert str(copy) in str(caught.value) and "Nothing was saved" in str(caught.value)
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (root / PATH).read_text() == NEW[:20] + OLD[20:]
    monkeypatch.setattr(in_place_write.os, "write", real)
    written.recover(NOW)
    assert not copy.exists()
    assert (tmp_path / "other").read_text() == NEW


class Died(BaseException):
    """The end of a process, which no handler of errors sees."""


def halfway(file: Path, copy: Path) -> None:
    """Leave what a save in place leaves that died right after its copy was made."""
    sync = in_place_write.sync_folder

    def die(folder: str) -> None:
        sync(folder)
        raise Died

    texts = BothTexts(PATH, os.path.realpath(file), OLD.encode(), NEW.encode())
    status = os.stat(file.parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_place_write, "sync_folder", die)
        with pytest.raises(Died):
            in_place_write.overwrite(copy, texts, status)


@pytest.mark.parametrize("at", [0, 1, 20, len(OLD), len(NEW) - 1, len(NEW)])
def test_a_save_that_died_in_place_is_brought_to_its_end(
    root: Path, written: Library, copy: Path, at: int
) -> None:
    halfway(root / PATH, copy)
    (root / PATH).write_text(NEW[:at] + OLD[at:])
    written.recover(NOW)
    assert (root / PATH).read_text() == (NEW if at > 7 else OLD)
    assert not copy.exists()


def test_zeros_of_a_power_cut_are_mended_too(root: Path, written: Library, copy: Path) -> None:
    halfway(root / PATH, copy)
    (root / PATH).write_bytes(NEW[:10].encode() + bytes(len(NEW) - 10))
    written.recover(NOW)
    assert (root / PATH).read_text() == NEW


def test_what_another_program_wrote_since_stays_and_both_texts_are_versions(
    root: Path, written: Library, copy: Path
) -> None:
    halfway(root / PATH, copy)
    (root / PATH).write_text("theirs\n")
    written.recover(NOW)
    assert (root / PATH).read_text() == "theirs\n"
    kept = {version.file.read_text() for version in written.history.versions(PATH)}
    assert kept == {OLD, NEW}
    assert not copy.exists()


def test_a_copy_that_died_itself_changes_nothing(root: Path, written: Library, copy: Path) -> None:
    halfway(root / PATH, copy)
    whole = copy.read_bytes()
    for cut in (0, 5, whole.index(b"\n"), len(whole) - 1):
        copy.write_bytes(whole[:cut])
        written.recover(NOW)
        assert not copy.exists()
        assert (root / PATH).read_text() == OLD


def test_the_copy_of_a_save_at_work_is_left_to_it(root: Path, written: Library, copy: Path) -> None:
    halfway(root / PATH, copy)
    (root / PATH).write_text(NEW[:20] + OLD[20:])
    with locks.lock(written.state / "locks", PATH):
        written.recover(NOW)
        assert copy.exists()
    written.recover(NOW)
    assert (root / PATH).read_text() == NEW


def test_the_next_save_mends_first(root: Path, written: Library, copy: Path) -> None:
    opened = written.load(PATH)
    halfway(root / PATH, copy)
    (root / PATH).write_text(NEW[:20] + OLD[20:])
    text = OLD + "- two\n"
    saved = written.save(PATH, text, opened, OLD, NOW)
    assert NEW[:20] + OLD[20:] not in ((root / PATH).read_text(), saved.text)
    assert not copy.exists()


def test_no_umask_takes_anything_from_new_files(root: Path, library: Library) -> None:
    before = os.umask(0o777)
    try:
        library.save(PATH, "x", None, "", NOW)
    finally:
        os.umask(before)
    assert (root / PATH).stat().st_mode & 0o777 == 0o600
    assert (root / "2014").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("how", ["gone", "unreadable"])
def test_a_file_that_is_not_there_leaves_the_copy_for_later(
    root: Path, written: Library, copy: Path, how: str
) -> None:
    halfway(root / PATH, copy)
    (root / PATH).write_text(NEW[:20] + OLD[20:])
    away = (root / PATH).rename(root / "away")
    if how == "unreadable":
        (root / PATH).mkdir()
    written.recover(NOW)
    assert copy.exists()
    # Nor does a save in place write over what may be nowhere else.
    with pytest.raises(SaveError, match="was interrupted"):
        halfway(root / PATH, copy)
    if how == "unreadable":
        (root / PATH).rmdir()
    away.rename(root / PATH)
    written.recover(NOW)
    assert (root / PATH).read_text() == NEW and not copy.exists()


def test_what_is_written_while_it_goes_to_the_trash_stays(
    root: Path, written: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = trash.sync_folder

    def meanwhile(folder: str) -> None:
        (root / PATH).write_text("written by a sync tool")
        sync(folder)

    monkeypatch.setattr(trash, "sync_folder", meanwhile)
    with pytest.raises(SaveError, match="has just changed"):
        Trash(written).delete(PATH, NOW)
    assert (root / PATH).read_text() == "written by a sync tool"
    assert not any((written.state / "deleted").iterdir())


def test_a_failed_deletion_leaves_no_copy_in_the_trash(
    root: Path, written: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = trash.write_private

    def full(file: Path, data: bytes) -> None:
        if file.name != "entry.md":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(file, data)

    monkeypatch.setattr(trash, "write_private", full)
    with pytest.raises(SaveError, match="No space left"):
        Trash(written).delete(PATH, NOW)
    assert (root / PATH).read_text() == OLD
    assert not any((written.state / "deleted").iterdir())


@pytest.mark.parametrize(
    ("later", "is_kept"),
    [
        (timedelta(0), True),
        (timedelta(days=29), True),
        (timedelta(days=30, seconds=-1), True),
        (timedelta(days=30), False),
        (timedelta(days=31), False),
    ],
    ids=str,
)
def test_the_trash_keeps_for_thirty_days(written: Library, later: timedelta, is_kept: bool) -> None:
    """A number, not a name: messages promise to keep it so long."""
    other = "2014/2014-10-07.md"
    written.save(other, "other", None, "", NOW)
    Trash(written).delete(PATH, NOW)
    Trash(written).delete(other, NOW + later)
    kept = {trashed.path for trashed in Trash(written).items()}
    assert kept == ({PATH, other} if is_kept else {other})


def test_what_is_kept_aside_is_the_owners_alone(root: Path, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        library = Library(root, tmp_path / "state" / "journal-tui" / "of-this")
        library.save(PATH, "one", None, "", NOW)
        Trash(library).delete(PATH, NOW)
    finally:
        os.umask(before)
    folders = [tmp_path / "state", *(tmp_path / "state").rglob("*")]
    assert {folder.stat().st_mode & 0o777 for folder in folders if folder.is_dir()} == {0o700}
    assert {file.stat().st_mode & 0o777 for file in folders if file.is_file()} == {0o600}


def test_a_draft_that_no_file_can_hold_does_not_break_the_list(written: Library) -> None:
    log = DraftLog(written.state / "drafts", NOW.date(), PATH, None, "")
    log.record("lone \ud800 surrogate")
    log.close()
    [draft] = Drafts(written.state).left_behind()
    Drafts(written.state).discard(draft)
    assert [one.path for one in Trash(written).items()] == [PATH]


def test_a_text_that_the_history_cannot_keep_is_still_brought_back(
    root: Path, written: Library
) -> None:
    Trash(written).delete(PATH, NOW)
    history = written.state / "history"
    history.rename(written.state / "no-history") if history.exists() else None
    history.write_text("in the way")
    saved = Trash(written).restore(Trash(written).items()[0], NOW)
    assert "cannot be kept in the history" in saved.warning and not saved.unconfirmed
    assert (root / PATH).read_text() == OLD and Trash(written).items() == []


def test_an_entry_removed_while_it_is_deleted_is_in_the_trash(
    root: Path, written: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = trash.sync_folder

    def meanwhile(folder: str) -> None:
        (root / PATH).unlink(missing_ok=True)
        sync(folder)

    monkeypatch.setattr(trash, "sync_folder", meanwhile)
    with pytest.raises(SaveError):
        Trash(written).delete(PATH, NOW)
    [copy] = (written.state / "deleted").rglob("entry.md")
    assert copy.read_text() == OLD


def test_a_file_that_cannot_be_removed_from_the_trash_keeps_no_other_there(
    written: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    Trash(written).delete(PATH, NOW)
    [trashed] = Trash(written).items()
    really = os.unlink
    refused: list[str] = []

    def unlink(name: str, **named: int) -> None:
        if not refused and "dir_fd" in named:
            refused.append(name)
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        really(name, **named)

    monkeypatch.setattr(os, "unlink", unlink)
    Trash(written).restore(trashed, NOW)
    assert [file.name for file in trashed.file.parent.iterdir()] == refused
