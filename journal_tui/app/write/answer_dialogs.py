"""The dialogs for what comes back from earlier days: a learning point, or an expectation to check."""

from datetime import date
from typing import TYPE_CHECKING

from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.entry.relative_time import long_ago
from journal_tui.entry.verdicts import ACTED_ON, NO_LONGER_TRUE, STILL_TRUE
from journal_tui.period import long_date

if TYPE_CHECKING:
    from journal_tui.journal import ListedExpectation, ReturningPoint

SHOW, NOT_NOW, OPEN = "show", "not now", "open"
"""Answers that aren't verdicts."""


def cue_dialog(point: "ReturningPoint", today: date) -> ChoiceDialog:
    """Return the dialog that shows the cue of a learning point and asks whether you remember it."""
    ago = long_ago(point.day, today)
    when = f"{ago[:1].upper()}{ago[1:]}, on {long_date(point.day)}, you learned something"
    about = f"{when}: {point.cue} …" if point.cue else f"{when}."
    choices = [("s", "Show it", SHOW), ("l", "Not now", NOT_NOW)]
    return ChoiceDialog("Do you remember it?", about, choices, escape="Close")


def verdict_dialog(point: "ReturningPoint") -> ChoiceDialog:
    """Return the dialog that asks whether a learning point is still true."""
    choices = [
        ("s", "Still true", STILL_TRUE),
        ("a", "Acted on …", ACTED_ON),
        ("x", "No longer true", NO_LONGER_TRUE),
        ("l", "Not now", NOT_NOW),
        ("o", "Open its day", OPEN),
    ]
    about = f"{point.text}\n\n{long_date(point.day)}. Your answer is written under it."
    return ChoiceDialog("Is it still true?", about, choices, escape="Close")


def where_dialog(point: "ReturningPoint") -> LineDialog:
    """Return the dialog that asks where you acted on a learning point; the answer may be empty."""
    return LineDialog(
        "Acted on",
        point.text,
        "Write it",
        lambda text: "This is written under the point.",
        about="Say where or how, or just press enter.",
        placeholder="the desk's checklist",
        may_be_empty=True,
    )


def happened_dialog(listed: "ListedExpectation") -> LineDialog:
    """Return the dialog that asks what became of an expectation."""
    return LineDialog(
        f"You expected on {long_date(listed.day)}",
        listed.expectation.text,
        "Write it",
        lambda text: "This is written under what you expected.",
        about="What happened? Say it in a few words.",
    )
