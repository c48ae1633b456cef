"""The commands that write: add, learn, rate, todo, and new."""

import os
import re
import sys
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.cli.opening import Options, day_to_write, due_day, open_journal, refreshed
from journal_tui.cli.output import Output, counted, tell
from journal_tui.entry.template import long_date
from journal_tui.entry.visible import one_line
from journal_tui.errors import EntryError, SettingsError, UsageError
from journal_tui.journal import Journal
from journal_tui.library.library import Saved
from journal_tui.library.reading import LARGEST

if TYPE_CHECKING:
    from journal_tui.entry.edit import TextEdit
    from journal_tui.entry.entry import Entry

# How many earlier points `learn` prints beside one, and how many follow-ups may be meant.
ALIKE, MEANT = 3, 5
REFRESH_SECONDS = 1.0
_BULLET = re.compile(r"\s*[-*+•](?:\s+|$)")
_NUMBER = re.compile(r"\s*[0-9]{1,9}[.)]\s+")


def add(options: Options) -> int:
    """Add a paragraph to a day's entry."""
    from journal_tui.entry.changes import add_prose

    journal = open_journal(options)
    day = day_to_write(journal, options.on)
    text = _text(options.text, "what to add")
    saved = journal.change(day, lambda entry: add_prose(entry, text))
    return _saved(f"Added to {long_date(day)}.", saved)


def learn(options: Options) -> int:
    """Add one learning point, or one for each line of standard input, all in one save."""
    from journal_tui.entry.changes import add_points

    journal = open_journal(options)
    day = day_to_write(journal, options.on)
    text = _text(options.text, "what you learned")
    if options.text in ([], ["-"]):
        lines = [_NUMBER.sub("", line, count=1) for line in text.splitlines()]
    else:
        lines = [text]
    points = [point for line in lines if (point := _BULLET.sub("", line, count=1).strip())]
    if not points:
        raise UsageError("There is no learning point to add. Say what you learned.")
    saved = journal.change(day, lambda entry: add_points(entry, points))
    added = "Learning point" if len(points) == 1 else counted(len(points), "learning point")
    code = _saved(f"{added} added to {long_date(day)}.", saved)
    sys.stdout.flush()
    try:
        _learned_before(journal, day, points)
    except (Exception, KeyboardInterrupt):
        # The points are saved and that was said: whatever keeps the index from answering, or the
        # person from waiting for it, is no failure.
        pass
    return code


def _learned_before(journal: Journal, day: date, points: list[str]) -> None:
    """Print the earlier points that are most alike to each of these."""
    from journal_tui.entry.ago import learned_again, long_ago
    from journal_tui.index.similar import Earlier

    # Years that are not yet read after this long are looked at another time.
    until = monotonic() + REFRESH_SECONDS
    journal.refresh(stop=lambda: monotonic() > until)
    earlier, out = Earlier(journal.index), Output()
    for point in points:
        found = earlier.alike(point, day, ALIKE)
        if not found:
            continue
        about = "" if len(points) == 1 else f" {one_line(point)}"
        out.line(f"Learned before?{about}")
        rows = [
            (long_ago(alike.day, day), "" if alike.rating is None else f"{alike.rating:g}/10")
            for alike in found
        ]
        wide = max(len(ago) for ago, _ in rows)
        for alike, (ago, rating) in zip(found, rows, strict=True):
            when = out.dim(f"{alike.day}  {ago:{wide}}  {rating:>6}")
            print(f"  {when}  {one_line(alike.text)}")
        if again := learned_again(earlier.repeated(point, day)):
            out.line(again)


def rate(options: Options) -> int:
    """Rate a day; without a remark the one that is there stays."""
    from journal_tui.entry import changes, rating
    from journal_tui.entry.entry import Entry

    journal = open_journal(options)
    day = day_to_write(journal, options.on)
    remark = (
        _text(["-"], "what the remark is") if options.remark == ["-"] else " ".join(options.remark)
    )
    parsed = rating.parse(f"{options.value} {' '.join(remark.split())}".strip())
    if parsed is None or parsed.value is None:
        wrong = parsed.fault if parsed else f"“{options.value}” is not one"
        raise UsageError(f"A rating is a number from 0 to 10, such as 7.5: {wrong}.")
    value, said = parsed.value, parsed.remark
    saved = journal.change(day, lambda entry: changes.rate(entry, value, said or None))
    now = Entry(day, saved.text, journal.library.vocabulary).rating
    if now and now.value == value:
        said = now.remark
    return _saved(f"Rated {long_date(day)}: {rating.canonical(value, said)}", saved)


