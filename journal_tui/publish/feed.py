"""The feed of a blog in Atom (RFC 4287), and its site map."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

_ATOM = "http://www.w3.org/2005/Atom"
_SITE_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = date(1970, 1, 1)


class FeedEntry(NamedTuple):
    """An entry of a feed; `address` is relative to the blog, and `content` is HTML."""

    day: date
    title: str
    address: str
    summary: str
    content: str


def atom(
    title: str, author: str, language: str, base_url: str, entries: Sequence[FeedEntry]
) -> bytes:
    """Return a feed of entries, the newest first.

    An entry's time is noon of its day, so that the feed changes only when an entry does. The entry's
    id depends on the blog's title and the entry's address in the blog, not on `base_url`.
    """
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, _LANGUAGE: language})
    if base_url:
        feed.set(_BASE, base_url)
    _add(feed, "id", _id(title, ""))
    _add(feed, "title", title)
    _add(feed, "updated", _noon(max((it.day for it in entries), default=_EPOCH)))
    _add(_add(feed, "author"), "name", author)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base_url}index.html")
    if base_url:
        _add(feed, "link", rel="self", type="application/atom+xml", href=f"{base_url}feed.xml")
    for entry in entries:
        item = _add(feed, "entry")
        _add(item, "id", _id(title, entry.address))
        _add(item, "title", entry.title)
        _add(item, "published", _noon(entry.day))
        _add(item, "updated", _noon(entry.day))
        _add(item, "link", rel="alternate", type="text/html", href=base_url + quote(entry.address))
        if entry.summary:
            _add(item, "summary", entry.summary)
        _add(item, "content", entry.content, type="html")
    return _source(feed)


def site_map(base_url: str, addresses: Iterable[str]) -> bytes:
    """Return a site map of pages, whose addresses are relative to the blog."""
    listed = ElementTree.Element("urlset", {"xmlns": _SITE_MAP})
    for address in addresses:
        _add(_add(listed, "url"), "loc", base_url + quote(address))
    return _source(listed)


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name, attributes)
    if text:
        made.text = _NOT_XML.sub("\ufffd", text)
    return made


def _noon(day: date) -> str:
    return f"{day.isoformat()}T12:00:00Z"


def _id(title: str, address: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'journal:{title}:{address}')}"


def _source(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"
