"""The command `import`: show a plan and import entries of other programs, or undo the latest import."""

import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from journal_tui import journal as journals
from journal_tui.cli.context import Options, current_folder, journal_in, open_journal, requested
from journal_tui.cli.output import Output, confirm, is_agreed, is_interactive, progress, tell
from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import NoJournal, UsageError
from journal_tui.imports import (
    ONLY_ADDED,
    Choices,
    ImportPlan,
    ImportResult,
    Imports,
    ImportSource,
    NotImported,
    choices_of,
)
from journal_tui.journal import Journal

_PLURALS = {"isn't": "aren't", "is": "are", "was": "were"}
_AFTER_NOUN = re.compile(r" (?:of|that|with|without|in|outside|before) | \(|, which ")
_VERB = re.compile(r"(?:isn't|is|was)\b")
_MAX_LISTED = 12
_MAX_TITLE = 60
_LARGEST_PASTED = 16_000_000


def import_days(options: Options) -> int:
    """Show the plan of an import, ask, and import; with options only the plan, or undo the latest import."""
    if options.undo:
        if options.path or options.plan or options.into:
            raise UsageError("--undo can't be used with anything else: journal import --undo")
        return _undo(open_journal(options), options)
    if not options.path:
        raise UsageError(
            "Name what to import: a file or a folder of another program, or - for text that you paste. "
            "For the programs, see: journal help bringing"
        )
    with _target(options) as (journal, new):
        imports = Imports(journal)
        with _source(imports, options.path) as source:
            plan = imports.plan(source, _choices(journal, options), progress("Reading"))
            out = Output()
            if options.json:
                out.json(as_data(plan))
                return 0
            _print_plan(plan, out, everything=options.all)
            if options.plan:
                return 0
            if not plan.entries:
                if plan.present and not plan.unclear:
                    return 0
                tell("Nothing was imported.")
                return 1
            journal.entries.check_writable()
            if not is_agreed("Import it?", "import", options.yes, "Nothing was imported."):
                return 1
            if new:
                days = plan.days()
                journals.create(new, days[0] if days else journal.today())
                imports = Imports(journal_in(new))
                out.line(f"Made a journal in {one_line(str(new))}.")
            named = options.journal or options.into
            try:
                done = imports.apply(source, plan, progress("Importing"))
            except KeyboardInterrupt:
                tell("Interrupted: what was imported is complete. Run it again to continue.")
                raise
            return _print_done(done, out, new or (journal.root if named else None))


@contextmanager
def _target(options: Options) -> Iterator[tuple[Journal, Path | None]]:
    """Yield the journal to import into, and its folder if that has to be made.

    Until it is made, the journal is in an empty temporary folder.
    """
    if not options.into:
        yield open_journal(options), None
        return
    root = Path(os.path.abspath(current_folder() / os.path.expanduser(options.into)))
    try:
        options.journal = str(journals.check_root(root, "--into"))
        yield open_journal(options), None
        return
    except NoJournal:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise UsageError(
                f"{one_line(str(root))} isn't a journal, and isn't empty. To make it one, run: "
                f"journal new {shlex.quote(str(root))}"
            ) from None
    with tempfile.TemporaryDirectory() as folder:
        yield journal_in(Path(folder)), root


@contextmanager
def _source(imports: Imports, path: str) -> Iterator[ImportSource]:
    if path == "-":
        if sys.stdin.isatty():
            tell("Paste the text, then press ctrl+d on an empty line.")
        data = sys.stdin.buffer.read(_LARGEST_PASTED + 1)
        if len(data) > _LARGEST_PASTED:
            raise UsageError("Standard input is too long to be a page. Import a file instead.")
        yield imports.pasted(data)
        return
    with imports.source(current_folder() / os.path.expanduser(path)) as source:
        yield source


def _choices(journal: Journal, options: Options) -> Choices:
    on = requested(journal, options.on).day if options.on else None
    high = journal.scale.high
    order = options.date_order or ""
    return choices_of(
        options.format or "", options.same_day, on, options.columns or "", order, high
    )


