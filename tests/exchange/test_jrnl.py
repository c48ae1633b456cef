"""jrnl: dates of any format, folders, JSON, encrypted files; and its text from ours."""

import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_tui.exchange import jrnl
from journal_tui.exchange.files import OneFile, Refused
from journal_tui.exchange.formats import Options
from journal_tui.exchange.piece import Piece, clean, entry_text
from tests.exchange.sources import archive, left_out, pieces, zip_files


@pytest.mark.parametrize(
    "stamp",
    [
        "2014-10-06 09:00", "2014-10-06 09:00:00 AM", "06.10.2014 09:00", "6 October 2014 9am",
        "Mon 06 Oct 2014 09:00", "2014/10/06 9:00 am", "October 6, 2014 at 09:00",
    ],
)  # fmt: skip
def test_an_entry_with_any_date_is_read(stamp: str) -> None:
    text = f"[{stamp}] The depot. *\nNobody owns\n[1] the machines.\n\n[{stamp}] Second\n"
    first, second = pieces(text.encode(), "journal.txt")
    assert (first.day, first.time, first.title) == (date(2014, 10, 6), "09:00", "The depot.")
    assert first.text == "Nobody owns\n[1] the machines."
    assert first.facts["starred"] == "true"
    assert (second.title, second.text) == ("Second", "")


def test_the_order_of_dates_is_found_in_the_file_or_asked_for() -> None:
    text = b"[03/04/2019 10:00] One\n\n[04/13/2019 10:00] Two\n"
    assert [it.day for it in pieces(text)] == [date(2019, 3, 4), date(2019, 4, 13)]
    (one,) = pieces(b"[03/04/2019 10:00] One\n")
    assert one.day is None
    assert "--date-order" in one.why
    (one,) = pieces(b"[03/04/2019 10:00] One\n", options=Options(order="dmy"))
    assert one.day == date(2019, 4, 3)


def test_a_date_that_cannot_be_read_is_unclear_and_nothing_is_lost() -> None:
    first, second = pieces(b"[2019-07-18 14:23] First\nText\n\n[2019-07 14:23] Third\nMore\n")
    assert first.text == "Text"
    assert (second.day, second.why, second.text) == (None, "[2019-07 14:23] isn't a day", "More")


def test_a_folder_says_the_day() -> None:
    data = archive(
        {
            "j/2020/08/29.txt": b"[2020-08-29 11:11:00 AM] First\nText",
            "j/2020/should-be-ignored.txt": b"x",
            "j/2020/13/29.txt": b"[soon] Never",
        }
    )
    (one,) = pieces(zip_files(data))
    assert (one.day, one.time, one.title) == (date(2020, 8, 29), "11:11", "First")
    assert left_out(zip_files(data)) == {"file with an impossible date": 1}


def test_its_json_is_read() -> None:
    entry = {"title": "T", "body": "With @ann", "date": "2014-10-06", "time": "09:00", "tags": ["@ann", "@bo"],
             "starred": True}  # fmt: skip
    data = json.dumps({"tags": {}, "entries": [entry, "x"]}).encode()
    (one,) = pieces(data, "j.json")
    assert left_out(data, "j.json") == {"record that can't be used": 1}
    assert (one.day, one.title, one.text) == (date(2014, 10, 6), "T", "With @ann")
    assert one.facts == {"time": "09:00", "starred": "true", "tags": ["bo"]}


@pytest.mark.parametrize(
    "data",
    [
        b"gAAAAA" + b"Bf" * 60,
        b"JRNLv3.0eyJz",
        b"\xc3s\xd3:\x9d\xa9J\x0b\xcc\x971\n/\x88}&b\xfa" * 9,
    ],
)
def test_an_encrypted_file_says_how_to_decrypt_it(data: bytes) -> None:
    with pytest.raises(Refused, match="--decrypt"):
        pieces(data, "j.txt")


@given(st.dates(min_value=date(1900, 1, 1)), st.lists(st.text(max_size=80), min_size=1, max_size=3))
@example(date(2014, 10, 6), ["[2014-10-07 10:00] looks like one\n\\[2014-10-08] too", "x"])
@example(date(2014, 10, 6), ["---\ntags: [a]\n---\n\n# T\n", "# T *\n\nx"])
def test_what_is_written_is_read_back(day: date, texts: list[str]) -> None:
    texts = [clean(f"Words\n{text}") for text in texts]
    source = "".join(jrnl.entry_lines(day, "", text) for text in texts).encode()
    found = [it for it in jrnl.read(OneFile("j", source), "j") if isinstance(it, Piece)]
    assert [it.day for it in found] == [day] * len(texts)
    assert [entry_text(it) for it in found] == texts
