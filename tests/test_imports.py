"""Imports: what a plan says, what is written, a second import, and one that is interrupted."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from journal_tui.errors import EntryError
from journal_tui.exchange.files import Refused
from journal_tui.imports import APPEND, NEW, NOTE, SKIP, Choices, ImportPlan, ImportResult, Imports
from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.exchange.sources import archive, day_one, day_one_json, post, wxr

NOW = datetime(2026, 11, 20, 18, 0)
THREE = wxr(
    post(1, "2014-10-06", "Day 168", 'See <a href="https://blog.example/2/">tomorrow</a>.'),
    post(2, "2014-10-07", "Day 169", "After <a href='https://www.blog.example/1'>the depot</a>."),
    post(
        3, "2014-10-07", "A second one", "The same day, later, with enough words to be found again."
    ),
)
Make = Callable[..., Imports]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that makes a journal of files by their paths and returns its imports."""

    def make(**files: str) -> Imports:
        root = tmp_path / "journal"
        root.mkdir(exist_ok=True)
        (root / "journal.toml").write_text('name = "Work"\nlayout = "flat"\n', "utf-8")
        for name, text in files.items():
            (root / f"{name}.md").write_text(text, "utf-8")
        places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
        return Imports(Journal(root, places, lambda: NOW))

    return make


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Return a function that writes a file to import from."""

    def put(name: str, data: bytes) -> Path:
        file = tmp_path / "from" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    return put


def run(
    imports: Imports, path: Path, choices: Choices | None = None
) -> tuple[ImportPlan, ImportResult]:
    """Plan an import, and do it."""
    with imports.source(path) as source:
        plan = imports.plan(source, choices or Choices())
        return plan, imports.apply(source, plan)


def planned(imports: Imports, path: Path, choices: Choices | None = None) -> ImportPlan:
    """Return only the plan."""
    with imports.source(path) as source:
        return imports.plan(source, choices or Choices())


def texts(imports: Imports) -> dict[str, str]:
    """Return the texts of the journal's entries by their paths."""
    root = imports.journal.root
    return {str(it.relative_to(root)): it.read_text("utf-8") for it in sorted(root.rglob("*.md"))}


