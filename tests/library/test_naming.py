"""Day ⇄ path: the forms of dates in names and folders, titles after them, and what is left out."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journal_tui.library.naming import (
    DAY_ENTRY,
    DAY_FIRST,
    LONGEST_NAME,
    MONTH_FIRST,
    NOTE,
    REASONS,
    SUFFIXES,
    TITLED,
    FilePattern,
    advice,
    are_entries,
    conflict_path,
    conflict_sentence,
    day_of,
    entry_path,
    file_pattern,
    importance_key,
    is_left_out_folder,
    is_numbered_title,
    is_of_another_kind,
    left_out,
    numbered_original,
    original_of_copy,
    parse,
    period_name,
    period_of,
    possible_dates,
    role,
    slug,
    title_of,
)
from journal_tui.library.scan import scan
from journal_tui.period import KINDS, containing
from journal_tui.period import parse_name as parse_period_name
from tests.effort import within_a_minute

DAY = date(2014, 10, 6)


def day_and_rest(path: str) -> tuple[date, str] | None:
    """Return the day of an entry's path, and the rest of its name ("" for a date alone)."""
    found = parse(path)
    return (found.day, found.rest) if found else None


def looks_dated(name: str) -> bool:
    """Return whether a file that isn't an entry is reported for its date."""
    return parse(name) is None and left_out(name).kind in ("invalid", "order")


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
    assert day_and_rest(name) == (DAY, rest)
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
        ("2014-1-50.md", True),
        ("20140230.md", True),
        ("2014.02.30 Title.txt", True),
        ("30-02-2014.md", True),
        ("05-03-2014.md", True),
        ("٢٠١٤-١٠-٠٦.md", True),
        ("2014-10-0６.md", True),
        ("2014-10-06\n.md", True),
        ("2014-10-06-\x1b[2J.md", True),
        ("2014-10-06-a\x7f.md", True),
        ("2014-10-06.md\n2014-10-07.md", True),
        ("2014-10-061.md", False),
        ("2014-10-06.md\n", False),
        ("2014-10-06.org", False),
        ("2014-10-06", False),
        ("2014-10-06.jpg", False),
        ("201410061430.md", False),
        ("12345678.md", False),
        ("12-34-5678.md", False),
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
def test_names_that_are_not_entries(name: str, dated: bool) -> None:
    assert day_and_rest(name) is None
    assert looks_dated(name) is dated


def test_leap_days() -> None:
    assert day_and_rest("2012-02-29.md") == (date(2012, 2, 29), "")
    assert day_and_rest("2000-02-29.md") == (date(2000, 2, 29), "")
    assert day_and_rest("1900-02-29.md") is None
    assert day_and_rest("2100-02-29.md") is None


def test_only_days_of_the_calendar_are_accepted() -> None:
    """Python's calendar is the judge, for each number of month and day in every year."""
    for year in range(10_000):
        for month, day in [(2, 28), (2, 29), (2, 30), (4, 30), (4, 31), (12, 31), (12, 32), (0, 1)]:
            name = f"{year:04d}-{month:02d}-{day:02d}.md"
            try:
                wanted = date(year, month, day)
            except ValueError:
                wanted = None
            parsed = day_and_rest(name)
            assert (parsed[0] if parsed else None) == wanted, name
    for number in range(10_000):
        text = f"2016-{number // 100:02d}-{number % 100:02d}"
        try:
            wanted = date.fromisoformat(text)
        except ValueError:
            wanted = None
        parsed = day_and_rest(f"{text}.md")
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
def test_the_quick_look_agrees_with_parse(names: list[str]) -> None:
    joined = "\n".join(names)
    if joined.count("\n") == len(names) - 1:
        quick = are_entries(joined)
        usual = [name[10:11].isdigit() or name.endswith(".md") for name in names]
        careful = all(
            (found := parse(name))
            and name.startswith(found.day.isoformat())
            and not numbered_original(name)
            for name in names
        )
        assert quick == (careful and all(usual))


COPIES = [
    ("2014-10-06.sync-conflict-20141007-120000-ABCDEFG.md", "2014-10-06.md", "Syncthing"),
    ("2014-10-06-a.sync-conflict-20141007-120000-ABCDEFG.md", "2014-10-06-a.md", "Syncthing"),
    ("2014-10-06 (Anna's conflicted copy 2014-10-07).md", "2014-10-06.md", "sync tool"),
    ("2014-10-06 (conflicted copy 2014-10-06 120000).md", "2014-10-06.md", "sync tool"),
    ("2014-10-06 Monday (Anna (work)'s Conflicted Copy).md", "2014-10-06 Monday.md", "sync tool"),
    ("2014-10-06 (In Konflikt stehende Kopie von Anna 2014-10-07).md", "2014-10-06.md", "sync tool"),
    ("2014-10-06 (Konflikt).md", "2014-10-06.md", "sync tool"),
    ("2014-10-06_conflict-20141007-120000.md", "2014-10-06.md", "sync tool"),
    ("2014-10-06-mine-143205.md", "2014-10-06.md", "your text"),
    ("2014-10-06-mine-143205.sync-conflict-20141007-120000-ABCDEFG.md", "2014-10-06.md", "Syncthing"),
    ("2014-10-06.md.orig", "2014-10-06.md", "backup"),
    ("2014-10-06.orig.md", "2014-10-06.md", "backup"),
    ("2014_10_06.sync-conflict-20141007-120000-ABCDEFG.md", "2014_10_06.md", "Syncthing"),
    ("20141006 (Anna's conflicted copy 2014-10-07).markdown", "20141006.markdown", "sync tool"),
    ("05-03-2014-mine-143205.TXT", "05-03-2014.TXT", "your text"),
    ("2014/10/06_conflict-20141007-120000.md", "06.md", "sync tool"),
    ("2014/10/06.md.orig", "06.md", "backup"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "entry", "kind"), COPIES)