def todo(options: Options) -> int:
    """Add a follow-up to a day's entry, or list the open ones."""
    from journal_tui.entry.changes import add_task

    journal = open_journal(options)
    text = "" if not options.text and sys.stdin.isatty() else _given(options.text)
    if options.done:
        if options.due or options.on:
            raise UsageError("--done cannot be used with --due or --on.")
        return _done(refreshed(journal), text.strip())
    if not options.text and not text.strip():
        if options.due or options.on:
            raise UsageError("Say what to follow up: journal todo TEXT --due WHEN.")
        return _open_follow_ups(refreshed(journal), Output())
    if not text.strip():
        raise UsageError("There is no follow-up to add. Say what to do.")
    day = day_to_write(journal, options.on)
    due = due_day(journal, options.due) if options.due else None
    saved = journal.change(day, lambda entry: add_task(entry, text, due))
    until = f", due {long_date(due)}" if due else ""
    return _saved(f"Follow-up added to {long_date(day)}{until}.", saved)


def _done(journal: Journal, text: str) -> int:
    """Tick the one open follow-up that holds the text."""
    from journal_tui.entry.changes import toggle_task

    wanted = " ".join(text.split()).casefold()
    if not wanted:
        raise UsageError('Say which follow-up is done: journal todo --done "Colm the list".')
    found = [
        (day, record["path"], said)
        for day, record in journal.index.newest()
        for said, _, done, _ in record["tasks"]
        if not done and wanted in said.casefold()
    ]
    exactly = [one for one in found if one[2].casefold() == wanted]
    found = exactly if len(exactly) == 1 else found
    if not found:
        raise EntryError("No open follow-up contains that. Run journal todo to list them.")
    if len(found) > 1:
        listed = "; ".join(f"{one_line(said)} ({day})" for day, _, said in found[:MEANT])
        raise UsageError(
            f"{len(found)} open follow-ups contain that. Give more words of one: {listed}."
        )
    day, path, said = found[0]

    def tick(entry: "Entry") -> "list[TextEdit]":
        lines = [task.line for task in entry.tasks if task.text == said and not task.done]
        # None where it was ticked just now.
        return toggle_task(entry, lines[0]) if lines else []

    saved = journal.change(day, tick, path=path)
    return _saved(f"Done: {one_line(said)} ({day})", saved)


def _open_follow_ups(journal: Journal, out: Output) -> int:
    today = journal.today().isoformat()
    found = [
        (due or "9999", str(day), text, due)
        for day, record in journal.index.newest()
        for text, _, done, due in record["tasks"]
        if not done
    ]
    for _, day, text, due in sorted(found, key=lambda task: task[:3]):
        late = "late" if due and due < today else ""
        out.line(f"{due or 'no date':10}  {late:4}  {text}  ({day})")
    if not found:
        out.line(
            'There are no open follow-ups. Add one with: journal todo "Ask Colm …" --due friday'
        )
    return 0


def new(options: Options) -> int:
    """Make a journal, and the default one where there is none yet."""
    if not options.dir.strip():
        raise UsageError("Say where to make the journal: journal new DIR.")
    root = Path(os.path.abspath(os.path.expanduser(options.dir)))
    journals.create(root, datetime.now().date(), options.name or "", options.count)
    out = Output()
    out.line(f"Made a journal in {root}.")
    try:
        places = settings.places()
        known = settings.load(places.config).journal
        if not known:
            settings.remember(places.config, "journal", str(root))
    except SettingsError as error:
        tell(str(error))
        known = "?"
    if known:
        out.line(f"Open it with: journal --journal {root}")
    else:
        out.line("From now on, journal opens it from any folder. For more, see journal --help.")
    return 0


# -- what was given -------------------------------------------------------------------------


def _text(words: list[str], what: str) -> str:
    """The words of the command, or standard input for `-` or for none in a pipe; not blank."""
    if not words and sys.stdin.isatty():
        raise UsageError(f"Say {what}, or give it on standard input.")
    text = _given(words)
    if not text.strip():
        raise UsageError(f"There was no text. Say {what}.")
    return text


def _given(words: list[str]) -> str:
    if words and words != ["-"]:
        return " ".join(words)
    try:
        data = sys.stdin.buffer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UsageError(
                "Standard input is too long for one entry (8 MB), so nothing was written."
            )
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("Standard input is not UTF-8 text, so nothing was written.") from None
    if "\0" in text:
        raise UsageError("Standard input is binary data, not text, so nothing was written.")
    return text


def _saved(done: str, saved: Saved) -> int:
    Output().line(done)
    if saved.beside:
        tell(f"The entry changed in the meantime; your text is in {saved.beside}.")
    if saved.warning:
        tell(saved.warning)
    return 0
