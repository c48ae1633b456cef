"""The command `note`: make a note of a day, perhaps from the template of a kind, or list them."""

from datetime import date

from journal_tui.cli.context import (
    Options,
    current_folder,
    in_other_journal,
    open_journal,
    refreshed,
    requested,
    requested_to_write,
)
from journal_tui.cli.output import Output, can_show_app
from journal_tui.cli.write_commands import given_text, print_saved
from journal_tui.entry.line_map import shortened
from journal_tui.entry.note_kinds import NoteKind, NoteRequest, kind_called
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import SettingsError, UsageError
from journal_tui.journal import Journal
from journal_tui.period import long_date

_LONGEST = 60


def note(options: Options) -> int:
    """Make a note of a day, or add a paragraph to it; without a title, list the day's notes."""
    journal = open_journal(options)
    title = " ".join(options.title.split())
    if not title:
        if options.about or options.customer or options.text or options.open:
            raise UsageError("Give a kind of note or a title: journal note TITLE.")
        wanted = requested(journal, options.on)
        return _print_notes(refreshed(journal), wanted.day_with_notes, options.json, Output())
    if options.json:
        raise UsageError("--json is for the list. Leave out the title, or --json.")
    if options.open and not can_show_app():
        raise UsageError(
            "--open needs a terminal. Leave it out to make the note without opening it."
        )
    kind = kind_called(title, journal.note_kinds)
    if options.about and kind is None:
        raise UsageError(
            f"--about is for a kind of note, and “{one_line(title)}” isn't one. The kinds are "
            f"{', '.join(known.name for known in journal.note_kinds)}."
        )
    request = NoteRequest(options.about or "", kind) if kind else NoteRequest(title)
    if options.customer is not None:
        request = refreshed(journal).note_for_customer(options.customer, kind, request.words)
    to = requested_to_write(journal, options.on)
    day = to.day_with_notes
    path = journal.note_path(day, request)
    text = given_text(options.text) if options.text else ""
    if options.text and not text.strip():
        raise UsageError("There was no text. Give the text to add, or leave out TEXT.")
    is_there = journal.entries.stamp(path) is not None
    place = f"{long_date(day)}{in_other_journal(journal)}"
    if text or not (is_there or options.open):
        saved = journal.write_note(day, request, text)
        done = "Added to the note" if is_there else "Made the note"
        title = shortened(one_line(request.title), _LONGEST)
        print_saved(f"{done} “{title}” of {place}: {path}", saved)
    elif not options.open:
        Output().line(f"{place} already has this note: {path}")
    if not options.open:
        return 0
    from journal_tui.app import run

    # Without a text, the file of a new note is made once something is typed.
    return run(journal, day, current_folder(), note=request)


def _print_notes(journal: Journal, day: date, as_data: bool, out: Output) -> int:
    """Print the notes of a day, and the kinds of notes that there are."""
    notes = [(file.title, file.path) for file in journal.day_files(day) if file.is_note]
    if as_data:
        out.json(
            {
                "date": day.isoformat(),
                "notes": [{"title": title, "path": path} for title, path in notes],
                "kinds": [_kind_data(journal, kind) for kind in journal.note_kinds],
            }
        )
        return 0
    if notes:
        out.line(f"Notes of {long_date(day)}:")
        for title, path in notes:
            out.line(f"  {one_line(title)}  {out.dim(one_line(path))}" if title else f"  {path}")
    else:
        out.line(f"{long_date(day)} has no notes.")
    out.line()
    out.line("Kinds of notes, each with a template:")
    for kind in journal.note_kinds:
        out.line(f"  {one_line(kind.name)}")
    out.line()
    out.line("To make one: journal note KIND --about WORDS, or journal note TITLE.")
    return 0


def _kind_data(journal: Journal, kind: NoteKind) -> dict[str, object]:
    """Return a kind as data: its key, its name, and its sections with the kinds of their items."""
    try:
        sections = journal.sections_of(kind)
    except SettingsError:
        # Its template file can't be read; making such a note reports that.
        sections = []
    return {
        "kind": kind.key,
        "name": kind.name,
        "sections": [{"heading": heading, "items": items} for heading, items in sections],
    }
