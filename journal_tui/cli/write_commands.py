"""The commands that write to a day's entry: add, learn, rate and todo."""

import sys
from collections import Counter
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING
from unicodedata import normalize

from journal_tui.cli.context import (
    Options,
    in_other_journal,
    open_journal,
    refreshed,
    requested_to_write,
)
from journal_tui.cli.output import Output, tell
from journal_tui.counts import counted
from journal_tui.entry.model import shown
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError
from journal_tui.journal import LARGEST_ENTRY, Journal
from journal_tui.period import long_date, parse_due

if TYPE_CHECKING:
    from journal_tui.entry.edit import TextEdit
    from journal_tui.entry.entry import Entry
    from journal_tui.journal import SaveResult

# The most earlier points that `learn` prints for a new one.
MAX_SIMILAR = 3
# How long `learn` and `rate` refresh the index, once they have saved, to find earlier days.
REFRESH_SECONDS = 1.0


def add(options: Options) -> int:
    """Add a paragraph to a day's entry."""
    from journal_tui.entry.changes import add_prose

    journal = open_journal(options)
    to = requested_to_write(journal, options.on)
    text = _text(options.text, "what to add")
    saved = journal.change(to.day, lambda entry: add_prose(entry, text), to.path_to_open(journal))
    return print_saved(f"Added to {to}{in_other_journal(journal)}.", saved)


def learn(options: Options) -> int:
    """Add a learning point, or one for each line of standard input, in one save."""
    from journal_tui.entry.changes import add_points
    from journal_tui.entry.markdown_lines import without_pasted_marker

    journal = open_journal(options)
    to = requested_to_write(journal, options.on)
    text = _text(options.text, "what you learned")
    is_list = options.text in ([], ["-"])
    lines = text.splitlines() if is_list else [text]
    points = [
        point
        for line in lines
        if (point := without_pasted_marker(line, with_number=is_list).strip())
    ]
    if not points:
        raise UsageError("There is no learning point to add. Say what you learned.")
    new: list[str] = []

    def add_new(entry: "Entry") -> "list[TextEdit]":
        new[:] = _without_known(points, [point.text for point in entry.points])
        return add_points(entry, new) if new else []

    saved = journal.change(to.day, add_new, to.path_to_open(journal))
    if not new:
        these = "this learning point" if len(points) == 1 else "these learning points"
        return print_saved(
            f"{to}{in_other_journal(journal)} already has {these}, so nothing was added.", saved
        )
    known = len(points) - len(new)
    points = new
    added = "Learning point" if len(points) + known == 1 else counted(len(points), "learning point")
    there = f"; {known} {'was' if known == 1 else 'were'} there already" if known else ""
    code = print_saved(f"{added} added to {to}{in_other_journal(journal)}{there}.", saved)
    sys.stdout.flush()
    try:
        _print_similar(journal, to.day, points)
    except (Exception, KeyboardInterrupt):
        # The points are saved and reported, so failing to find earlier ones, or ctrl+c during the
        # search, isn't a failure of the command.
        pass
    return code


def _without_known(points: list[str], known: list[str]) -> list[str]:
    """Return the points that aren't among the known ones, each once."""
    new: dict[str, str] = {}
    for point in points:
        new.setdefault(_folded(point), point)
    seen = set(map(_folded, known))
    return [point for text, point in new.items() if text not in seen]


def _folded(text: str) -> str:
    """Return the text for comparisons: without differences of case, blanks and Unicode composition."""
    return " ".join(normalize("NFC", text).split()).casefold()


def _print_similar(journal: Journal, day: date, points: list[str]) -> None:
    """Print the earlier points that are most similar to each of these."""
    from journal_tui.entry.relative_time import how_long_before, repeat_message

    # Years that aren't read in this time are left for the next refresh.
    until = monotonic() + REFRESH_SECONDS
    journal.refresh(stop=lambda: monotonic() > until)
    search, out, today = journal.similar_points, Output(), journal.today()
    for point in points:
        found = search.find(point, day, MAX_SIMILAR)
        if not found:
            continue
        about = "" if len(points) == 1 else f" {one_line(point)}"
        out.line(f"Learned before?{about}")
        rows = [
            (
                how_long_before(similar.day, day, today),
                "" if similar.rating is None else journal.vocabulary.scale.shown(similar.rating),
            )
            for similar in found
        ]
        wide = max(len(ago) for ago, _ in rows)
        for similar, (ago, rating) in zip(found, rows, strict=True):
            when = out.dim(f"{similar.day}  {ago:{wide}}  {rating:>6}")
            print(f"  {when}  {one_line(similar.text)}")
        if again := repeat_message(search.repeated(point, day)):
            out.line(again)


