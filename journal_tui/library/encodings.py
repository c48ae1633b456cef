"""Files in another encoding than UTF-8, as older editors wrote them: which it is, and what they say."""

from journal_tui.errors import UnreadableEntry

ENCODINGS = ("utf-16", "cp1252", "latin-1")
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
            "This file holds binary data. If it is text, say how it is encoded with --from."
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
