"""A damaged index, and one that cannot be written: the answers are right all the same."""

import os
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui.entry.entry import Entry
from journal_tui.errors import NoJournal
from journal_tui.index.index import Index
from journal_tui.index.table_storage import MAGIC
from journal_tui.library.library import Library
from tests.index.index_fixture import DAY, KINDS, TEXT, Place, asked, contents, found, tables


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 4
    file.write_bytes(data)


def of_another_version(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(MAGIC, b"journal-index 0", 1))


def replaced_by_json_that_is_no_table(file: Path) -> None:
    file.write_bytes(MAGIC + b" 95f11f27\n[1,2]")


def removed(file: Path) -> None:
    file.unlink()


def made_a_fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def made_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("table", [f"2014{kind}.table" for kind in KINDS])
@pytest.mark.parametrize(
    "damage",
    [
        truncated,
        emptied,
        flipped,
        of_another_version,
        replaced_by_json_that_is_no_table,
        removed,
        made_a_folder,
        pytest.param(
            made_a_fifo, marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
        ),
    ],
)
@pytest.mark.parametrize("ask_first", [True, False])
def test_damage_is_mended(filled: Place, table: str, damage: object, ask_first: bool) -> None:
    """Asked at once, or refreshed first: the answers are right, and the next start finds all well."""
    wanted = contents(filled.rebuilt())
    assert callable(damage)
    damage(filled.folder / "cache" / table)
    index = filled.index()
    if not ask_first:
        # Only the stamps are looked at by a refresh; the other tables when they are asked for.
        assert index.refresh().read == (6 if "stamps" in table else 0)
    assert len(found(index, filled, "fire")) == 7
    assert found(index, filled, "number3") == ["2014/2014-10-03.md"]
    assert found(index, filled, '"prose number3"') == ["2014/2014-10-03.md"]
    assert len(asked(index, filled, "in:remark dry")) == 7
    # So few days are read sooner than the order of a year's words, which is asked for here.
    order = index.segment("2014").phrases()
    assert order.days("entry", ("prose", "number3"), False, None) == {"J3"}
    assert found(index, filled, '"prose number3"') == ["2014/2014-10-03.md"]
    index.refresh()
    assert contents(index) == wanted
    if damage is not made_a_folder:
        again = filled.index()
        assert again.refresh().read == 0
        assert contents(again) == wanted


@pytest.mark.parametrize("cut", range(len(KINDS)))
def test_a_crash_between_the_tables_heals(filled: Place, cut: int) -> None:
    """The tables are replaced one by one: any number of old ones may be left behind."""
    old = {file: file.read_bytes() for file in tables(filled)}
    filled.put("2014/2014-10-03.md", "kite")
    filled.index().refresh()
    for kind in KINDS[cut:]:
        file = filled.folder / "cache" / f"2014{kind}.table"
        file.write_bytes(old[file])
    index = filled.index()
    index.refresh()
    assert contents(index) == contents(filled.rebuilt())
    assert found(index, filled, "kite") == ["2014/2014-10-03.md"]


