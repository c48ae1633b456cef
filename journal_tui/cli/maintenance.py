"""The commands that look after a journal: new, where and check."""

import os
import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.cli.context import Options, current_folder, open_journal
from journal_tui.cli.output import Output, confirm, is_interactive, progress, stages, tell
from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError, SettingsError, UsageError
from journal_tui.journal import Journal

if TYPE_CHECKING:
    from journal_tui.journal import FileFinding

_ENTRY_NAMES = (
    "an entry's name begins with its date, such as 2014-10-06.md, or its folders have the date, "
    "such as 2014/10/06.md"
)
MAX_COMPETING = 20
"""The most days with several files that are listed."""
MAX_NAMED = 100
"""The most files left out for the same reason that are listed."""


def new(options: Options) -> int:
    """Examine a folder, print what was found, and create a journal, perhaps the default one."""
    if not options.dir.strip():
        raise UsageError("Say where to make the journal: journal new DIR.")
    root = Path(os.path.abspath(os.path.expanduser(options.dir)))
    out = Output()
    show = stages("Looking at the folder")
    seen = journals.look_at(root, show)
    if show:
        show("")
    for line in seen.describe() if seen else ():
        out.line(line)
    call = shlex.quote(str(root))
    if options.dry_run:
        if not seen or seen.is_empty:
            out.line(f"{root} is empty." if seen else f"There is no folder {root} yet.")
        out.line(f"Nothing was written. To make the journal, run: journal new {call}")
        return 0 if not seen or seen.is_empty or seen.entries else 1
    if seen and not seen.is_empty and not options.yes and not _is_accepted(bool(seen.entries)):
        out.line("Nothing was written.")
        return 1
    journals.create(root, datetime.now().date(), options.name or "", options.count, seen)
    out.line(f"Made a journal in {root}.")
    _print_how_to_open(root, bool(seen and not seen.is_empty), options, out)
    return 0


def _print_how_to_open(root: Path, has_files: bool, options: Options, out: Output) -> None:
    """Make a new journal the default if that is wanted, and print how to open it."""
    from journal_tui.cli import installation

    journal, advice = installation.call(installation.found())
    named = f"{journal} --journal {shlex.quote(str(root))}"
    before = ""
    try:
        config = settings.places().config
        before = settings.load(config).journal
        if not before or _is_same_folder(before, root):
            is_default = True
        else:
            is_default = options.default or _is_default_wanted(before, options.yes)
        if is_default:
            settings.remember(config, "journal", str(root))
    except SettingsError as error:
        tell(str(error))
        is_default = False
    nearer = _journal_here()
    is_hidden = nearer is not None and not _is_same_folder(str(nearer), root)
    plain = journal if is_default and not is_hidden else named
    if has_files:
        out.line(f"To see what could not be understood, run: {plain} check")
    if not is_default:
        out.line(f"Open it with: {named}")
        if before:
            out.line(
                f"Elsewhere, {journal} alone still opens {before}, which settings.toml names (to find it: {journal} where)."
            )
    elif is_hidden:
        out.line(f"Open it with: {named}")
        out.line(f"From another folder, {journal} alone opens it; here, it opens {nearer}.")
    else:
        out.line(f"From now on, {journal} opens it from any folder. For more: {journal} --help")
    if advice:
        out.line(advice)


def _journal_here() -> Path | None:
    """Return the journal that opens in the current folder whatever the settings say, or None."""
    try:
        return journals.find_root(None, current_folder(), os.environ.get("JOURNAL"), "")
    except JournalError:
        return None


def _is_default_wanted(before: str, is_answered: bool) -> bool:
    """Ask whether a new journal replaces the default one; with --yes or without a terminal, it doesn't."""
    if is_answered or not is_interactive():
        return False
    return confirm(f"Open it from any folder from now on, instead of {one_line(before)}?")


def _is_same_folder(named: str, root: Path) -> bool:
    return os.path.realpath(os.path.expanduser(named)) == os.path.realpath(root)


def _is_accepted(has_entries: bool) -> bool:
    """Ask whether to make a journal of a folder with files; without a terminal, the answer is yes."""
    if not is_interactive():
        return True
    if has_entries:
        return confirm("Use this folder as it is?", usually=True)
    return confirm("Make a journal here anyway?")


def where(options: Options) -> int:
    """Print the folders of the journal, settings, index and drafts."""
    journal = open_journal(options)
    out = Output()
    places = journal.places
    for label, path in (
        ("journal", journal.root),
        ("settings", places.config / settings.FILE),
        ("index", journal.index.folder),
        ("drafts", journal.state),
    ):
        out.whole_line(f"{label:9} {path}")
    return 0


