"""The questions about one follow-up: when it is due, whom it waits for, and why it is dropped.

Each is a `Question`: the dialog to show, with the functions for its answer.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual.suggester import Suggester

from journal_tui.app.editor.due_completion import names_a_week
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.widgets.humanize import weekday_date
from journal_tui.entry.due_dates import due_dates
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.task_changes import are_same_people, people_of
from journal_tui.entry.tokenizer import term_of
from journal_tui.errors import JournalError
from journal_tui.follow_ups import FollowUps
from journal_tui.period import long_date, parse_due

if TYPE_CHECKING:
    from journal_tui.journal import SaveResult

_NONE = "none"
_DATES = "friday · friday next week · tomorrow · +7 · 3 mar"


class Question(NamedTuple):
    """A dialog; `make` makes the change for its answer, and `confirmation` returns a message, or ""."""

    dialog: LineDialog
    make: "Callable[[str], SaveResult]"
    confirmation: Callable[[str], str] = lambda words: ""


def due(follow_ups: FollowUps, one: FollowUp) -> Question:
    """Return the question when a follow-up is due."""
    today = follow_ups.journal.today()

    def due_of(words: str) -> date | None:
        return None if words.casefold() == _NONE else parse_due(words, today)

    def explain(words: str) -> str:
        due = due_of(words)
        end = ", the end of the week" if due and names_a_week(words) else ""
        return f"→ due {long_date(due)}{end}" if due else "→ no due date"

    def confirmation(words: str) -> str:
        due = due_of(words)
        return f"Due {weekday_date(due, today)}." if due else "Removed the due date."

    has_due = one.due or any(due.is_unreadable for due in due_dates(one.said, one.day))
    now = f"Due {weekday_date(one.due, today)} now. " if one.due else ""
    about = f"{now}Type a day: {_DATES}"
    about += f" – or {_NONE} to remove the date." if has_due else "."
    dialog = LineDialog("Due date", one.text, "Set", explain, about=about, placeholder="friday")
    return Question(dialog, lambda words: follow_ups.set_due(one, due_of(words)), confirmation)


def waiting(follow_ups: FollowUps, one: FollowUp, complete: Callable[[str], list[str]]) -> Question:
    """Return the question whom a follow-up waits for.

    `complete` returns the known people whose names begin with a word.
    """
    today = follow_ups.journal.today()

    def named(words: str) -> str:
        return "" if words.casefold() == _NONE else people_of(words)

    def note_if_new(name: str) -> str:
        """Return a note if a name is new, so that a suggestion isn't mistaken for the typed name."""
        try:
            if follow_ups.journal.mentions.one(term_of(name)):
                return ""
        except JournalError:
            return ""
        known = next(iter(complete(name)), "")
        return f" (a new name; tab for {known})" if known else " (a new name)"

    def explain(words: str) -> str:
        people = named(words)
        if not people:
            return "→ not waiting"
        if are_same_people(people, one.waiting):
            how_long = one.how_long(today)
            since = f"for {how_long}" if how_long else "since today"
            return f"→ still waiting for {one.people}, {since}"
        said = ", ".join(f"{name}{note_if_new(name)}" for name in people.split(","))
        return f"→ waiting for {said} since today"

    about = "One name, or several with commas: @ann, @bob"
    if one.waiting:
        about = f"Now {one.people}. Type {_NONE} if it no longer waits for anyone."
    dialog = LineDialog(
        "Waiting for", one.text, "Set", explain, about=about, placeholder="@ann",
        suggester=PeopleSuggester(complete),
    )  # fmt: skip
    return Question(dialog, lambda words: follow_ups.set_waiting(one, named(words)))


def drop(follow_ups: FollowUps, one: FollowUp) -> Question:
    """Return the question why a follow-up is dropped; the answer may be empty."""
    dialog = LineDialog(
        "Drop", one.text, "Drop it", lambda words: f"– {words}",
        about="Why? You can leave this empty.", placeholder="no longer needed", may_be_empty=True,
    )  # fmt: skip
    return Question(dialog, lambda words: follow_ups.drop(one, words))


class PeopleSuggester(Suggester):
    """Complete the last name in a line of people; `complete` gets the name's beginning, with its sign."""

    def __init__(self, complete: Callable[[str], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with the last name completed, or None."""
        typed = value.rpartition(",")[2]
        name = typed.strip()
        if not name or typed != typed.rstrip():
            return None
        sign = "" if name.startswith("@") else "@"
        found = next(iter(self._complete(sign + name)), "")
        rest = found[len(sign + name) :]
        return value + rest if rest else None
