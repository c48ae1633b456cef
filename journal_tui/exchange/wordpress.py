"""Read a WordPress export (WXR 1.0 to 1.2), also one that isn't well-formed."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from journal_tui.entry.vocabulary import Vocabulary
from journal_tui.exchange.dates import parse_moment
from journal_tui.exchange.files import CHUNK, MAX_TEXT, MEGABYTE, Files, Refused
from journal_tui.exchange.html_text import markdown, paragraphs, plain
from journal_tui.exchange.labels import separate_labels
from journal_tui.exchange.piece import PUBLISH, ImportItem, LeftOut, Piece, digest_key, tags_of

_CONTROL = bytes(range(9)) + b"\x0b\x0c" + bytes(range(14, 32))
_LARGEST_ITEM = 16 * MEGABYTE
_CAPTION = re.compile(r"\[/?caption\b[^\]\n]*\]|\[/?wp_caption\b[^\]\n]*\]")
_BOILERPLATE = {
    "page": "page",
    "attachment": "media file (left on the web)",
    "nav_menu_item": "menu item",
    "revision": "earlier version of a post",
}
_THROWN_AWAY = ("trash", "auto-draft", "inherit")
_PUBLIC = ("publish", "")
_FIELD = (
    r"<(?:(?P<space>[\w-]+):)?(?P<name>{name})(?:\s[^>]*)?>\s*"
    r"(?:<!\[CDATA\[(?P<data>.*?)\]\]>\s*(?=</)|(?P<text>.*?))</(?:[\w-]+:)?(?P=name)\s*>"
)


class _Item(NamedTuple):
    """An item of an export: its fields by name, its categories and tags as (domain, name), its number of comments."""

    fields: dict[str, str]
    terms: list[tuple[str, str]]
    comments: int


def read(files: Files, path: str, vocabulary: Vocabulary | None = None) -> Iterator[ImportItem]:
    """Yield the posts in the order of the export, usually the earliest first, then what isn't imported.

    `vocabulary` has the names of sections, besides the English ones.
    """
    if files.size(path) > MAX_TEXT:
        raise Refused(
            f"{path} has {files.size(path) // MEGABYTE:,} MB; at most {MAX_TEXT // MEGABYTE} MB are read. "
            "Export a few years at a time."
        )
    left: Counter[str] = Counter()
    with files.open_file(path) as file:
        for item in _items(file, path, left):
            found = _piece(item, left, vocabulary)
            if found:
                yield found
    for what, number in left.items():
        yield LeftOut(what, number)


def _items(file: IO[bytes], name: str, left: Counter[str]) -> Iterator[_Item]:
    """Yield the items; from the first place that isn't well-formed on, find them by their tags alone."""
    number = 0
    try:
        for item in _parsed(_Cleaned(file)):
            number += 1
            yield item
        return
    except DefusedXmlException:
        raise Refused(
            f"{name} was not read: it declares entities, which no export does and which could fill the memory."
        ) from None
    except (ParseError, ValueError, LookupError):
        pass
    file.seek(0)
    for at, item in enumerate(_scanned(_Cleaned(file), left)):
        if at >= number:
            yield item


class _Cleaned:
    """A file without the control characters that XML doesn't allow."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = CHUNK) -> bytes:
        return (self._file.read(size) or b"").translate(None, _CONTROL)


def _parsed(file: _Cleaned) -> Iterator[_Item]:
    parsing = iterparse(file, events=("start", "end"), forbid_dtd=False, forbid_entities=True)
    channel: Element | None = None
    for event, element in parsing:
        name = _local(element.tag)
        if event == "start":
            if name == "channel" and channel is None:
                channel = element
            continue
        if name == "item":
            yield _from_element(element)
            if channel is not None:
                channel.clear()


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _from_element(element: Element) -> _Item:
    fields: dict[str, str] = {}
    terms: list[tuple[str, str]] = []
    comments = 0
    for child in element:
        name, text = _local(child.tag), child.text or ""
        if name == "category":
            terms.append((child.get("domain") or "category", text))
        elif name == "comment":
            comments += 1
        elif name == "encoded":
            fields["excerpt" if "excerpt" in str(child.tag) else "content"] = text
        else:
            fields.setdefault(name, text)
    return _Item(fields, terms, comments)


def _scanned(file: _Cleaned, left: Counter[str]) -> Iterator[_Item]:
    """Yield the items of a file that isn't well-formed, by their tags alone."""
    window = b""
    while True:
        start = window.find(b"<item>")
        end = window.find(b"</item>", start) if start >= 0 else -1
        # A post about feeds may have the tag in its text.
        while end >= 0 and window.count(b"<![CDATA[", start, end) > window.count(
            b"]]>", start, end
        ):
            end = window.find(b"</item>", end + 1)
        if end >= 0:
            yield _from_text(window[start + 6 : end].decode("utf-8", "replace"))
            window = window[end + 7 :]
            continue
        if len(window) > _LARGEST_ITEM:
            raise Refused(
                f"A post of the export has no end within {_LARGEST_ITEM // MEGABYTE} MB. Export it again."
            )
        data = file.read(CHUNK * 8)
        if not data:
            break
        window += data
    if b"<item>" in window:
        # Half a post would keep the whole one from being imported later.
        left["post that is cut off at the end of the file"] += 1


