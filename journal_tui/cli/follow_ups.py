"""The part of `todo` for existing follow-ups: list them in groups, and change one."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.cli.context import Options, in_other_journal
from journal_tui.cli.output import BOLD, Output
from journal_tui.entry.follow_ups import (
    CLOSED_LATELY,
    LATE,
    LATER,
    THIS_WEEK,
    UNDATED,
    WAITS,
    FollowUp,
    grouped,
)
from journal_tui.entry.model import DROPPED
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import EntryError, UsageError
from journal_tui.follow_ups import FollowUps
from journal_tui.journal import Journal
from journal_tui.period import long_date, parse_due

if TYPE_CHECKING:
    from journal_tui.journal import SaveResult

MAX_MEANT = 5
"""The most follow-ups listed in the error if several contain the words."""
NONE = "none"
"""The word that removes a due date or a person."""
_LEAD = 16
_JSON_GROUPS = {
    LATE: "late", THIS_WEEK: "this-week", LATER: "later", UNDATED: "undated", WAITS: "waiting",
    CLOSED_LATELY: "closed",
}  # fmt: skip


def action_of(options: Options) -> str:
    """Return the option that changes a follow-up: done, reopen, drop or change; "" if none is given.

    Raise UsageError for options that can't be used together.
    """
    asked = next(
        (name for name in ("done", "reopen", "drop", "change") if getattr(options, name)), ""
    )
    allowed = {
        "change": ("due", "waiting"),
        "drop": ("reason",),
        "": ("due", "waiting", "on", "find", "json"),
    }
    given = [
        name
        for name in ("due", "on", "waiting", "reason", "find", "json")
        if getattr(options, name)
    ]
    unfit = [f"--{name}" for name in given if name not in allowed.get(asked, ())]
    if asked and unfit:
        raise UsageError(f"--{asked} cannot be used with {' or '.join(unfit)}. Leave that out.")
    if unfit:
        raise UsageError('--reason is for --drop: journal todo --drop "part of it" --reason "why".')
    if asked == "change" and not given:
        raise UsageError(
            'Say what to change: journal todo --change "part of it" --due friday, or --waiting @ann.'
        )
    return asked


def change(journal: Journal, options: Options, action: str, words: str) -> "tuple[str, SaveResult]":
    """Change the one follow-up that contains these words; return what was done, and the save.

    Raise UsageError if several contain them, EntryError if none does.
    """
    follow_ups = FollowUps(journal)
    one = _meant(follow_ups, words, action)
    if action == "done":
        saved, done = follow_ups.close(one), "Done"
    elif action == "reopen":
        saved, done = follow_ups.reopen(one), "Open again"
    elif action == "drop":
        saved, done = follow_ups.drop(one, options.reason or ""), "Dropped"
    else:
        saved, done, one = _changed(follow_ups, one, options)
    place = f"{_place(one)}{in_other_journal(journal)}"
    return f"{done}: {one_line(one.text)} (written {place})", saved


def _changed(
    follow_ups: FollowUps, one: FollowUp, options: Options
) -> "tuple[SaveResult, str, FollowUp]":
    """Set the due date and the person for whom a follow-up waits.

    Return the save, what was done in words, and the follow-up afterwards: an unreadable due date was
    part of its text, and setting another removes it. Both options are read before anything is
    changed.
    """
    from journal_tui.entry.task_changes import people_of

    due = None
    if options.due and options.due.casefold() != NONE:
        due = parse_due(options.due, follow_ups.journal.today())
    named = (options.waiting or "").casefold()
    people = "" if named == NONE else people_of(options.waiting or "")
    done: list[str] = []
    if options.due:
        saved = follow_ups.set_due(one, due)
        if change := follow_ups.last_change:
            now = follow_ups.after([one], one.path, saved)
            one = next(found for found in now if found.line == change.item_line)
        done.append(f"due {long_date(due)}" if due else "without a due date")
    if options.waiting:
        saved = follow_ups.set_waiting(one, people)
        done.append(f"waiting for {people}" if people else "no longer waiting")
    said = ", ".join(done)
    return saved, said[:1].upper() + said[1:], one


def _meant(follow_ups: FollowUps, words: str, action: str) -> FollowUp:
    wanted = " ".join(words.split()).casefold()
    if not wanted:
        raise UsageError(f'Say which follow-up is meant: journal todo --{action} "Colm the list".')
    closed = action == "reopen"
    found = [
        one
        for one in follow_ups.find()
        if one.is_closed == closed
        and (wanted in one.text.casefold() or wanted in one.said.casefold())
    ]
    exactly = [one for one in found if one.text.casefold() == wanted]
    found = exactly if len(exactly) == 1 else found
    kind = "follow-up that was closed lately" if closed else "open follow-up"
    if not found:
        raise EntryError(f"No {kind} contains that. Run journal todo to list them.")
    if len(found) > 1:
        found.sort(key=lambda one: (one.day, -one.line), reverse=True)
        listed = "; ".join(
            f"{one_line(one.text)} (written {_place(one)})" for one in found[:MAX_MEANT]
        )
        many = kind.replace("follow-up", "follow-ups", 1).replace("was", "were")
        raise UsageError(
            f"{len(found)} {many} contain that. Give more of the one you mean: {listed}."
        )
    return found[0]


def _place(one: FollowUp) -> str:
    """Return where something was written: the day's date, or “in 2026-W47” for a period's note."""
    return f"in {one.period}" if one.period else one.day.isoformat()


def print_list(journal: Journal, options: Options, out: Output) -> int:
    """Print the follow-ups in their groups, all or those that match; return the exit code."""
    words = options.find or ""
    if options.waiting:
        from journal_tui.entry.task_changes import people_of

        words = f"{f'({words}) ' if words else ''}waiting:{people_of(options.waiting)}"
    today = journal.today()
    listed = FollowUps(journal).find(words)
    if options.waiting:
        from journal_tui.query.fields import people_in

        # A search for “ann” also finds “anna”, as while one types in the app; here, it must not.
        wanted = people_in(options.waiting)
        listed = [one for one in listed if wanted & people_in(one.waiting)]
    groups = grouped(listed, today)
    if options.json:
        out.json([as_json(one, group.title) for group in groups for one in group.follow_ups])
        return 0 if groups or not words else 1
    for number, group in enumerate(groups):
        if number:
            out.line()
        title = f"{group.title} ({len(group.follow_ups):,})"
        print(out.styled(title, [(0, len(group.title), BOLD)]))
        for one in group.follow_ups:
            lead = f"  {_lead(group.title, one):{_LEAD}}  "
            out.line(f"{lead}{one.text}  ({'; '.join(_notes(one, today))})", len(lead))
    if any(group.title != CLOSED_LATELY for group in groups):
        if out.is_terminal:
            out.line('To tick one: journal todo --done "part of it"')
    elif words:
        out.line("No open follow-up matches that.")
        return 0 if groups else 1
    else:
        if groups:
            out.line()
        out.line(
            'There are no open follow-ups. Add one with: journal todo "Ask Colm …" --due friday'
        )
    return 0


def _lead(title: str, one: FollowUp) -> str:
    """Return the date by which a row is sorted, with a word: “due 2014-10-13”."""
    if title == CLOSED_LATELY:
        # For a dropped one, the word “dropped” comes after its text.
        return f"{'' if one.state == DROPPED else 'done':4} {one.since_when}"
    if title == WAITS:
        return f"since {one.since_when}"
    return f"due {one.due}" if one.due else ""


def _notes(one: FollowUp, today: date) -> Sequence[str]:
    notes = ["dropped"] if one.state == DROPPED else []
    if one.waiting:
        how_long = one.how_long(today)
        notes.append(f"waiting for {one.people}{f' for {how_long}' if how_long else ''}")
    if one.waiting and one.due and not one.is_late(today):
        notes.append(f"due {one.due}")
    return [*notes, f"written {_place(one)}"]


def as_json(one: FollowUp, group: str = LATE) -> dict[str, object]:
    """Return a follow-up as `todo --json` prints it; a stable interface."""
    return {
        "date": one.period or one.day.isoformat(),
        "path": one.path,
        "line": one.line,
        "text": one.text,
        "state": one.state,
        "due": one.due.isoformat() if one.due else None,
        "waiting": one.waiting.split(",") if one.waiting else [],
        "since": one.since.isoformat() if one.since else None,
        "group": _JSON_GROUPS[group],
    }
