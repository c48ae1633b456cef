"""A save, once it is this process's turn: what the file gets, what is merged, what is kept beside."""

import os
from datetime import datetime

from journal_tui.errors import SaveError, UnreadableEntry
from journal_tui.library import naming, reading, writing
from journal_tui.library.library import Library, Saved
from journal_tui.library.scan import stamp


def put(
    library: Library, path: str, full: str, data: bytes, opened: str | None, now: datetime
) -> Saved:
    """Give the file at `full`, the entry `path`, these bytes, where it has the digest `opened`.

    Raises Changed and SaveError, with the file as it was.
    """
    if len(data) > reading.LARGEST:
        raise SaveError("This is too long for one entry (8 MB): nothing was saved.")
    copy = library.state / "halfway" / reading.digest(os.fsencode(path))
    written = writing.write(full, data, opened, copy, path)
    warning = written.warning or _remember(library, path, written.replaced, data, now)
    return Saved(
        reading.decode(data)[0],
        reading.digest(data),
        stamp(path, written.status),
        warning=warning,
        unconfirmed=bool(written.warning),
    )


def save(
    library: Library, path: str, real: str, text: str, opened: str | None, base: str, now: datetime
) -> Saved:
    """Save a text over what has the digest `opened`; what is there otherwise is merged with it.

    Raises SaveError, with the file as it was.
    """

    def put_text(path: str, full: str, text: str, opened: str | None) -> Saved:
        return put(library, path, full, reading.encode(text), opened, now)

    if line := reading.undecodable_line(text):
        raise SaveError(
            f"Line {line} contains a character that a text file cannot hold. Remove it and save again."
        )
    if opened is None:
        library.refuse_empty()
    try:
        return put_text(path, real, text, opened)
    except writing.Changed as change:
        found = change.found
    try:
        if found is None:
            library.refuse_empty()
            return put_text(path, real, text, None)
        data, status = found
        if base and not data:
            data, status = reading.read_settled(real)
            if not data:
                # There is nothing to bring together, and taking part in the emptying would
                # leave no text at all.
                return put_text(path, real, text, reading.digest(data))
        theirs, locked = reading.decode(data)
        from journal_tui.entry.merge import merge

        merged = None if locked else merge(base, text, theirs, library.vocabulary)
        # Two texts together may be longer than an entry can be.
        if merged is not None and len(reading.encode(merged)) <= reading.LARGEST:
            return put_text(path, real, merged, reading.digest(data))._replace(merged=True)
        beside = naming.beside(path, now)
        mine = put_text(beside, library.full(beside), text, None)
    except (writing.Changed, FileNotFoundError):
        raise SaveError("The file keeps changing, so it could not be saved. Try again.") from None
    except UnreadableEntry as error:
        raise SaveError(f"Nothing was saved: {error}") from None
    return mine._replace(
        text=theirs, digest=reading.digest(data), stamp=stamp(path, status), beside=beside
    )


def _remember(
    library: Library, path: str, before: bytes | None, after: bytes, now: datetime
) -> str:
    """Keep what was saved, and what was there before; gives a sentence when it cannot be kept."""
    try:
        texts = (after,) if before is None else (before, after)
        library.history.keep_all(path, texts, now)
    except OSError as error:
        why = error.strerror or error
        return f"Saved, but this version cannot be kept in the history ({why})."
    return ""
