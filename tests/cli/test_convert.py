"""`journal convert`: an entry of an older editor becomes UTF-8, and its bytes are kept."""

import pytest

from tests.cli.command_shell import TODAY, Shell

TEXT = "# Søndag\r\n\r\nCafé – “good”\r\n"


@pytest.mark.parametrize(
    ("data", "given", "name"),
    [
        (TEXT.encode("utf-16"), [], "UTF-16"),
        (TEXT.encode("cp1252"), [], "Windows-1252"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), ["--from", "utf-16"], "UTF-16"),
        (TEXT.encode("utf-16-be"), None, ""),
    ],
)
def test_an_entry_becomes_utf_8_and_its_bytes_are_kept(
    shell: Shell, data: bytes, given: list[str] | None, name: str
) -> None:
    file = shell.write(data)
    if given is None:
        assert "--from" in shell.refused(1, "convert", "today")
        assert file.read_bytes() == data
        return
    said = shell.good("convert", "today", *given)
    assert f"was converted from {name}" in said
    assert file.read_bytes() == TEXT.encode()
    shell.good("add", "And edited.")
    from journal_tui.journal import Journal
    from journal_tui.settings import places

    history = Journal(shell.root, places()).history
    path = file.relative_to(shell.root).as_posix()
    assert data in [version.file.read_bytes() for version in history.versions(path)]
    assert TODAY in shell.good("find", "Café")


def test_bytes_that_windows_does_not_have_are_latin_1(shell: Shell) -> None:
    file = shell.write(b"a\x81\xe9\n")
    assert "was converted from Latin-1" in shell.good("convert", "today")
    assert file.read_bytes() == "a\x81é\n".encode()


def test_what_is_asked_for_is_done(shell: Shell) -> None:
    file = shell.write(b"\x93quoted\x94\n")
    shell.good("convert", "today", "--from", "latin-1")
    assert file.read_bytes() == "\x93quoted\x94\n".encode()


@pytest.mark.parametrize("data", [b"", "Café\n".encode(), b"\xef\xbb\xbfmark"])
def test_utf_8_is_left_as_it_is(shell: Shell, data: bytes) -> None:
    file = shell.write(data)
    before = file.stat()
    assert "is already UTF-8 text" in shell.good("convert", "today")
    assert (file.read_bytes(), file.stat().st_ino) == (data, before.st_ino)


@pytest.mark.parametrize("data", [b"\xff\xfea", b"\xff\xfe\x00\xd8", b"\x00\x01\x02\n"])
def test_bytes_that_are_not_text_stay_as_they_are(shell: Shell, data: bytes) -> None:
    file = shell.write(data)
    shell.refused(1, "convert", "today")
    shell.refused(1, "convert", "today", "--from", "utf-16" if data[0] else "latin-1")
    assert file.read_bytes() == data


def test_a_day_without_an_entry_is_refused(shell: Shell) -> None:
    assert "There is no entry" in shell.refused(1, "convert", "2014-10-06")


def test_a_wrong_guess_is_undone(shell: Shell) -> None:
    file = shell.write("Søndag\n".encode("latin-1"))
    shell.good("convert", "today")
    listed = shell.good("history").splitlines()
    assert len(listed) == 2
    shell.good("restore", "today", "2")
    assert file.read_bytes() == "Søndag\n".encode("latin-1")
    shell.good("convert", "today", "--from", "latin-1")
    assert file.read_bytes() == "Søndag\n".encode()


def test_a_deleted_entry_in_another_encoding_comes_back(shell: Shell) -> None:
    file = shell.write(b"S\xf8ndag\n")
    shell.good("delete", "today")
    assert not file.exists()
    shell.good("trash", "--restore", "1")
    assert file.read_bytes() == b"S\xf8ndag\n"


def test_what_is_utf_8_is_never_read_as_anything_else(shell: Shell) -> None:
    path = shell.write("Grüße – ja\n")
    for encoding in ("cp1252", "latin-1"):
        assert "already UTF-8 text" in shell.good("convert", "today", "--from", encoding)
    assert path.read_text() == "Grüße – ja\n"