def test_conflict_copies_are_not_entries(name: str, entry: str, kind: str) -> None:
    assert original_of_copy(name) == (entry, kind)
    assert day_and_rest(name) is None
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
        "06-mine-143205.md",
        "-mine-143205.md",
    ],
)
def test_titles_that_sound_like_copies_are_not_copies(name: str) -> None:
    assert original_of_copy(name) is None
    assert numbered_original(name) is None


@pytest.mark.parametrize(
    "name", ["2014-10-06 2.md", "2014-10-06 (1).md", "2014-10-06(12).md", "2014-10-06-a (1).md"]
)
def test_a_counted_name_is_a_copy_only_beside_its_plain_one(tmp_path: Path, name: str) -> None:
    """Without it, it is the only file that says what it says."""
    (tmp_path / "2014-10-05.md").write_text("x")
    (tmp_path / name).write_text("x")
    assert name in "".join(scan(str(tmp_path)).years["2014"])
    plain = numbered_original(name)
    assert plain
    (tmp_path / plain).write_text("x")
    found = scan(str(tmp_path))
    assert name not in "".join(found.years["2014"])
    assert found.faults == [(name, conflict_sentence(plain))]


def test_a_copy_among_thousands_takes_no_time() -> None:
    """One name that is off must not have the others tried again in every way."""
    names = [f"2014-10-06-{number}.md" for number in range(20_000)] + ["2014-10-06.md"] * 20_000
    with within_a_minute():
        assert are_entries("\n".join(names))
        assert not are_entries("\n".join([*names, "2014-10-06 2.md"]))


@given(st.dates(), st.sampled_from(["", "-note", " Monday", "_x"]), st.booleans())
def test_path_and_back(day: date, rest: str, flat: bool) -> None:
    path = entry_path(day, rest, flat)
    assert day_and_rest(path.rpartition("/")[2]) == (day, rest)
    assert path.startswith("" if flat else f"{day.year:04d}/")
    assert role(path) == {"": DAY_ENTRY, "-note": NOTE}.get(rest, role(path))


@given(st.text())
def test_a_slug_of_any_title_makes_an_entry_name_that_a_file_system_takes(title: str) -> None:
    made = slug(title)
    name = entry_path(DAY, f"-{made}" if made else "", flat=True)
    assert day_and_rest(name)
    assert len(name.encode("utf-8", "surrogateescape")) <= LONGEST_NAME
    assert made == made.strip("-")


def test_slugs() -> None:
    assert slug("Service review: ACME & Söhne") == "service-review-acme-söhne"
    assert slug("../../etc/passwd") == "etc-passwd"
    assert slug("…") == ""
    assert slug("Mu\u0308nchen, Cafe\u0301") == slug("München, Café") == "münchen-café"
    assert slug("हिन्दी बैठक") == "हिन्दी-बैठक"
    assert slug("İstanbul") == "istanbul"
    assert len(slug("word " * 100)) <= 60


def test_the_day_entry_comes_before_its_notes() -> None:
    paths = [
        "2014/2014-10-06-zoo.md",
        "2014/2014-10-06-a.md",
        "2014/2014-10-06 Monday.md",
        "deep/er/2014-10-06.md",
        "2014/2014-10-06.md",
    ]
    assert sorted(paths, key=importance_key) == [
        "2014/2014-10-06.md",
        "deep/er/2014-10-06.md",
        "2014/2014-10-06 Monday.md",
        "2014/2014-10-06-a.md",
        "2014/2014-10-06-zoo.md",
    ]


def test_what_is_kept_beside_has_room_for_its_name() -> None:
    now = datetime(2014, 10, 6, 14, 32, 5)
    assert conflict_path("2014/2014-10-06.md", now) == "2014/2014-10-06-mine-143205.md"
    assert conflict_path("2014-10-06-a.md", now) == "2014-10-06-a-mine-143205.md"
    long = "2014-10-06-" + "x" * (LONGEST_NAME - 14) + ".md"
    assert len(conflict_path(long, now)) <= LONGEST_NAME
    assert day_and_rest(conflict_path(long, now)) is None


