"""The commands `due` and `random`: print what is due today, and the entry of a random day."""

from typing import TYPE_CHECKING, Any

from journal_tui.cli.context import (
    Options,
    Requested,
    in_other_journal,
    open_journal,
    refreshed,
    requested,
)
from journal_tui.cli.follow_ups import as_json as follow_up_as_json
from journal_tui.cli.output import BOLD, Output, tell
from journal_tui.cli.read_commands import show_day
from journal_tui.cli.write_commands import print_saved
from journal_tui.entry.relative_time import long_ago
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.verdicts import ACTED_ON
from journal_tui.errors import EntryError, UsageError

if TYPE_CHECKING:
    from journal_tui.entry.follow_ups import FollowUp
    from journal_tui.journal import Journal, ListedExpectation, ReturningPoint

NOT_NOW = "not now"


def due(options: Options) -> int:
    """Print the follow-ups, expectations and learning point for today, or answer one of these."""
    journal = refreshed(open_journal(options))
    words = " ".join(options.words).strip()
    if options.happened is not None:
        return _answer(journal, words, options.happened)
    if words:
        raise UsageError(
            'Words choose an expectation, and need an answer: journal due "part of it" '
            '--happened "what happened".'
        )
    if options.verdict or options.acted_on is not None:
        return _give_verdict(journal, options)
    return _print_due(journal, options)


def _answer(journal: "Journal", words: str, said: str) -> int:
    from journal_tui.answers import say_what_happened

    meant = _meant(journal, words)
    saved = say_what_happened(journal, meant, said).saved
    text = one_line(meant.expectation.text)
    return print_saved(f"Written below “{text}” ({meant.day}{in_other_journal(journal)}).", saved)


def _meant(journal: "Journal", words: str) -> "ListedExpectation":
    """Return the only unanswered expectation with the words, or without words the only one to check today.

    Raise EntryError if there is none, UsageError if there are several.
    """
    wanted = words.casefold()
    found = journal.expectations() if words else journal.due_expectations()
    found = [
        one
        for one in found
        if wanted in one.expectation.text.casefold() and not one.expectation.answer
    ]
    if not found:
        which = "without an answer contains that" if words else "is to be checked today"
        raise EntryError(f"No expectation {which}. To list what is due, run: journal due")
    # The words may be the whole text of one, and a part of another.
    exactly = [one for one in found if one.expectation.text.casefold() == wanted]
    found = exactly if len(exactly) == 1 else found
    if len(found) > 1:
        listed = "; ".join(f"{one_line(one.expectation.text)} ({one.day})" for one in found[:5])
        raise UsageError(
            f"{len(found)} expectations match. Give part of one: journal due "
            f'"part of it" --happened "what happened". They are: {listed}.'
        )
    return found[0]


def _give_verdict(journal: "Journal", options: Options) -> int:
    from journal_tui.answers import give_verdict

    today = journal.today()
    point = journal.returning_point(today, is_asked_for=True)
    if point is None:
        raise EntryError("No learning point returns today, so there is nothing to answer.")
    if options.verdict == NOT_NOW:
        journal.point_returns.answer(today)
        Output().line("It will return on another day.")
        return 0
    said = options.verdict or ACTED_ON
    saved = give_verdict(journal, point, said, options.acted_on or "").saved
    text = one_line(point.text)
    return print_saved(f"“{text}” ({point.day}{in_other_journal(journal)}): {said}.", saved)


def _print_due(journal: "Journal", options: Options) -> int:
    today = journal.today()
    tasks = [
        task
        for task in journal.follow_ups.find()
        if not task.is_closed and task.due is not None and task.due <= today
    ]
    tasks.sort(key=lambda task: (task.due or today, task.day))
    checks = journal.due_expectations()
    point = journal.returning_point(today, is_asked_for=options.point)
    out = Output()
    if options.json:
        out.json(_as_json(tasks, checks, point))
        return 0
    if not (tasks or checks or point):
        out.line("Nothing is due, and nothing is to be checked today.")
        return 0
    is_first = True

    def title(text: str) -> None:
        nonlocal is_first
        if not is_first:
            out.line()
        is_first = False
        print(out.styled(text, [(0, len(text), BOLD)]))

    if tasks:
        title(f"Due ({len(tasks):,})")
        for task in tasks:
            lead = f"  due {task.due}  "
            out.line(f"{lead}{one_line(task.text)}  (written {task.written})", len(lead))
    if checks:
        title(f"What happened? ({len(checks):,})")
        for one in checks:
            lead = f"  check {one.expectation.check}  "
            out.line(f"{lead}{one_line(one.expectation.text)}  (expected {one.day})", len(lead))
        if out.is_terminal:
            out.line('To answer: journal due "part of it" --happened "what happened"')
    if point:
        title("Still true?")
        out.line(f"  {one_line(point.text)}  ({point.day}, {long_ago(point.day, today)})", 2)
        if out.is_terminal:
            out.line(
                "To answer: journal due --still-true, --acted-on [WHERE], --no-longer-true"
                " or --not-now"
            )
    return 0


def _as_json(
    tasks: "list[FollowUp]", checks: "list[ListedExpectation]", point: "ReturningPoint | None"
) -> dict[str, Any]:
    """Return what is due as `due --json` prints it; a stable interface."""
    return {
        "due": [follow_up_as_json(task) for task in tasks],
        "checks": [
            {
                "date": one.day.isoformat(),
                "path": one.path,
                "line": one.expectation.line,
                "text": one.expectation.text,
                "check": one.expectation.check.isoformat() if one.expectation.check else None,
            }
            for one in checks
        ],
        "point": point
        and {
            "date": point.day.isoformat(),
            "path": point.path,
            "line": point.line,
            "text": point.text,
            "cue": point.cue,
            "rating": point.rating,
        },
    }


def random(options: Options) -> int:
    """Print the entry of a random day other than the day of --on, or other than today without it."""
    journal = refreshed(open_journal(options))
    found = requested(journal, options.on)
    day = journal.random_day(found.day)
    if day is None:
        tell("There is no other day with an entry yet.")
        return 1
    return show_day(journal, Requested(day), options.json)
