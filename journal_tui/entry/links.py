"""Find the links of a text, and what they name: web and mail addresses, or other entries.

A link to an entry is a relative path, `[words](2014-10-06.md)`, or `[[2014-10-06|words]]`, which is a
wiki link: its target is written `[[2014-10-06]]` here.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from journal_tui.entry.parser import DEEPEST, limit_nesting
from journal_tui.entry.syntax_highlight import line_marks

SCHEMES = ("http", "https", "mailto")
_BARE_URL = re.compile(r"(?<![\w+.-])https?://[^\s<>\"]+", re.ASCII | re.IGNORECASE)
# Punctuation that ends a sentence isn't part of an address before it.
_TRAILING_SIGNS = ".,;:!?'*_~"
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\](?![(\[])")
_WIKI_EMBED = re.compile(r"!\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_IMAGE_SUFFIX = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|heic|avif)\Z", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def add_wiki_links(parser: MarkdownIt) -> MarkdownIt:
    """Have a parser read `[[target|words]]` as a link to `[[target]]`; return the parser."""
    parser.inline.ruler.before("link", "wiki_link", _read_wiki_link)
    return parser


def _read_wiki_link(state: StateInline, silent: bool) -> bool:
    start = state.pos
    # The level is above 0 only in the words of a link, where no other link can begin.
    if not state.src.startswith("[[", start) or state.level > 0:
        return False
    found = _WIKI_LINK.match(state.src, start)
    if not found or not found.group(1).strip() or found.end() > state.posMax:
        return False
    if state.src[start - 1 : start] == "#":
        # "#[[two words]]" is a tag of Logseq, not a link.
        return False
    if not silent:
        target, words = found.group(1).strip(), (found.group(2) or "").strip()
        state.push("link_open", "a", 1).attrs = {"href": f"[[{target}]]"}
        state.push("text", "", 0).content = words or target
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def add_wiki_embeds(parser: MarkdownIt) -> MarkdownIt:
    """Have a parser that reads wiki links read `![[picture.png]]` as well; return the parser."""
    parser.inline.ruler.before("wiki_link", "wiki_embed", _read_wiki_embed)
    return parser


def _read_wiki_embed(state: StateInline, silent: bool) -> bool:
    """Read `![[picture.png]]` as an image, and `![[note]]` as a link to the note."""
    found = _WIKI_EMBED.match(state.src, state.pos) if state.src[state.pos] == "!" else None
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        target, words = found[1].strip(), (found[2] or "").strip()
        if _IMAGE_SUFFIX.search(target.partition("#")[0]):
            token = state.push("image", "img", 0)
            # After the name, there is often only a width, as in ![[picture.png|300]].
            words = "" if re.fullmatch(r"\d+(x\d+)?", words) else words
            token.attrs = {"src": target, "alt": ""}
            token.content = words
            token.children = [Token("text", "", 0, content=words)]
        else:
            state.push("link_open", "a", 1).attrs = {"href": f"[[{target}]]"}
            state.push("text", "", 0).content = words or target
            state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def links(text: str) -> list[str]:
    """Return the targets of links and bare web addresses in a Markdown text, each once, in order.

    As in CommonMark's implementations, targets are percent-encoded, with host names in punycode; but
    the targets of wiki links are as written.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(front_matter_plugin)
    add_wiki_links(limit_nesting(parser, DEEPEST))
    found = (
        target
        for token in parser.parse(text)
        if token.children
        for target in _targets(token.children, parser)
    )
    return [target for target in dict.fromkeys(found) if target]


def is_openable(target: str) -> bool:
    """Return whether a link is a web or mail address."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(
        parts.path if parts.scheme == "mailto" else parts.netloc
    )


def link_at(line: str, column: int) -> str:
    """Return the target of the link at this column of a line of Markdown, or ""."""
    for start, end, kind in line_marks(line):
        if kind == "link" and start <= column <= end:
            return next(iter(links(line[start:end])), "")
    return ""


def is_external(target: str) -> bool:
    """Return whether a link names something outside the journal, such as a web address."""
    return wiki_name(target) is None and relative_path(target) is None


def wiki_name(target: str) -> str | None:
    """Return the name in a wiki link, without the heading that may follow; None for another link."""
    if not (target.startswith("[[") and target.endswith("]]")):
        return None
    return " ".join(target[2:-2].partition("#")[0].split())


def relative_path(target: str) -> str | None:
    """Return the path that a link names, without query and heading; None if it isn't relative.

    It is "" for a link to a heading of the same entry.
    """
    if _SCHEME.match(target) or target.startswith("//") or wiki_name(target) is not None:
        return None
    return unquote(target.partition("#")[0].partition("?")[0])


def path_from(folder: str, path: str) -> str | None:
    """Convert a path that is relative to a folder of the journal to one relative to the journal.

    A path that begins with `/` is relative to the journal. Return None if a path leads out of it.
    """
    parts = [] if path.startswith("/") else [part for part in folder.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _targets(tokens: Iterable[Token], parser: MarkdownIt) -> Iterator[str]:
    inside = False
    for token in tokens:
        if token.type == "link_open":
            inside = True
            yield str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            inside = False
        elif token.type == "text" and not inside:
            for bare in _BARE_URL.findall(token.content):
                yield parser.normalizeLink(_trim_url(bare))


def _trim_url(address: str) -> str:
    """Return the address without the punctuation and closing brackets of the sentence around it."""
    unopened = {
        close: address.count(close) - address.count(opening) for opening, close in ("()", "[]")
    }
    end = len(address)
    while address[end - 1] in _TRAILING_SIGNS or unopened.get(address[end - 1], 0) > 0:
        end -= 1
        if address[end] in unopened:
            unopened[address[end]] -= 1
    return address[:end]