def test_a_conflict_copy_is_not_an_entry(tmp_path: Path) -> None:
    """Its points and tasks would count twice."""
    (tmp_path / "2014-10-06.md").write_text("x")
    aside = conflict_path("2014-10-06.md", datetime(2014, 10, 6, 14, 32, 5))
    (tmp_path / aside).write_text("x")
    found = scan(str(tmp_path))
    assert [line.partition("\t")[0] for line in found.years["2014"]] == ["2014-10-06.md"]
    assert [path for path, sentence in found.faults if "conflict" in sentence] == [aside]


def test_years_before_1000_have_four_digits() -> None:
    day = date(812, 3, 4)
    assert entry_path(day) == "0812/0812-03-04.md"
    assert day_and_rest("0812-03-04.md") == (day, "")
    assert day_and_rest(f"{(day + timedelta(1)).isoformat()}.md")


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("2014_10_06.md", ""),
        ("2014.10.06.md", ""),
        ("2014 10 06.md", ""),
        ("2014–10–06.md", ""),
        ("20141006.md", ""),
        ("2014-10-6.md", ""),
        ("2014年10月6日.md", ""),
        ("2014년 10월 6일.md", ""),
        ("2014-10-06.MD", ""),
        ("2014-10-06.Markdown", ""),
        ("2014_10_06.mkd", ""),
        ("2014-10-06.TXT", ""),
        ("journals/2014_10_06.md", ""),
        ("_posts/2014-10-06-a-post.markdown", "-a-post"),
        ("2014_10_06 Montag.md", " Montag"),
        ("20141006-standup.md", "-standup"),
        ("2014.10.06.notes.md", ".notes"),
        ("2014-10-06 “quoted” 🎉.txt", " “quoted” 🎉"),
        ("2014/10/06.md", ""),
        ("log/2014/10/06.md", ""),
        ("2014/10-October/06.md", ""),
        ("2014/10 Oktober/06 Montag.md", " Montag"),
        ("2014/2014-10/06.md", ""),
        ("2014-10/06.md", ""),
        ("2014/10/10-06.md", ""),
        ("2014/10/6.md", ""),
        ("2014/10/2014-10-06.md", ""),
        ("2013/11/2014-10-06.md", ""),
        ("2014-W41-1.md", ""),
        ("2014W411 Title.md", " Title"),
        ("6 October 2014.md", ""),
        ("06 October 2014.md", ""),
        ("6 Oct 2014.md", ""),
        ("6th of October 2014.md", ""),
        ("October 6, 2014.md", ""),
        ("Oct 6th, 2014.md", ""),
        ("Oct. 6 2014 Site visit.md", " Site visit"),
        ("2014 October 6.md", ""),
        ("2014-Oct-06.md", ""),
        ("06-Oct-2014-standup.md", "-standup"),
        ("06Oct2014.md", ""),
        ("october_6_2014.MD", ""),
        ("Monday 6 October 2014.md", ""),
        ("Monday, October 6, 2014.md", ""),
        ("Mon 2014-10-06.md", ""),
        ("Monday, 06.10.2014.md", ""),
        ("Montag, 6. Oktober 2014.txt", ""),
        ("lundi 6 octobre 2014.md", ""),
        ("6 de octubre de 2014.md", ""),
        ("6 ottobre 2014.md", ""),
        ("6 października 2014.md", ""),
        ("6 октября 2014.md", ""),
        ("6. lokakuuta 2014.md", ""),
        ("2014. október 6.md", ""),
        ("2014/6 October.md", ""),
        ("2014/October 6.md", ""),
        ("2014/October/06.md", ""),
        ("2014/10-October/6.md", ""),
        ("log/2014/Oktober 2014/06 Montag.md", " Montag"),
        ("06/10/2014/2014-10-06.md", ""),
    ],
)
def test_a_date_in_other_forms_is_the_same_day(path: str, rest: str) -> None:
    assert day_and_rest(path) == (DAY, rest)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        # "december" begins with the "de" of Spanish.
        ("6 december 2014.md", date(2014, 12, 6)),
        ("6. dezember 2014.md", date(2014, 12, 6)),
        ("6 de dezembro de 2014.md", date(2014, 12, 6)),
        ("2014/6 december.md", date(2014, 12, 6)),
        ("6 d’abril del 2014.md", date(2014, 4, 6)),
        # The capital of the Turkish ı is I.
        ("6 Kasım 2014.md", date(2014, 11, 6)),
        ("6 KASIM 2014.md", date(2014, 11, 6)),
        ("2014/ARALIK/06.md", date(2014, 12, 6)),
        ("SALI 7 EKİM 2014.md", date(2014, 10, 7)),
    ],
)
def test_months_of_other_languages_are_read_in_any_case(path: str, day: date) -> None:
    assert day_and_rest(path) == (day, "")


@pytest.mark.parametrize(
    "path",
    ["06.md", "10/06.md", "2014/6.md", "x/2014/10/06 /x.md", "2014/13/06.md", "2014/10/32.md", "2014/10/06/notes.md", "2014/10/6 ideas.md", "2014/2/30.md", "2014/10/061.md", "12014/10/06.md"],
)  # fmt: skip
def test_folders_that_give_no_date(path: str) -> None:
    assert day_and_rest(path) is None


