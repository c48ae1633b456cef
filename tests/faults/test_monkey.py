"""The monkey: whatever is pressed, dragged and resized, the app keeps running, and no word is lost.

MONKEY_JOURNAL names the folder of a second, large journal; without it only the sample is used.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.extent import Sample
from tests.faults.counting import Scale, Tally

if not sys.platform.startswith("linux"):
    pytest.skip("the monkey reads /proc, which only Linux has", allow_module_level=True)
pytest.importorskip("pyte", reason="the monkey needs pyte: pip install 'journal-tui[test]'")

from tests.faults import monkey
from tests.faults.monkey_events import MODES, dumps, encode, generate, loads, shrink
from tests.faults.monkey_terminal import Terminal

SAMPLE = Path(__file__).parents[2] / "entries"
SEEDS = 10
# The one that presses everything; the others with --thorough.
FEW_MODES = ("anything",)


@pytest.mark.parametrize("mode", MODES)
def test_a_seed_gives_the_same_events_and_another_seed_others(mode: str) -> None:
    script = generate(mode, 5, 2)
    assert script == generate(mode, 5, 2)
    assert script != generate(mode, 6, 2) and script != generate(mode, 5, 3)
    assert script[0].kind == "start" and script[-1].kind == "end"


@pytest.mark.parametrize("mode", MODES)
def test_events_can_be_written_down_and_read_again(mode: str) -> None:
    for session in range(20):
        script = generate(mode, 1, session)
        assert loads(dumps(script)) == script


def test_no_event_ends_the_app_before_the_last() -> None:
    leaving = {"\x11", encode("ctrl+q", kitty=True)}
    for mode in MODES:
        for session in range(50):
            script = generate(mode, 3, session)
            assert not [e for e in script if e.kind == "send" and e.value in leaving]
            assert [e.kind for e in script].count("end") == 1


@pytest.mark.parametrize(
    ("key", "kitty", "kind", "data"),
    [
        ("a", False, 0, "a"), ("a", True, 0, "\x1b[97;;97u"), ("a", True, 3, "\x1b[97;1:3;97u"),
        ("ctrl+a", False, 0, "\x01"), ("ctrl+a", True, 0, "\x1b[97;5u"), ("alt+left", False, 0, "\x1b[1;3D"),
        ("escape", True, 0, "\x1b[27u"), ("escape", False, 0, "\x1b"), ("f5", True, 3, "\x1b[15;1:3~"),
        ("f1", False, 0, "\x1bOP"), ("shift+tab", False, 0, "\x1b[Z"), ("ctrl+\\", False, 0, "\x1c"),
    ],
)  # fmt: skip
def test_keys_are_sent_as_terminals_send_them(key: str, kitty: bool, kind: int, data: str) -> None:
    assert encode(key, kitty, kind) == data


def test_the_shortest_list_that_fails_is_found() -> None:
    asked: list[list[int]] = []

    def fails(some: list[int]) -> bool:
        asked.append(some)
        return {3, 41, 77} <= set(some)

    assert shrink(range(100), fails) == [3, 41, 77]
    assert len(asked) < 200


def test_a_list_that_fails_only_as_a_whole_stays() -> None:
    assert shrink([1, 2, 3], lambda some: len(some) == 3) == [1, 2, 3]


def test_the_order_of_what_is_left_is_kept() -> None:
    assert shrink("xbxaxb", lambda some: "".join(some).find("ab") >= 0) == ["a", "b"]


def test_two_failures_of_one_cause_are_alike() -> None:
    sentence = (
        "ended by itself with 1: something went wrong in it: KeyError (app.py:{} > a.py:1). What"
    )
    first, second = (monkey.likeness("ending", sentence.format(line)) for line in (1, 2))
    assert first == second == "ending: KeyError (app.py > a.py)"
    assert monkey.likeness("ending", "ended by itself with 0: ") == "ending"


# What an app does first with its terminal: it echoes nothing.
QUIET = "import tty; tty.setraw(0)\n"


def program(tmp_path: Path, body: str) -> Terminal:
    """A terminal in which a program of a few lines runs."""
    command = [sys.executable, "-c", f"import sys, time\nw = sys.stdout.write\n{body}"]
    return Terminal(command, dict(os.environ), tmp_path, [40, 10], answers=True)


def test_what_a_program_leaves_set_is_noticed(tmp_path: Path) -> None:
    body = r"w('\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[>25u\x1b[?25l\x1b[?7l\x1b[?1003l\x1b[?1049l')"
    terminal = program(tmp_path, body)
    try:
        assert terminal.until(lambda: not terminal.is_alive, 10.0)
        terminal.pump(0.1)
        assert terminal.not_restored == [
            "mode 1000 still on", "cursor hidden", "lines do not wrap", "kitty protocol still on",
        ]  # fmt: skip
    finally:
        terminal.end()


def test_stray_codes_are_told_apart_from_allowed_ones(tmp_path: Path) -> None:
    body = (
        QUIET
        + r"w('\x1b[31mred\x1b[0m \x1b]22;default\x07 \x1b]52;c;dg==\x07'); sys.stdout.flush(); time.sleep(0.3); w('\x1b]0;title\x07 \x9b')"
    )
    terminal = program(tmp_path, body)
    try:
        assert terminal.until(lambda: "red" in terminal.shown, 10.0)
        assert not terminal.strays
        assert terminal.until(lambda: terminal.strays, 10.0)
    finally:
        terminal.end()


def test_the_echo_of_the_terminal_is_not_a_stray_code(tmp_path: Path) -> None:
    terminal = program(tmp_path, "w('ready'); sys.stdout.flush(); input(); " + "time.sleep(60)")
    try:
        assert terminal.until(lambda: "ready" in terminal.shown, 10.0)
        terminal.type("typed\x9b1m\n")
        assert terminal.until(lambda: "typed" in terminal.shown, 10.0)
        assert not terminal.strays
    finally:
        terminal.end()


def test_a_terminal_that_is_not_read_stays_unread(tmp_path: Path) -> None:
    terminal = program(tmp_path, "w('early'); sys.stdout.flush(); time.sleep(60)")
    try:
        terminal.stall(0.3)
        terminal.pump(0.2)
        assert terminal.written == 0
        assert terminal.until(lambda: "early" in terminal.shown, 10.0)
    finally:
        terminal.end()


def test_words_of_sessions_are_all_different() -> None:
    words = [next(monkey.words_of(seed, session)) for seed in range(9) for session in range(9)]
    made = monkey.words_of(1, 1)
    words += [next(made) for _ in range(50)][1:]
    assert len(set(words)) == len(words)
    assert not [word for word in words if not word.isalpha()]


def test_another_program_and_a_failing_disk(tmp_path: Path) -> None:
    place = monkey.Place(tmp_path / "place", SAMPLE, sys.executable)
    place.renew()
    file = place.open_file()
    assert file
    place.disturb("append")
    assert "added by another program" in place.saved()
    if not place.break_disk():
        pytest.skip("neither a chattr nor a chmod makes a save fail here")
    try:
        with pytest.raises(OSError, match=r"not permitted|denied"):
            (file.parent / "new").write_text("")
    finally:
        place.mend()
    old = file.read_text()
    place.disturb("delete")
    assert not file.exists() and old in place.anywhere()


@pytest.mark.parametrize(
    "mode",
    [
        mode if mode in FEW_MODES else pytest.param(mode, marks=pytest.mark.thorough)
        for mode in MODES
    ],
)
def test_nothing_ends_hangs_or_loses(
    mode: str, sample: Sample, scale: Scale, tally: Tally, tmp_path: Path
) -> None:
    """Several seeds beside each other: most of the time is spent waiting."""
    seeds, events = scale(sample(1, 2), SEEDS), scale(sample(36, 260), 50_000 // SEEDS)
    journals = [SAMPLE]
    if given := os.environ.get("MONKEY_JOURNAL"):
        journals.append(Path(given))

    def run(seed: int, journal: Path) -> list[dict[str, object]]:
        command = [
            sys.executable, "-m", "tests.faults.monkey", "--mode", mode, "--seed", str(seed), "--events", str(events),
            "--journal", str(journal), "--out", str(tmp_path / journal.name),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()] or [{"failure": done.stderr}]

    parts = [(seed, journal) for journal in journals for seed in range(1, seeds + 1)]
    with ThreadPoolExecutor(4) as pool:
        lines = [line for told in pool.map(lambda part: run(*part), parts) for line in told]
    for line in lines:
        if "failures" in line:
            count = monkey.Count(**monkey.told_counts(line))
            row = {name.replace(" ", "_"): value for name, value in count.row().items()}
            tally(f"monkey, {mode}", **row)
    failed = [f"{line['failure']}: {line.get('what')}" for line in lines if "failure" in line]
    assert not failed, "\n".join(failed)
