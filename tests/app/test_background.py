"""Work on the index behind the screen makes way for whoever types."""

import asyncio
import time
from collections.abc import Callable

import pytest

from journal_tui.app import background
from journal_tui.app.background import Background


class Resting:
    """A journal whose refresh does nothing but rest, once for each of its files."""

    class index:
        failed = ""
        warmed = 0

        @classmethod
        def warm(cls, stop: Callable[[], bool]) -> None:
            cls.warmed += not stop()

    def __init__(self) -> None:
        self.files: list[float] = []

    def refresh(
        self,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        rest: Callable[[], None],
    ) -> "Resting":
        for _ in range(3):
            rest()
            self.files.append(time.monotonic())
        return self

    faults = ()


async def test_a_refresh_waits_until_the_keys_are_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "BUSY_SECONDS", 0.3)
    journal = Resting()
    behind = Background(journal)  # type: ignore[arg-type]
    behind.make_way()
    pressed = time.monotonic()
    assert await behind.refresh(lambda done, total: None) == ""
    assert len(journal.files) == 3
    assert journal.files[0] - pressed >= background.BUSY_SECONDS - 0.01
    behind.stop()


async def test_a_refresh_does_not_wait_for_a_key_when_the_app_ends() -> None:
    journal = Resting()
    behind = Background(journal)  # type: ignore[arg-type]
    behind._busy_until = time.monotonic() + 3_600
    behind._stopped = True
    behind._rest()
    assert await behind.refresh(lambda done, total: None) == ""


async def test_the_index_is_had_in_memory_while_a_refresh_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "PAINT_SECONDS", 0.0)
    journal = Resting()
    behind = Background(journal)  # type: ignore[arg-type]
    behind._busy_until = time.monotonic() + 3_600
    refresh = asyncio.create_task(behind.refresh(lambda done, total: None))
    await behind.warm()
    assert journal.index.warmed == 1 and not refresh.done()
    behind.stop()
    await behind.warm()
    assert journal.index.warmed == 1 and await refresh == ""