@pytest.mark.parametrize(
    ("name", "day_first", "month_first"),
    [
        ("05-03-2014.md", date(2014, 3, 5), date(2014, 5, 3)),
        ("5.3.2014 Title.md", date(2014, 3, 5), date(2014, 5, 3)),
        ("25-03-2014.md", date(2014, 3, 25), date(2014, 3, 25)),
        ("03_25_2014.md", date(2014, 3, 25), date(2014, 3, 25)),
        ("05-05-2014.md", date(2014, 5, 5), date(2014, 5, 5)),
    ],
)
def test_the_order_of_day_and_month(name: str, day_first: date, month_first: date) -> None:
    """A date that can only be one day needs no order; another is read only if the order is known."""
    assert day_and_rest(name) == (day_and_rest(name) if day_first == month_first else None)
    assert bool(day_and_rest(name)) is (day_first == month_first)
    for order, wanted in ((DAY_FIRST, day_first), (MONTH_FIRST, month_first)):
        found = parse(name, order)
        assert found
        assert found.day == wanted


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(SUFFIXES), st.sampled_from([DAY_FIRST, MONTH_FIRST]))  # fmt: skip
def test_every_form_gives_its_day_back(day: date, suffix: str, order: str) -> None:
    y, m, d = f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}"
    last = f"{d}-{m}-{y}" if order == DAY_FIRST else f"{m}-{d}-{y}"
    forms = (f"{y}-{m}-{d}", f"{y}_{m}_{d}", f"{y}.{m}.{d}", f"{y}{m}{d}", f"{y}/{m}/{d}", last)
    for form in forms:
        for rest in ("", " title", "-slug", "_x", ".y", "-Übung"):
            assert parse(form + rest + suffix, order) == (
                day,
                rest,
                parse(form + ".md", order).form,
                None,
            )  # type: ignore[union-attr]
            assert parse(form + rest + suffix.upper(), order)


@given(st.text(st.sampled_from("0123456789-_. /年月日Wmd\n\x1b(é"), max_size=24))
def test_no_path_raises(path: str) -> None:
    """A path is read as a valid day, or there is a reason why it is left out."""
    for order in ("", DAY_FIRST, MONTH_FIRST):
        for ending in ("", ".md", ".TXT", " (1).md"):
            found = parse(path + ending, order)
            assert found is None or found.day.year > 0
            assert role(path + ending, order=order) in (DAY_ENTRY, TITLED, NOTE)
    assert left_out(path).kind in REASONS


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("README.md", "undated"),
        ("notes", "undated"),
        ("10 things.md", "undated"),
        ("2014-10-06 photo.jpg", "other"),
        ("IMG_20141006_120000.jpg", "other"),
        (".DS_Store", "hidden"),
        (".2014-10-06.md", "hidden"),
        ("2014-10-06.org", "format"),
        ("2014-10-06.pdf", "format"),
        ("20141006", "format"),
        ("2014-02-30.md", "invalid"),
        ("2014-10-06\n.md", "invalid"),
        ("6 October\n2014.md", "invalid"),
        ("October 2014\x07.md", "invalid"),
        ("05-03-2014.md", "order"),
        ("Meeting 2014-10-06.md", "inside"),
        ("Daily 6.10.2014.md", "inside"),
        ("201410061430 Title.md", "inside"),
        ("14-10-06.md", "short year"),
        ("2014 in review.md", "period"),
        ("2014-2015.md", "period"),
        ("2014-15 school year.md", "period"),
        ("2014-10 20.md", "period"),
        ("2014-279.md", "period"),
        ("2014-W41-9.md", "period"),
        ("201012.md", "period"),
        ("141006.md", "short year"),
        ("Meeting 6 October 2014.md", "words"),
        ("notes of week 41 2014.md", "words"),
        ("Tuesday 6 October 2014.md", "words"),
        ("3 listopada 2014.md", "words"),
        ("May 2014 be better.md", "words"),
        ("31 June 2014.md", "invalid"),
        ("Tuesday 31 June 2014.md", "invalid"),
        ("Tue, 31 February 2014.md", "invalid"),
        ("week 54 2014.md", "invalid"),
        ("2014/W54.md", "invalid"),
        ("2014/31 June.md", "invalid"),
        ("2014/13.md", "undated"),
        ("2014/28-10.md", "inside"),
        ("2014/6-10.md", "inside"),
        ("2014/1006.md", "inside"),
        ("2014/notes/standup-10-06.md", "inside"),
        ("2014/v1-10-06.md", "undated"),
        ("2014/pages 3-4.md", "undated"),
        ("2014/41-42.md", "undated"),
        ("notes/standup-10-06.md", "undated"),
        ("2014-10/summary.md", "undated"),
        ("2014-10/October.md", "undated"),
        ("2014-12/january-3.md", "words"),
        ("2014-02/feb-30.md", "invalid"),
        ("February 2014/30 Feb.md", "invalid"),
        ("2014/October/06/notes.md", "undated"),
        ("2014-W54.md", "invalid"),
        ("2014-W53.md", "invalid"),
        ("weekly/2014W00 title.md", "invalid"),
        ("2014-13.md", "invalid"),
        ("2014_00.txt", "invalid"),
        ("2014-Q5 plan.md", "invalid"),
        ("1014.md", "undated"),
        ("2014-W41.sync-conflict-20141012-120000-ABCDEFG.md", "copy"),
        ("2014-W41-mine-120000.md", "copy"),
        ("2014-10-06/notes.md", "folder"),
        ("2014-10-06-title/index.md", "folder"),
        ("2014/10/06/notes.md", "folder"),
        ("2014-10-06-mine-120000.md", "copy"),
    ],
)
def test_why_a_file_is_left_out(path: str, kind: str) -> None:
    assert day_and_rest(path) is None
    found = left_out(path)
    assert found.kind == kind
    assert bool(found.sentence) is (kind in ("invalid", "order", "copy"))


