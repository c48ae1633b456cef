"""A debounce: an action that is requested at each key and run once the typing pauses."""

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


class Debounce:
    """Call `action` once `restart` hasn't been called for `seconds`, if `owner` is still running.

    It can be restarted at each key, because that costs a hundredth of restarting a Textual timer.
    """

    def __init__(self, owner: MessagePump, seconds: float, action: Callable[[], object]) -> None:
        self._owner = owner
        self.seconds = seconds
        self._action = action
        self._waiting: asyncio.TimerHandle | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the action is still to be called."""
        return self._waiting is not None

    def restart(self) -> None:
        """Start waiting, or start again."""
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
