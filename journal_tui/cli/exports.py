"""The command `export`: write entries as Markdown, HTML, JSON, a table, or for jrnl or Day One."""

import os
from pathlib import Path

from journal_tui.cli.context import Options, here, open_journal, refreshed
from journal_tui.cli.output import Output, confirm, is_interactive, progress, tell
from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError
from journal_tui.exports import DAY_ONE, ENDINGS, MARKDOWN, Exports

_MOST_LISTED = 10


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
        for line in exports.text(form, selected).splitlines():
            out.whole_line(line)
        return 0
    place = Path(os.path.realpath(here() / os.path.expanduser(options.output)))
    if form != MARKDOWN and place.is_dir():
        place = place / f"{place.name or 'journal'}{ENDINGS[form]}"
    replace = options.force
    if place.is_file() and not replace:
        if not is_interactive():
            raise UsageError(f"{one_line(str(place))} already exists. To replace it, add --force.")
        if not confirm(f"{one_line(str(place))} already exists. Replace it?"):
            tell("Nothing was written.")
            return 1
        replace = True
    done = exports.write(form, selected, place, replace=replace, progress=progress("Exporting"))
    out = Output()
    out.line(f"Written: {done.place}, with {counted(done.entries, 'entry')}.")
    if done.unreadable:
        tell(f"{counted(len(done.unreadable), 'file')} couldn't be read or put into it:")
        for path in done.unreadable[:_MOST_LISTED]:
            tell(f"  {path}")
    return 1 if done.unreadable else 0
