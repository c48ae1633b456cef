"""Tags and people in a text: `#word`, `#a/b`, `@name`; never inside code, links, URLs, addresses.

The words of a search that are tags or people are in `tokenizer`, which takes less time to import.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.tokenizer import APOSTROPHES, SIGNS, straighten

_W = rf"[\w{SIGNS}]"
# A pattern that begins with a literal is searched quickly, so the lookbehind comes after it.
_TAG_SIGN = r"#(?<![\w/&#@.\\]#)"
_PERSON_SIGN = r"@(?<![\w/&#@.+\\-]@)"
_HYPHENS = r"\-\u2010\u2011"
# "@o'brien" is a name, but "@anna's", "@anna'll" and "@james'" are anna and james.
_APOSTROPHE = rf"['{APOSTROPHES}](?!(?i:s|ll|d|m|re|ve)(?!{_W}))(?=[^\W\d_])"
# The dots and signs of "v1.2", "node.js", "r&d", "c++" and "c#" are part of a tag.
_TAG_PART = rf"\w(?>(?:[\w{SIGNS}{_HYPHENS}]|{_APOSTROPHE}|\.(?=[a-z0-9])|&(?=\w)(?!\w{{1,30}};))*)(?:\+{{1,2}}(?![\w+]))?"
TAG = lazy_pattern(
    rf"{_TAG_SIGN}(?=[\w./&-]*[^\W\d_])((?:\.(?=[A-Za-z]))?{_TAG_PART}(?>(?:/{_TAG_PART})*)(?:(?<=[#/][A-Za-z])#(?![\w#]))?)"
)
# Taskpaper writes "@due(2014-10-13)", which isn't a person.
_KEYWORDS = r"(?!(?i:due|done|start|defer|estimate|priority|repeat|every|created|started|cancell?ed|search)\()"
_NAME = rf"{_KEYWORDS}([^\W\d_]{_W}*+(?>(?:(?:[.{_HYPHENS}](?=\w)|{_APOSTROPHE}){_W}++)*))(?![\w@])"
PERSON = lazy_pattern(rf"{_PERSON_SIGN}{_NAME}")
# "@ann/@bob" names two people: after these signs, a person is read only if another ends before them.
_JOINS = ("/@", "&@", "+@")
_JOINED_PERSON = lazy_pattern(rf"[/&+]@{_NAME}")
# A full stop that nothing follows ends the sentence rather than being part of a name.
UNFINISHED = (
    rf"(?:{_TAG_SIGN}(?:[\w{SIGNS}/{_HYPHENS}+'{APOSTROPHES}]|[.&](?=\w))*"
    rf"|{_PERSON_SIGN}(?:[\w{SIGNS}{_HYPHENS}'{APOSTROPHES}]|\.(?=\w))*)$"
)
"""The pattern of the mention being typed at the end of a text; its sign alone is one, too."""

_TICKS = lazy_pattern("`+")
# Logseq's form of a tag with blanks.
_PAGE_TAG = lazy_pattern(r"#(?<![\w/&#@.\\]#)\[\[([^\[\]\n]*[^\W_][^\[\]\n]*)\]\]")
_LINK_OR_ADDRESS = lazy_pattern(
    # A definition of a link.
    r"(?m:^ {0,3}\[[^\[\]\n]+\]:[ \t]*\S+)"
    r"|!?\[(?>(?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"
    r"|!?\[\[[^\[\]]*\]\]"
    # A priority, as org and Logseq write it.
    r"|\[#[A-C]\]"
    # The anchor and classes that kramdown and Pandoc give to a heading; a tag of Liquid.
    r"|\{% *(highlight|raw|comment|codeblock|verbatim)\b[^%\n]*%\}[^\n]{0,1000}?\{% *end\1 *%\}"
    r"|\{:[^{}\n]*\}|(?m:\{ *[#.][\w-]+(?: [^{}\n]*)?\}[ \t]*$)|\{%[^%\n]*%\}"
    # A comment of Obsidian, and a formula.
    r"|%%[^%]*%%|\$\$[^$]*\$\$"
    r"|<(code|pre|kbd|samp)>[^<>]*</\2>"
    r"|<[^<>\s]+>"
    r"|(?<![a-zA-Z0-9+.-])[a-zA-Z][a-zA-Z0-9+.-]{1,14}://\S+"
    r"|(?<!\w)www\.\S+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
)
# Looked for one by one, which is several times faster than a pattern.
_SIGNS_OF_LINKS = ("[", "<", "{", ":/", "%%", "$$", "www.")
_ADDRESS_SIGN = re.compile(r"@(?<=[\w.+-]@)")


def _blank_length(match: re.Match[str]) -> str:
    return " " * len(match.group())


def code_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of code, between runs of backticks of equal length as in CommonMark."""
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


