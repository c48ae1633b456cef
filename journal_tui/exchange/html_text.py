"""Convert HTML to Markdown, without scripts and styles, and with links to embedded media."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import escape, unescape
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from bs4.exceptions import ParserRejectedMarkup
from markdownify import MarkdownConverter

from journal_tui.entry.markdown_lines import DONE_BOX, OPEN_BOX

MAX_HTML = 16_000_000
MAX_TAGS = 50_000
_BLOCKS = (
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr iframe legend li main nav ol p pre script section style summary table tbody td "
    "tfoot th thead tr ul video audio"
)
_BLOCK = re.compile(rf"\s*</?(?:{'|'.join(_BLOCKS.split())})(?![a-z0-9-])", re.IGNORECASE)
_ENDS_BLOCK = re.compile(
    rf"</?(?:{'|'.join(_BLOCKS.split())})(?![a-z0-9-])[^>]*>\s*$", re.IGNORECASE
)
_KEPT_LINES = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_MANY_BLANKS = re.compile(r"\n{3,}")
_EMBEDDED = ("iframe", "embed", "object", "audio", "video", "source")


class _Converter(MarkdownConverter):
    """A converter to Markdown that makes links of embedded media."""

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _embedded(el, text)

    convert_embed = convert_object = convert_audio = convert_video = convert_iframe

    def convert_input(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if str(el.get("type")).lower() != "checkbox":
            return ""
        return DONE_BOX if el.has_attr("checked") else OPEN_BOX

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags or parent_tags & {"td", "th", "h1", "h2", "h3", "h4", "h5"}:
            return " "
        return "\\\n"


def _embedded(el: Tag, text: str) -> str:
    source = el.get("src") or el.get("data") or ""
    if not source:
        inner = el.find("source")
        source = inner.get("src") or "" if isinstance(inner, Tag) else ""
    source = str(source).strip()
    link = f"<{source}>" if re.fullmatch(r"https?://[^\s<>]+", source) else ""
    return "\n\n" + "\n\n".join(filter(None, (text.strip(), link))) + "\n\n"


_OPTIONS: dict[str, Any] = {
    "heading_style": "atx",
    "bullets": "-",
    "escape_misc": False,
    "escape_underscores": False,
    "escape_asterisks": True,
    "newline_style": "backslash",
    "strip_document": "strip",
}


_CONVERTER = _Converter(**_OPTIONS)
_UNWANTED = ("script", "style", "noscript", "template", "title")
_RULE = re.compile(r"---[ \t]*(?:\n|\Z)")
_SECTION = re.compile(r"<!\[((?:if|endif)[^\]>]*\]>)?", re.IGNORECASE)
_TAGS = re.compile(r"(?:<[^<>]*>\s*)+")
_LONG_TAG = re.compile(r"<[^<>]{20000,}>")
_MAX_PARTS = 1_000
# A text in HTML without any of these is the same in Markdown.
_MARKUP = re.compile(r"[<&*\\`\[\n]|^\s*[#>+-]|\s\s")


def soup_of(html: str) -> BeautifulSoup:
    """Return the tree of an HTML text; bad HTML raises nothing.

    With more tags than any page has, return the tree of its words alone, since parsing the tags would
    take minutes.
    """
    # html.parser refuses a section such as `<![name[` if it doesn't know the name.
    html = _SECTION.sub(lambda found: "" if found[1] else "&lt;![", html[:MAX_HTML])
    html = _LONG_TAG.sub(lambda tag: tag[0] if len(tag[0].split()) < _MAX_PARTS else " ", html)
    # The parser goes through the rest of the text for each tag that is never closed.
    last = html.rfind(">") + 1
    html = html[:last] + html[last:].replace("<", "&lt;")
    if html.count("<") <= MAX_TAGS:
        with suppress(ParserRejectedMarkup):
            return BeautifulSoup(html, "html.parser")
    return BeautifulSoup(escape(unescape(_TAGS.sub("\n", html))), "html.parser")


def markdown(html: "str | Tag") -> str:
    """Return HTML as Markdown, or only its words if it is nested too deeply."""
    if isinstance(html, str) and not _MARKUP.search(html):
        return html.strip()
    tree = soup_of(html) if isinstance(html, str) else html
    for unwanted in tree.find_all(_UNWANTED):
        unwanted.decompose()
    try:
        text = _CONVERTER.convert_soup(tree)
    except RecursionError:
        text = tree.get_text("\n\n")
    text = tidy(str(text))
    # A rule `---` at the beginning would open front matter.
    return f"***{text[3:]}" if _RULE.match(text) else text


def plain(html: str) -> str:
    """Return the text of HTML such as a title, in one line."""
    text = soup_of(html).get_text(" ") if "<" in html else unescape(html)
    return " ".join(text.split())


def tidy(text: str) -> str:
    """Return Markdown without trailing spaces, non-breaking spaces, or several blank lines in a row."""
    text = text.replace("\u00a0", " ").replace("\u200b", "")
    text = _TRAILING.sub("", text)
    text = "\n".join(_without_double_breaks(text.split("\n")))
    # A hard break before a blank line has no effect.
    text = re.sub(r"(?:\\\n)+(?=\n|\Z)", "\n", text)
    return _MANY_BLANKS.sub("\n\n", text).strip("\n")


def _without_double_breaks(lines: Iterable[str]) -> list[str]:
    """Return lines in which two line breaks in a row, which separate paragraphs in blogs, become a blank line."""
    out: list[str] = []
    fence = ""
    for line in lines:
        mark = line.lstrip("> \t")[:3]
        if mark in ("```", "~~~"):
            fence = "" if fence == mark else fence or mark
        if not fence and line.strip("> \t") == "\\":
            line = line.removesuffix("\\").rstrip()
            if out:
                out[-1] = out[-1].removesuffix("\\").rstrip()
        out.append(line)
    return out


def paragraphs(html: str) -> str:
    """Return a blog's HTML, in which blank lines separate paragraphs, with `<p>` around each paragraph.

    Line feeds in a paragraph become `<br/>`, as the blog shows them. HTML comments, with which newer
    editors mark their blocks, are dropped.
    """
    html = _COMMENT.sub("\n\n" if "<!-- wp:" in html else "", html.replace("\r\n", "\n"))
    return "".join(
        piece if kept else "\n".join(_with_paragraphs(piece)) for piece, kept in _split(html)
    )


def _split(html: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of HTML, and whether the line feeds of each are kept."""
    at = 0
    for found in _KEPT_LINES.finditer(html):
        yield html[at : found.start()], False
        yield found[0], True
        at = found.end()
    yield html[at:], False


def _with_paragraphs(html: str) -> Iterator[str]:
    for chunk in _BLANK_LINES.split(html):
        if not chunk.strip():
            continue
        if _BLOCK.match(chunk):
            yield f"\n{_with_breaks(chunk)}\n"
        else:
            yield f"\n<p>{_with_breaks(chunk.strip())}</p>\n"


def _with_breaks(chunk: str) -> str:
    """Return a chunk with its line feeds as breaks, except beside a block's tag."""
    lines = chunk.split("\n")
    out = []
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        is_text = (
            following is not None
            and line.strip()
            and following.strip()
            and not _ENDS_BLOCK.search(line)
            and not _BLOCK.match(following)
            and not re.search(r"<br\s*/?>\s*$", line, re.IGNORECASE)
            and not (line.rfind("<") > line.rfind(">"))
        )
        out.append(f"{line}<br/>" if is_text else line)
    return "\n".join(out)