def rate(options: Options) -> int:
    """Rate a day; without a remark, keep the current one."""
    from journal_tui.entry import changes, rating
    from journal_tui.entry.entry import Entry

    journal = open_journal(options)
    to = requested_to_write(journal, options.on)
    remark = (
        _text(["-"], "what the remark is") if options.remark == ["-"] else " ".join(options.remark)
    )
    scale = journal.vocabulary.scale
    written = f"{options.value} {' '.join(remark.split())}".strip()
    parsed = rating.parse(written, scale=scale)
    if parsed is None or parsed.value is None:
        wrong = parsed.fault if parsed else f"“{options.value}” isn't a rating"
        raise UsageError(
            f"{wrong[:1].upper()}{wrong[1:]}. "
            f"Give a number from {scale}, such as {shown(scale.high * 0.75)}."
        )
    value, said = parsed.value, parsed.remark
    saved = journal.change(
        to.day,
        lambda entry: changes.rate(entry, value, said or None),
        to.path_to_open(journal),
    )
    now = Entry(to.day, saved.text, journal.vocabulary).rating
    if now and now.value == value:
        said = now.remark
    rated = rating.canonical(value, said, scale)
    code = print_saved(f"Rated {to}{in_other_journal(journal)}: {rated}", saved)
    sys.stdout.flush()
    if not to.period:
        try:
            _print_calibration(journal, to.day, value)
        except (Exception, KeyboardInterrupt):
            # The rating is saved and reported, so failing to compare it isn't a failure.
            pass
    return code


def _print_calibration(journal: Journal, day: date, value: float) -> None:
    """Print the latest ratings before a day, what is usual, and what was rated the same before."""
    until = monotonic() + REFRESH_SECONDS
    journal.refresh(stop=lambda: monotonic() > until)
    found, out = journal.calibration(day), Output()
    if not found.rated:
        return
    recent = found.recent
    which = f"Your last {len(recent)} ratings" if len(recent) > 1 else "Your last rating"
    out.line(f"{which}: {' '.join(map(shown, recent))}", 2)
    out.line(found.usual.words, 2)
    for line in found.words(value):
        out.line(f"  {one_line(line)}", 4)
    if found.stretch:
        out.line(found.stretch.words, 2)
        journal.flat_stretches.note_shown(found.stretch.first)


def todo(options: Options) -> int:
    """Add a follow-up to a day's entry, change one, or list them."""
    from journal_tui.cli import follow_ups
    from journal_tui.entry.changes import add_task
    from journal_tui.entry.edit import apply
    from journal_tui.entry.entry import Entry
    from journal_tui.entry.task_changes import people_of

    journal = open_journal(options)
    text = "" if not options.text and sys.stdin.isatty() else given_text(options.text)
    if action := follow_ups.action_of(options):
        return print_saved(*follow_ups.change(refreshed(journal), options, action, text))
    if not options.text and not text.strip():
        if options.due or options.on:
            raise UsageError("Say what to follow up: journal todo TEXT --due WHEN.")
        return follow_ups.print_list(refreshed(journal), options, Output())
    if not text.strip():
        raise UsageError("There is no follow-up to add. Say what to do.")
    if options.find or options.json:
        raise UsageError("--find and --json are for the list. Leave out the text, or these.")
    if people := people_of(options.waiting or ""):
        text = f"{text} waiting:{people}"
    to = requested_to_write(journal, options.on)
    due = parse_due(options.due, journal.today()) if options.due else None
    is_known = False
    problems: list[str] = []
    until: date | None = None

    def add_new(entry: "Entry") -> "list[TextEdit]":
        nonlocal is_known, problems, until
        edits = add_task(entry, text, due)
        after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary)
        # The text may have a due date itself.
        new = Counter(task.due for task in after.tasks) - Counter(task.due for task in entry.tasks)
        until = next(filter(None, new), None)
        is_known = _open_follow_ups(after) == _open_follow_ups(entry)
        known = Counter(problem.text for problem in entry.problems)
        problems = [*(Counter(problem.text for problem in after.problems) - known)]
        return [] if is_known else edits

    saved = journal.change(to.day, add_new, to.path_to_open(journal))
    if is_known:
        has = f"{to}{in_other_journal(journal)} already has this follow-up"
        return print_saved(f"{has}, so nothing was added.", saved)
    when = f", due {long_date(until)}" if until else ""
    code = print_saved(f"Follow-up added to {to}{in_other_journal(journal)}{when}.", saved)
    for problem in problems:
        tell(f"{problem}.")
    return code


def _open_follow_ups(entry: "Entry") -> set[tuple[str, date | None]]:
    return {(_folded(task.text), task.due) for task in entry.tasks if not task.is_closed}


def _text(words: list[str], what: str) -> str:
    """Return the words of the command, or standard input for `-` or, in a pipe, for no words.

    Raise UsageError if the text is blank.
    """
    if not words and sys.stdin.isatty():
        raise UsageError(
            f"Say {what}, or give it on standard input. In a shell, # begins a comment, so a text that "
            "begins with it needs quotes."
        )
    text = given_text(words)
    if not text.strip():
        raise UsageError(f"There was no text. Say {what}.")
    return text


def given_text(words: list[str]) -> str:
    """Return the words, or standard input for `-` or no words. Raise UsageError if it isn't a text."""
    if words and words != ["-"]:
        return " ".join(words)
    try:
        data = sys.stdin.buffer.read(LARGEST_ENTRY + 1)
        if len(data) > LARGEST_ENTRY:
            raise UsageError(
                "Standard input is too long for one entry (at most 8 MB), so nothing was written."
            )
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("Standard input is not UTF-8 text, so nothing was written.") from None
    if "\0" in text:
        raise UsageError("Standard input is binary data, not text, so nothing was written.")
    return text


def print_saved(done: str, saved: "SaveResult") -> int:
    """Print that something was saved, and what the person should know about it; return 0."""
    Output().line(done)
    if saved.conflict_path:
        tell(
            f"The entry changed in the meantime, so your text is in {saved.conflict_path}. "
            "Run journal conflicts to merge it."
        )
    if saved.warning:
        tell(saved.warning)
    return 0
