"""Letting go of many objects while nobody waits."""

from typing import Any

from textual.message_pump import MessagePump

from journal_tui.app.widgets.pause import Pause

REST_SECONDS = 0.05
AT_ONCE = 500
"""So many are gone in some tenths of a millisecond."""


class LettingGo:
    """Frees lists a few objects at a time: ten thousand rows at once take longer than a search."""

    def __init__(self, owner: MessagePump) -> None:
        self._lists: list[list[Any]] = []
        self._pause = Pause(owner, REST_SECONDS, self._free)

    def take(self, objects: list[Any]) -> None:
        """Empty this list, which nobody else looks at any more, by and by."""
        if len(objects) > AT_ONCE:
            self._lists.append(objects)
            self._pause.again()

    def _free(self) -> None:
        objects = self._lists[-1]
        del objects[-AT_ONCE:]
        if not objects:
            self._lists.pop()
        if self._lists:
            self._pause.again()