def test_the_stamps_are_written_last(filled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = os.replace

    def replace(old: str, new: str) -> None:
        order.append(Path(new).name)
        real(old, new)

    monkeypatch.setattr(os, "replace", replace)
    filled.put("2014/2014-10-03.md", "kite")
    filled.index().refresh()
    assert order == [f"2014{kind}.table" for kind in KINDS]


def test_a_damaged_year_whose_files_are_gone_answers_nothing(filled: Place) -> None:
    shutil.rmtree(filled.root / "2014")
    truncated(filled.folder / "cache" / "2014.postings.table")
    index = filled.index()
    assert len(found(index, filled, "fire")) == 1
    assert index.records_of_day(DAY) == []


def test_foreign_files_in_the_cache_are_not_read_as_years(filled: Place) -> None:
    for name in (
        "notes.table",
        "x.postings.table",
        "20145.table",
        "٢٠١٤.table",
        "2014.table.99",
        ".table",
    ):
        (filled.folder / "cache" / name).write_text("?")
    index = filled.index()
    assert index.years() == ["2015", "2014"]
    assert index.refresh().read == 0
    assert len(found(index, filled, "fire")) == 7


def test_a_cache_that_is_deleted_while_open_is_rebuilt(filled: Place) -> None:
    index = filled.index()
    assert len(found(index, filled, "fire")) == 7
    shutil.rmtree(filled.folder / "cache")
    index.refresh()
    assert len(found(index, filled, "fire")) == 7
    assert len(tables(filled)) == 2 * len(KINDS)


def test_other_section_names_rebuild_the_index(filled: Place) -> None:
    (filled.root / "journal.toml").write_text('[sections]\nlearning = ["Gelernt"]\n')
    filled.put("2015/2015-03-01.md", "# x\n\n## Gelernt\n\n- eins\n")
    library = Library(filled.root, filled.folder / "state")
    index = Index(filled.folder / "cache", library)
    assert index.refresh().read == 8
    assert index.records_of_day(date(2015, 3, 1))[0]["learning"] == [["eins", 5]]


def test_a_fifo_as_settings_does_not_hang_the_index(filled: Place) -> None:
    (filled.root / "journal.toml").unlink()
    os.mkfifo(filled.root / "journal.toml")
    assert filled.index().years() == ["2015", "2014"]


def test_rebuild_and_the_last_file_gone(filled: Place) -> None:
    index = filled.index()
    wanted = contents(index)
    assert index.rebuild().read == 8
    assert contents(index) == wanted
    shutil.rmtree(filled.root / "2014")
    index.refresh()
    assert index.years() == ["2015"]
    assert [file.name[:4] for file in tables(filled)] == ["2015"] * len(KINDS)


def test_a_journal_that_is_gone_says_so_and_keeps_its_index(filled: Place) -> None:
    index = filled.index()
    os.rename(filled.root, filled.folder / "elsewhere")
    with pytest.raises(NoJournal, match="cannot be listed"):
        index.refresh()
    assert index.years() == ["2015", "2014"]
    assert len(tables(filled)) == 2 * len(KINDS)


@pytest.mark.parametrize("ask", [Index.refresh, Index.rebuild])
def test_an_empty_folder_where_the_journal_was_keeps_the_index(
    filled: Place, ask: Callable[[Index], object]
) -> None:
    """A disk that is not mounted leaves the folder that it would be mounted on."""
    index = filled.index()
    wanted = contents(index)
    os.rename(filled.root, filled.folder / "elsewhere")
    filled.root.mkdir()
    for opened in (index, filled.index()):
        with pytest.raises(NoJournal, match=r"no longer has a journal\.toml or any entries"):
            ask(opened)
        assert contents(opened) == wanted
    filled.root.rmdir()
    os.rename(filled.folder / "elsewhere", filled.root)
    assert index.refresh().read == 0
    assert contents(index) == wanted


def test_a_cache_that_cannot_be_made_serves_from_memory(filled: Place) -> None:
    """A file where a folder should be: this stops root as well."""
    (filled.folder / "blocked").write_text("")
    index = filled.index("blocked/cache")
    assert index.refresh().read == 8
    assert index.refresh().read == 0
    assert contents(index) == contents(filled.rebuilt())
    assert index.failed == "Not a directory"
    filled.put("2014/2014-10-03.md", "kite")
    assert index.refresh().read == 1
    saved = filled.library.save("2014/2014-11-01.md", TEXT, None, "", datetime(2026, 1, 1))
    index.saved("2014/2014-11-01.md", Entry(date(2014, 11, 1), TEXT), saved.stamp)
    assert contents(index) == contents(filled.rebuilt())


@pytest.mark.parametrize("damage", [None, truncated])
def test_a_read_only_cache_serves_from_memory(
    filled: Place, monkeypatch: pytest.MonkeyPatch, damage: object
) -> None:
    """Stand-ins refuse all that writes: root may write everywhere."""
    cache = str(filled.folder / "cache")
    before = {file: file.read_bytes() for file in tables(filled)}
    if callable(damage):
        damage(filled.folder / "cache" / "2014.postings.table")
        before = {file: file.read_bytes() for file in tables(filled)}
    for name in ("open", "unlink", "replace"):
        real = getattr(os, name)

        def refuse(path: str, *rest: object, _real: object = real, **named: object) -> object:
            writes = not rest or rest[0] != os.O_RDONLY
            if str(path).startswith(cache) and writes:
                raise PermissionError(13, "Permission denied")
            assert callable(_real)
            return _real(path, *rest, **named)

        monkeypatch.setattr(os, name, refuse)
    filled.put("2014/2014-10-03.md", "kite")
    index = filled.index()
    index.refresh()
    assert found(index, filled, "kite") == ["2014/2014-10-03.md"]
    assert len(found(index, filled, "fire")) == 6
    assert index.refresh().read == 0
    assert index.failed
    shutil.rmtree(filled.root / "2014")
    index.refresh()
    assert index.years() == ["2015"]
    monkeypatch.undo()
    assert {file: file.read_bytes() for file in tables(filled)} == before
    assert contents(index) == contents(filled.rebuilt())


def test_a_full_disk_leaves_no_half_table(filled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(old: str, new: str) -> None:
        raise OSError(28, "No space left on device")

    filled.put("2014/2014-10-03.md", "kite")
    index = filled.index()
    monkeypatch.setattr(os, "replace", full)
    index.refresh()
    monkeypatch.undo()
    assert found(index, filled, "kite") == ["2014/2014-10-03.md"]
    assert set(os.listdir(filled.folder / "cache")) <= {f.name for f in tables(filled)} | {"lock"}
    assert filled.index().refresh().read == 1


def test_what_a_killed_process_was_writing_goes_with_the_next_change(filled: Place) -> None:
    left = filled.folder / "cache" / "2014.postings.table.new"
    left.write_bytes(b"half")
    filled.index().refresh()
    assert left.exists()
    filled.put("2014/2014-10-03.md", "other words")
    filled.index().refresh()
    assert not left.exists()
