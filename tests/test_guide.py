"""The guide and the READMEs: complete, in step with the code, and fit for a terminal."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from journal_tui import guide
from journal_tui.app.commands import (
    CLOSING_PLACES,
    WRITE_PLACES,
    Command,
    commands,
    key_faults,
    keymap_from_settings,
)
from journal_tui.cli import commands as cli_commands
from journal_tui.cli import read_commands
from journal_tui.cli.commands import COMMANDS
from journal_tui.cli.main import main
from journal_tui.errors import UsageError
from journal_tui.query import fields
from journal_tui.query import parser as query_parser
from tests.cli.command_shell import options_of
from tests.query.query_fixtures import saying

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
READMES = [README, ROOT / "journal_tui" / "README.md", ROOT / "tests" / "faults" / "README.md"]
PAGES = [topic.name for topic in guide.TOPICS]
DAYS = {"yesterday", "today", "last", "friday", "monday"}
ARROWS = {
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "escape": "esc",
    "backslash": "\\",
    "slash": "/",
}


def options(name: str) -> set[str]:
    """Return the options of a command without those that all commands have."""
    return options_of(name) - {"-h", "--help", "--journal"}


def test_the_page_about_the_command_line_names_every_command_and_option() -> None:
    text = guide.plain("command-line")
    for name, command in COMMANDS.items():
        advice = f"name it in guide/command-line.md, beginning with `{command.call}"
        assert f"`{command.call}" in text, advice
        for option in options(name):
            is_named = re.search(rf"`[^`\n]*(?<![\w-]){option}\b", text)
            assert is_named, f"name the option `{option}` of {name} in guide/command-line.md"
    for option in ("--journal DIR", "--version", "--help"):
        assert f"`{option}" in text


def test_only_commands_and_topics_that_exist_are_named() -> None:
    texts = [guide.plain(name) for name in PAGES] + [path.read_text("utf-8") for path in READMES]
    for text in texts:
        assert set(re.findall(r"`journal ([a-z][a-z-]*)\b", text)) <= COMMANDS.keys() | DAYS
        assert set(re.findall(r"`journal help ([a-z-]+)", text)) <= {*PAGES}
        for name in re.findall(r"\bpage \*([a-z-]+)\*", text):
            assert name in PAGES


def test_the_page_about_the_command_line_names_every_key_of_the_json() -> None:
    from journal_tui.cli.find import KEYS
    from journal_tui.cli.read_commands import as_json
    from journal_tui.entry.entry import Entry
    from journal_tui.journal import Journal, OpenedEntry
    from journal_tui.settings import Places

    nowhere = Path("/nowhere")
    journal = Journal(nowhere, Places(nowhere, nowhere, nowhere))
    entry = Entry(date(2014, 10, 6), "Enjoyment: 9\n\n- [ ] x\n\n## Learning points\n\n- y\n")
    shown = as_json(journal, OpenedEntry("2014-10-06.md", entry, None))
    keys = {*shown, *shown["rating"], *shown["follow_ups"][0], *shown["learning_points"][0]}
    keys |= {*KEYS, "more"}
    text = guide.plain("command-line")
    unnamed = [key for key in sorted(keys) if f"`{key}`" not in text]
    assert unnamed == [], "name these keys of the JSON in guide/command-line.md"


def test_the_page_about_finding_and_the_parser_describe_the_same_language() -> None:
    page = Path(guide.__file__).with_name("finding.md").read_text("utf-8")
    assert page == guide.markdown("finding")
    assert query_parser.language().strip() in guide.plain("finding")
    assert len(query_parser.language()) > 1_000


def test_a_new_form_of_a_search_appears_without_a_change_to_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forms, gap, rest = query_parser.language().partition("\n\n")
    added = "    mood:calm                  how it felt"
    monkeypatch.setattr(guide, "language", lambda: f"{forms}\n{added}{gap}{rest}")
    assert added in guide.plain("finding")
    assert added not in guide.plain("writing")


def key_shown(key: str) -> str:
    """A key as the guide writes it: `alt+left` is `alt+←`."""
    first, plus, last = key.rpartition("+")
    return first + plus + ARROWS.get(last, last)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("writing", commands(*WRITE_PLACES)),
        ("finding", commands("find")),
        ("follow-ups", commands("follow-ups")),
        ("people-and-tags", commands("people", "subject")),
        ("visiting-customers", commands("customers", "customer")),
        ("looking-back", commands("review", *CLOSING_PLACES)),
        ("settings", commands("settings")),
    ],
)
def test_a_page_about_a_screen_names_the_keys_of_all_its_actions(
    name: str, table: list[Command]
) -> None:
    listed = guide.page(name).keys
    for action in table:
        keys = [key_shown(key) for key in action.keys.split(",") if key]
        is_there = any(f"`{key}`" in listed for key in keys)
        # Escape leaves a panel of the page about writing, and needs no line there.
        advice = f"name its key `{keys and keys[0]}` under ## Keys in guide/{name}.md: {action.id}"
        assert is_there or not keys or action.id == "text", advice


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_terminal_and_begins_with_its_title(name: str) -> None:
    text = guide.plain(name)
    [title] = [topic.title for topic in guide.TOPICS if topic.name == name]
    assert text.startswith(f"# {title}\n\n") and text.endswith("\n")
    assert max(map(len, text.splitlines())) <= 84
    prose = [line for line in text.splitlines() if not line.startswith(("    ", "|"))]
    assert max(map(len, prose)) <= 80
    assert "```" not in text and "](" not in text
    assert all(character.isprintable() for line in text.splitlines() for character in line)


def test_pictures_are_for_a_browser_and_are_left_out_in_a_terminal() -> None:
    page = ROOT / "journal_tui" / "guide" / "looking-back.md"
    pictures = re.findall(r"^!\[(.+)\]\(.+\.svg\)$", page.read_text("utf-8"), re.MULTILINE)
    assert len(pictures) == 3
    shown = guide.markdown("looking-back")
    assert all(words not in shown for words in pictures)
    assert "![" not in shown and "\n\n\n" not in shown


def test_the_parts_of_a_page_are_the_page() -> None:
    for name in PAGES:
        page = guide.page(name)
        assert page.introduction.startswith("# ") and len(page.introduction) > 100
        joined = f"## Keys\n\n{page.keys}\n\n" if page.keys else ""
        assert page.introduction + joined + page.rest == guide.markdown(name)
    assert [name for name in PAGES if guide.page(name).keys] == [
        "writing",
        "finding",
        "follow-ups",
        "people-and-tags",
        "visiting-customers",
        "looking-back",
        "settings",
    ]


def test_every_page_of_the_package_is_a_topic() -> None:
    files = {path.stem for path in Path(guide.__file__).parent.glob("*.md")}
    assert files == {*PAGES}
    assert max(len(topic.about) for topic in guide.TOPICS) < 60


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("finding", "finding"),
        ("Command line", "command-line"),
        (" COMMAND-LINE ", "command-line"),
        ("what  is understood", "understood"),
    ],
)
def test_a_topic_is_known_by_its_name_and_its_title(words: str, name: str) -> None:
    assert guide.topic(words).name == name


@pytest.mark.parametrize("words", ["", "vendors", "../README"])
def test_another_topic_is_refused_with_the_names_of_all(words: str) -> None:
    with pytest.raises(UsageError) as refused:
        guide.topic(words)
    assert all(name in str(refused.value) for name in PAGES)


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= 150
    for name in PAGES:
        assert f"](journal_tui/guide/{name}.md" in text
    assert "](journal_tui/README.md)" in text and "](tests/faults/README.md)" in text


def examples_for_programmers() -> list[str]:
    """The Python examples of the package's README: a field, a verb, an index."""
    readme = (ROOT / "journal_tui" / "README.md").read_text("utf-8")
    return re.findall(r"^```python\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)


def test_the_readme_for_programmers_declares_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    field = eval(examples_for_programmers()[0], vars(fields))
    monkeypatch.setitem(fields.FIELDS, field.name, field)
    query = query_parser.parse("points:>2", date(2014, 10, 6))
    assert query.explain() == ["learning points: above 2"]
    assert query(saying(record={"learning": [["a", 1]] * 3}))
    assert not query(saying(record={"learning": [["a", 1]] * 2}))
    assert "    points:>2                  how many learning points it has" in guide.plain(
        "finding"
    )


def test_the_readme_for_programmers_declares_a_verb(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = eval(examples_for_programmers()[1], vars(cli_commands))
    monkeypatch.setitem(COMMANDS, command.name, command)
    monkeypatch.setattr(read_commands, "tally", lambda options: print(options), raising=False)
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert "  journal tally [WHEN]     Count the learning points of a day." in listed
    assert main(["tally", "--help"]) == 0
    assert "journal tally yesterday --json" in capsys.readouterr().out
    main(["tally", "yesterday", "--json"])
    assert "when=['yesterday'], json=True" in capsys.readouterr().out


def test_the_readme_for_programmers_opens_an_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from journal_tui.journal import LARGEST_ENTRY, Journal
    from journal_tui.settings import Places

    for name, rating in (("2014-10-06", 9), ("2014-10-07", 4), ("2014-W41", 10)):
        text = f"Enjoyment: {rating}/10\n\n## Learning points\n\n- point of {name}\n"
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    (tmp_path / "2014-10-06-talk.md").write_text("no rating\n", "utf-8")
    (tmp_path / "2014-10-08.md").write_bytes(b"x" * (LARGEST_ENTRY + 1))
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    Journal(tmp_path, places).refresh()
    [index] = [path for path in (tmp_path / "cache").iterdir() if path.is_dir()]
    *_, example = examples_for_programmers()
    names: dict[str, Any] = {"folder": str(index)}
    exec(example, names)
    assert capsys.readouterr().out == (
        "2014-10-06 9.0 ['point of 2014-10-06']\n2 without a rating\n"
    )
    # What the text below it says of the records and the tables.
    records = {record["path"]: record for record in names["year"]}
    assert records["2014-10-06.md"]["learning"] == [["point of 2014-10-06", 5]]
    assert records["2014-10-06.md"].doc_id == 20141006000000
    assert records["2014-10-06-talk.md"]["date"] == "2014-10-06"
    assert records["2014-10-06-talk.md"].doc_id > 20141006000000
    week = records["2014-W41.md"]
    assert (week["date"], week["period"]) == ("2014-10-06", "2014-W41")
    unreadable = records["2014-10-08.md"]
    assert "rating" not in unreadable and unreadable["learning"] == []
    assert unreadable["problems"]
    kinds = ("", ".postings", ".text", ".stamps")
    assert names["database"].tables() == {f"2014{kind}" for kind in kinds}


@pytest.mark.parametrize(
    "path",
    [*READMES, *sorted((ROOT / "journal_tui" / "guide").glob("*.md"))],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_what_a_page_links_to_is_there(path: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8"))
    for link in links:
        if link.startswith("https://"):
            continue
        file, _, heading = link.partition("#")
        target = path.parent / file
        assert target.is_file(), link
        if heading:
            titles = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            assert heading in {title.casefold().replace(" ", "-") for title in titles}


def test_the_examples_of_settings_are_ones_that_journal_reads(tmp_path: Path) -> None:
    from journal_tui import settings
    from journal_tui.journal import Journal

    [of_journal, example] = re.findall(
        r"^```\n(.*?)^```", guide.markdown("settings"), re.DOTALL | re.MULTILINE
    )
    (tmp_path / "journal.toml").write_text(of_journal, "utf-8")
    kind = Journal(tmp_path, settings.Places(tmp_path, tmp_path, tmp_path)).note_kinds[0]
    assert kind.name == "Visit to a customer" and "## What annoys them" in kind.template
    (tmp_path / settings.FILE).write_text(example, "utf-8")
    read = settings.load(tmp_path)
    assert read.journal and read.theme and read.editor
    assert read.keys and key_faults(read.keys) == []
    assert keymap_from_settings(read.keys).keys() == read.keys.keys()
