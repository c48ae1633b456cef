"""Recognising a source, and damage: any bytes give pieces, or a sentence about why not."""

import plistlib
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.exchange.files import OneFile, Refused
from journal_tui.exchange.formats import FORMATS, Options, recognise
from journal_tui.exchange.piece import ImportItem, Piece, entry_text, section_text
from tests.exchange.sources import (
    HTML_PAGE,
    PAGE,
    archive,
    day_one,
    day_one_json,
    pieces,
    post,
    wxr,
    zip_files,
)

SOURCES = {
    "page.txt": PAGE.encode(),
    "page.html": HTML_PAGE.encode(),
    "blog.xml": wxr(post(1, "2014-10-06", "A", "<p>one\n\ntwo</p>"), post(2, "2014-10-07", "B", "x")),
    "Journal.json": day_one_json(day_one(), day_one(uuid="B")),
    "entry.doentry": plistlib.dumps({"Entry Text": "x", "Creation Date": datetime(2014, 10, 6)}),
    "jrnl.txt": b"[2014-10-06 09:00] One\nText\n\n[2014-10-07 09:00] Two *\n",
    "days.csv": b"date,text,rating\n2014-10-06,Rain,7\n2014-10-07,\"a\nb\",8\n",
    "export.json": b'{"format": "journal-export", "version": 1, "journal": "x", "made": "y", "entries": '
    b'[{"date": "2014-10-06", "path": "2014/2014-10-06.md", "text": "x"}], "files": []}',
    "days.zip": archive({"Journal.json": day_one_json(day_one()), "photos/abc.jpeg": b"x"}),
}  # fmt: skip
KINDS = {
    "page.txt": "page", "page.html": "page", "blog.xml": "wordpress", "Journal.json": "dayone",
    "entry.doentry": "dayone", "jrnl.txt": "jrnl", "days.csv": "csv", "export.json": "json", "days.zip": "dayone",
}  # fmt: skip


def read_all(name: str, data: bytes, wanted: str = "") -> list[ImportItem]:
    """Read a source to its end, and write what it gives."""
    files = zip_files(data) if name.endswith(".zip") else OneFile(name, data)
    known = recognise(files, wanted)
    found = list(known.format.read(files, known.paths, Options()))
    for one in found:
        if isinstance(one, Piece):
            entry_text(one).encode("utf-8", "surrogatepass")
            section_text(one)
    return found


@pytest.mark.parametrize("name", SOURCES)
def test_each_source_is_recognised_by_looking(name: str) -> None:
    files = zip_files(SOURCES[name]) if name.endswith(".zip") else OneFile(name, SOURCES[name])
    assert recognise(files).format.key == KINDS[name]
    assert [it for it in read_all(name, SOURCES[name]) if isinstance(it, Piece) and it.day]


@given(st.sampled_from(sorted(SOURCES)), st.data())
def test_damage_gives_pieces_or_a_sentence(name: str, data: st.DataObject) -> None:
    source = bytearray(SOURCES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(source)))
        to = data.draw(st.integers(at, min(len(source), at + 40)))
        source[at:to] = data.draw(st.binary(max_size=6))
    with suppress(Refused):
        read_all(name, bytes(source))


@given(st.binary(max_size=300), st.sampled_from(["", *FORMATS]))
def test_any_bytes_give_pieces_or_a_sentence(data: bytes, wanted: str) -> None:
    with suppress(Refused):
        read_all("file", data, wanted)


@given(st.text(max_size=300), st.sampled_from(["page", "csv", "jrnl"]))
def test_any_text_gives_pieces_or_a_sentence(text: str, wanted: str) -> None:
    with suppress(Refused):
        read_all("file", text.encode("utf-8", "surrogatepass"), wanted)


def test_utf_16_is_read_or_named() -> None:
    (one,) = pieces(day_one_json(day_one(photos=None)).decode().encode("utf-16"), "Journal.json")
    assert one.key == "day-one A1"
    with pytest.raises(Refused, match="Save it as UTF-8"):
        pieces(wxr(post(1, "2014-10-06", "A", "x")).decode().encode("utf-16"), "blog.xml")
