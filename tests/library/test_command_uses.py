"""The uses of commands are counted in a private file, and any other content of it does no harm."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.library.remembered import COMMANDS, MAX_COMMANDS, MAX_USES, CommandUses


def test_uses_are_counted_and_kept(tmp_path: Path) -> None:
    uses = CommandUses(tmp_path / "state")
    assert uses.all() == {}
    for name in ("find", "trash", "find", "settings.undo"):
        uses.add(name)
    assert CommandUses(tmp_path / "state").all() == {"find": 2, "trash": 1, "settings.undo": 1}
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    assert (tmp_path / "state" / COMMANDS).stat().st_mode & 0o077 == 0


@given(st.binary(max_size=300))
def test_any_file_is_read(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("state")
    (folder / COMMANDS).write_bytes(data)
    uses = CommandUses(folder)
    before = dict(uses.all())
    uses.add("find")
    assert uses.all()["find"] == before.get("find", 0) + 1


def test_the_file_and_its_numbers_have_an_end(tmp_path: Path) -> None:
    uses = CommandUses(tmp_path)
    (tmp_path / COMMANDS).write_text(f"{MAX_USES} find\n" + "1 x\n" * 5_000, "utf-8")
    uses.add("find")
    assert uses.all()["find"] == MAX_USES and len(uses.all()) <= MAX_COMMANDS


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    uses = CommandUses(tmp_path / "file")
    uses.add("find")
    assert uses.all() == {}
