"""Write a document to the file given with -o; replace an existing one only if that is confirmed."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.cli.context import current_folder
from journal_tui.cli.output import Output, confirm, is_interactive, tell
from journal_tui.counts import join_words
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError

if TYPE_CHECKING:
    from journal_tui.journal import Journal


def write(journal: "Journal", output: str, force: bool, make: Callable[[Path], str]) -> int:
    """Write the text that `make(file)` returns to the file `output`; return the exit code.

    An existing file is replaced with `force`, or after asking. Raise UsageError if there is no
    terminal to ask on.
    """
    file = full_path(output)
    replace = force or file.is_file()
    if not may_write(file, force):
        return 1
    written = journal.write_document(file, make(file), replace=replace)
    Output().line(f"Written: {written}")
    return 0


def full_path(output: str) -> Path:
    """Return the absolute path of a file or folder as it was typed, without `~` and links."""
    return Path(os.path.realpath(current_folder() / os.path.expanduser(output)))


def may_write(file: Path, force: bool) -> bool:
    """Return whether a file is new, or may be replaced: with `force`, or after asking.

    Raise UsageError if there is no terminal to ask on.
    """
    if force or not file.is_file():
        return True
    if not is_interactive():
        raise UsageError(f"{one_line(str(file))} already exists. To replace it, add --force.")
    if confirm(f"{one_line(str(file))} already exists. Replace it?"):
        return True
    tell("Nothing was written.")
    return False


def form_of(output: str, endings: Mapping[str, str]) -> str:
    """Return the form that `endings` has for the ending of a file name. Raise UsageError if it has none."""
    if form := endings.get(os.path.splitext(output)[1].casefold()):
        return form
    # The first ending of each form is suggested.
    usual: dict[str, str] = {}
    for ending, form in endings.items():
        usual.setdefault(form, ending)
    raise UsageError(
        f"The name {one_line(output)} doesn't give the form of the document. End it with "
        f"{join_words(list(usual.values()), 'or')}, or add --format."
    )
