"""journal.toml: what is written reads back, and what is wrong is said in one sentence."""

import os
import tomllib
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.customers.customer import Customer
from journal_tui.errors import SettingsError
from journal_tui.library.config import COUNTS, FILE, Config, new_config, read, workdays
from journal_tui.library.toml_file import LARGEST
from journal_tui.publish.options import PublishingOptions


def reading(root: Path, text: str | bytes) -> Config:
    (root / FILE).write_bytes(text.encode() if isinstance(text, str) else text)
    return read(root)


def test_without_a_file_there_are_defaults(root: Path) -> None:
    assert read(root) == Config("journal", None, "calendar", None, {}, {})
    assert reading(root, "") == Config("journal", None, "calendar", None, {}, {})


@pytest.mark.parametrize("count", COUNTS)
def test_what_a_new_journal_says_reads_back(root: Path, count: str) -> None:
    text = new_config("Ada's work", date(2014, 3, 21), count)
    wanted = Config("Ada's work", date(2014, 3, 21), count, "years", {}, {})
    assert reading(root, text) == wanted
    assert sum(line.startswith("#") for line in text.splitlines()) > 10
    assert "{{" not in text


def test_the_commented_lines_are_right_once_uncommented(root: Path) -> None:
    """The lines in comments are settings that work without their `# `, the template among them."""
    lines = new_config("x", date(2014, 3, 21)).splitlines()
    start = lines.index("[sections]")
    template = next(i for i, line in enumerate(lines) if line.startswith('# day = """'))
    kept = [line[2:] if i > start and line[:2] == "# " else line for i, line in enumerate(lines)]
    body = [line[1:] if line == "#" else line for line in kept]
    explained = (
        "The text of a new day", "{iso} (such as", "Kinds of notes", "meeting, one-to-one", "A note's file", "and `incident",
        "file = ", "The customers you visit", "pass between two", "What `journal publish`", "customers have pseudonyms",
    )  # fmt: skip
    body = [line for line in body if not line.startswith(explained)]
    config = reading(root, "\n".join(body))
    assert config.names["learning"][0] == "Learning points"
    assert set(config.names) == {"learning", "feedback", "follow-up", "rating", "day"}
    assert config.templates["day"].startswith("# Day {day} – {date}\n\n{cursor}\n\n## Learning")
    assert template > start
    assert config.customers == {"depot": Customer("depot", "Kelby Depot", 90)}
    assert config.publish.title == "A year of work in progress"
    assert config.publish.base_url == "https://example.org/days/"
    assert config.notes["visit"] == {
        "name": "Visit to a customer",
        "template": "# {title}\n\nMet: {cursor}\n\n{customer}\n\n## What annoys them\n\n-\n",
    }
    assert config.note_sections == {"feedback": ("What annoys them",)}
    assert config.vocabulary().section("What annoys them") == "feedback"


@given(st.text())
def test_any_name_reads_back(name: str) -> None:
    """Quotes, backslashes, newlines, braces; a lone surrogate cannot be in a file of text."""
    text = new_config(name, date(2014, 3, 21))
    wanted = name.encode("utf-8", "replace").decode()
    assert tomllib.loads(text)["name"] == wanted
    assert text.encode()


def test_a_folder_name_that_is_not_utf_8() -> None:
    assert tomllib.loads(new_config(os.fsdecode(b"caf\xe9"), date(2014, 3, 21)))["name"] == "caf?"


def test_everything_may_be_said(root: Path) -> None:
    config = reading(
        root,
        """
name = 'mine'
start = 2014-03-21
count = "entries"
layout = "flat"
later = "what a newer version writes is not refused"
[sections]
learning = ["Gelernt", "Erkenntnisse"]
rating = "Freude"
[templates]
day = "# {day}"
""",
    )
    assert config.names == {"learning": ("Gelernt", "Erkenntnisse"), "rating": ("Freude",)}
    assert config.templates == {"day": "# {day}"}
    assert (config.layout, config.counting, config.start) == ("flat", "entries", date(2014, 3, 21))
    assert config.vocabulary().section("Erkenntnisse") == "learning"
    assert config.vocabulary().heading("learning") == "Gelernt"


