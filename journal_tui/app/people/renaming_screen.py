"""The base class of the screens of people and tags: rename or merge a name after a plan, and undo it."""

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Static

from journal_tui.app.people.plan_screen import PlanScreen
from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.screens.list_screen import ListScreen
from journal_tui.app.widgets.humanize import counted, moment
from journal_tui.entry.mention_changes import check_name, check_pair
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.tokenizer import term_of
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.journal import Name
    from journal_tui.renames import RenamePlan, RenameResult, Renames

Result = TypeVar("Result")
Made = TypeVar("Made")
_MAX_SKIPPED = 2


class NameSuggester(Suggester):
    """Complete a name that is typed with or without its sign; `complete` always gets the sign, too."""

    def __init__(self, sign: str, complete: Callable[[str], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._sign, self._complete = sign, complete

    async def get_suggestion(self, value: str) -> str | None:
        """Return the completed name, or None."""
        sign = "" if value.startswith(self._sign) else self._sign
        if len(sign + value) < 2:
            return None
        found = next(iter(self._complete(sign + value)), "")
        rest = found[len(sign + value) :]
        return value + rest if rest else None


class RenamingScreen(ListScreen[Result]):
    """A screen to rename a tag or person; `changed()` is called after a renaming, and after its undoing."""

    def __init__(
        self,
        renames: "Renames",
        changed: Callable[[], None],
        is_indexing: Callable[[], bool] = lambda: False,
        placeholder: str = "",
    ) -> None:
        super().__init__(renames.journal, is_indexing, placeholder)
        self.renames, self._changed = renames, changed

    @abstractmethod
    def reload(self, term: str = "") -> None:
        """Read the data again, and put the cursor on the folded name `term`."""

    @abstractmethod
    def show_heading(self) -> None:
        """Show the first line of the screen again."""

    async def _work_on(self, said: str, make: Callable[[], Made]) -> Made | None:
        """Run a slow function in a thread while the first line shows `said`.

        Return its result; if it fails, show the error and return None.
        """
        self.query_one(".heading", Static).update(Content(said))
        try:
            return await asyncio.to_thread(make)
        except (JournalError, OSError) as error:
            self.tell(str(error), "warning")
            return None
        finally:
            if self.is_mounted:
                self.show_heading()

    def ask_to_rename(self, name: "Name") -> None:
        """Ask for the new name of a tag or person, and show what would change."""
        sign, shown = name.term[0], name.term[0] + name.spelled
        if why := self.journal.entries.read_only_reason:
            self.tell(why, "warning")
            return

        def named(words: str) -> str:
            new = check_name(words if words[:1] in ("#", "@") else sign + words)
            check_pair(name.term, new)
            return new

        def explain(words: str) -> str:
            new = named(words)
            known = self.journal.mentions.named(term_of(new))
            if known is None:
                return f"→ {new}, a new name"
            if known.term == name.term:
                return f"→ {new}, everywhere"
            days = counted(known.days, "day")
            return f"→ {known.term[0]}{known.spelled}, used on {days}: the two will be merged"

        def answered(words: str | None) -> None:
            if words:
                self._plan(name.term, named(words))

        dialog = LineDialog(
            f"Rename {one_line(shown)}", "", "Show what changes", explain,
            about="The new name. If it is already used, the two are merged.", placeholder=shown,
            suggester=NameSuggester(sign, self.complete_mention),
        )  # fmt: skip
        self.app.push_screen(dialog, answered)

    @work(exclusive=True, group="rename")
    async def _plan(self, term: str, new: str) -> None:
        def make() -> "RenamePlan":
            self.journal.refresh()
            return self.renames.plan(term, new)

        plan = await self._work_on("Looking for what would change …", make)
        if plan is None or not self.is_mounted or not self.is_current:
            return

        def answered(done: "RenameResult | None") -> None:
            if done:
                self._finish(_result_message(done), done, term_of(new) if done.changed else term)

        self.app.push_screen(PlanScreen(self.renames, plan), answered)

    def _finish(self, said: str, done: "RenameResult", term: str) -> None:
        """Show what was done, which entries were left unchanged, and the warnings.

        Then read the data again, with the cursor on the folded name `term`.
        """
        severity = "information"
        if done.skipped:
            listed = "; ".join(f"{it.path}: {it.why}" for it in done.skipped[:_MAX_SKIPPED])
            more = len(done.skipped) - _MAX_SKIPPED
            rest = f"; and {more:,} more" if more > 0 else ""
            entries = counted(len(done.skipped), "entry")
            said = one_line(f"{said} Left unchanged: {entries}. {listed}{rest}.")
            severity = "warning"
        self.tell(said, severity)
        for warning in dict.fromkeys(done.warnings):
            self.tell(warning, "warning")
        self.reload(term)
        self._changed()

    def action_undo(self) -> None:
        """Ask whether to undo the latest renaming, and undo it."""
        log = self.renames.undoable()
        if log is None:
            self.tell("There is no renaming to undo.", "warning")
            return
        when = moment(datetime.fromisoformat(log.when))

        def answered(answer: str | None) -> None:
            if answer:
                self._undo()

        text = (
            f"{log.old} became {log.new} on {when}, in {counted(len(log.entries), 'entry')}. "
            "What you have written since then stays."
        )
        choices = [("u", "Undo it", "undo"), ("k", "Keep it", "")]
        self.app.push_screen(ChoiceDialog("Undo the latest renaming?", text, choices), answered)

    @work(exclusive=True, group="rename")
    async def _undo(self) -> None:
        done = await self._work_on("Undoing …", self.renames.undo)
        if done and self.is_mounted:
            said = f"Undone: {counted(done.changed, 'entry')} changed back to {done.old}."
            if done.failed:
                said = f"{said.removeprefix('Undone: ')} To undo the rest, undo it again."
            self._finish(said, done, term_of(done.old))


def _result_message(done: "RenameResult") -> str:
    """Return a sentence about what a renaming did."""
    if done.untried:
        said = (
            f"Stopped: {counted(done.changed, 'entry')} changed, {done.untried:,} not yet. "
            "To finish, rename it again."
        )
    elif done.changed:
        said = f"{counted(done.changed, 'entry')} changed: {done.old} is now {done.new}."
    else:
        said = "No entry changed."
    return f"{said} Press ctrl+z to undo it." if done.changed else said