@pytest.mark.parametrize(
    ("path", "name", "rest"),
    [
        ("2014-W41.md", "2014-W41", ""),
        ("weekly/2014-W41.md", "2014-W41", ""),
        ("2014/2014w41.TXT", "2014-W41", ""),
        ("2014_W41.md", "2014-W41", ""),
        ("2014 W41 Planning.md", "2014-W41", " Planning"),
        ("2014-W41-planning.md", "2014-W41", "-planning"),
        ("2014-W5.md", "2014-W05", ""),
        ("2014-KW05.md", "2014-W05", ""),
        ("2014 Week 5.markdown", "2014-W05", ""),
        ("2015-W53.md", "2015-W53", ""),
        ("2014-10.md", "2014-10", ""),
        ("journals/2014_10.md", "2014-10", ""),
        ("2014.10 October.md", "2014-10", " October"),
        ("2014/10/2014-10.md", "2014-10", ""),
        ("2014-Q4.md", "2014-Q4", ""),
        ("2014Q4 – review.md", "2014-Q4", " – review"),
        ("2014 Quarter 4.md", "2014-Q4", ""),
        ("2014.md", "2014", ""),
        ("2014/2014.md", "2014", ""),
        ("201410.md", "2014-10", ""),
        ("10-2014.md", "2014-10", ""),
        ("2014年10月.md", "2014-10", ""),
        ("2014年.md", "2014", ""),
        ("2014年第41週.md", "2014-W41", ""),
        ("week 5 2014.md", "2014-W05", ""),
        ("W05-2014.md", "2014-W05", ""),
        ("KW 41, 2014 Depot.md", "2014-W41", " Depot"),
        ("semaine 41 2014.md", "2014-W41", ""),
        ("Q4 2014.md", "2014-Q4", ""),
        ("October 2014.md", "2014-10", ""),
        ("Oct-2014.md", "2014-10", ""),
        ("2014 October.md", "2014-10", ""),
        ("Ma\u0308rz 2014.md", "2014-03", ""),
        ("octubre de 2014.md", "2014-10", ""),
        ("2014/W41.md", "2014-W41", ""),
        ("2014/weekly/KW 41.md", "2014-W41", ""),
        ("2014/Q4.md", "2014-Q4", ""),
        ("2014/10.md", "2014-10", ""),
        ("2014/October.md", "2014-10", ""),
        ("2014/10 October.md", "2014-10", ""),
        # The copies of sync tools are numbered; which is a copy is seen by the other files.
        ("2014-W41 2.md", "2014-W41", " 2"),
    ],
)
def test_a_period_note_is_named_by_its_period(path: str, name: str, rest: str) -> None:
    found = parse(path)
    period = period_of(path)
    assert found and period and found.period == period
    assert (period.name, found.rest, found.iso) == (name, rest, name)
    assert found.day == period.first


@pytest.mark.parametrize(
    "path",
    [
        "2014-10-06.md",
        "2014/10/06.md",
        "20141006.md",
        "2014-10-06 W41.md",
        "2014-W41-1.md",
        "6 October 2014.md",
    ],
)
def test_a_day_is_not_a_period(path: str) -> None:
    assert period_of(path) is None


@given(
    st.dates(date(1900, 1, 8), date(2099, 12, 20)),
    st.sampled_from(KINDS),
    st.sampled_from(["2014-W41", "2014w5", "2014 KW 12", "2014-10", "2014_10", "2014Q4", "2014"]),
)
def test_the_name_of_a_new_period_note_is_read_as_its_period(
    day: date, kind: str, like: str
) -> None:
    period = containing(kind, day)
    model = parse(f"{like}.md")
    assert period and model and model.period
    if model.period.kind == kind:
        assert period_of(f"x/{period_name(model.form, period)}.md") == period
    assert period_of(f"x/{period.name}.md") == parse_period_name(period.name) == period
    assert period.days.contains(day)


