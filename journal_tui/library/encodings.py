"""Files in another encoding than UTF-8, as older editors wrote them: which it is, and what they say."""

from datetime import datetime
from typing import TYPE_CHECKING

from journal_tui.errors import SaveError, UnreadableEntry
from journal_tui.library.reading import digest, read_bytes

if TYPE_CHECKING:
    from journal_tui.library.library import Library, Saved

ENCODINGS = ("utf-16", "cp1252", "latin-1")
NAMES = {"utf-16": "UTF-16", "cp1252": "Windows-1252", "latin-1": "Latin-1"}
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def guess(data: bytes) -> str | None:
    """The encoding that a file most likely has; None for UTF-8. Raises UnreadableEntry for no text.

    UTF-16 says what it is by its first bytes. Of the others cp1252 is the usual one; five bytes
    that it does not have are latin-1.
    """
    if data[:2] in _MARKS:
        return "utf-16"
    if b"\0" in data:
        raise UnreadableEntry(
            "This file contains binary data. If it is text, give its encoding with --from."
        )
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if encoding == "utf-8" else encoding
    return "latin-1"


def decoded(data: bytes, encoding: str) -> str:
    """The text of bytes in this encoding, line ends as they are. Raises UnreadableEntry."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UnreadableEntry(f"This file is not {encoding} text, so it was left as it is.")
    return text


def convert(
    library: "Library", path: str, encoding: str | None, now: datetime
) -> "tuple[str, Saved] | None":
    """Make an entry UTF-8 text; gives the name of what it was read as, and how the save ended.

    `encoding` is one of `ENCODINGS`, None for the most likely one. None is given for what is UTF-8
    text already, which read as anything else would become nonsense. Raises FileNotFoundError,
    UnreadableEntry and SaveError, with the file as it was; its bytes are kept in the history.
    """
    data, _ = read_bytes(library.full(path))
    if _is_utf8(data):
        return None
    encoding = encoding or guess(data)
    assert encoding
    new = decoded(data, encoding).encode()
    try:
        # Before the save: read as another encoding than theirs, these bytes are found nowhere else.
        library.history.keep(path, data, now)
    except OSError as error:
        why = error.strerror or error
        raise SaveError(
            f"Nothing was converted: the text of {path} cannot be kept in the history ({why})."
        ) from None
    return NAMES[encoding], library.replace_bytes(path, new, digest(data), now)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in data
