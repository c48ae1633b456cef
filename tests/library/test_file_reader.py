"""Reading a file without trusting it: a text or a plain sentence, at once."""

import errno
import os
import socket
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.errors import UnreadableEntry
from journal_tui.library import file_reader
from journal_tui.library.file_reader import LARGEST, decode, digest, encode, load, undecodable_line
from journal_tui.library.library import Library
from journal_tui.library.scan import scan

NAME = "2014-10-06.md"


def test_a_text_as_it_is(root: Path) -> None:
    (root / NAME).write_bytes("\ufeff# Tag\r\nÄ 漢\r\n".encode())
    loaded = load(str(root), NAME)
    assert loaded.text == "\ufeff# Tag\r\nÄ 漢\r\n"
    assert loaded.read_only_reason == ""
    assert loaded.digest == digest((root / NAME).read_bytes())
    assert [loaded.stamp] == scan(str(root)).years["2014"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("# Tag".encode("utf-16"), "UTF-16 text"),
        ("# Tag".encode("utf-16-be"), "binary data"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary data"),
        ("eins\nzwei: Ärger".encode("latin-1"), "Line 2 is not UTF-8"),
        (b"cut \xe6\xbc", "Line 1 is not UTF-8"),
        (b"\xed\xa0\x80", "Line 1 is not UTF-8"),
    ],
)
def test_text_that_is_not_utf_8_is_shown_and_not_edited(root: Path, data: bytes, said: str) -> None:
    (root / NAME).write_bytes(data)
    loaded = load(str(root), NAME)
    assert said in loaded.read_only_reason
    assert "not edited" in loaded.read_only_reason
    assert ("journal convert" in loaded.read_only_reason) is ("binary" not in said)
    assert encode(loaded.text) == data


@given(st.binary())
def test_any_bytes_come_back(data: bytes) -> None:
    text, read_only_reason = decode(data)
    assert encode(text) == data
    assert bool(read_only_reason) == (b"\0" in data or bool(undecodable_line(text)))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    assert decode(encode(text))[0] == text
    assert undecodable_line(text) == 0


@pytest.mark.parametrize(("data", "is_settled"), [(b"", False), (b"x", True), (b"xy", True)])
def test_only_a_file_that_is_empty_may_yet_be_filled(
    root: Path, data: bytes, is_settled: bool
) -> None:
    (root / NAME).write_bytes(data)
    assert file_reader.is_settled(load(str(root), NAME).stamp) is is_settled


def test_a_huge_file_is_not_read(root: Path) -> None:
    with open(root / NAME, "wb") as file:
        file.truncate(100_000_000)
    begin = time.process_time()
    with pytest.raises(UnreadableEntry, match="100 MB, too large for an entry") as caught:
        load(str(root), NAME)
    assert time.process_time() - begin < 0.5
    assert NAME in str(caught.value)


def test_the_limit(root: Path) -> None:
    (root / NAME).write_bytes(b"x" * LARGEST)
    assert len(load(str(root), NAME).text) == LARGEST
    (root / NAME).write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(UnreadableEntry, match="is 9 MB, too large for an entry"):
        load(str(root), NAME)


def _socket(path: Path) -> None:
    here = os.open(path.parent, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(f"/proc/self/fd/{here}/{path.name}")
    finally:
        os.close(here)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (os.mkfifo, "not a plain file"),
        (Path.mkdir, "a folder"),
        (lambda path: path.symlink_to("/dev/zero"), "not a plain file"),
        (lambda path: path.symlink_to("gone.md"), "a link to a file that does not exist"),
        (lambda path: path.symlink_to(path), "cannot be opened: Too many levels"),
        (_socket, "not a plain file"),
    ],
)
def test_a_special_file_never_blocks(root: Path, make: object, said: str) -> None:
    assert callable(make)
    make(root / NAME)
    with pytest.raises(UnreadableEntry, match=said) as caught:
        load(str(root), NAME)
    assert str(caught.value).startswith(NAME)


def test_a_file_that_is_not_there(root: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(str(root), NAME)


def test_a_linked_file_is_read(root: Path, tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("words")
    (root / NAME).symlink_to(tmp_path / "real.md")
    assert load(str(root), NAME).text == "words"


def test_no_permission(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in refuses: root may read everything."""
    (root / NAME).write_text("x")

    def refuse(path: str, flags: int, mode: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(file_reader.os, "open", refuse)
    with pytest.raises(UnreadableEntry, match="cannot be opened: Permission denied"):
        load(str(root), NAME)


def test_a_disk_that_fails_while_reading(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / NAME).write_text("x")

    def fail(handle: int, size: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(file_reader.os, "read", fail)
    with pytest.raises(UnreadableEntry, match="cannot be read: Input/output error"):
        load(str(root), NAME)


def test_the_library_finds_where_one_expects_it(root: Path, library: Library) -> None:
    from datetime import date

    day = date(2014, 10, 6)
    assert library.find(day) is None
    (root / "2014").mkdir()
    (root / "2014" / "2014-10-06 Monday.md").write_text("")
    (root / "2014" / "2014-10-06-note.md").write_text("")
    assert library.find(day) == "2014/2014-10-06 Monday.md"
    (root / "2014" / NAME).write_text("")
    assert library.find(day) == f"2014/{NAME}"
    assert library.new_path(day) == f"2014/{NAME}"
    assert library.new_path(day, "Review: ACME") == "2014/2014-10-06-review-acme.md"


def test_a_flat_folder_stays_flat(root: Path, library: Library) -> None:
    from datetime import date

    (root / "2014-10-05.md").write_text("")
    assert library.new_path(date(2014, 10, 6)) == NAME
    (root / "journal.toml").write_text('layout = "years"')
    assert Library(root, library.state).new_path(date(2014, 10, 6)) == f"2014/{NAME}"
