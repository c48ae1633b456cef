"""The formats that can be imported: their names, how each is recognised, and the function that reads it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from journal_tui.entry.vocabulary import Vocabulary
from journal_tui.exchange import jrnl
from journal_tui.exchange.files import UTF_16_MARKS, Files, Refused, decoded, head
from journal_tui.exchange.piece import ImportItem

FOLDER = "folder"
"""A folder of dated text files, such as Obsidian's or Logseq's, whose names the journal understands."""
_HEAD = 65_536
TEXTS = (".md", ".markdown", ".mkd", ".txt")
"""The endings of text files' names."""
_PAGES = (".html", ".htm", ".xhtml")
_TABLES = (".csv", ".tsv", ".tab")


class Options(NamedTuple):
    """How to read a source: the columns of a table by role, the order of day and month, and the highest rating.

    `order` is "dmy", "mdy", or "" to find it in the source. `vocabulary` has the names of the journal's
    sections.
    """

    columns: Mapping[str, str] | None = None
    order: str = ""
    high: int = 10
    vocabulary: Vocabulary | None = None


class Format(NamedTuple):
    """A format: its word for `--format`, its name in messages, and the function that reads its files."""

    key: str
    name: str
    read: Callable[[Files, Sequence[str], Options], Iterator[ImportItem]]


def _page(files: Files, paths: Sequence[str], options: Options) -> Iterator[ImportItem]:
    from journal_tui.exchange import web_page

    for path in paths:
        yield from web_page.read(files, path, options.order, options.vocabulary)


def _wordpress(files: Files, paths: Sequence[str], options: Options) -> Iterator[ImportItem]:
    from journal_tui.exchange import wordpress

    for path in paths:
        yield from wordpress.read(files, path, options.vocabulary)


def _day_one(files: Files, paths: Sequence[str], options: Options) -> Iterator[ImportItem]:
    from journal_tui.exchange import day_one

    classic = [path for path in paths if path.endswith(day_one.CLASSIC)]
    yield from day_one.read_classic(files, classic)
    for path in paths:
        if not path.endswith(day_one.CLASSIC):
            yield from day_one.read(files, path)


def _jrnl(files: Files, paths: Sequence[str], options: Options) -> Iterator[ImportItem]:
    if jrnl.is_folder(paths):
        yield from jrnl.read_folder(files, options.order)
        return
    for path in paths:
        beginning = head(files, path)
        if jrnl.is_encrypted(beginning):
            raise jrnl.encryption_error(path)
        if beginning.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
            yield from jrnl.read_json(files, path)
        else:
            yield from jrnl.read(files, path, options.order)


def _csv(files: Files, paths: Sequence[str], options: Options) -> Iterator[ImportItem]:
    from journal_tui.exchange import csv_table

    for path in paths:
        yield from csv_table.read(files, path, *options)


def _json(files: Files, paths: Sequence[str], options: Options) -> Iterator[ImportItem]:
    from journal_tui.exchange import json_export

    for path in paths:
        yield from json_export.read(files, path)


def _folder(files: Files, paths: Sequence[str], options: Options) -> Iterator[ImportItem]:
    raise Refused(f"{files.name} is an archive of text files. Unpack it, and import the folder.")


FORMATS = {
    one.key: one
    for one in (
        Format("page", "a blog page", _page),
        Format("wordpress", "WordPress", _wordpress),
        Format("dayone", "Day One", _day_one),
        Format("jrnl", "jrnl", _jrnl),
        Format(FOLDER, "a folder of dated files", _folder),
        Format("csv", "a table", _csv),
        Format("json", "a journal's export", _json),
    )
}


class Recognised(NamedTuple):
    """The format of a source, and the paths of the files with its entries."""

    format: Format
    paths: Sequence[str]


