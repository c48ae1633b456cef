"""The command `journal conflicts`: copies that sync tools made, compared and brought together."""

from journal_tui.cli.opening import Options, open_journal, refreshed
from journal_tui.cli.output import Output, tell
from journal_tui.errors import UsageError
from journal_tui.journal import Journal
from journal_tui.library import conflicts as copies


def conflicts(options: Options) -> int:
    """List the conflict copies; exit code 1 while there are any. Or end one of them."""
    journal = open_journal(options)
    found = copies.conflicts(journal.library)
    for name in ("show", "take", "keep", "drop"):
        number = getattr(options, name)
        if number is not None:
            if not 1 <= number <= len(found):
                raise UsageError(
                    f"There is no conflict copy {number}. Run journal conflicts to list them."
                )
            return _end(journal, name, found[number - 1])
    out = Output()
    for number, one in enumerate(found, 1):
        out.line(f"{number:>4}  {one.copy}  ({one.kind}; of {one.entry})")
    if not found:
        out.line("There are no conflict copies.")
        return 0
    out.line(
        "See one with: journal conflicts --show 1; resolve it with --take 1, --keep 1 or --drop 1"
    )
    return 1


def _end(journal: Journal, how: str, one: copies.Conflict) -> int:
    out, library, now = Output(), journal.library, journal.clock()
    unsettled: list[str] = []
    if how == "show":
        said = copies.differences(library, one)
        out.text(said or f"{one.copy} is the same as {one.entry}.")
        return 0
    if how == "take":
        unsettled = copies.take(library, one, now)
        said = f"{one.entry} now has the lines of both"
    elif how == "keep":
        copies.keep(library, one, now)
        said = f"{one.entry} now has the text of the copy; its earlier text is in its history"
    else:
        copies.drop(library, one, now)
        said = f"{one.entry} is unchanged"
    refreshed(journal)
    out.line(f"{said}. The copy is in the trash for 30 days.")
    for sentence in unsettled:
        tell(f"{one.entry}: {sentence}. Remove what you do not need.")
    return 0