@pytest.mark.parametrize(
    ("path", "dates"),
    [
        ("Meeting 2014-10-06.md", ["2014-10-06"]),
        ("daily.journal.2014.10.06.md", ["2014-10-06"]),
        ("Daily 6.10.2014.md", ["2014-10-06", "2014-06-10"]),
        ("Daily 25.10.2014.md", ["2014-10-25"]),
        ("201410061430 Title.md", ["2014-10-06"]),
        ("Meeting 6 October 2014.md", ["2014-10-06"]),
        ("notes of week 41 2014.md", ["2014-W41"]),
        ("3 listopada 2014.md", ["2014-10-03", "2014-11-03"]),
        ("201012.md", ["2010-12", "2020-10-12"]),
        ("141006.md", ["2014-10-06"]),
        ("06.10.14.md", ["2006-10-14", "2014-10-06", "2014-06-10"]),
        ("2014-279.md", ["2014-10-06"]),
        ("2014-10-06/notes.md", ["2014-10-06"]),
        ("2014/10/06/notes.md", ["2014-10-06"]),
        ("2014-10-06.org", ["2014-10-06"]),
        ("6 October 2014.docx", []),
        ("2014/10.md", ["2014-10"]),
        ("2014/01 January.md", ["2014-01", "2014-01-01"]),
        ("2014/10-06.md", ["2014-10-06", "2014-06-10"]),
        ("2014/28-10.md", ["2014-10-28"]),
        ("2014/standup-10-28.md", ["2014-10-28"]),
        ("2014/1006.md", ["2014-10-06", "2014-06-10"]),
        ("2014-12/january-3.md", ["2014-01-03", "2015-01-03"]),
        ("2014 in review.md", []),
        ("Tuesday 31 February 2014.md", []),
        ("Plan for 31 June 2014.md", []),
        ("Plan for 2014 June 45.md", []),
        ("31 June 2014 or 1 July 2014.md", []),
        ("Plan for 31 June 2014 or July 2014.md", ["2014-07"]),
        ("README.md", []),
    ],
)
def test_what_would_be_read(path: str, dates: list[str]) -> None:
    """The days or periods that a person could see in a name that isn't read."""
    assert possible_dates(path) == dates
    said = advice(path)
    assert all(date in said for date in dates)
    assert bool(said) is bool(dates)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%b-%d", "%d%b%Y", "%A %d %B %Y", "%a %Y-%m-%d", "%A, %d.%m.%Y", "%Y/%d. %B", "%Y/%B/%d"]))  # fmt: skip
def test_every_form_in_words_gives_its_day_back(day: date, form: str) -> None:
    path = day.strftime(form) + ".md"
    if form == "%Y/%d. %B" and day.day == day.month:
        # 01 January in the folder of a year is that month.
        assert period_of(path) == containing("month", day)
    elif form == "%A, %d.%m.%Y" and (other := _swapped(day)) and other.weekday() == day.weekday():
        assert parse(path) is None
    else:
        assert day_and_rest(path) == (day, "")
    if form == "%A, %d.%m.%Y":
        assert day_of(path, DAY_FIRST) == day


def _swapped(day: date) -> date | None:
    """Return the other day that the numbers of a day can mean."""
    try:
        other = date(day.year, day.day, day.month)
    except ValueError:
        return None
    return other if other != day else None


def test_an_ambiguous_date_is_told_with_both_of_its_days() -> None:
    sentence = left_out("05-03-2014.md").sentence
    assert "2014-03-05 or 2014-05-03" in sentence
    assert 'file = "{dd}-{mm}-{yyyy}.md"' in sentence


@pytest.mark.parametrize(
    ("path", "iso", "rest"),
    [
        ("2014/10-06.md", "2014-10-06", ""),
        ("work/2014/10_06.txt", "2014-10-06", ""),
        ("2014/10.06 Depot.md", "2014-10-06", " Depot"),
        ("2014/10-06-depot.md", "2014-10-06", "-depot"),
        ("2014-10/oct-6.md", "2014-10-06", ""),
        ("2014-10/october-31.md", "2014-10-31", ""),
        ("2014-10/november-1.md", "2014-11-01", ""),
        ("2014_10 sprint/6 October review.md", "2014-10-06", " review"),
        ("notes/2014.10/6. Oktober.md", "2014-10-06", ""),
        ("October 2014/06.md", "2014-10-06", ""),
        ("2014 October/6.md", "2014-10-06", ""),
        ("Oct-2014/oct-06.md", "2014-10-06", ""),
    ],
)
def test_a_day_in_the_folder_of_its_year_or_month(path: str, iso: str, rest: str) -> None:
    found = parse(path)
    assert found and (found.iso, found.rest, found.period) == (iso, rest, None)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from("-_."))
def test_every_month_and_day_in_the_folder_of_the_year(day: date, sign: str) -> None:
    path = f"{day:%Y}/{day:%m}{sign}{day:%d}.md"
    assert day_of(path) == day
    pattern = f"{{yyyy}}/{{mm}}{sign}{{dd}}.md"
    assert file_pattern(pattern).path(day) == path


