"""A debounce: an action that is asked for with each key and done once the person pauses."""

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


class Debounce:
    """Calls `action` once `again` has not been called for `seconds`, if `owner` is still running.

    A key can afford it: it costs a hundredth of what a Textual timer does.
    """

    def __init__(self, owner: MessagePump, seconds: float, action: Callable[[], object]) -> None:
        self._owner = owner
        self.seconds = seconds
        self._action = action
        self._waiting: asyncio.TimerHandle | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the action is still to come."""
        return self._waiting is not None

    def again(self) -> None:
        """Start waiting, from now."""
        self.stop()
        self._waiting = asyncio.get_running_loop().call_later(self.seconds, self._run)

    def stop(self) -> None:
        """Stop waiting."""
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None

    def _run(self) -> None:
        self._waiting = None
        if self._owner.is_running:
            self._owner.call_later(self._action)
