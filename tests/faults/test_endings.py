"""The app recovers from one fault; two at once end it, with the draft complete and no text shown."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.counting import Tally

if sys.platform == "win32":
    pytest.skip("a pty is needed, which Windows has not", allow_module_level=True)

from tests.terminal.terminals import DAY, Place, Terminal
from tests.terminal.test_terminal import DRIVER, restored

OLD = "# A day\n\nThe secret of the lab.\n"
HANDLER = "raise KeyError(secret)"
FAULTS = {
    "an exception in a worker": "self.run_worker(failing(secret))",
    "an exception in a thread": "self.run_worker(lambda: {}[secret], thread=True)",
    "an exception in a timer": "self.set_timer(0.01, lambda: {}[secret])",
    "out of memory in a handler": "raise MemoryError(secret)",
    "too deep a recursion": "self.action_crash()",
}
FAILING = """
async def failing(secret):
    raise ValueError(secret)

class Crashing"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somewhere to run the app; whatever still runs at the end is ended."""
    made = Place(tmp_path)
    yield made
    for terminal in made.terminals:
        terminal.end()


def failing(place: Place, fault: str) -> Terminal:
    """The app with something typed, that fails in this way at f12."""
    driver = place.folder / "driver.py"
    assert HANDLER in DRIVER
    code = DRIVER.replace(HANDLER, FAULTS[fault]).replace("\nclass Crashing", FAILING, 1)
    driver.write_text(code)
    place.put(OLD)
    terminal = place.start(sys.executable, str(driver), str(place.root), str(DAY))
    place.writes(terminal, " And zebras.")
    return terminal


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.one_in(3)
def test_the_app_goes_on_after_a_fault(place: Place, fault: str, tally: Tally) -> None:
    terminal = failing(place, fault)
    mark = len(terminal.output)
    terminal.types("\x1b[24~")
    terminal.sees("rebuilt", mark)
    place.writes(terminal, " More.")
    terminal.types("\x11")
    assert terminal.code() == 0
    restored(terminal)
    said = place.file.read_text()
    tally("faults that the app goes on after", faults=1, lost="And zebras. More." not in said)
    assert "And zebras. More." in said


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.one_in(3)
def test_two_faults_at_once_leave_the_draft(place: Place, fault: str, tally: Tally) -> None:
    terminal = failing(place, fault)
    # On a busy machine the second may come too late to be one of two at once.
    terminal.until(
        lambda: terminal.types("\x1b[24~") or terminal.process.poll() is not None, "the end"
    )
    assert terminal.code() == 1
    restored(terminal)
    after = terminal.output[terminal.output.rfind(b"\x1b[?1049l") :].decode()
    is_told = any(word in after for word in ("secret of", "zebras", "locals"))
    drafts = place.drafts()
    tally(
        "faults that end the app",
        endings=1, lost="zebras" not in place.typed(), text_told=is_told,
    )  # fmt: skip
    assert "went wrong in it" in after and "Traceback" not in after and not is_told
    assert place.file.read_text() == OLD and len(drafts) == 1
    assert "zebras" in place.typed() and "The secret of the lab." in place.typed()
