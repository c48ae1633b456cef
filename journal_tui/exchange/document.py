"""Put entries into one document: a Markdown text, or an HTML page with its pictures in one file."""

import base64
import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.front_matter import front_matter_plugin

from journal_tui.counts import counted
from journal_tui.entry.links import add_wiki_embeds, add_wiki_links
from journal_tui.entry.markdown_lines import after_front_matter
from journal_tui.entry.parser import DEEPEST, limit_nesting
from journal_tui.entry.sanitize import one_line
from journal_tui.exchange.piece import lower_headings
from journal_tui.page_template import page_templates

LARGEST_IMAGE = 5_000_000
_IMAGES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".avif": "image/avif",
}  # fmt: skip
_ATX = re.compile(r" {0,3}#{1,6}[ \t]+\S")
_SETEXT = re.compile(r"[^\n]+\n {0,3}(?:=+|-+)[ \t]*(?:\n|\Z)")


class DocumentPage(NamedTuple):
    """An entry for a document: its day or period in words, its ISO date or period, its path and text."""

    name: str
    iso: str
    path: str
    text: str


class _Article(NamedTuple):
    anchor: str
    name: str
    body: Markup


def markdown(title: str, pages: Iterable[DocumentPage]) -> Iterable[str]:
    """Yield the parts of one Markdown document: the title, then a section for each entry."""
    yield f"# {one_line(title)}\n"
    for page in pages:
        body = after_front_matter(page.text).strip("\r\n").rstrip()
        body = body.replace("\r\n", "\n").replace("\r", "\n")
        has_title = bool(_ATX.match(body) or _SETEXT.match(body))
        lowered = lower_headings(body, 1)
        yield f"\n{lowered}\n" if has_title else f"\n## {page.name}\n\n{lowered}\n"


def html(
    title: str, pages: Sequence[DocumentPage], image: Callable[[str], bytes | None], version: str
) -> str:
    """Return one printable page, with the `version` of this program in it.

    `image` returns the bytes of the picture at a path in the journal, or None if it can't be shown.
    """
    anchors = _anchors(pages)
    # A link such as [[2014-10-06]] names only the date; it leads to the first entry of that day.
    named = {page.iso: anchors[page.path] for page in reversed(pages)}
    parser = _parser()
    articles = [
        _Article(
            anchors[page.path], _name(page), Markup(_rendered(parser, page, anchors, named, image))
        )
        for page in pages
    ]
    template = page_templates("journal_tui.exchange").get_template("export.html")
    years: dict[str, list[_Article]] = {}
    for page, article in zip(pages, articles, strict=True):
        years.setdefault(page.iso[:4], []).append(article)
    said = counted(len(pages), "entry")
    return template.render(title=one_line(title), years=years, said=said, version=version) + "\n"


def _name(page: DocumentPage) -> str:
    """Return an entry's day in words, or "" if the entry's first line has it."""
    first = after_front_matter(page.text).lstrip().partition("\n")[0]
    return "" if page.name in first else page.name


def _anchors(pages: Sequence[DocumentPage]) -> dict[str, str]:
    """Return a different anchor for each page, by the pages' paths."""
    found: dict[str, str] = {}
    known: set[str] = set()
    for page in pages:
        anchor = first = "e-" + re.sub(r"[^\w-]+", "-", page.path.rpartition(".")[0]).strip("-")
        number = 1
        while anchor in known:
            number += 1
            anchor = f"{first}-{number}"
        known.add(anchor)
        found[page.path] = anchor
    return found


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    add_wiki_embeds(add_wiki_links(parser.use(front_matter_plugin)))
    return limit_nesting(parser, DEEPEST)


def _rendered(
    parser: MarkdownIt,
    page: DocumentPage,
    anchors: dict[str, str],
    named: dict[str, str],
    image: Callable[[str], bytes | None],
) -> str:
    folder = posixpath.dirname(page.path)

    def place(target: str) -> str:
        if target.startswith("[["):
            name = target[2:-2].partition("#")[0].strip()
            return f"#{named[name]}" if name in named else ""
        path = unquote(target.partition("#")[0])
        near = posixpath.normpath(posixpath.join(folder, path))
        if near in anchors:
            return f"#{anchors[near]}"
        return target if re.match(r"(?:https?|mailto):", target, re.IGNORECASE) else ""

    tokens = parser.parse(page.text.removeprefix("\ufeff"))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            # The page has h1, the year h2; an entry begins with h3.
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
        if token.children:
            token.children = _children(token.children, folder, place, image)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _children(
    tokens: Sequence[Token],
    folder: str,
    place: Callable[[str], str],
    image: Callable[[str], bytes | None],
) -> list[Token]:
    """Return inline tokens with pictures in the page, and without links that would lead nowhere.

    `place` returns the target of a link in the page or on the web, or "" if it has none.
    """
    found: list[Token] = []
    dropped = 0
    for token in tokens:
        if token.type == "link_open":
            target = place(str(token.attrs.get("href", "")))
            if not target:
                dropped += 1
                continue
            token.attrs["href"] = target
        elif token.type == "link_close" and dropped:
            dropped -= 1
            continue
        elif token.type == "image":
            token = _picture(token, folder, image)
        found.append(token)
    return found


def _picture(token: Token, folder: str, image: Callable[[str], bytes | None]) -> Token:
    """Return a picture with its bytes, or with its alternative text alone if it can't be in the page."""
    source = str(token.attrs.get("src", ""))
    words = token.content
    kind = _IMAGES.get(posixpath.splitext(source)[1].lower(), "")
    path = posixpath.normpath(posixpath.join(folder, unquote(source)))
    data = image(path) if kind and "://" not in source and not path.startswith("../") else None
    made = Token("html_inline", "", 0)
    if data is not None:
        coded = base64.b64encode(data).decode()
        made.content = f'<img alt="{escape(words)}" src="data:{kind};base64,{coded}">'
    else:
        made.content = f"[{escape(words or posixpath.basename(source))}]"
        if source.startswith(("http://", "https://")):
            address = quote(source, safe="/:?&=#%+~,;@!$'()*")
            made.content = f'<a href="{escape(address)}">{made.content}</a>'
    return made