def _print_plan(plan: ImportPlan, out: Output, everything: bool) -> None:
    days = plan.days()
    when = (
        "" if days is None else f", {days[0]} to {days[1]}" if days[0] < days[1] else f", {days[0]}"
    )
    out.line(f"{one_line(plan.source)}: {plan.format}{when}")
    out.line()
    shown = plan.entries if everything else plan.entries[:_MAX_LISTED]
    for one in shown:
        title = one_line(one.title)[:_MAX_TITLE]
        out.line(f"  {one.day}  {one.action:6}  {one_line(one.path)}  {title}", 12)
    if len(plan.entries) > len(shown):
        out.line(f"  and {len(plan.entries) - len(shown):,} more; to list all, add --all")
    if plan.entries:
        out.line()
    out.line(plan.summary())
    _print_list(
        plan.unclear, out, "Unclear, so left out", "to give them a day, use --on", everything
    )
    _print_list(plan.skipped, out, "Left out, because the day has an entry", "", everything)
    for remark in plan.remarks:
        out.line(remark)
    if plan.left_out:
        out.line("Not imported:")
        for left in plan.left_out:
            example = f", such as “{one_line(left.example)[:_MAX_TITLE]}”" if left.example else ""
            out.line(f"  {counted_what(left.number, left.what)}{example}", 4)


def counted_what(number: int, what: str) -> str:
    """Return how many of something there are; of "line of share links", only the first noun becomes plural."""
    if between := _AFTER_NOUN.search(what):
        first, rest = what[: between.start()], what[between.start() :]
        # In "file with a date that is not at the beginning", the verb is the date's.
        if number != 1 and between[0] != " with ":
            rest = _VERB.sub(lambda verb: _PLURALS[verb[0]], rest)
        return f"{counted(number, first)}{rest}"
    if what.endswith("s") or what in ("navigation", "header and footer"):
        return f"{what}" if number == 1 else f"{what} ({number:,})"
    return counted(number, what)


def _print_list(
    found: Sequence[NotImported], out: Output, what: str, advice: str, everything: bool
) -> None:
    if not found:
        return
    out.line(f"{what}: {counted(len(found), 'piece')}{f' ({advice})' if advice else ''}")
    for one in found if everything else found[:_MAX_LISTED]:
        out.line(f"  {one_line(one.title)[:_MAX_TITLE]}: {one_line(one.why)}", 4)
    if len(found) > _MAX_LISTED and not everything:
        out.line(f"  and {len(found) - _MAX_LISTED:,} more")


def _print_done(done: ImportResult, out: Output, named: Path | None) -> int:
    files = f", with {counted(done.files, 'file')}" if done.files else ""
    undo = f"journal import --undo{f' --journal {shlex.quote(str(named))}' if named else ''}"
    # If nothing was written, --undo would undo an earlier import.
    how = f" To undo: {undo}" if done.written else ""
    out.line(f"Imported: {counted(done.written, 'entry')}{files}.{how}")
    for warning in done.warnings:
        tell(warning)
    _print_list(done.failed, out, "Not imported", "", everything=False)
    if done.untried:
        tell(
            f"{counted(done.untried, 'entry')} {'was' if done.untried == 1 else 'were'} not tried. "
            "Run it again to continue; what is here already is not added twice."
        )
    return 1 if done.failed or done.untried else 0


def _undo(journal: Journal, options: Options) -> int:
    imports = Imports(journal)
    pieces = imports.undoable()
    number = sum(one.what == "entry" for one in pieces)
    if pieces and not number:
        imports.undo()
        tell(ONLY_ADDED)
        return 1
    if pieces and not options.yes:
        if not is_interactive():
            raise UsageError(
                "There is no terminal to ask on. To undo it without being asked, add --yes."
            )
        if not confirm(f"Move the {counted(number, 'imported entry')} to the trash?"):
            tell("Nothing was changed.")
            return 1
    undone = imports.undo(progress("Undoing"))
    out = Output()
    out.line(f"Undone: {counted(undone.deleted, 'entry')} moved to the trash.")
    if undone.kept:
        out.line(
            f"Left as they are, because they were edited or were there before: {len(undone.kept):,}."
        )
        for path in undone.kept[:_MAX_LISTED]:
            out.line(f"  {one_line(path)}", 4)
    return 0


def as_data(plan: ImportPlan) -> dict[str, object]:
    """Return a plan as `import --json` prints it; a stable interface."""
    return {
        "source": plan.source,
        "format": plan.format,
        "entries": [
            {
                "date": one.day.isoformat(),
                "path": one.path,
                "action": one.action,
                "title": one.title,
                "files": len(one.piece.attachments),
            }
            for one in plan.entries
        ],
        "present": plan.present,
        "unclear": [one._asdict() for one in plan.unclear],
        "skipped": [one._asdict() for one in plan.skipped],
        "left_out": [one._asdict() for one in plan.left_out],
        "remarks": list(plan.remarks),
    }
