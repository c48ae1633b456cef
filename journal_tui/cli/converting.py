"""The command convert: an entry in another encoding becomes one that can be edited."""

from journal_tui.cli.opening import Options, day_meant, open_journal, refreshed
from journal_tui.cli.output import Output, tell
from journal_tui.entry.template import long_date
from journal_tui.errors import EntryError
from journal_tui.library import encodings


def convert(options: Options) -> int:
    """Write a day's entry anew as UTF-8; its bytes until now are kept in the history."""
    journal = open_journal(options)
    day = day_meant(journal, options.when)
    library = journal.library
    path = library.new_path(day, options.note) if options.note else refreshed(journal).path_of(day)
    try:
        if path is None:
            raise FileNotFoundError
        done = encodings.convert(library, path, options.encoding, journal.clock())
    except FileNotFoundError:
        raise EntryError(f"There is no entry for {long_date(day)} to convert.") from None
    if done is None:
        Output().line(f"{path} is already UTF-8 text, so it was left as it is.")
        return 0
    name, saved = done
    refreshed(journal)
    Output().line(
        f"{path} was converted from {name} to UTF-8. If letters look wrong, restore the earlier "
        "version that journal history lists, and choose another encoding with --from."
    )
    if saved.warning:
        tell(saved.warning)
    return 0
