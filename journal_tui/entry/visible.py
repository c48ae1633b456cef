"""The edge of the screen: no control character of a text may reach a terminal."""

_PICTURES: dict[int, int] = {c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A)}
_PICTURES[0x7F] = 0x2421
_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# Bidirectional overrides, isolates and marks reorder what follows; separators break a line in two.
_PICTURES |= dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029], 0xFFFD
)
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def visible(text: str) -> str:
    """The same text, one character for one character, with what a terminal would obey made visible.

    C0 but tab and newline, and DEL, become their Unicode control pictures; C1, bidirectional
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


def one_line(text: str) -> str:
    """`visible` text with every run of white space as one blank, for a row of a list."""
    return visible(" ".join(text.split()))
