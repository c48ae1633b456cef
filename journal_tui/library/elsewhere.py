"""A text put outside its journal, where the journal itself cannot be written to."""

import os
from datetime import date
from itertools import count
from pathlib import Path

from journal_tui.errors import SaveError
from journal_tui.library.reading import encode
from journal_tui.library.writing import Changed, write


def save_elsewhere(day: date, text: str, folder: Path) -> Path:
    """Write a text as a new private file `2014-10-06.md` of a folder; gives its place.

    A file that is there is never written over: `-2`, `-3` … go behind the day then. Raises
    SaveError.
    """
    folder = Path(os.path.abspath(os.path.expanduser(folder)))
    if not os.path.isdir(folder):
        raise SaveError(f"Nothing was saved: there is no folder {folder}. Name one that exists.")
    try:
        data = encode(text)
    except UnicodeEncodeError:
        # No file of an entry could hold this; here the text as a whole counts.
        data = text.encode("utf-8", "surrogatepass")
    for number in count(1):
        rest = "" if number == 1 else f"-{number}"
        file = folder / f"{day.isoformat()}{rest}.md"
        if os.path.lexists(file):
            continue
        try:
            written = write(str(file), data, None)
        except Changed:
            continue
        break
    if written.warning:
        raise SaveError(
            f"{file} was written, but the disk did not confirm it: keep another copy as well."
        )
    return file
