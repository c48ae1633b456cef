"""Day One: local days, attachments, missing fields, Classic; and its JSON from ours."""

import io
import json
import plistlib
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.exchange import day_one as day_one_format
from journal_tui.exchange.files import OneFile, Refused
from journal_tui.exchange.piece import Piece, entry_text
from tests.exchange.sources import archive, day_one, day_one_json, left_out, pieces, zip_files


def test_an_entry_is_read_on_its_local_day() -> None:
    data = archive({"My Days.json": day_one_json(day_one()), "photos/abc.jpeg": b"jpeg"})
    (one,) = pieces(zip_files(data))
    assert (one.day, one.time) == (date(2014, 10, 6), "23:30")
    assert one.text.startswith("# The depot\n\nNobody owns the machines. ![]")
    assert one.attachments[0].path == "photos/abc.jpeg"
    assert one.facts == {
        "source": "day-one A1", "time": "23:30", "time-zone": "", "journal": "My Days", "tags": ["Site-visit"],
        "starred": "true", "pinned": "", "location": "Depot, Cork, Ireland", "weather": "Rain, 12 °C",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Auckland", 7),
        ("America/Los_Angeles", 6),
        ("GMT-0500", 6),
        ("UTC+09:00", 7),
        ("Nowhere/Land", 7),
        ("../etc/passwd", 7),
        (None, 7),
    ],
)
def test_the_time_zone_decides_the_day(zone: str | None, day: int) -> None:
    (one,) = pieces(day_one_json(day_one(timeZone=zone, photos=None)), "J.json")
    assert one.day == date(2014, 10, day)
    assert bool(one.facts["time-zone"]) == (zone in ("Nowhere/Land", "../etc/passwd"))


@pytest.mark.parametrize("field", sorted(day_one()))
def test_no_missing_field_aborts(field: str) -> None:
    found = pieces(day_one_json(day_one(**{field: None}), day_one(uuid="B2")), "J.json")
    assert [one.key for one in found][1] == "day-one B2"
    assert (found[0].day is None) == (field == "creationDate")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*sorted(day_one()), "richText", "isAllDay"]), _VALUES))
def test_any_values_give_an_entry(values: dict[str, Any]) -> None:
    found = pieces(day_one_json({"creationDate": "2014-10-06T12:00:00Z", **values}), "J.json")
    assert len(found) == 1
    entry_text(found[0])


def test_a_text_is_taken_from_the_rich_one_if_there_is_no_other() -> None:
    rich = {
        "contents": [{"text": "Title\n", "attributes": {"line": {"header": 1}}}, {"text": "Words"}]
    }
    (one,) = pieces(
        day_one_json(day_one(text=None, richText=json.dumps(rich), photos=None)), "J.json"
    )
    assert one.text == "# Title\nWords"


@given(_VALUES)
def test_any_values_in_a_rich_text_give_an_entry(value: Any) -> None:
    rich = {"contents": [{"text": "Words", "attributes": value, "embeddedObjects": value}, value]}
    (one,) = pieces(day_one_json(day_one(text=None, richText=json.dumps(rich))), "J.json")
    assert "Words" in one.text


def test_missing_photos_are_said_and_unnamed_ones_are_added() -> None:
    assert left_out(day_one_json(day_one()), "J.json") == {"attachment that isn't in the export": 1}
    data = archive({"J.json": day_one_json(day_one(text="Words")), "photos/abc.jpeg": b"x"})
    (one,) = pieces(zip_files(data))
    assert one.text == "Words\n\n![](dayone-moment://P1)\n"


def test_json_that_is_cut_off_is_refused() -> None:
    with pytest.raises(Refused, match="cut off"):
        pieces(day_one_json(day_one(), day_one())[:-300], "J.json")


def test_classic_is_read() -> None:
    entry = {
        "Creation Date": datetime(2013, 5, 18, 2, 0), "Time Zone": "America/Los_Angeles", "UUID": "C1",
        "Entry Text": "Saw it.", "Tags": ["work"], "Starred": True,
    }  # fmt: skip
    data = archive(
        {
            "Journal.dayone/entries/C1.doentry": plistlib.dumps(entry),
            "Journal.dayone/photos/C1.jpg": b"x",
            "Journal.dayone/entries/bad.doentry": b"<plist><dict><key>",
        }
    )
    (one,) = pieces(zip_files(data))
    assert (one.day, one.time) == (date(2013, 5, 17), "19:00")
    assert one.text == "![](dayone-moment://C1)\n\nSaw it."
    assert [it.path for it in one.attachments] == ["Journal.dayone/photos/C1.jpg"]
    assert left_out(zip_files(data)) == {"entry that is damaged": 1}


def test_classic_with_entities_is_left_out() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "x">]><plist><string>&a;</string></plist>'
    assert left_out(zip_files(archive({"a.doentry": bomb}))) == {"entry that is damaged": 1}


@given(
    st.dates(),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\\"), max_size=200),
)
def test_what_is_written_is_read_back(day: date, text: str) -> None:
    file = io.BytesIO()
    data = day_one_format.entry_data(day, "2014/2014-10-06.md", f"# T\n\n{text}", ["a"])
    day_one_format.write_json(file, [data], lambda: None)
    source = OneFile("Journal.json", file.getvalue())
    (one,) = (it for it in day_one_format.read(source, "Journal.json") if isinstance(it, Piece))
    assert one.day == day
    for sign in "\ufffc\u200b":
        text = text.replace(sign, "")
    assert one.text == f"# T\n\n{text}"


@pytest.mark.parametrize("zone", ["GMT+99:99", "\0", "../../etc/passwd", "Europe/London" * 5_000])
def test_a_time_zone_that_is_none_is_that_of_utc(zone: str) -> None:
    data = day_one_json(
        {"uuid": "A", "creationDate": "2014-10-06T12:00:00Z", "timeZone": zone, "text": "x"}
    )
    (one,) = pieces(data, "Journal.json")
    assert (one.day, one.time) == (date(2014, 10, 6), "12:00")


def test_a_temperature_that_is_none_is_left_out() -> None:
    degrees = [int("9" * 400), float("inf"), float("nan"), True]
    for value in degrees:
        weather = {"temperatureCelsius": value, "conditionsDescription": "Rain"}
        data = day_one_json(
            {"uuid": "A", "creationDate": "2014-10-06T12:00:00Z", "text": "x", "weather": weather}
        )
        (one,) = pieces(data, "Journal.json")
        assert str(one.facts["weather"]).startswith("Rain")


def test_a_tag_is_only_left_out_of_front_matter_if_the_text_has_it_as_a_tag() -> None:
    text = "#workshop at https://a.example/#home with #Ann"
    data = day_one_json(day_one(text=text, tags=["work", "home", "ann"]))
    (one,) = pieces(data, "J.json")
    assert one.facts["tags"] == ["work", "home"]