def _from_text(text: str) -> _Item:
    whole, comments = re.subn(r"<wp:comment>.*?(?:</wp:comment>|\Z)", "", text, flags=re.DOTALL)
    fields: dict[str, str] = {}
    for found in re.finditer(_FIELD.format(name=r"[\w-]+"), whole, re.DOTALL):
        name = found["name"]
        if name == "encoded":
            name = "excerpt" if found["space"] == "excerpt" else "content"
        said = found["data"]
        fields.setdefault(name, unescape(found["text"] or "") if said is None else said)
    terms = []
    for found in re.finditer(r"<category([^>]*)>(.*?)</category>", whole, re.DOTALL):
        domain = re.search(r'domain="([^"]*)"', found[1])
        said = re.sub(r"<!\[CDATA\[(.*?)\]\]>", r"\1", found[2], flags=re.DOTALL)
        terms.append((domain[1] if domain else "category", unescape(said)))
    return _Item(fields, terms, comments)


def _piece(item: _Item, left: Counter[str], vocabulary: Vocabulary | None) -> Piece | None:
    fields = {name: value.strip() for name, value in item.fields.items()}
    kind, status = fields.get("post_type") or "post", fields.get("status", "")
    if kind != "post":
        left[_BOILERPLATE.get(kind, f"{kind} (not a post)")] += 1
        return None
    if status in _THROWN_AWAY:
        left["post in the trash" if status == "trash" else "post that was never saved"] += 1
        return None
    body = item.fields.get("content", "")
    title = plain(fields.get("title", ""))
    if not body.strip() and not title:
        left["empty post"] += 1
        return None
    if item.comments:
        left["comment"] += item.comments
    text = separate_labels(markdown(paragraphs(_CAPTION.sub(" ", body))), vocabulary)
    if excerpt := markdown(fields.get("excerpt", "")):
        text = f"{text}\n\n{excerpt}" if excerpt not in text else text
    day, time = _day(fields)
    link = fields.get("link", "")
    guid = fields.get("guid", "")
    number = fields.get("post_id", "")
    if status in _PUBLIC:
        status = "password" if fields.get("post_password") else ""
    # WXR 1.0 has each category a second time, without a domain.
    terms = {
        domain: [name for kind, name in item.terms if kind == domain] for domain, _ in item.terms
    }
    source = link or guid or (f"wordpress {number}" if number else "")
    addresses = [link, guid, link.partition("?")[0] if "?p=" not in link else ""]
    return Piece(
        source or digest_key("wordpress", title, text),
        text,
        day,
        "" if day else "it has no date",
        time,
        title,
        {
            "source": source,
            "time": time,
            "author": fields.get("creator", ""),
            "status": status,
            # A draft or a private or protected post isn't published by the query in journal.toml.
            PUBLISH: "false" if status else "",
            "categories": [
                *dict.fromkeys(
                    name for name in terms.get("category", []) if name != "Uncategorized"
                )
            ],
            "tags": tags_of([*terms.get("post_tag", []), *terms.get("tag", [])]),
        },
        tuple(dict.fromkeys(filter(None, addresses))),
    )


def _day(fields: dict[str, str]) -> tuple[date | None, str]:
    """Return the day and the time at which a post was written, by the blog's clock if the export has that."""
    for name in ("post_date", "post_date_gmt"):
        found = parse_moment(fields.get(name, ""))
        if found:
            return found.day, found.time
    try:
        when = parsedate_to_datetime(fields.get("pubDate", ""))
    except (ValueError, TypeError, IndexError):
        return None, ""
    return when.date(), f"{when:%H:%M}"
