"""Write a document to the file given with -o; replace an existing one only if that is confirmed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.cli.context import here
from journal_tui.cli.output import Output, confirm, is_interactive, tell
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError

if TYPE_CHECKING:
    from journal_tui.journal import Journal


def write(journal: "Journal", output: str, force: bool, make: Callable[[Path], str]) -> int:
    """Write the text that `make(file)` returns to the file `output`; return the exit code.

    An existing file is replaced with `force`, or after a question. Raise UsageError if there is no
    terminal to ask on.
    """
    file = Path(os.path.realpath(here() / os.path.expanduser(output)))
    replace = force
    if os.path.isfile(file) and not replace:
        if not is_interactive():
            raise UsageError(f"{one_line(str(file))} already exists. To replace it, add --force.")
        if not confirm(f"{one_line(str(file))} already exists. Replace it?"):
            tell("Nothing was written.")
            return 1
        replace = True
    written = journal.write_document(file, make(file), replace=replace)
    Output().line(f"Written: {written}")
    return 0
