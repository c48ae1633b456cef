"""Archives that could do harm are refused with a reason, before anything is unpacked."""

import io
import warnings
import zipfile

import pytest

from journal_tui.exchange.files import OneFile, Refused, ZipFiles, decoded, leads_out, read_whole
from tests.exchange.sources import archive, zip_files


@pytest.mark.parametrize(
    "path",
    ["../journal.toml", "a/../../b.md", "/etc/passwd", "C:/x.md", "..\\x.md", "\\x.md", "a\\..\\x"],
)
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    with pytest.raises(Refused, match="outside the folder"):
        zip_files(archive({"Journal.json": b"{}", path: b"x"}))
    assert leads_out(path)


def test_usual_paths_are_not_refused() -> None:
    assert zip_files(archive({"Journal.json": b"{}", "photos/a..b.jpeg": b"x"})).paths() == [
        "Journal.json",
        "photos/a..b.jpeg",
    ]


def test_a_bomb_is_refused() -> None:
    with pytest.raises(Refused, match="more than 100 times as large"):
        zip_files(archive({f"{n}.json": bytes(2_000_000) for n in range(15)}))


def test_a_file_of_ten_gigabytes_is_refused_by_the_size_that_it_gives() -> None:
    data = bytearray(archive({"photos/a.jpeg": b"x" * 100}, zipfile.ZIP_STORED))
    # The size once unpacked, in the list at the end of the archive.
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (0xFFFFFFF0).to_bytes(4, "little")
    with pytest.raises(Refused, match="4,294 MB"):
        zip_files(bytes(data))


@pytest.mark.parametrize("kept", [10, 60, 200])
def test_a_truncated_archive_is_refused(kept: int) -> None:
    data = archive({"Journal.json": b'{"entries": []}' * 20, "photos/a.jpeg": bytes(range(256))})
    with pytest.raises(Refused, match="cut off"):
        ZipFiles("export.zip", io.BytesIO(data[:kept]))


def test_damage_inside_an_archive_is_said_in_a_sentence() -> None:
    data = bytearray(archive({"Journal.json": b"text " * 50}, zipfile.ZIP_STORED))
    data[data.index(b"text ") + 20] ^= 0xFF
    files = zip_files(bytes(data))
    with pytest.raises(Refused, match=r"Journal\.json is damaged"):
        read_whole(files, "Journal.json")


def test_a_protected_archive_is_refused() -> None:
    data = bytearray(archive({"Journal.json": b"{}"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Refused, match="password"):
        zip_files(bytes(data))


def test_a_file_that_has_to_be_read_at_once_may_not_be_too_large() -> None:
    with pytest.raises(Refused, match="Split it"):
        read_whole(OneFile("page.txt", b"x" * 101), "page.txt", 100)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    assert decoded("Über – “die” Öfen".encode(encoding)) == "Über – “die” Öfen"


def test_too_many_files_are_refused_before_their_list_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("journal_tui.exchange.files.MAX_FILES", 2)
    data = archive({str(n): b"x" for n in range(3)})
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("the list was read"))
    with pytest.raises(Refused, match="more than 2 files"):
        ZipFiles("a.zip", io.BytesIO(data))


def test_two_files_of_one_name_are_refused_if_they_differ() -> None:
    def made(second: bytes) -> bytes:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file.writestr("Journal.json", b"one")
            file.writestr("Journal.json", second)
        return data.getvalue()

    assert zip_files(made(b"one")).paths() == ["Journal.json"]
    with pytest.raises(Refused, match="two different files called"):
        zip_files(made(b"two"))
