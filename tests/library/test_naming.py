"""Day ⇄ path: strict dates, titles behind them, and one regular expression that says the same."""

import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.library.naming import (
    LONGEST_NAME,
    are_entries,
    beside,
    by_importance,
    copied,
    counted,
    entry_path,
    is_day_entry,
    looks_dated,
    parse_name,
    slug,
)
from journal_tui.library.scan import copy_of, scan

DAY = date(2014, 10, 6)


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("2014-10-06.md", ""),
        ("2014-10-06-slug.md", "-slug"),
        ("2014-10-06 Monday.md", " Monday"),
        ("2014-10-06_x.md", "_x"),
        ("2014-10-06, a title.md", ", a title"),
        ("2014-10-06Monday.md", "Monday"),
        ("2014-10-06-\udcff.md", "-\udcff"),
        ("2014-10-06-ärger 漢.md", "-ärger 漢"),
        ("2014-10-06..md", "."),
        ("2014-10-06.md.md", ".md"),
    ],
)
def test_entry_names(name: str, rest: str) -> None:
    assert parse_name(name) == (DAY, rest)
    assert are_entries(name)
    assert not looks_dated(name)


@pytest.mark.parametrize(
    ("name", "dated"),
    [
        ("2014-02-30.md", True),
        ("2014-02-29.md", True),
        ("2014-13-01.md", True),
        ("2014-00-10.md", True),
        ("2014-10-00.md", True),
        ("0000-01-01.md", True),
        ("2014-1-5.md", True),
        ("٢٠١٤-١٠-٠٦.md", True),
        ("2014-10-0６.md", True),
        ("2014-10-06\n.md", True),
        ("2014-10-06-\x1b[2J.md", True),
        ("2014-10-06-a\x7f.md", True),
        ("2014-10-06.md\n2014-10-07.md", True),
        ("2014-10-061.md", False),
        ("2014-10-06.md\n", False),
        ("2014-10-06.txt", False),
        ("2014-10-06", False),
        ("2014-10-06.MD", False),
        ("20141006.md", False),
        ("2014-W01-1.md", False),
        ("-2014-10-06.md", False),
        ("x2014-10-06.md", False),
        (" 2014-10-06.md", False),
        ("12014-10-06.md", False),
        (".2014-10-06.md", False),
        ("README.md", False),
        (".md", False),
        ("", False),
    ],
)
def test_names_that_are_no_entries(name: str, dated: bool) -> None:
    assert parse_name(name) is None
    assert looks_dated(name) is dated


def test_leap_days() -> None:
    assert parse_name("2012-02-29.md") == (date(2012, 2, 29), "")
    assert parse_name("2000-02-29.md") == (date(2000, 2, 29), "")
    assert parse_name("1900-02-29.md") is None
    assert parse_name("2100-02-29.md") is None


def test_every_day_of_the_calendar_and_none_else() -> None:
    """Python's calendar is the judge, for each number of month and day in every year."""
    for year in range(10_000):
        for month, day in [(2, 28), (2, 29), (2, 30), (4, 30), (4, 31), (12, 31), (12, 32), (0, 1)]:
            name = f"{year:04d}-{month:02d}-{day:02d}.md"
            try:
                wanted = date(year, month, day)
            except ValueError:
                wanted = None
            parsed = parse_name(name)
            assert (parsed[0] if parsed else None) == wanted, name
    for number in range(10_000):
        text = f"2016-{number // 100:02d}-{number % 100:02d}"
        try:
            wanted = date.fromisoformat(text)
        except ValueError:
            wanted = None
        parsed = parse_name(f"{text}.md")
        assert (parsed[0] if parsed else None) == wanted, text


NAMES = st.one_of(
    st.dates().map(lambda day: f"{day.isoformat()}.md"),
    st.builds(
        lambda y, m, d, rest: f"{y:04d}-{m:02d}-{d:02d}{rest}.md",
        st.integers(0, 9999),
        st.integers(0, 13),
        st.integers(0, 32),
        st.text(st.sampled_from("-_ aZ09(1).\n\t\x7f\udcff漢é"), max_size=6),
    ),
    st.text(st.sampled_from("0123456789-.md\n "), min_size=1, max_size=16),
)


@given(st.lists(NAMES, min_size=1, max_size=6))
def test_the_quick_look_agrees_with_parse_name(names: list[str]) -> None:
    joined = "\n".join(names)
    if joined.count("\n") == len(names) - 1:
        quick = are_entries(joined)
        assert quick == all(parse_name(name) and not counted(name) for name in names)


COPIES = [
    ("2014-10-06.sync-conflict-20141007-120000-ABCDEFG.md", "2014-10-06.md", "Syncthing"),
    ("2014-10-06-a.sync-conflict-20141007-120000-ABCDEFG.md", "2014-10-06-a.md", "Syncthing"),
    ("2014-10-06 (Anna's conflicted copy 2014-10-07).md", "2014-10-06.md", "sync tool"),
    ("2014-10-06 (conflicted copy 2014-10-06 120000).md", "2014-10-06.md", "sync tool"),
    ("2014-10-06 Monday (Anna (work)'s Conflicted Copy).md", "2014-10-06 Monday.md", "sync tool"),
    ("2014-10-06 (In Konflikt stehende Kopie von Anna 2014-10-07).md", "2014-10-06.md", "sync tool"),
    ("2014-10-06 (Konflikt).md", "2014-10-06.md", "sync tool"),
    ("2014-10-06_conflict-20141007-120000.md", "2014-10-06.md", "sync tool"),
    ("2014-10-06-mine-143205.md", "2014-10-06.md", "yours"),
    ("2014-10-06-mine-143205.sync-conflict-20141007-120000-ABCDEFG.md", "2014-10-06.md", "Syncthing"),
    ("2014-10-06.md.orig", "2014-10-06.md", "backup"),
    ("2014-10-06.orig.md", "2014-10-06.md", "backup"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "entry", "kind"), COPIES)