@pytest.mark.parametrize(
    ("path", "is_out"),
    [
        (".git/", True),
        ("a/.obsidian/", True),
        ("node_modules/", True),
        ("x/Node_Modules/", True),
        ("@eaDir/", True),
        ("logseq/bak/", True),
        ("notes/logseq/version-files/", True),
        ("bak/", False),
        ("bak/pages/", True),
        ("bak/journals/", True),
        ("bak/logseq/", False),
        ("logseq/", False),
        ("mylogseq/bak/", False),
        ("2014/", False),
        ("journals/", False),
    ],
)
def test_folders_of_other_programs(path: str, is_out: bool) -> None:
    assert is_left_out_folder(path) is is_out


@pytest.mark.parametrize(
    ("path", "pattern", "wanted"),
    [
        ("2014/2014-10-06.md", "", DAY_ENTRY),
        ("2014_10_06.TXT", "", DAY_ENTRY),
        ("2014-10-06-Monday.md", "", DAY_ENTRY),
        ("2014-10-06 montag.md", "", DAY_ENTRY),
        ("2014-10-06 (Mo.).md", "", DAY_ENTRY),
        ("2014-10-06_lundi.md", "", DAY_ENTRY),
        ("2014-10-06-xlundi.md", "", NOTE),
        ("2014-10-06-segunda-feira.md", "", DAY_ENTRY),
        ("2014-10-06-月曜日.md", "", DAY_ENTRY),
        ("2014-10-06-понедельник.md", "", DAY_ENTRY),
        ("2014-10-06-Tuesday.md", "", NOTE),
        ("2014-10-06-monday-review.md", "", NOTE),
        ("2014-10-06-service-review.md", "", NOTE),
        ("2014-10-06 Service review.md", "", TITLED),
        ("2014-10-06_x.md", "", TITLED),
        ("2014_10_06-service-review.md", "", TITLED),
        ("2014_10_06-service-review.md", "journals/{yyyy}_{mm}_{dd}.md", NOTE),
        ("2014-10-06-service-review.md", "journals/{yyyy}_{mm}_{dd}.md", TITLED),
        ("_posts/2014-10-06-a-post.md", "_posts/{yyyy}-{mm}-{dd}-{title}.md", TITLED),
        ("2014/10/06-review.md", "{yyyy}/{mm}/{dd}.md", NOTE),
        ("2014-10-06-journal.md", "{yyyy}-{mm}-{dd}-journal.md", DAY_ENTRY),
        ("2014-10-06-Monday.md", "{yyyy}-{mm}-{dd}-{weekday}.md", DAY_ENTRY),
    ],
)
def test_what_a_file_is_to_its_day(path: str, pattern: str, wanted: int) -> None:
    assert (role(path, pattern) if pattern else role(path)) == wanted


def test_accents_are_the_same_however_they_are_composed() -> None:
    assert role("2014-10-11-sa\u0301bado.md") == role("2014-10-11-sábado.md") == DAY_ENTRY


def test_the_title_of_a_name() -> None:
    assert title_of("2014-10-06-service-review.md", DAY) == "service-review"
    assert title_of("2014/10/06 Service review.md", DAY) == "Service review"
    assert title_of("2014-10-06 Monday.md", DAY) == ""
    assert title_of("README.md", DAY) == ""


@pytest.mark.parametrize(
    ("pattern", "path", "note"),
    [
        ("{yyyy}_{mm}_{dd}.md", "2014_10_06.md", "2014_10_06-x.md"),
        ("journals/{yyyy}_{mm}_{dd}.md", "journals/2014_10_06.md", "journals/2014_10_06-x.md"),
        ("{yyyy}/{mm}/{dd}.md", "2014/10/06.md", "2014/10/06-x.md"),
        ("{yyyy}/{yyyy}-{mm}/{dd}.txt", "2014/2014-10/06.txt", "2014/2014-10/06-x.txt"),
        ("{yyyy}{mm}{dd}.markdown", "20141006.markdown", "20141006-x.markdown"),
        ("{dd}.{mm}.{yyyy}.md", "06.10.2014.md", "06.10.2014-x.md"),
        ("{mm}-{dd}-{yyyy}.md", "10-06-2014.md", "10-06-2014-x.md"),
        ("{yyyy}-{mm}-{dd}-{weekday}.md", "2014-10-06-Monday.md", "2014-10-06-x.md"),
        ("_posts/{yyyy}-{mm}-{dd}-{title}.md", "_posts/2014-10-06.md", "_posts/2014-10-06-x.md"),
        ("{yyyy}-{mm}-{dd} {title}.md", "2014-10-06.md", "2014-10-06-x.md"),
    ],
)
def test_patterns(pattern: str, path: str, note: str) -> None:
    own = file_pattern(pattern)
    day = date(2014, 10, 6)
    assert own.path(day) == path
    assert own.path(day, "-x") == note
    assert role(note, pattern, own.order) == (TITLED if "{title}" in pattern else NOTE)


