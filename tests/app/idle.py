"""Wait until an app has nothing left to do, however slow the machine is.

Textual's own `wait_for_idle` measures how much processor time the test takes. On a busy machine, that
is little although much is left to do; on an idle one, it waits longer than needed.
"""

import asyncio
from collections.abc import Iterator
from time import monotonic
from typing import Any

from textual._context import active_app
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import Worker

from journal_tui.app.widgets.debounce import Debounce

MAX_SECONDS = 10.0
"""How long to wait at most."""

SHORT_SECONDS = 0.2
"""The longest timer for which `wait_until_settled` waits."""

worker_seconds = MAX_SECONDS
"""How long to wait for workers; a test that holds one up makes it short."""


async def wait_for_idle(min_sleep: float = 0, max_sleep: float = MAX_SECONDS) -> None:
    """Wait until messages, layout, painting and workers are done.

    A worker that has opened a dialog counts as done, because it waits for a person. The arguments are
    those of Textual's function, and have no effect.
    """
    await _wait(active_app.get(), with_timers=False)


async def wait_until_settled(app: App[Any]) -> None:
    """Wait until an app is idle and none of its widgets has a short timer running."""
    await _wait(app, with_timers=True)


async def _wait(app: App[Any], with_timers: bool) -> None:
    begun = monotonic()
    turns = quiet = 0
    # What was handled last may have begun something else.
    while quiet < 3 and (seconds := monotonic() - begun) < MAX_SECONDS:
        # Threads need the interpreter, too.
        await asyncio.sleep(0 if turns < 20 else 0.001 if turns < 40 else 0.005)
        turns += 1
        if (
            app._resize_event
            or not all(map(_is_waiting, _pumps(app)))
            or (seconds < worker_seconds and any(map(_is_busy, app.workers)))
            # The timers come last, and only once, because each look at them takes long.
            or (with_timers and quiet == 2 and any(map(_has_timer, _pumps(app))))
        ):
            quiet = 0
        elif screens := list(filter(_is_to_be_drawn, app.screen_stack)):
            for screen in screens:
                screen._on_timer_update()
            quiet = 0
        else:
            quiet += 1


def _pumps(app: App[Any]) -> Iterator[MessagePump]:
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)


def _is_waiting(pump: MessagePump) -> bool:
    """Whether a widget has handled all its messages, and waits for the next one."""
    if pump._closed or pump._closing or not pump._running:
        return True
    queue: Any = pump._message_queue
    return bool(queue.empty() and queue.ready_event._waiters and not pump._next_callbacks)


def _has_timer(pump: MessagePump) -> bool:
    """Whether a widget has a short timer running, which doesn't repeat."""
    return any(
        isinstance(value, Debounce) and value.is_waiting and value.seconds <= SHORT_SECONDS
        for value in vars(pump).values()
    ) or any(
        timer._repeat == 0
        and timer._interval <= SHORT_SECONDS
        and timer._task is not None
        and not timer._task.done()
        for timer in list(pump._timers)
    )


def _is_to_be_drawn(screen: Screen[Any]) -> bool:
    """Whether a screen, or one that is seen under a dialog, isn't painted yet."""
    if not screen.is_current or screen.app._batch_count:
        return False
    # A screen under another asks to be painted again each time that it was painted.
    is_to_be_painted = screen._repaint_required and screen is screen.app.screen
    return bool(
        is_to_be_painted
        or screen._layout_required
        or screen._scroll_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def _is_busy(worker: Worker[Any]) -> bool:
    """Whether a worker still has something to do, and doesn't wait for a person."""
    if worker.is_finished:
        return False
    task = worker._task
    step: Any = task.get_coro() if task else None
    while step is not None:
        if getattr(getattr(step, "cr_code", None), "co_name", "") == "push_screen_wait":
            return False
        step = getattr(step, "cr_await", None)
    return True
