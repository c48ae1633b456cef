"""Exports: what each form has, and that an import gives the entries back."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal_tui.errors import DocumentExists, SaveError, UsageError
from journal_tui.exchange.json_export import schema
from journal_tui.exchange.piece import clean
from journal_tui.exports import COLUMNS, CSV, DAY_ONE, HTML, JRNL, JSON, MARKDOWN, Exports
from journal_tui.imports import Choices, Imports
from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.exchange.json_schema import faults

NOW = datetime(2026, 11, 20, 18, 0)
DAY = (
    "---\nmood: fine\n---\n# Day 168 – Monday 6 October 2014\n\nSaw @ann; [next](2014-10-07.md), "
    "![a & b](img/a.png) ![gone](img/no.png) <script>alert(1)</script> #depot\n\n"
    "- [ ] Ask her due:2014-10-13\n\n## Learning points\n\n- =1+1 is two\n\nEnjoyment: 9/10 – good\n"
)
FILES = {
    "2014/2014-10-06.md": DAY,
    "2014/2014-10-06-service-review.md": "# Review\n\n## Feedback\n\n- Slow\n",
    "2014/2014-10-07.md": "No title, only\x1b[31m words.\n",
    "2014/2014-W41.md": "# Week 41\n",
}
Make = Callable[[dict[str, str]], Journal]


def journal_of(folder: Path, files: dict[str, bytes]) -> Journal:
    """Return a journal with these files."""
    root = folder / "journal"
    root.mkdir(parents=True)
    (root / "journal.toml").write_text('name = "Work"\nstart = 2014-10-06\n', "utf-8")
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    places = Places(folder / "config", folder / "cache", folder / "state")
    return Journal(root, places, lambda: NOW)


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    """Return the exports of a journal with a day, its note, another day and a week."""
    files = {path: text.encode() for path, text in FILES.items()}
    return Exports(journal_of(tmp_path, {**files, "2014/img/a.png": b"\x89PNG"}))


def contents(root: Path) -> dict[str, bytes]:
    """Return the files below a folder, without the settings."""
    files = (it for it in root.rglob("*") if it.is_file() and it.name != "journal.toml")
    return {str(it.relative_to(root)): it.read_bytes() for it in files}


def test_entries_come_in_their_order_or_as_a_search_finds_them(exports: Exports) -> None:
    assert [it.path for it in exports.select()] == [
        "2014/2014-10-06.md",
        "2014/2014-10-06-service-review.md",
        "2014/2014-W41.md",
        "2014/2014-10-07.md",
    ]
    exports.journal.refresh()
    assert [it.path for it in exports.select("#depot")] == ["2014/2014-10-06.md"]


def test_a_folder_has_the_files_byte_for_byte(exports: Exports, tmp_path: Path) -> None:
    done = exports.write(MARKDOWN, exports.select(), tmp_path / "copy")
    assert (done.entries, list(done.unreadable)) == (4, [])
    assert contents(tmp_path / "copy") == contents(exports.journal.root)
    assert (tmp_path / "copy" / "journal.toml").exists()


def test_nothing_is_written_over(exports: Exports, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    with pytest.raises(DocumentExists):
        exports.write(MARKDOWN, exports.select(), tmp_path / "full")
    with pytest.raises(SaveError, match="in the journal"):
        exports.write(MARKDOWN, exports.select(), exports.journal.root / "copy")
    (tmp_path / "a.json").write_text("mine")
    with pytest.raises(DocumentExists):
        exports.write(JSON, exports.select(), tmp_path / "a.json")
    exports.write(JSON, exports.select(), tmp_path / "a.json", replace=True)
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o600


def test_one_document_has_a_section_for_each_entry(exports: Exports) -> None:
    text = exports.text(MARKDOWN, exports.select())[0]
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads == [
        "# Work", "## Day 168 – Monday 6 October 2014", "### Learning points", "## Review",
        "### Feedback", "## Week 41", "## Tuesday 7 October 2014",
    ]  # fmt: skip
    assert "mood: fine" not in text


def test_a_page_needs_nothing_else_and_runs_nothing(exports: Exports) -> None:
    page = exports.text(HTML, exports.select())[0]
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert '<a href="#e-2014-2014-10-07">next</a>' in page
    assert '<img alt="a &amp; b" src="data:image/png;base64,' in page
    assert "[gone]" in page
    assert "mood: fine" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_json_is_as_its_schema_says(exports: Exports) -> None:
    data = json.loads(exports.text(JSON, exports.select())[0])
    assert faults(schema(), data) == []
    first = data["entries"][0]
    assert first["text"] == DAY
    assert (first["rating"], first["remark"], first["learning"]) == (9, "good", ["=1+1 is two"])
    assert first["tasks"] == [{"text": "Ask her", "state": "open", "due": "2014-10-13"}]
    assert [it["path"] for it in data["files"]] == ["2014/img/a.png"]
    assert faults(schema(), {**data, "version": 2}) == ["$.version is 2"]
    del first["tags"]
    assert faults(schema(), data) == ["$.entries[0] lacks tags"]


def test_a_table_has_entries_and_points_and_no_formula(exports: Exports) -> None:
    rows = list(csv.DictReader(io.StringIO(exports.text(CSV, exports.select())[0])))
    assert tuple(rows[0]) == COLUMNS
    assert [(it["part"], it["text"]) for it in rows[:3]] == [
        ("entry", "Day 168 – Monday 6 October 2014"),
        ("learning", "'=1+1 is two"),
        ("follow-up", "Ask her"),
    ]
    assert (rows[0]["rating"], rows[0]["tags"], rows[0]["people"]) == ("9.0", "#depot", "'@ann")


def test_a_day_one_export_is_a_file(exports: Exports) -> None:
    with pytest.raises(UsageError, match=r"-o FILE\.zip"):
        exports.text(DAY_ONE, exports.select())


_TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=120)


@settings(max_examples=25)
@given(st.lists(_TEXTS, min_size=1, max_size=4))
@example(["\ufeffA\r\nB\r", "\x00\x1b\u2028 x", "", "---\nx: 1\n---\n"])
@pytest.mark.parametrize("form", [JSON, MARKDOWN])
def test_what_is_exported_and_imported_is_the_same_byte_for_byte(
    form: str, texts: list[str]
) -> None:
    files = {f"2014/2014-10-{n:02d}.md": text.encode() for n, text in enumerate(texts, 1)}
    with TemporaryDirectory() as folder:
        exports = Exports(journal_of(Path(folder, "a"), files))
        place = Path(folder, "export" + (".json" if form == JSON else ""))
        exports.write(form, exports.select(), place)
        imports = Imports(journal_of(Path(folder, "b"), {}))
        with imports.source(place) as source:
            # An empty piece isn't imported.
            plan = imports.plan(source, Choices())
            imports.apply(source, plan)
        wanted = {path: data for path, data in files.items() if data.strip()}
        found = contents(imports.journal.root)
        assert {path: data for path, data in found.items() if data.strip()} == wanted
        with imports.source(place) as source:
            assert not imports.plan(source, Choices()).entries


@pytest.mark.parametrize("form", [JRNL, DAY_ONE])
def test_other_programs_keep_the_text_and_the_day(
    form: str, tmp_path: Path, exports: Exports
) -> None:
    place = tmp_path / f"export.{'txt' if form == JRNL else 'zip'}"
    exports.write(form, exports.select(), place)
    imports = Imports(journal_of(tmp_path / "b", {}))
    with imports.source(place) as source:
        imports.apply(source, imports.plan(source, Choices()))
    found = contents(imports.journal.root)
    for path, text in FILES.items():
        body = clean(text).removeprefix("---\nmood: fine\n")
        day = "2014-10-06" if "W41" in path else path[5:15]
        # The week became a note of its first day.
        assert [p for p, data in found.items() if data.decode().endswith(body) and day in p], path


def test_files_and_period_notes_come_back_with_json(exports: Exports, tmp_path: Path) -> None:
    exports.write(JSON, exports.select(), tmp_path / "a.json")
    imports = Imports(journal_of(tmp_path / "b", {}))
    with imports.source(tmp_path / "a.json") as source:
        plan = imports.plan(source, Choices())
        done = imports.apply(source, plan)
    assert (done.written, done.files) == (4, 1)
    assert contents(imports.journal.root) == contents(exports.journal.root)


def test_pictures_are_found_however_they_are_shown(tmp_path: Path) -> None:
    day = (
        "![[by name.png]] ![[sub/path.png|300]] ![words][there] ![](sub/title.png 'A title')\n\n"
        "<img width=3 src='sub/a%20b.png'>\n\n[there]: sub/there.png\n"
    )
    names = ("away/by name.png", "sub/path.png", "sub/title.png", "sub/a b.png", "sub/there.png")
    files = {"2014-10-06.md": day.encode(), **{name: b"\x89PNG" + name.encode() for name in names}}
    exports = Exports(journal_of(tmp_path, files))
    exports.write(MARKDOWN, exports.select(), tmp_path / "copy")
    assert contents(tmp_path / "copy") == contents(exports.journal.root)
    # HTML in an entry is shown as text.
    assert exports.text(HTML, exports.select())[0].count("data:image/png") == len(names) - 1


def test_links_of_a_page_lead_to_notes_whose_names_have_no_latin_letters(tmp_path: Path) -> None:
    notes = ("会議", "会社", "a b", "a-b")
    files = {f"2014/2014-10-06-{name}.md": name.encode() for name in notes}
    links = "".join(f"[{name}](2014-10-06-{name.replace(' ', '%20')}.md)\n\n" for name in notes)
    exports = Exports(journal_of(tmp_path, {**files, "2014/2014-10-06.md": links.encode()}))
    page = exports.text(HTML, exports.select())[0]
    for name in notes:
        anchor = page.partition(f'">{name}</a>')[0].rpartition('href="#')[2]
        assert page.count(f'id="{anchor}"') == 1
        assert f"<p>{name}</p>" in page.partition(f'id="{anchor}"')[2].partition("id=")[0]


def test_two_journals_with_the_same_days_are_imported_into_one(tmp_path: Path) -> None:
    imports = Imports(journal_of(tmp_path / "all", {}))
    for name in ("a", "b"):
        journal = journal_of(
            tmp_path / name, {"2014/2014-10-06.md": f"The day of {name}.\n".encode()}
        )
        exports = Exports(journal)
        exports.write(JSON, exports.select(), tmp_path / f"{name}.json")
        for written in (1, 0):
            with imports.source(tmp_path / f"{name}.json") as source:
                plan = imports.plan(source, Choices())
                assert imports.apply(source, plan).written == written
    found = contents(imports.journal.root)
    assert {*found.values()} == {b"The day of a.\n", b"The day of b.\n"}


@pytest.mark.parametrize(
    "path", ["../out.md", "/etc/x.md", ".git/2014-10-06.md", "a\\2014-10-06.md"]
)
def test_a_path_of_an_export_never_leads_out(path: str, tmp_path: Path) -> None:
    entry = {"date": "2014-10-06", "path": path, "text": "words"}
    data = {
        "format": "journal-export",
        "version": 1,
        "entries": [entry],
        "files": [{"path": path, "data": "eA=="}],
    }
    (tmp_path / "a.json").write_text(json.dumps(data))
    imports = Imports(journal_of(tmp_path / "b", {}))
    with imports.source(tmp_path / "a.json") as source:
        imports.apply(source, imports.plan(source, Choices()))
    assert set(contents(imports.journal.root)) <= {"2014/2014-10-06.md"}
    assert not (tmp_path / "b" / "out.md").exists()