def without_code(text: str) -> str:
    """Return the text with code replaced by blanks, at the same length."""
    if "`" not in text:
        return text
    pieces: list[str] = []
    position = 0
    for start, end in code_spans(text):
        pieces += text[position:start], " " * (end - start)
        position = end
    return "".join(pieces) + text[position:]


def prose(text: str) -> str:
    """Return the text with code, links and addresses replaced by blanks, at the same length."""
    text = without_code(text)
    return _LINK_OR_ADDRESS.sub(_blank_length, text) if _may_have_links(text) else text


def _may_have_links(text: str) -> bool:
    """Return whether a text has a sign of a link, an address or a formula, quickly."""
    for sign in _SIGNS_OF_LINKS:
        if sign in text:
            return True
    return _ADDRESS_SIGN.search(text) is not None


def mentions(text: str) -> tuple[list[str], list[str]]:
    """Return the tags and the people that a text mentions, without their signs, in order."""
    if "#" not in text and "@" not in text:
        return [], []
    plain = prose(text)
    tags, people = TAG.findall(plain), [name for _, _, name in _people(plain)]
    if "#[[" in text:
        tags += [" ".join(name.split()) for name in _PAGE_TAG.findall(without_code(text))]
    if not plain.isascii():
        tags, people = [*map(_normal, tags)], [*map(_normal, people)]
    return [tag.rstrip("-") for tag in tags], people


class MentionSpan(NamedTuple):
    """A tag or person in a text: `[start, end)` with its sign, and the name without it.

    `is_page` is whether it is written as Logseq does: `#[[old machines]]`.
    """

    start: int
    end: int
    sign: str
    name: str
    is_page: bool = False


def mention_spans(text: str) -> Iterator[MentionSpan]:
    """Yield what `mentions` finds in a text with the places, first the tags, then the people."""
    if "#" not in text and "@" not in text:
        return
    plain = prose(text)
    for found in TAG.finditer(plain):
        name = found[1].rstrip("-")
        yield MentionSpan(found.start(), found.start(1) + len(name), "#", _normal(name))
    for found in _PAGE_TAG.finditer(without_code(text)) if "#[[" in text else ():
        yield MentionSpan(*found.span(), "#", _normal(" ".join(found[1].split())), True)
    for start, end, said in _people(plain):
        yield MentionSpan(start, end, "@", _normal(said))


def _people(plain: str) -> Iterator[tuple[int, int, str]]:
    """Yield the span and the name of each person in a text without code and links."""
    may_be_joined = any(sign in plain for sign in _JOINS)
    for found in PERSON.finditer(plain):
        yield *found.span(), found[1]
        end = found.end()
        while may_be_joined and (joined := _JOINED_PERSON.match(plain, end)):
            yield joined.start() + 1, joined.end(), joined[1]
            end = joined.end()


def _normal(name: str) -> str:
    """Return a name with its accents in one form, as systems store them differently."""
    return name if name.isascii() else straighten(unicodedata.normalize("NFC", name))