def test_a_plan_says_what_becomes_of_each_piece_and_writes_nothing(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    plan = planned(imports, put("blog.xml", THREE))
    assert [(it.path, it.action) for it in plan.entries] == [
        ("2014-10-06.md", NEW),
        ("2014-10-07.md", NEW),
        ("2014-10-07-a-second-one.md", NOTE),
    ]
    assert plan.summary() == "2 new entries, 1 note of a day that has an entry."
    assert plan.days() == (date(2014, 10, 6), date(2014, 10, 7))
    assert texts(imports) == {}


def test_links_between_entries_are_kept(make: Make, put: Callable[[str, bytes], Path]) -> None:
    imports = make()
    _, done = run(imports, put("blog.xml", THREE))
    assert (done.written, done.failed, done.untried) == (3, [], 0)
    found = texts(imports)
    assert "See [tomorrow](2014-10-07.md)." in found["2014-10-06.md"]
    assert "After [the depot](2014-10-06.md)." in found["2014-10-07.md"]


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_second_import_adds_nothing(
    make: Make, put: Callable[[str, bytes], Path], forgotten: bool, tmp_path: Path
) -> None:
    imports, file = make(), put("blog.xml", THREE)
    run(imports, file)
    before = texts(imports)
    changed = imports.journal.root / "2014-10-06.md"
    changed.write_text(changed.read_text("utf-8") + "\nWritten on.\n", "utf-8")
    if forgotten:
        # On another machine, only the entries say what was imported.
        (next((tmp_path / "state").iterdir()) / "imports.jsonl").unlink()
    plan, done = run(imports, file)
    assert (plan.present, done.written) == (3, 0)
    assert plan.summary() == "Nothing new; 3 are here already."
    assert texts(imports).keys() == before.keys()


def test_a_day_that_has_an_entry_is_treated_as_asked(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    file = put("blog.xml", THREE)
    imports = make(**{"2014-10-06": "# Mine\n\nEnjoyment: 8/10\n"})
    assert [it.action for it in planned(imports, file, Choices(same_day=SKIP)).entries] == [NEW]
    assert [it.action for it in planned(imports, file).entries] == [NOTE, NEW, NOTE]
    plan, _ = run(imports, file, Choices(same_day=APPEND))
    assert [it.action for it in plan.entries] == [APPEND, NEW, APPEND]
    found = texts(imports)
    assert found["2014-10-06.md"].startswith(
        "# Mine\n\nEnjoyment: 8/10\n\n## Day 168\n\nSee [tomorrow]"
    )
    assert "source: https://blog.example/1/" in found["2014-10-06.md"]
    assert "## A second one\n\nThe same day" in found["2014-10-07.md"]
    assert planned(imports, file, Choices(same_day=APPEND)).present == 3


def test_attachments_are_copied_beside_the_entry(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    data = archive(
        {
            "Journal.json": day_one_json(
                day_one(), day_one(uuid="B", creationDate="2014-10-09T12:00:00Z")
            ),
            "photos/abc.jpeg": b"jpeg",
        }
    )
    imports, file = make(), put("days.zip", data)
    plan, done = run(imports, file)
    assert (plan.attachments, done.written, done.files) == (2, 2, 1)
    assert "![](attachments/abc.jpeg)" in texts(imports)["2014-10-06.md"]
    copied = imports.journal.root / "attachments" / "abc.jpeg"
    assert copied.read_bytes() == b"jpeg"
    assert copied.stat().st_mode & 0o777 == 0o600
    assert planned(imports, file).present == 2


def test_another_file_of_the_same_name_is_never_replaced(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    place = imports.journal.root / "attachments"
    place.mkdir()
    (place / "abc.jpeg").write_bytes(b"mine")
    run(
        imports,
        put("d.zip", archive({"J.json": day_one_json(day_one()), "photos/abc.jpeg": b"theirs"})),
    )
    assert (place / "abc.jpeg").read_bytes() == b"mine"
    assert (place / "abc-2.jpeg").read_bytes() == b"theirs"
    assert "attachments/abc-2.jpeg" in texts(imports)["2014-10-06.md"]


def test_a_picture_with_the_path_of_another_is_copied_beside_it_and_named(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    for vault, day, data in (("a", 1, b"one"), ("b", 2, b"two"), ("c", 3, b"two")):
        put(f"{vault}/img/p.png", data)
        file = put(
            f"{vault}/2014-10-0{day}.md", f"The picture of {vault}: ![](img/p.png)\n".encode()
        )
        _, done = run(imports, file.parent)
        assert (done.written, done.files) == (1, int(vault != "c"))
        assert len(done.warnings) == int(vault != "a")
        assert all("taken: img/p.png was copied to img/p-2.png." in it for it in done.warnings)
    root = imports.journal.root
    assert (root / "img/p.png").read_bytes() == b"one"
    assert (root / "img/p-2.png").read_bytes() == b"two"


def test_what_an_interrupted_import_left_is_removed(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    place = imports.journal.root / "attachments"
    place.mkdir()
    (place / ".import-0123456789abcdef.part").write_bytes(b"half")
    (place / ".other.part").write_bytes(b"mine")
    run(
        imports, put("d.zip", archive({"J.json": day_one_json(day_one()), "photos/abc.jpeg": b"x"}))
    )
    assert sorted(it.name for it in place.iterdir()) == [".other.part", "abc.jpeg"]


def test_a_folder_is_copied_byte_for_byte(make: Make, put: Callable[[str, bytes], Path]) -> None:
    day = b"\xef\xbb\xbf# Day\r\n\r\n![x](../img/a%20b.png) and [[2024-01-10]] ![[c.png]]\r\n"
    put("vault/Daily/2024-01-09.md", day)
    put("vault/Daily/2024-01-10.md", b"Next")
    put("vault/img/a b.png", b"1")
    put("vault/deep/er/c.png", b"2")
    put("vault/.obsidian/2024-01-11.md", b"no")
    root = put("vault/Projects.md", b"A page without a date.").parent
    imports = make()
    plan, done = run(imports, root)
    assert (done.written, done.files) == (2, 2)
    assert (imports.journal.root / "Daily/2024-01-09.md").read_bytes() == day
    assert (imports.journal.root / "img/a b.png").read_bytes() == b"1"
    assert (imports.journal.root / "deep/er/c.png").read_bytes() == b"2"
    assert [(it.what, it.number) for it in plan.left_out] == [
        ("file without a date in the name", 1)
    ]
    assert planned(imports, root).present == 2


def test_each_file_of_a_folder_is_imported_or_named(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    shown = b"# A day\n\n![A picture](a.png)\n"
    files = {
        "daily/2024-10-09.md": shown,
        "daily/2024-10-09 1.md": b"Written twice.\n",
        "daily/2024-10-09 (conflicted copy 2024-10-10 101010).md": shown,
        "daily/2024-10-09.sync-conflict-20241010-101010-ABCDEFG.md": b"Written on the phone.\n",
        "daily/2024-10-11.sync-conflict-20241012-101010-ABCDEFG.md": b"The day itself is gone.\n",
        "daily/a.png": b"a picture",
        "daily/b.pdf": b"a paper that no entry shows",
        "2024-10-12.docx": b"a letter",
        "2024-13-45.md": b"No such day.\n",
        "03-04-2024.md": b"April or March.\n",
        "With 2024-10-08 Meeting.md": b"Met.\n",
        "ideas.md": b"Ideas.\n",
        "2024-10-16/note.md": b"Within.\n",
    }
    for name, data in files.items():
        put(f"vault/{name}", data)
    imports = make()
    plan, done = run(imports, put("vault/more.md", b"More ideas.\n").parent)
    assert texts(imports) == {
        "daily/2024-10-09.md": shown.decode(),
        "daily/2024-10-09-copy.md": "Written twice.\n",
        "daily/2024-10-09-copy-2.md": "Written on the phone.\n",
        "daily/2024-10-11-copy.md": "The day itself is gone.\n",
    }
    assert {it.what: (it.number, it.example) for it in plan.left_out} == {
        "conflict copy with the same text as its entry": (
            1, "daily/2024-10-09 (conflicted copy 2024-10-10 101010).md"
        ),
        "dated file in another format than Markdown or plain text": (1, "2024-10-12.docx"),
        "file with a date that cannot be read": (1, "2024-13-45.md"),
        "file with a date that can be read in two ways": (1, "03-04-2024.md"),
        "file with a date that is not at the beginning of the name": (1, "With 2024-10-08 Meeting.md"),
        "file without a date in the name": (3, "daily/b.pdf"),
        "file without a date, in a folder named by a date": (1, "2024-10-16/note.md"),
    }  # fmt: skip
    left = sum(it.number for it in plan.left_out)
    assert done.written + done.files + left == len(files) + 1
    plan, done = run(imports, put("vault/more.md", b"More ideas.\n").parent)
    assert not plan.entries and plan.present == 4 and len(texts(imports)) == 4


def test_a_single_dated_file_is_an_entry(make: Make, put: Callable[[str, bytes], Path]) -> None:
    imports = make()
    run(imports, put("one/6 Oct 2014.txt", b"# Mine\r\n\r\nPosted on 1 May 2001\r\n"))
    run(imports, put("two/2014-10-07-lab visit.md", b"Lab"))
    run(imports, put("three/2014-10-08.md", b"Alone in its folder").parent)
    found = {it.name: it.read_bytes() for it in imports.journal.root.glob("*.md")}
    assert found == {
        "2014-10-06.md": b"# Mine\r\n\r\nPosted on 1 May 2001\r\n",
        "2014-10-07-lab visit.md": b"Lab",
        "2014-10-08.md": b"Alone in its folder",
    }


def test_a_journal_is_not_imported_into_itself(
    make: Make, put: Callable[[str, bytes], Path], tmp_path: Path
) -> None:
    imports = make(**{"2014-10-06": "x"})
    for path in (imports.journal.root, imports.journal.root / "2014-10-06.md", tmp_path):
        with pytest.raises(Refused, match="journal"):
            imports.source(path)


def test_an_export_may_lie_in_the_journals_folder(make: Make) -> None:
    imports = make(**{"2014-10-06": "x"})
    file = imports.journal.root / "blog.xml"
    file.write_bytes(THREE)
    assert len(planned(imports, file).entries) == 3


def test_what_has_no_day_is_unclear_unless_one_is_given(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports, file = make(), put("page.txt", b"A title\n\nSome words of a day.\n")
    plan = planned(imports, file)
    assert (plan.entries, [it.title for it in plan.unclear]) == ([], ["A title"])
    run(imports, file, Choices(on=date(2014, 10, 6)))
    assert texts(imports) == {"2014-10-06.md": "# A title\n\nSome words of a day.\n"}


def test_days_of_the_future_and_of_long_ago_are_remarked_on(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    data = wxr(post(1, "2031-01-01", "A", "x"), post(2, "1900-01-01", "B", "y"))
    plan, done = run(make(), put("blog.xml", data))
    assert done.written == 2
    assert plan.remarks[0] == "1 entry is dated after today, the last on 2031-01-01."
    assert plan.remarks[1].startswith(
        "1 entry is on a day that programs use for a missing date, such as 1900-01-01."
    )


def fail_after(monkeypatch: pytest.MonkeyPatch, name: str, calls: int) -> Iterator[None]:
    """Have a call of the system say that the disk is full, after it worked so often."""
    before, done = getattr(os, name), 0

    def full(*args: object, **kwargs: object) -> object:
        nonlocal done
        done += 1
        if done > calls:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return before(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(os, name, full)
        yield


# Fewer than the 20 entries: what is written besides them comes in any order, as several are at once.
@pytest.mark.parametrize("calls", [0, 1, 7, 13, 19])
@pytest.mark.parametrize("name", ["fsync", "write"])
def test_after_a_full_disk_days_are_complete_and_a_second_run_goes_on(
    make: Make,
    put: Callable[[str, bytes], Path],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    calls: int,
) -> None:
    entries = [
        day_one(
            uuid=f"U{n}",
            creationDate=f"2014-11-{n:02d}T12:00:00Z",
            text=f"Day number {n}, complete.",
        )
        for n in range(1, 21)
    ]
    file = put("days.zip", archive({"J.json": day_one_json(*entries), "photos/abc.jpeg": b"jpeg"}))
    imports = make()
    for _ in fail_after(monkeypatch, name, calls):
        _, done = run(imports, file)
    assert done.failed or done.untried
    assert "disk is full" in done.failed[0].why
    found = texts(imports)
    assert all("complete.\n\n![](attachments/abc.jpeg)\n" in text for text in found.values())
    assert not [it for it in imports.journal.root.rglob(".*") if it.suffix in (".tmp", ".part")]
    again, rest = run(imports, file)
    assert (again.present, rest.written) == (len(found), 20 - len(found))
    assert len(texts(imports)) == 20


def test_an_import_that_is_stopped_goes_on(make: Make, put: Callable[[str, bytes], Path]) -> None:
    imports, file = make(), put("blog.xml", THREE)
    with imports.source(file) as source:
        plan = imports.plan(source, Choices())
        stopped = imports.apply(source, plan, stop=lambda: True)
    assert (stopped.written, stopped.untried) == (0, 3)
    _, done = run(imports, file)
    assert done.written == 3


def test_an_import_can_be_undone_but_what_was_edited_stays(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports, file = make(), put("blog.xml", THREE)
    with pytest.raises(EntryError, match="no import to undo"):
        imports.undo()
    run(imports, file)
    edited = imports.journal.root / "2014-10-06.md"
    edited.write_text("Mine now.\n", "utf-8")
    undone = imports.undo()
    assert (undone.deleted, list(undone.kept)) == (2, ["2014-10-06.md"])
    assert texts(imports) == {"2014-10-06.md": "Mine now.\n"}
    assert len(imports.journal.trash.items()) == 2
    assert imports.undoable() == []


def test_an_entry_to_which_its_own_import_added_is_undone_too(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make(**{"2014-10-06": "# Mine\n"})
    run(imports, put("blog.xml", THREE), Choices(same_day=APPEND))
    assert [*texts(imports)] == ["2014-10-06.md", "2014-10-07.md"]
    undone = imports.undo()
    assert (undone.deleted, undone.kept) == (1, ["2014-10-06.md"])
    assert [*texts(imports)] == ["2014-10-06.md"]


def test_a_short_text_is_recognised_without_the_log(
    make: Make, put: Callable[[str, bytes], Path], tmp_path: Path
) -> None:
    file = put("d.csv", b'date,note,rating\n2014-10-06,Fine,8\n2014-10-07,"Cold\nand wet",\n')
    imports = make(**{"2014-10-07": "Cold and wetter\n"})
    assert run(imports, file)[1].written == 2
    (next((tmp_path / "state").iterdir()) / "imports.jsonl").unlink()
    assert planned(imports, file).present == 2


def test_a_text_that_begins_like_an_archive_is_a_text(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    run(imports, put("2014-10-06.md", b"PKW bought.\n"))
    assert texts(imports) == {"2014-10-06.md": "PKW bought.\n"}


def test_files_of_other_formats_and_links_are_named(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    folder = put("blog.xml", THREE).parent
    for name in ("2014-10-01.md", "t.csv", "p_files/x.html", ".hidden/a.md", "photo.jpg"):
        put(name, b"x")
    (folder / "linked").symlink_to(folder / "t.csv")
    imports = make()
    plan = planned(imports, folder)
    assert (plan.format, len(plan.entries)) == ("WordPress", 3)
    assert [(it.what.partition(" (")[0], it.number, it.example) for it in plan.left_out] == [
        ("link that isn't followed", 1, "linked"),
        ("file in another format", 2, "2014-10-01.md"),
    ]
    plan = planned(imports, folder, Choices("folder"))
    assert [it.path for it in plan.entries] == ["2014-10-01.md"]
    assert sum(it.number for it in plan.left_out) == 5


def test_pictures_that_a_browser_saved_beside_a_page_are_imported_or_named(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    images = (
        '<img src="./My day_files/one two.jpg"><img src="My%20day_files/three.png?w=3"><img src="x/no.png">'
        '<img src="https://blog.example/a.png">'
    )
    page = f"<html><body><h1>Day 1</h1><p>2014-10-06</p><article><p>Out. {images}</p></article></body></html>"
    file = put("My day.html", page.encode())
    left = planned(make(), file).left_out
    assert [(it.number, it.example) for it in left if "picture" in it.what] == [
        (3, "./My day_files/one two.jpg")
    ]
    put("My day_files/one two.jpg", b"one")
    put("My day_files/three.png", b"three")
    plan, done = run(make(), file.parent)
    assert [it.number for it in plan.left_out if "picture" in it.what] == [1]
    assert done.files == 2
    text = texts(make())["2014-10-06.md"]
    assert "![](attachments/one-two.jpg)" in text
    assert "![](attachments/three.png)" in text
    assert "![](https://blog.example/a.png)" in text


def test_the_files_that_a_single_entry_links_to_are_named(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    file = put(
        "2014-10-06.md",
        b"![](img/a.png) ![[b.png]] [next](2014-10-07.md) [web](https://c.example/d.png)\n",
    )
    left = planned(make(), file).left_out
    assert [(it.number, it.example) for it in left] == [(2, "img/a.png")]


def test_a_deleted_entry_is_imported_again_although_another_takes_its_path(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    second = b"[2014-10-06 18:00] Second\nIn the evening.\n"
    imports, file = make(), put("j.txt", second)
    run(imports, file)
    (imports.journal.root / "2014-10-06.md").unlink()
    put("j.txt", b"[2014-10-06 09:00] First\nIn the morning.\n\n" + second)
    plan = planned(make(), file)
    assert (plan.present, [it.title for it in plan.entries]) == (0, ["First", "Second"])


def test_the_journals_own_names_of_sections_are_found(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    toml = imports.journal.root / "journal.toml"
    toml.write_text('layout = "flat"\n[sections]\nlearning = ["Gelernt"]\n', "utf-8")
    line = "Gelernt: zuerst fragen; warten"
    page = f"Tag 1\n6 October 2014\n\nIm Depot.\n{line}\nLeave a reply\n"
    run(imports, put("a.txt", page.encode()))
    run(imports, put("b.xml", wxr(post(1, "2014-10-07", "Tag 2", f"Im Depot.\n{line}"))))
    run(
        imports,
        put(
            "c.html",
            f"<article><time datetime='2014-10-08'></time><p>Im Depot.<br>{line}</p></article>".encode(),
        ),
    )
    run(imports, put("d.csv", b"date,text,Gelernt\n2014-10-09,Im Depot.,zuerst fragen; warten\n"))
    for day in range(6, 10):
        entry = imports.journal.open(date(2014, 10, day)).entry
        assert [it.text for it in entry.points] == ["zuerst fragen", "warten"]


def test_a_zip_of_notes_says_to_unpack_it(make: Make, put: Callable[[str, bytes], Path]) -> None:
    imports, file = make(), put("v.zip", archive({"2024-01-09.md": b"x", "2024-01-10.md": b"y"}))
    with pytest.raises(Refused, match="Unpack it"):
        planned(imports, file)


def test_a_missing_or_empty_source_is_refused(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    with pytest.raises(Refused, match="no file or folder"):
        imports.source(Path("/nowhere/at all.xml"))
    with pytest.raises(Refused, match="is empty"):
        planned(imports, put("x.txt", b""))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_fifo_does_not_block(make: Make, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="can't be read"):
        make().source(tmp_path / "pipe")


def test_nothing_is_added_to_an_entry_that_is_marked_for_publishing(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make(**{"2014-10-06": "---\npublish: true\n---\n\nMine.\n", "2014-10-07": "Mine.\n"})
    file = put(
        "blog.xml",
        wxr(
            post(1, "2014-10-06", "Open", "To read by all."),
            post(2, "2014-10-07", "Hidden", "For me alone.", status="private"),
            post(3, "2014-10-07", "Shown", "Also by all."),
        ),
    )
    plan = planned(imports, file, Choices(same_day=APPEND))
    assert [it.action for it in plan.entries] == [NOTE, NOTE, APPEND]


def test_nothing_is_added_to_an_entry_that_the_same_import_marks_for_publishing(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    marked = b"[2014-10-06] One\n---\npublish: true\n---\nFor all.\n\n"
    file = put("j.txt", marked + b"[2014-10-06] Two\nFor me.\n")
    imports = make()
    plan, _ = run(imports, file, Choices(same_day=APPEND))
    assert [it.action for it in plan.entries] == [NEW, NOTE]
    assert "For me." not in texts(imports)["2014-10-06.md"]


def test_nothing_is_added_to_an_entry_that_a_search_publishes(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    days = {"2014-10-06": "# One #blog\n", "2014-10-07": "---\npublish: false\n---\n# Two #blog\n"}
    imports = make(**days)
    settings = imports.journal.root / "journal.toml"
    settings.write_text(settings.read_text("utf-8") + '[publish]\nquery = "#blog"\n', "utf-8")
    plan = planned(
        imports,
        put("j.csv", b"date,note\n2014-10-06,For me.\n2014-10-07,Too.\n"),
        Choices(same_day=APPEND),
    )
    assert [it.action for it in plan.entries] == [NOTE, APPEND]


def test_the_plan_says_which_entries_are_marked_for_publishing(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    file = put("vault/2014-10-06.md", b"---\npublish: true\n---\n\nFor all.\n")
    put("vault/2014-10-07.md", b"publish: true\n")
    (remark,) = planned(make(), file.parent).remarks
    assert remark.startswith("1 entry has “publish: true” in the front matter")


def test_a_link_that_leads_to_itself_is_refused(make: Make, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(Refused, match="is a link that leads to itself"):
        make().source(tmp_path / "loop")


def test_what_was_written_before_ctrl_c_can_be_undone(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    posts = [post(n, f"2014-10-{n:02d}", f"Day {n}", f"Words of day {n}.") for n in range(1, 31)]

    def interrupt(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with imports.source(put("blog.xml", wxr(*posts))) as source:
        plan = imports.plan(source, Choices())
        with pytest.raises(KeyboardInterrupt):
            imports.apply(source, plan, interrupt)
    written = len(texts(imports))
    assert 0 < written < 30
    assert imports.undo().deleted == written
    assert not texts(imports)


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from journal_tui.imports import Choices, Imports
from journal_tui.journal import Journal
from journal_tui.settings import Places

root, source, *places = map(Path, sys.argv[1:])

def progress(done, total):
    if done >= 100:
        os.kill(os.getpid(), signal.SIGKILL)

imports = Imports(Journal(root, Places(*places), lambda: datetime(2026, 11, 20, 18)))
with imports.source(source) as opened:
    imports.apply(opened, imports.plan(opened, Choices()), progress)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_an_import_that_was_killed_can_be_undone_and_repeated(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    first = date(2014, 1, 1)
    days = [str(first + timedelta(number)) for number in range(300)]
    blog = put(
        "blog.xml", wxr(*(post(at, day, f"Day {at}", "Words.") for at, day in enumerate(days)))
    )
    places = imports.journal.places
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, imports.journal.root, blog, *places], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    written = len(texts(imports))
    assert 100 <= written < 300
    # The threads may have saved some more than was reported.
    assert written - len(imports.undoable()) <= 16
    undone = imports.undo()
    assert undone.deleted >= 100 and not undone.kept
    _, done = run(imports, blog)
    assert done.written == 300 - (written - undone.deleted) and len(texts(imports)) == 300


def test_an_import_after_one_that_was_undone_can_be_undone_too(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    file = put("blog.xml", THREE)
    for _ in range(3):
        assert run(imports, file)[1].written == 3
        assert imports.undo().deleted == 3
    with pytest.raises(EntryError, match="no import to undo"):
        imports.undo()


def test_a_dated_file_in_another_encoding_is_imported_byte_for_byte(
    make: Make, put: Callable[[str, bytes], Path]
) -> None:
    imports = make()
    data = {"2014-10-06.md": "Grüße\r".encode("latin-1"), "2014-10-07.md": b"\xed\xa0\x80\n"}
    for name, content in data.items():
        folder = put(f"vault/{name}", content).parent
    assert run(imports, folder)[1].written == 2
    for name, content in data.items():
        assert imports.journal.entries.content(name) == content
    assert planned(imports, folder).present == 2