def recognise(files: Files, wanted: str = "") -> Recognised:
    """Return the format of a source and the files to read. Raise Refused if no format is recognised.

    `wanted` is the key of the format if the user named it.
    """
    paths = [path for path in files.paths() if not _is_hidden(path)]
    if not paths:
        raise Refused(f"{files.name} has no files.")
    kinds = {path: kind for path in _candidates(paths) if (kind := _kind(files, path))}
    found = {kind: [path for path, one in kinds.items() if one == kind] for kind in kinds.values()}
    if len(paths) > 1 and jrnl.is_folder(paths):
        days = [path for path in paths if jrnl.is_folder([path])]
        if jrnl.is_text(decoded(head(files, days[0]))):
            found = {"jrnl": days}
    if wanted:
        usual = [
            path for path in paths if path.endswith((*TEXTS, ".xml", ".json", *_PAGES, *_TABLES))
        ]
        return Recognised(FORMATS[wanted], found.get(wanted) or usual or paths)
    for key in ("json", "dayone", "wordpress"):
        if key in found:
            return Recognised(FORMATS[key], found[key])
    if len(paths) == 1 or "jrnl" in found or not any(path.endswith(TEXTS) for path in paths):
        for key in ("jrnl", "csv", "page"):
            if key in found:
                return Recognised(FORMATS[key], found[key])
    if any(path.endswith(TEXTS) for path in paths) and len(paths) > 1:
        return Recognised(FORMATS[FOLDER], paths)
    named = ", ".join(FORMATS)
    if len(paths) == 1 and not head(files, paths[0]).strip():
        raise Refused(f"{files.name} is empty.")
    if len(paths) == 1 and head(files, paths[0]).startswith(UTF_16_MARKS):
        raise Refused(f"{files.name} is UTF-16 text. Save it as UTF-8, and import it again.")
    if len(paths) == 1 and _is_binary(head(files, paths[0])):
        raise Refused(
            f"{files.name} isn't text. If another program encrypted it, decrypt it there first; in jrnl "
            "with: jrnl NAME --decrypt FILE"
        )
    raise Refused(f"The format of {files.name} isn't recognised. Name it with --format: {named}.")


def _is_binary(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Only the first bytes were read, so the last character may be cut off.
        text = data[: error.start].decode("utf-8") if error.start > len(data) - 4 else "\0"
    return "\0" in text


def _is_noise(data: bytes) -> bool:
    """Return whether bytes aren't text in any encoding: NUL, or more than a twentieth control characters."""
    if b"\0" in data:
        return True
    return sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data) * 20 > len(data)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _candidates(paths: Sequence[str]) -> Sequence[str]:
    """Return the files by which the format may be recognised, without text files, which may be many."""
    if len(paths) == 1:
        return paths
    return _ending(paths, (".json", ".xml", ".doentry", *_PAGES, *_TABLES))


def with_texts(paths: Sequence[str]) -> Sequence[str]:
    """Return the files whose names end like those of a format that can be imported, including text files."""
    endings = (*TEXTS, ".json", ".xml", ".doentry", *_PAGES, *_TABLES)
    return _ending([path for path in paths if not _is_hidden(path)], endings)


def _ending(paths: Sequence[str], endings: tuple[str, ...]) -> Sequence[str]:
    # A browser saves the images and scripts of PAGE.html in the folder PAGE_files.
    return [it for it in paths if it.lower().endswith(endings) and "_files/" not in it]


def _kind(files: Files, path: str) -> str:
    """Return the key of a file's format, or "" if the file alone doesn't show one.

    Raise Refused if jrnl encrypted the file.
    """
    low = path.lower()
    if low.endswith(".doentry"):
        return "dayone"
    data = head(files, path, _HEAD)
    if jrnl.is_encrypted(data):
        raise jrnl.encryption_error(path)
    if b"xmlns:wp=" in data and b"<rss" in data.lower():
        return "wordpress"
    text = decoded(data)
    begins = text.lstrip()[:1]
    if begins == "{" or (begins == "[" and low.endswith(".json")):
        return _kind_of_json(text)
    is_utf_16 = data.startswith(UTF_16_MARKS)
    if low.endswith(".xml") or not text.strip() or (not is_utf_16 and _is_noise(data)):
        return ""
    from journal_tui.exchange import web_page

    if low.endswith(_PAGES) or web_page.is_html(text):
        return "page"
    if low.endswith(_TABLES):
        return "csv"
    return "jrnl" if jrnl.is_text(text) else "page"


def _kind_of_json(text: str) -> str:
    from journal_tui.exchange.json_export import FORMAT
    from journal_tui.exchange.json_items import strings

    found = strings(text)
    if FORMAT in found and re.search(rf'"format"\s*:\s*"{FORMAT}"', text[:500]):
        return "json"
    if {"entries", "title", "body", "date"} <= found:
        return "jrnl"
    if "entries" in found or "creationDate" in found:
        return "dayone"
    return ""
