"""What is to be done once a person pauses: asked for with each key, done after the last of them."""

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


class Pause:
    """Calls `action` when `again` was not called for some seconds; `owner` must still be there.

    A key can afford it: it costs a hundredth of what a Textual timer does.
    """

    def __init__(self, owner: MessagePump, seconds: float, action: Callable[[], object]) -> None:
        self._owner = owner
        self._seconds = seconds
        self._action = action
        self._waiting: asyncio.TimerHandle | None = None

    def again(self) -> None:
        """Wait anew."""
        self.stop()
        self._waiting = asyncio.get_running_loop().call_later(self._seconds, self._over)

    def stop(self) -> None:
        """Wait no more."""
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None

    def _over(self) -> None:
        self._waiting = None
        if self._owner.is_running:
            self._owner.call_later(self._action)
