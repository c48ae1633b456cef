"""The base class of screens with a list of follow-ups: the commands that change the selected one."""

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from journal_tui.app.commands import key_of
from journal_tui.app.follow_ups import dialogs
from journal_tui.app.screens.list_screen import ListScreen
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.follow_ups import FollowUps

if TYPE_CHECKING:
    from journal_tui.app.follow_ups.follow_up_list import FollowUpList
    from journal_tui.journal import SaveResult

Result = TypeVar("Result")


class FollowUpActions(ListScreen[Result]):
    """A screen on which the selected follow-up can be ticked, postponed, handed over or dropped.

    `changed()` is called after an entry is changed here. `undo_place` is the `where` of the
    screen's command “undo” in `app/commands`.
    """

    undo_place: str

    def __init__(
        self,
        follow_ups: FollowUps,
        is_indexing: Callable[[], bool],
        changed: Callable[[], None],
        placeholder: str = "",
    ) -> None:
        super().__init__(follow_ups.journal, is_indexing, placeholder)
        self.follow_ups, self._changed = follow_ups, changed

    @property
    @abstractmethod
    def follow_up_list(self) -> "FollowUpList":
        """The list with the selected follow-up."""

    @abstractmethod
    async def _change(
        self, make: "Callable[[], SaveResult]", path: str, said: str = "", *, follows: bool = True
    ) -> None:
        """Make a change to the entry at a path, update the list and show `said`; if it fails, show why.

        The cursor `follows` the follow-up to its new place, or stays on the same row.
        """

    @abstractmethod
    def _is_followed(self, one: FollowUp) -> bool:
        """Return whether the cursor follows a follow-up to its new place when it is ticked."""

    async def action_tick(self) -> None:
        """Tick the selected follow-up, or open it again."""
        one = self.follow_up_list.chosen
        if one is None:
            return
        change = self.follow_ups.reopen if one.is_closed else self.follow_ups.close
        before = self.follow_ups.last_change
        await self._change(lambda: change(one), one.path, follows=self._is_followed(one))
        done = self.follow_ups.last_change
        if done and done is not before:
            key = key_of("undo", self.app._keymap, (self.undo_place,))
            self.tell(f"{done.what[:1].upper()}{done.what[1:]}. To undo it, press {key}.")

    async def on_follow_up_list_ticked(self) -> None:
        """Tick the follow-up whose box is clicked."""
        await self.action_tick()

    def action_due(self) -> None:
        """Ask for the due date of the selected follow-up."""
        if one := self._open_one():
            self._ask(one, dialogs.due(self.follow_ups, one))

    def action_waiting(self) -> None:
        """Ask whom the selected follow-up waits for."""
        if one := self._open_one():
            self._ask(one, dialogs.waiting(self.follow_ups, one, self.complete_mention))

    def action_drop(self) -> None:
        """Ask why the selected follow-up is dropped, and drop it."""
        if one := self._open_one():
            self._ask(one, dialogs.drop(self.follow_ups, one))

    def _open_one(self) -> FollowUp | None:
        """Return the selected follow-up if it is open; say so if it isn't."""
        one = self.follow_up_list.chosen
        if one and one.is_closed:
            self.tell("This one is closed. Press space to open it again first.", "warning")
            return None
        return one

    def _ask(self, one: FollowUp, question: dialogs.Question) -> None:
        async def answered(words: str | None) -> None:
            if words is not None:
                said = question.confirmation(words)
                await self._change(lambda: question.make(words), one.path, said)

        self.app.push_screen(question.dialog, answered)