def test_conflict_copies_are_no_entries(name: str, entry: str, kind: str) -> None:
    assert copied(name) == (entry, kind)
    assert parse_name(name) is None
    assert not are_entries(name)


@pytest.mark.parametrize(
    "name",
    [
        "2014-10-06 Meeting (conflict with the vendor).md",
        "2014-10-06-conflicted copy.md",
        "2014-10-06-mine.md",
        "2014-10-06 Sprint 2.md",
        "2014-10-06-2.md",
        "README (conflicted copy).md",
    ],
)
def test_titles_that_sound_like_copies_are_none(name: str) -> None:
    assert copied(name) is None
    assert counted(name) is None


@pytest.mark.parametrize(
    "name", ["2014-10-06 2.md", "2014-10-06 (1).md", "2014-10-06(12).md", "2014-10-06-a (1).md"]
)
def test_a_counted_name_is_a_copy_only_beside_its_plain_one(tmp_path: Path, name: str) -> None:
    """Without it, it is the only file that says what it says."""
    (tmp_path / "2014-10-05.md").write_text("x")
    (tmp_path / name).write_text("x")
    assert name in "".join(scan(str(tmp_path)).years["2014"])
    plain = counted(name)
    assert plain
    (tmp_path / plain).write_text("x")
    found = scan(str(tmp_path))
    assert name not in "".join(found.years["2014"])
    assert found.faults == [(name, copy_of(plain))]


def test_a_copy_among_thousands_takes_no_time() -> None:
    """One name that is off must not have the others tried again in every way."""
    names = [f"2014-10-06-{number}.md" for number in range(2_000)] + ["2014-10-06.md"] * 2_000
    start = time.process_time()
    assert are_entries("\n".join(names))
    assert not are_entries("\n".join([*names, "2014-10-06 2.md"]))
    assert time.process_time() - start < 1


@given(st.dates(), st.sampled_from(["", "-note", " Monday", "_x"]), st.booleans())
def test_path_and_back(day: date, rest: str, flat: bool) -> None:
    path = entry_path(day, rest, flat)
    assert parse_name(path.rpartition("/")[2]) == (day, rest)
    assert path.startswith("" if flat else f"{day.year:04d}/")
    assert is_day_entry(path) is (rest == "")


@given(st.text())
def test_a_slug_of_any_title_makes_an_entry_name_that_a_file_system_takes(title: str) -> None:
    made = slug(title)
    name = entry_path(DAY, f"-{made}" if made else "", flat=True)
    assert parse_name(name)
    assert len(name.encode("utf-8", "surrogateescape")) <= LONGEST_NAME
    assert made == made.strip("-")


def test_slugs() -> None:
    assert slug("Service review: ACME & Söhne") == "service-review-acme-söhne"
    assert slug("../../etc/passwd") == "etc-passwd"
    assert slug("…") == ""
    assert len(slug("word " * 100)) <= 60


def test_the_day_entry_comes_before_its_notes() -> None:
    paths = [
        "2014/2014-10-06-zoo.md",
        "2014/2014-10-06-a.md",
        "2014/2014-10-06 Monday.md",
        "deep/er/2014-10-06.md",
        "2014/2014-10-06.md",
    ]
    assert sorted(paths, key=by_importance) == [
        "2014/2014-10-06.md",
        "deep/er/2014-10-06.md",
        "2014/2014-10-06 Monday.md",
        "2014/2014-10-06-a.md",
        "2014/2014-10-06-zoo.md",
    ]


def test_what_is_kept_beside_has_room_for_its_name() -> None:
    now = datetime(2014, 10, 6, 14, 32, 5)
    assert beside("2014/2014-10-06.md", now) == "2014/2014-10-06-mine-143205.md"
    assert beside("2014-10-06-a.md", now) == "2014-10-06-a-mine-143205.md"
    long = "2014-10-06-" + "x" * (LONGEST_NAME - 14) + ".md"
    assert len(beside(long, now)) <= LONGEST_NAME
    assert parse_name(beside(long, now)) is None


def test_what_is_kept_beside_is_no_entry(tmp_path: Path) -> None:
    """Its points and tasks would count twice."""
    (tmp_path / "2014-10-06.md").write_text("x")
    aside = beside("2014-10-06.md", datetime(2014, 10, 6, 14, 32, 5))
    (tmp_path / aside).write_text("x")
    found = scan(str(tmp_path))
    assert [line.partition("\t")[0] for line in found.years["2014"]] == ["2014-10-06.md"]
    assert [path for path, sentence in found.faults if "conflict" in sentence] == [aside]


def test_years_before_1000_have_four_digits() -> None:
    day = date(812, 3, 4)
    assert entry_path(day) == "0812/0812-03-04.md"
    assert parse_name("0812-03-04.md") == (day, "")
    assert parse_name(f"{(day + timedelta(1)).isoformat()}.md")
