"""Tables: which column is which, their dates and ratings."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.exchange.files import Refused
from journal_tui.exchange.formats import Options
from journal_tui.exchange.piece import entry_text
from journal_tui.publish.redaction import publish_mark
from tests.exchange.sources import pieces

TABLE = 'Date;Note;Rating;Sleep\n06.10.2014;"Two\nlines; here";7,5;8 h\n\n07.10.2014;Rain;;\n'


def test_usual_columns_are_recognised() -> None:
    first, second = pieces(TABLE.encode(), "days.csv")
    assert (first.day, second.day) == (date(2014, 10, 6), date(2014, 10, 7))
    assert first.text == "Two\nlines; here\n\nEnjoyment: 7.5/10"
    assert first.facts["sleep"] == "8 h"
    rating = Entry(date(2014, 10, 6), entry_text(first)).rating
    assert rating
    assert rating.value == 7.5
    assert second.text == "Rain"


def test_columns_can_be_said() -> None:
    data = b"Wann,Was,Laune\n2014-10-06,Regen,5\n"
    with pytest.raises(Refused, match="import FILE --columns date=NAME,text=NAME"):
        pieces(data, "d.csv")
    (one,) = pieces(
        data, "d.csv", Options({"date": "wann", "text": "2", "rating": "Laune"}, high=5)
    )
    assert one.text == "Regen\n\nEnjoyment: 5/5"
    with pytest.raises(Refused, match="no column “x”"):
        pieces(data, "d.csv", Options({"date": "x", "text": "Was"}))
    with pytest.raises(Refused, match="isn't a kind of column"):
        pieces(data, "d.csv", Options({"colour": "Was", "date": "Wann"}))


def test_a_row_without_a_day_is_unclear() -> None:
    one, two = pieces(b"date,text\nsoon,a\n03/04/2019,b\n", "d.csv")
    assert (one.day, one.why) == (None, "“soon” isn't a day")
    assert "--date-order" in two.why


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_quotes_in_a_cell_are_doubled(sign: str) -> None:
    row = sign.join(["2014-10-06", '"He said ""a, b; c"" twice"', "7"])
    (one,) = pieces(f"date{sign}text{sign}rating\n{row}\n".encode(), "d.csv")
    assert one.text == 'He said "a, b; c" twice\n\nEnjoyment: 7/10'


def test_a_quote_that_never_ends_is_refused_with_its_line() -> None:
    data = b'date,text\n2014-10-06,"Two\nlines"\n2014-10-07,"open\n2014-10-08,x\n'
    with pytest.raises(Refused, match="never ends, in the row of line 4"):
        pieces(data, "d.csv")


def test_no_column_marks_an_entry_for_publishing() -> None:
    (one,) = pieces(b"date,text,Publish ,PUBLISH\n2014-10-06,secret,true,yes\n", "d.csv")
    assert publish_mark(entry_text(one)) is None


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ("date,note\n2014-10-06,Warm, really warm, day\n", "Warm, really warm, day"),
        ("date,note,rating\n2014-10-06,Warm,8,extra\n", "column-4: extra"),
        ("date,note,\n2014-10-06,Warm,no header\n", "column-3: no header"),
        ("date,note,天気,場所\n2014-10-06,Warm,sunny,home\n", "天気: sunny\n場所: home"),
        ("date,note,Went well?,Went well\n2014-10-06,Warm,one,two\n", "went-well: one\nwent-well-2: two"),
        ("date,note,hour,time\n2014-10-06,Warm,9:00,later\n", "time-2: later"),
        ("date,note,more\n2014-10-06,Warm," + "long " * 200 + "\n", "## more\n\nlong long"),
        ('date,note,more\n2014-10-06,Warm,"two\nlines"\n', "Warm\n\n## more\n\ntwo\nlines"),
        ("sep=;\r\ndate;note\r\n2014-10-06;Warm\r\n", "Warm"),
        ("\n\nDatum;Eintrag;Ort, Wetter\n2014-10-06;Warm;draußen\n", "ort-wetter: "),
    ],
)  # fmt: skip
def test_every_cell_has_a_place(table: str, wanted: str) -> None:
    (one,) = pieces(table.encode(), "d.csv")
    text = entry_text(one)
    assert wanted in text
    assert "Warm" in text
    assert text.count("long") in (0, 200)


def test_columns_of_learning_points_and_follow_ups_are_read() -> None:
    data = (
        "date,note,Learning points,Follow-ups,rating\n"
        '2014-10-06,Warm,ask first; wait,"- [x] call Ann\n2. write to Bob",8\n2014-10-07,,alone,,\n'
    )
    first, second = pieces(data.encode(), "d.csv")
    entry = Entry(date(2014, 10, 6), entry_text(first))
    assert [it.text for it in entry.points] == ["ask first", "wait"]
    assert [(it.text, it.state) for it in entry.tasks] == [
        ("call Ann", "done"),
        ("write to Bob", "open"),
    ]
    assert entry.rating
    assert entry.rating.value == 8
    assert [it.text for it in Entry(date(2014, 10, 7), entry_text(second)).points] == ["alone"]


def test_rows_are_only_the_same_if_all_cells_are() -> None:
    data = b"date,mood,activity\n2014-10-06,good,running\n2014-10-06,good,swimming\n"
    first, second = pieces(data, "d.csv")
    assert first.key != second.key


def test_no_column_is_taken_for_the_source_of_an_entry() -> None:
    (one,) = pieces(b"date,text,Source\n2014-10-06,Called,phone\n", "d.csv")
    assert "csv-source: phone" in entry_text(one)
    assert "source" not in one.facts


_WORD = st.text("abcxyz", min_size=3, max_size=8)
_CELL = st.one_of(
    st.just(""),
    st.lists(_WORD, min_size=1, max_size=5).map("; ".join),
    st.lists(_WORD, min_size=2, max_size=4).map("\n- ".join),
    st.lists(_WORD, min_size=70, max_size=80).map(" ".join),
)
_NAMES = (
    "Title", "rating", "remark", "tags", "time", "hour", "Learning points", "Actions", "source", "天気", "場所", "",
    "a b", "a-b", "PUBLISH", "Column 3",
)  # fmt: skip


@given(
    st.lists(st.sampled_from(_NAMES), max_size=6, unique=True),
    st.lists(_CELL, min_size=8, max_size=8),
    st.sampled_from([",", ";", "\t"]),
)
def test_no_word_of_a_table_is_lost(names: list[str], row: list[str], sign: str) -> None:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=sign)
    writer.writerow(["date", "note", *names])
    writer.writerow(["2014-10-06", "Warm", *row])
    (one,) = pieces(table.getvalue().encode(), "d.csv")
    text = entry_text(one)
    for word in " ".join(row).replace(";", " ").replace("- ", " ").split():
        assert word in text
