"""`journal conflicts`: copies beside entries are listed, compared and ended, and nothing is lost."""

import pytest

from tests.cli.command_shell import Shell

ENTRY = "# Day\n\nprose\n\n## Learning points\n\n- one\n- theirs\n"
COPY = "# Day\n\nprose\n\n## Learning points\n\n- one\n- mine\n"
NAME = "2026-11-16.sync-conflict-20261117-120000-ABCDEFG.md"


@pytest.fixture
def twice(shell: Shell) -> Shell:
    """A day and a copy of it that Syncthing made."""
    shell.write(ENTRY, "2026-11-16")
    (shell.root / "2026" / NAME).write_text(COPY, "utf-8")
    return shell


def copies(shell: Shell) -> list[str]:
    return [file.name for file in (shell.root / "2026").iterdir() if file.name != "2026-11-16.md"]


def test_a_copy_is_listed_and_its_points_do_not_count(twice: Shell) -> None:
    code, out, _ = twice("conflicts")
    assert code == 1
    assert out.startswith(f"   1  2026/{NAME}  (Syncthing; copy of 2026/2026-11-16.md)\n")
    assert twice("find", "mine").code == 1
    shown = twice.good("conflicts", "--show", "1").splitlines()
    assert "− - theirs" in shown
    assert "+ - mine" in shown
    assert "conflict copy of 2026-11-16.md" in twice("check").out


def test_both_are_taken(twice: Shell) -> None:
    assert "the lines of both" in twice.good("conflicts", "--take", "1")
    assert twice.written("2026-11-16") == ENTRY + "- mine\n"
    assert copies(twice) == []
    assert twice.good("conflicts") == "There are no conflict copies.\n"
    assert "mine" in twice.good("find", "mine")
    assert NAME in twice.good("trash")


def test_the_copy_becomes_the_entry(twice: Shell) -> None:
    assert "in its history" in twice.good("conflicts", "--keep", "1")
    assert twice.written("2026-11-16") == COPY
    assert copies(twice) == []
    assert "- theirs" in twice.good("history", "2026-11-16", "--version", "2")


def test_the_copy_is_dropped(twice: Shell) -> None:
    assert "is unchanged" in twice.good("conflicts", "--drop", "1")
    assert twice.written("2026-11-16") == ENTRY
    assert copies(twice) == []
    assert NAME in twice.good("trash")


def test_a_copy_whose_entry_is_gone_becomes_it(twice: Shell) -> None:
    twice.path("2026-11-16").unlink()
    twice.good("conflicts", "--take", "1")
    assert twice.written("2026-11-16") == COPY


@pytest.mark.parametrize("how", ["--take", "--keep"])
def test_a_copy_that_is_not_text_stays(twice: Shell, how: str) -> None:
    (twice.root / "2026" / NAME).write_bytes(b"\xff")
    assert "not UTF-8" in twice.refused(1, "conflicts", how, "1")
    assert twice.written("2026-11-16") == ENTRY
    assert copies(twice) == [NAME]


def test_a_number_that_is_not_there(twice: Shell) -> None:
    assert "no conflict copy 2" in twice.refused(2, "conflicts", "--show", "2")


def test_texts_that_cannot_be_compared_give_no_comparison(twice: Shell) -> None:
    (twice.root / "2026" / NAME).write_bytes(b"x" * (9 << 20))
    assert "8 MB" in twice.refused(1, "conflicts", "--show", "1")


def test_a_rating_in_the_words_of_the_journal_stays_one(twice: Shell) -> None:
    (twice.root / "journal.toml").write_text('[sections]\nrating = ["Freude"]\n')
    entry, copy = "# Tag\n\nFreude: 8/10\n", "# Tag\n\nFreude: 8/10 – guter Tag\n"
    twice.path("2026-11-16").write_text(entry)
    (twice.root / "2026" / NAME).write_text(copy)
    twice.good("conflicts", "--take", "1")
    assert twice.written("2026-11-16").count("Freude") == 1


def test_two_ratings_are_reported(twice: Shell) -> None:
    twice.path("2026-11-16").write_text("# A day\n\nEnjoyment: 3/10 – from the laptop\n")
    (twice.root / "2026" / NAME).write_text("# A day\n\nEnjoyment: 9/10 – from the phone\n")
    code, out, err = twice("conflicts", "--take", "1")
    assert code == 0 and "the lines of both" in out
    assert "rated on line 3 and again on line 4" in err and "Remove what you do not need" in err
