"""Tags and people in a text: `#word`, `#a/b`, `@name`; never inside code, links, URLs, addresses.

And the date of a follow-up: `due:2014-10-13`.
"""

import re
import unicodedata

from journal_tui.entry.words import SIGNS

_W = rf"[\w{SIGNS}]"
# The sign comes before what may not stand before it: patterns that begin so are found quickly.
TAG = re.compile(rf"#(?<![\w/&#@.\\]#)(?=[\w/-]*[^\W\d_])(\w[\w{SIGNS}-]*(?:/\w[\w{SIGNS}-]*)*)")
PERSON = re.compile(rf"@(?<![\w/&#@.+\\-]@)([^\W\d_]{_W}*(?:[.-]\w{_W}*)*)(?![\w@])")
DUE = re.compile(r"(?<!\S)due:([0-9]{4}-[0-9]{2}-[0-9]{2})(?=[\s.,;:!?]|$)")

_TICKS = re.compile("`+")
_ELSEWHERE = re.compile(
    r"!?\[[^\[\]]*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"
    r"|!?\[\[[^\[\]]*\]\]"
    r"|<[^<>\s]+>"
    r"|(?<![a-zA-Z0-9+.-])[a-zA-Z][a-zA-Z0-9+.-]{1,14}://\S+"
    r"|(?<!\w)www\.\S+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
)
_PERHAPS_ELSEWHERE = re.compile(r"[\[<]|:/|www\.|@(?<=[\w.+-]@)")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where code stands between runs of backticks of one length, as CommonMark pairs them."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    closer: list[int | None] = [None] * len(runs)
    later: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closer[index] = later.get(length)
        later[length] = index
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(runs):
        end = closer[index]
        if end is not None:
            spans.append((runs[index][0], runs[end][1]))
            index = end
        index += 1
    return spans


def prose(text: str) -> str:
    """The text, same length, with code, links and addresses blanked out."""
    if "`" in text:
        pieces: list[str] = []
        position = 0
        for start, end in code_spans(text):
            pieces += text[position:start], " " * (end - start)
            position = end
        text = "".join(pieces) + text[position:]
    if _PERHAPS_ELSEWHERE.search(text):
        text = _ELSEWHERE.sub(_blank, text)
    return text


def mentions(text: str) -> tuple[list[str], list[str]]:
    """The tags and the people that a text mentions, without their signs, in their order."""
    if "#" not in text and "@" not in text:
        return [], []
    plain = prose(text)
    tags, people = TAG.findall(plain), PERSON.findall(plain)
    if not plain.isascii():
        # However a system stores accents, one name is one name.
        tags, people = (
            [unicodedata.normalize("NFC", n) for n in names] for names in (tags, people)
        )
    return [tag.rstrip("-") for tag in tags], people