def check(options: Options) -> int:
    """Check the whole journal and print each problem; return exit code 1 if there is any."""
    journal = open_journal(options)
    journal.config  # noqa: B018 - report the problems of journal.toml first
    out = Output()
    count = 0
    readable: list[FileFinding] = []
    same_copies: set[str] = set()
    for finding in list(journal.integrity.findings()):
        where = f"{finding.path}:{finding.line}" if finding.line else finding.path
        if finding.mendable and options.mend in ("all", finding.mendable):
            try:
                done_now = journal.integrity.mend(finding, journal.clock())
                out.line(f"{where}: {finding.sentence}; {done_now}", 2)
                continue
            except JournalError as error:
                tell(str(error))
        if finding.readable:
            readable.append(finding)
            continue
        advice = f"; {_mend_advice(finding)}" if finding.mendable else ""
        out.line(f"{where}: {finding.sentence}{advice}", 2)
        if finding.mendable == "copies":
            same_copies.add(finding.path)
        count += 1
    show_progress = progress("Reading the journal")
    done = (
        journal.index.rebuild(show_progress) if options.rebuild else journal.refresh(show_progress)
    )
    count += _print_readable(readable, done.files, out)
    for path, sentence in sorted(done.faults):
        # These were printed above, and merging them, as this sentence advises, would change nothing.
        if path in same_copies:
            continue
        out.line(f"{path}: {sentence}", 2)
        count += 1
    listed: dict[str, list[str]] = {}
    for day, record in journal.index.newest():
        path = record["path"]
        listed.setdefault(record["period"] or str(day), []).append(path)
        for line, sentence in record["problems"]:
            said = sentence.removeprefix(path.rpartition("/")[2] + " ")
            out.line(f"{path}:{line}: {said}" if line else f"{path}: {said}", 2)
            count += 1
    for spelling in journal.customer_spellings():
        out.line(f"{spelling.place.path}: {one_line(spelling.sentence)}", 2)
        count += 1
    count += _print_competing_entries(
        journal, listed, out, MAX_COMPETING if not options.all else len(listed)
    )
    if done.found_none:
        out.line(f"{journal.root}: no file here is an entry; {_ENTRY_NAMES}")
        count += 1
    if sentence := journal.entries.unread_conventions():
        out.line(sentence)
    if journal.index.failed:
        tell(f"The index cannot be saved ({journal.index.failed}), so it is rebuilt each time.")
    verdict = f"{counted(count, 'problem')} found." if count else "no problems found."
    out.line(f"{counted(done.files, 'entry')} read, {verdict}")
    if done.left_out:
        out.line("Left out:")
    for noun, reason, files in done.left_out:
        said = f"{counted(files.number, noun)} {reason}".rstrip()
        if not files.is_named:
            such_as = ":" if files.number == 1 else ", such as"
            out.line(f"  {said}{such_as} {files.examples[0]}", 4)
            continue
        out.line(f"  {said}:", 4)
        paths = sorted(files.examples)
        shown = paths if options.all else paths[:MAX_NAMED]
        for path in shown:
            advice = journal.entries.advice(path)
            out.line(f"    {path}: {advice}" if advice else f"    {path}", 6)
        if others := len(paths) - len(shown):
            out.line(f"    and {others:,} more; journal check --all names them", 6)
    if done.left_out and (unread := journal.entries.describe_unread()):
        out.line(unread)
    return 1 if count else 0


def _mend_advice(finding: "FileFinding") -> str:
    return f"journal check --mend {finding.mendable} fixes it"


def _print_readable(found: "list[FileFinding]", entries: int, out: Output) -> int:
    """Print the folders in which others can read files; return the number of problems.

    If others can read most entries, as in a folder of another program, it isn't counted as a problem.
    """
    files = sum(finding.readable for finding in found)
    if files * 2 <= entries:
        for finding in found:
            out.line(f"{finding.path}: {finding.sentence}; {_mend_advice(finding)}", 2)
        return len(found)
    if found:
        where = found[0].path if len(found) == 1 else "./"
        inside = "" if len(found) == 1 else f", in {counted(len(found), 'folder')}"
        out.line(
            f"{where}: {counted(files, 'file')} can be read by everyone on this machine{inside}; "
            f"to change that, run journal check --mend {found[0].mendable}",
            2,
        )
    return 0


def _print_competing_entries(
    journal: Journal, listed: dict[str, list[str]], out: Output, most: int
) -> int:
    """Print the days and periods with several files that may be their entry; return their number."""
    found = {
        iso: competing_entries
        for iso, paths in listed.items()
        if len(paths) > 1 and (competing_entries := journal.entries.competing_entries(paths))
    }
    for iso in list(found)[:most]:
        whose = "day's entry" if iso.count("-") == 2 else "period's note"
        out.line(f"{iso}: more than one file for this {whose}: {', '.join(found[iso])}", 2)
    if len(found) > most:
        more = counted(len(found) - most, "other date")
        out.line(f"{more} with more than one file; journal check --all names them", 2)
    if found:
        out.line(
            f"{counted(len(found), 'date')} with more than one file: all of them are read, but what you add goes "
            "to one of them. To have one, move the texts into it and delete the others.",
            2,
        )
    return len(found)
