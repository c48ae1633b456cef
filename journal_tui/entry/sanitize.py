"""Make control characters visible, so that none of an entry's reach the terminal; escape Markdown."""

import re
import unicodedata

# A string that is compiled when it is first needed, because most output doesn't need it.
_DECEPTIVE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
_UNSEEN = "[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff]"
_JOINERS = "\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f"
_LATIN = "[A-Za-z@#\u00c0-\u024f]"
_PICTURES: dict[int, int] = {c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A)}
_PICTURES[0x7F] = 0x2421
_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# Bidirectional overrides, isolates and marks reorder what follows; separators break a line in two.
_PICTURES |= dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029], 0xFFFD
)
_MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|~&"})
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
# What JSON may hold unescaped but controls a terminal, and what no encoding holds.
_UNSAFE_IN_JSON = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def visible(text: str) -> str:
    """Return the text with control characters made visible, at the same length.

    DEL and C0 controls except tab and newline become Unicode control pictures; C1 and bidirectional
    controls, line separators and lone surrogates become U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_PICTURES)
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


def without_unseen(text: str) -> str:
    """Return the text in the form NFC, without invisible characters that would divide words.

    Characters that join or divide letters are kept in scripts that need them.
    """
    if text.isascii():
        return text
    text = re.sub(_UNSEEN, "", unicodedata.normalize("NFC", text))
    return re.sub(f"(?<={_LATIN})[{_JOINERS}]+(?={_LATIN})", "", text)


def deceptive_character(text: str) -> str:
    """Return the code, such as U+202E, of the first character that can hide or reorder text; or ""."""
    found = re.search(_DECEPTIVE, text)
    return f"U+{ord(found.group()):04X}" if found else ""


def one_line(text: str) -> str:
    """Return the text as one line, visible, with each run of white space as one blank."""
    return visible(" ".join(text.split()))


def escaped_markdown(text: str) -> str:
    """Return a line of text with its Markdown escaped, except signs that count only at its beginning."""
    return text.translate(_MARKDOWN_SIGNS)


def escaped_json(source: str) -> str:
    """Return JSON with the characters escaped that control a terminal or that no encoding holds."""
    return re.sub(_UNSAFE_IN_JSON, lambda found: f"\\u{ord(found.group()):04x}", source)