@pytest.mark.parametrize(
    ("line", "key", "wanted"),
    [
        ("name = 7", "`name`", "text in quotes"),
        ("name = ['a']", "`name`", "text in quotes"),
        ("start = '2014-10-06'", "`start`", "without quotes"),
        ("start = 2014-10-06T07:00:00", "`start`", "a date such as 2014-10-06"),
        ("start = 07:00:00", "`start`", "a date such as 2014-10-06"),
        ("start = true", "`start`", "a date such as 2014-10-06"),
        ("count = 'weekdays'", "`count`", '"workdays"'),
        ("count = ['calendar']", "`count`", '"calendar"'),
        ("count = false", "`count`", '"none"'),
        ("layout = 'deep'", "`layout`", '"years" or "flat"'),
        ("layout = {}", "`layout`", '"years" or "flat"'),
        ("sections = 'x'", "`sections` and `templates`", "[sections]"),
        ("templates = []", "`sections` and `templates`", "[templates]"),
        ("[sections]\nlessons = ['a']", "`sections.lessons`", "learning, feedback"),
        ("[sections]\nlearning = 3", "`sections.learning`", "a list of names"),
        ("[sections]\nlearning = ['a', 1]", "`sections.learning`", "a list of names"),
        ("[sections]\nlearning = [' ']", "`sections.learning`", "a list of names"),
        ("[sections]\nlearning = ''", "`sections.learning`", "a list of names"),
        ("notes = 1", "`notes`", "[notes.visit]"),
        ("[notes]\nvisit = 1", "`notes.visit`", "false to leave"),
        ("[notes.'Big Visit']\nname = 'x'", "`notes.Big Visit`", "big-visit"),
        ("[notes.visit]\nname = ' '", "`notes.visit.name`", "text in quotes"),
        ("[notes.visit]\ntemplate = 1", "`notes.visit.template`", "text in quotes"),
        ("[notes.visit]\nfile = '../x.md'", "`notes.visit.file`", "path in the journal"),
        ("[notes.visit]\nfile = '/etc/passwd'", "`notes.visit.file`", "path in the journal"),
        ("[notes.visit]\nfile = 'C:/x.md'", "`notes.visit.file`", "path in the journal"),
        ("[notes.visit]\nsections = 1", "`notes.visit.sections`", "[notes.visit.sections]"),
        ("[notes.visit.sections]\nA = 'praise'", "`notes.visit.sections.A`", "learning, feedback"),
        ("[notes.visit.sections]\nA = ['feedback']", "`notes.visit.sections.A`", "one of"),
        ("[notes.visit.sections]\n' ' = 'feedback'", "`notes.visit.sections. `", "one of"),
        ("[templates]\nday = 1", "`templates.day`", "text in quotes"),
        ("day-ends = '25:00'", "`day-ends`", 'from "00:00" to "12:00", such as "04:00"'),
        ("day-ends = '04:60'", "`day-ends`", 'such as "04:00"'),
        ("day-ends = '12:01'", "`day-ends`", 'such as "04:00"'),
        ("day-ends = 4", "`day-ends`", 'such as "04:00"'),
        ("day-ends = '４:00'", "`day-ends`", 'such as "04:00"'),
        ("day-ends = 2014-10-06", "`day-ends`", 'such as "04:00"'),
        ("queries = 'x'", "`queries`", '[queries], of lines such as trust = "trust since:2025".'),
        ("[queries]\ntrust = 1", "`queries`", 'of lines such as trust = "trust since:2025".'),
    ],
)
def test_a_mistake_is_reported_with_its_place(root: Path, line: str, key: str, wanted: str) -> None:
    with pytest.raises(SettingsError) as caught:
        reading(root, line)
    sentence = str(caught.value)
    assert sentence.startswith(str(root / FILE))
    assert key in sentence
    assert wanted in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"name = ", "not valid TOML"),
        (b"name = 'a'\nname = 'b'", "not valid TOML"),
        (b"start = 2014-02-30", "not valid TOML"),
        (b"x = " + b"[" * 20_000, "not valid TOML"),
        (b"name = '\xe9'", "not UTF-8"),
        ("name = 'x'".encode("utf-16"), "not UTF-8"),
        (b"#" * (LARGEST + 1), "larger than 1 MB"),
    ],
)
def test_a_file_that_is_broken(root: Path, data: bytes, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        reading(root, data)
    assert str(root / FILE) in str(caught.value)


def test_a_byte_order_mark_is_not_reported(root: Path) -> None:
    assert reading(root, b"\xef\xbb\xbfname = 'mine'").name == "mine"


@pytest.mark.parametrize("kind", ["fifo", "folder", "loop"])
def test_a_path_that_is_not_a_file_is_reported_at_once(root: Path, kind: str) -> None:
    place = root / FILE
    {"fifo": os.mkfifo, "folder": Path.mkdir, "loop": lambda p: p.symlink_to(p)}[kind](place)
    with pytest.raises(SettingsError, match=r"journal\.toml"):
        read(root)


def test_a_file_that_may_not_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in refuses: root may read everything."""
    (root / FILE).write_text("")

    def refuse(path: Path, flags: int, mode: int) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(SettingsError, match="cannot be read: Permission denied"):
        read(root)


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(-20, 800))
def test_workdays_are_counted_one_by_one(start: date, length: int) -> None:
    day = date.fromordinal(start.toordinal() + length)
    days = map(date.fromordinal, range(start.toordinal(), day.toordinal() + 1))
    assert workdays(start, day) == sum(d.weekday() < 5 for d in days)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", time(0)),
        ("day-ends = '00:00'", time(0)),
        ("day-ends = '04:00'", time(4)),
        ("day-ends = '4:30'", time(4, 30)),
        ("day-ends = 04:30:00", time(4, 30)),
        ("day-ends = '12:00'", time(12)),
    ],
)
def test_when_a_day_ends(root: Path, line: str, wanted: time) -> None:
    assert reading(root, line).day_ends == wanted


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("base-url = 'example.org'", "publish.base-url"),
        ("base-url = 'javascript:x'", "publish.base-url"),
        ("language = 'English'", "publish.language"),
        ("people = 'yes'", "publish.people"),
        ("named = [1]", "publish.named"),
        ("title = 1", "publish.title"),
    ],
)
def test_a_wrong_setting_of_publishing_is_named(root: Path, line: str, name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        reading(root, f"[publish]\n{line}\n")


def test_the_settings_of_publishing(root: Path) -> None:
    text = '[publish]\nbase-url = "https://x.org/a"\nnamed = "@ann"\nfollow-ups = true\ntitle = " a  b "\n'
    found = reading(root, text).publish
    assert found.base_url == "https://x.org/a/"
    assert (found.named, found.follow_ups, found.title) == (("@ann",), True, "a b")
    assert reading(root, "").publish == PublishingOptions()