@given(
    st.sampled_from((
        "{yyyy}/{yyyy}-{mm}-{dd}.md", "{dd}.{mm}.{yyyy}.md", "{d} {month} {yyyy}.md", "{yyyy}/{mm}-{dd}.md",
        "{weekday}, {d} {month} {yyyy}.txt", "{mon} {dth}, {yyyy}.md", "{yyyy}年{mm}月{dd}日.md",
        "{yyyy}{mm}{dd}.md", "{yyyy}-{mm}-{dd} {weekday}.md",
    )),
    st.one_of(st.dates(), st.dates(date(1990, 1, 1), date(2040, 1, 1))),
)  # fmt: skip
def test_what_a_pattern_names_is_read_as_the_entry_or_a_note_of_that_day(
    pattern: str, day: date
) -> None:
    own = file_pattern(pattern)
    entry, note = own.path(day), own.path(day, "-depot")
    assert day_of(entry, own.order) == day_of(note, own.order) == day
    assert role(entry, pattern, own.order) == DAY_ENTRY
    assert role(note, pattern, own.order) == NOTE or not 1900 <= day.year < 2100


def test_a_note_whose_name_would_not_be_read_is_named_by_its_iso_date() -> None:
    own = file_pattern("{yyyy}-{mm}/{d}.md")
    assert own.path(date(2014, 10, 6)) == "2014-10/6.md"
    assert own.path(date(2014, 10, 6), "-depot") == "2014/2014-10-06-depot.md"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "end with .md"),
        ("{yyyy}-{mm}-{dd}", "end with .md"),
        ("{yyyy}-{mm}-{dd}.org", "end with .md"),
        ("{yyyy}-{mm}.md", "contain {yyyy}, {mm} and {dd}"),
        ("{yy}-{mm}-{dd}.md", "contain {yyyy}, {mm} and {dd}"),
        ("x-{yyyy}-{mm}-{dd}.md", "cannot be read"),
        ("{title} {yyyy}-{mm}-{dd}.md", "cannot be read"),
        ("{dd}/{mm}/{yyyy}.md", "cannot be read"),
        ("{yyyy}-{dd}-{mm}.md", "cannot be read"),
        ("{yyyy}-{mm}-{dd}{what}.md", "cannot be read"),
        ("{yyyy}-{mm}-{dd}\n.md", "cannot be read"),
        ("../{yyyy}-{mm}-{dd}.md", "path in the journal"),
        ("/{yyyy}-{mm}-{dd}.md", "path in the journal"),
        ("a//{yyyy}-{mm}-{dd}.md", "path in the journal"),
        (".hidden/{yyyy}-{mm}-{dd}.md", "path in the journal"),
        ("logseq/bak/{yyyy}-{mm}-{dd}.md", "path in the journal"),
    ],
)
def test_patterns_that_cannot_be_used(pattern: str, said: str) -> None:
    with pytest.raises(ValueError, match="it ") as raised:
        FilePattern(pattern)
    assert said in str(raised.value)


_TITLE_PIECES = st.sampled_from(
    [
        "scan",
        "January",
        "jan",
        "W",
        "KW",
        "Q",
        "th",
        "rd",
        "Monday",
        " ",
        "-",
        "_",
        ".",
        " (",
        ")",
        "年",
        "copy",
        "é",
        "May",
    ]
)


@given(
    number=st.integers(0, 9_999_999),
    width=st.integers(1, 8),
    title=st.lists(_TITLE_PIECES, min_size=1, max_size=5).map("".join),
    folder=st.sampled_from(["", "2024/", "2024/01/", "2024/January/", "2024-01-05/", "notes/"]),
    suffix=st.sampled_from([".md", ".TXT", ".pdf", ".org"]),
)
def test_a_number_and_a_title_have_no_date(
    number: int, width: int, title: str, folder: str, suffix: str
) -> None:
    name = f"{number:0{width}} {title}{suffix}"
    assume(is_numbered_title(name))
    for order in ("", DAY_FIRST, MONTH_FIRST):
        assert parse(folder + name, order) is None
    assert left_out(folder + name).kind in ("undated", "folder", "other")


def test_a_number_and_a_title_are_seen_quickly() -> None:
    assert all(map(is_numbered_title, ("000123 scan.md", "123-notes.md", "12345_a.txt")))
    others = (
        "12 scan.md",
        "2024 goals.md",
        "201912.md",
        "123 5.md",
        "000123 January.md",
        "scan.md",
    )
    assert not any(map(is_numbered_title, others))


@pytest.mark.parametrize("folder", ["", "2024/", "2024-01-06/"])
@pytest.mark.parametrize(
    "suffix",
    [".jpg", ".PNG", ".mp3", ".orig", ".md.orig", ".org", ".pdf", ".md", ".TXT", ".06", "", ".é"],
)
@pytest.mark.parametrize(
    "stem", ["2024-01-06", "2024.01", "IMG_20240106", "Trip 2024", "9 January 2024", "x", ".x", ".", "2024-01-06 (1)"]
)  # fmt: skip
def test_a_quick_look_at_a_suffix_agrees_with_the_reason(
    folder: str, stem: str, suffix: str
) -> None:
    if is_of_another_kind(stem + suffix):
        assert not parse(folder + stem + suffix)
        assert left_out(folder + stem + suffix) == ("other", "")
    elif suffix in (".jpg", ".PNG", ".é"):
        assert stem[0] == "."
