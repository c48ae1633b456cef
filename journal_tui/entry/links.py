"""The links of a text, and which of them may be opened: those to the web and to a mail address."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

SCHEMES = ("http", "https", "mailto")
_BARE = re.compile(r"(?<![\w+.-])https?://[^\s<>\"]+", re.ASCII | re.IGNORECASE)
# What ends a sentence is no part of an address that stands in it.
_BEHIND = ".,;:!?'*_~"


def links(text: str) -> list[str]:
    """The targets of all links and the bare web addresses of a Markdown text, each once, in order.

    They are percent-encoded, other scripts in host names as punycode, as CommonMark's
    implementations write them.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(front_matter_plugin)
    found = (
        target
        for token in parser.parse(text)
        if token.children
        for target in _targets(token.children, parser)
    )
    return [target for target in dict.fromkeys(found) if target]


def is_opened(target: str) -> bool:
    """Whether a link leads to the web or to a mail address."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(
        parts.path if parts.scheme == "mailto" else parts.netloc
    )


def _targets(tokens: Iterable[Token], parser: MarkdownIt) -> Iterator[str]:
    inside = False
    for token in tokens:
        if token.type == "link_open":
            inside = True
            yield str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            inside = False
        elif token.type == "text" and not inside:
            for bare in _BARE.findall(token.content):
                yield parser.normalizeLink(_trimmed(bare))


def _trimmed(address: str) -> str:
    """The address without what belongs to the sentence: its signs, and brackets around it."""
    unopened = {
        close: address.count(close) - address.count(opening) for opening, close in ("()", "[]")
    }
    end = len(address)
    while address[end - 1] in _BEHIND or unopened.get(address[end - 1], 0) > 0:
        end -= 1
        if address[end] in unopened:
            unopened[address[end]] -= 1
    return address[:end]
