"""The command `export`: write entries as Markdown, HTML, JSON, a table, or for jrnl or Day One."""

import re
from collections.abc import Sequence

from journal_tui.cli.context import Options, open_journal, refreshed
from journal_tui.cli.output import Output, progress, tell
from journal_tui.cli.output_file import full_path, may_write
from journal_tui.counts import counted
from journal_tui.errors import UsageError
from journal_tui.exports import DAY_ONE, ENDINGS, MARKDOWN, Exports

_MAX_LISTED = 10


def export(options: Options) -> int:
    """Write the entries that a search finds, or all, to a file or to standard output."""
    if options.output == "-":
        options.output = ""
    if options.force and not options.output:
        raise UsageError("--force is for a file to replace: add -o PATH.")
    form = options.form
    if form == DAY_ONE and not options.output:
        raise UsageError("A Day One export is a zip file: say where to write it, with -o FILE.zip")
    journal = open_journal(options)
    exports = Exports(journal)
    query = " ".join(options.words)
    if query:
        refreshed(journal)
    selected = exports.select(query)
    if not selected:
        tell("No entry was found, so nothing was written.")
        return 1
    if not options.output:
        out = Output()
        text, unreadable = exports.text(form, selected)
        for line in re.split(r"\r\n|\r|\n", text.removesuffix("\n")):
            out.whole_line(line)
        return _tell_unreadable(unreadable)
    place = full_path(options.output)
    if form != MARKDOWN and place.is_dir():
        place = place / f"{place.name or 'journal'}{ENDINGS[form]}"
    replace = options.force or place.is_file()
    if not may_write(place, options.force):
        return 1
    done = exports.write(form, selected, place, replace=replace, progress=progress("Exporting"))
    out = Output()
    out.line(f"Written: {done.place}, with {counted(done.entries, 'entry')}.")
    return _tell_unreadable(done.unreadable)


def _tell_unreadable(paths: Sequence[str]) -> int:
    """Name the files that couldn't be exported; return the exit code."""
    if paths:
        tell(f"{counted(len(paths), 'file')} couldn't be read or exported:")
        for path in paths[:_MAX_LISTED]:
            tell(f"  {path}")
    return 1 if paths else 0
