"""`journal learn` tells what was learned before; whatever happens, the point is saved."""

import pytest

from journal_tui.errors import IndexBusy
from journal_tui.index.index import Index
from journal_tui.lookups import similarity
from tests.cli.command_shell import TODAY, Shell, process

POINT = "Ask for the name of the owner before the meeting begins"
DAY = "# A day\n\n## Learning points\n\n- {}\n\nEnjoyment: {}\n"
ADDED = "Learning point added to Friday 20 November 2026.\n"


@pytest.fixture
def learned(shell: Shell) -> Shell:
    """A journal in which this was learned twice, and something else once."""
    shell.write(
        DAY.format("Owners have good names: ask, before each meeting begins", "8.5"), "2025-06-03"
    )
    shell.write(DAY.format(POINT, "4/10"), "2026-11-12")
    shell.write(DAY.format("Rain makes the depot late", ""), "2026-11-13")
    return shell


def test_the_closest_earlier_points_and_the_third_time(learned: Shell) -> None:
    said = learned.good("learn", POINT)
    assert said == (
        f"{ADDED}Learned before?\n"
        f"  2026-11-12  8 days ago       4/10  {POINT}\n"
        "  2025-06-03  17 months ago  8.5/10  Owners have good names: ask, before each meeting begins\n"
        "It seems you have learned this twice before: 3 June 2025, 12 November 2026.\n"
    )
    assert POINT in learned.written()


def test_nothing_is_shown_if_nothing_is_similar(learned: Shell) -> None:
    assert learned.good("learn", "Lanterns weigh less than kettles") == ADDED


def test_a_day_without_a_rating(learned: Shell) -> None:
    said = learned.good("learn", "The depot is late when rain makes it")
    assert "  2026-11-13  7 days ago          Rain makes the depot late\n" in said


def test_only_what_was_learned_before_that_day(learned: Shell) -> None:
    assert "2026-11-12" not in learned.good("learn", POINT, "--on", "2026-11-12")
    assert "2026" not in learned.good("learn", POINT, "--on", "2025-06-04").partition("\n")[2]


def test_each_of_several_points_is_named(learned: Shell) -> None:
    said = learned.good(
        "learn", stdin=f"- {POINT}\n- Kettles\n- Rain makes the depot late\n".encode()
    )
    assert said.startswith("3 learning points added")
    assert said.count("Learned before?") == 2
    assert f"\nLearned before? {POINT}\n  2026-11-12" in said
    assert "\nLearned before? Rain makes the depot late\n  2026-11-13" in said


def test_no_control_character_is_printed(learned: Shell) -> None:
    learned.write(DAY.format(POINT + " \x1b[31mred \u202e", "5"), "2026-11-11")
    said = learned.good("learn", POINT)
    assert "2026-11-11" in said
    assert not {"\x1b", "\u202e"} & set(said)


@pytest.mark.parametrize("error", [IndexBusy("busy"), OSError("gone"), ValueError("a fault")])
@pytest.mark.parametrize(
    ("where", "what"),
    [
        (Index, "refresh"),
        (similarity.SimilarPointSearch, "find"),
        (similarity.SimilarPointSearch, "repeated"),
    ],
)
def test_trouble_with_the_index_stops_nothing(
    learned: Shell, monkeypatch: pytest.MonkeyPatch, error: Exception, where: type, what: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        assert POINT in learned.written()
        raise error

    learned.write("# Today\n")
    monkeypatch.setattr(where, what, fail)
    assert learned.good("learn", POINT).startswith(ADDED)


def test_a_save_is_done_even_if_the_index_is_busy(
    learned: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(similarity.SimilarPointSearch, "find", interrupt)
    assert learned.good("learn", POINT) == ADDED


def test_a_process_of_its_own_says_it_plainly(learned: Shell) -> None:
    done = process("learn", POINT, "--on", TODAY, cwd=learned.root)
    assert done.returncode == 0
    assert b"  2026-11-12  8 days earlier       4/10  " + POINT.encode() in done.stdout
    assert b"\x1b" not in done.stdout + done.stderr
