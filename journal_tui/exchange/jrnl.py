"""Read the journals of jrnl: its text with dates of any format, its folders and its JSON; write its text."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from journal_tui.exchange.dates import (
    Moment,
    is_ambiguous,
    order_of,
    parse_leading_date,
    parse_moment,
)
from journal_tui.exchange.files import Files, Refused, text_of
from journal_tui.exchange.json_items import members
from journal_tui.exchange.piece import ImportItem, LeftOut, Piece, digest_key, tags_of
from journal_tui.period import long_date

_HEADER = re.compile(r"^\[(?P<stamp>[^\]\n]{1,60})\](?:[ \t]+|$)(?P<title>.*)$", re.MULTILINE)
_OLD_HEADER = re.compile(
    r"^(?P<stamp>(?:[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}|[0-9]{2}[-/.][0-9]{2}[-/.][0-9]{4})[ T][0-9]{2}:[0-9]{2})"
    r"[ \t]+(?P<title>\S.*)$",
    re.MULTILINE,
)
_STAR = re.compile(r"(?:^\*[ \t]+|[ \t]+\*$)")
_DAY_IN_FOLDER = re.compile(r"(?:.*/)?([0-9]{4})/([0-9]{2})/([0-9]{2})\.txt")
_LIKE_HEADER = re.compile(r"^\\*\[[^\]\n]{1,60}\](?=[ \t]|$)", re.MULTILINE)
_ESCAPED_HEADER = re.compile(r"^\\(?=\\*\[[^\]\n]{1,60}\](?:[ \t]|$))", re.MULTILINE)


def is_encrypted(beginning: bytes) -> bool:
    """Return whether a file begins like one that jrnl 2 or later has encrypted."""
    return bool(re.match(rb"gAAAA[A-Za-z0-9_-]{40}|JRNLv[0-9]", beginning))


def is_text(text: str) -> bool:
    """Return whether a text begins with an entry of jrnl."""
    text = text.lstrip("\ufeff \n\r\t")
    if found := _HEADER.match(text):
        stamp = found["stamp"]
        return bool(
            parse_moment(stamp)
            or parse_moment(stamp, "dmy")
            or parse_moment(stamp, "mdy")
            or is_ambiguous(stamp)
        )
    return bool(_OLD_HEADER.match(text))


def is_folder(paths: Iterable[str]) -> bool:
    """Return whether one of the files is named as in a folder of jrnl: 2014/10/06.txt."""
    return any(_DAY_IN_FOLDER.fullmatch(path) for path in paths)


def read(files: Files, path: str, order: str = "") -> Iterator[ImportItem]:
    """Yield the entries of a file. `order` says how dates such as 03/04/2019 are read: dmy or mdy."""
    yield from _entries(text_of(files, path), order)


def read_folder(files: Files, order: str = "") -> Iterator[ImportItem]:
    """Yield the entries of a folder, in which each day has a file."""
    for path in files.paths():
        found = _DAY_IN_FOLDER.fullmatch(path)
        if not found:
            continue
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            yield LeftOut("file with an impossible date", 1, path)
            continue
        for piece in _entries(text_of(files, path), order):
            # If the date in the file can't be read, that in its path is taken.
            yield piece._replace(day=piece.day or day, why="")


def _entries(text: str, order: str) -> Iterator[Piece]:
    text = text.replace("\r\n", "\n")
    pattern = (
        _HEADER if _HEADER.match(text.lstrip()) or not _OLD_HEADER.search(text) else _OLD_HEADER
    )
    headers = list(pattern.finditer(text))
    order = order or order_of(found["stamp"] for found in headers)
    # "[1] a note" is a line of an entry.
    headers = [found for found in headers if _looks_like_stamp(found["stamp"], order, pattern)]
    if headers and text[: headers[0].start()].strip():
        yield _piece(text[: headers[0].start()], "", "", None, "it is before the first date")
    for at, header in enumerate(headers):
        end = headers[at + 1].start() if at + 1 < len(headers) else len(text)
        stamp = header["stamp"]
        when = parse_moment(stamp, order)
        why = ""
        if when is None:
            why = (
                f"[{stamp}] may be two days: say which with --date-order"
                if is_ambiguous(stamp)
                else f"[{stamp}] isn't a day"
            )
        yield _piece(text[header.end() : end], header["title"], stamp, when, why)


def _looks_like_stamp(stamp: str, order: str, pattern: re.Pattern[str]) -> bool:
    if (
        pattern is _OLD_HEADER
        or parse_moment(stamp, order)
        or is_ambiguous(stamp)
        or parse_leading_date(stamp, order)
    ):
        return True
    # An unreadable date with a time, or a long word with digits, begins an entry whose day is unclear.
    return bool(re.search(r"[0-9]{1,2}:[0-9]{2}", stamp)) or (
        len(stamp) > 12 and " " not in stamp and any(map(str.isdigit, stamp))
    )


def _piece(body: str, title: str, stamp: str, when: Moment | None, why: str) -> Piece:
    starred = bool(_STAR.search(title.strip()))
    title = _STAR.sub("", title.strip()).strip()
    body = _ESCAPED_HEADER.sub("", body.strip("\n").rstrip())
    return Piece(
        digest_key("jrnl", stamp, title, body),
        body,
        when.day if when else None,
        why,
        when.time if when else "",
        title,
        {"time": when.time if when else "", "starred": "true" if starred else ""},
    )


def read_json(files: Files, path: str) -> Iterator[ImportItem]:
    """Yield the entries of what `jrnl --format json` prints."""
    with files.open_file(path) as file:
        for key, item in members(file, path, ("entries",)):
            if key != "entries":
                continue
            if not isinstance(item, dict):
                yield LeftOut("record that can't be used")
                continue
            title, body = str(item.get("title") or ""), str(item.get("body") or "")
            time = str(item.get("time") or "")
            when = parse_moment(f"{item.get('date') or ''} {time}")
            tags = item.get("tags")
            names = [it for it in tags if isinstance(it, str)] if isinstance(tags, list) else []
            # The journal reads a tag in the text itself.
            names = [it for it in names if it.casefold() not in f"{title}\n{body}".casefold()]
            starred = item.get("starred") is True
            piece = _piece(
                body, title, f"{item.get('date')} {time}", when, "" if when else "it has no date"
            )
            facts = {**piece.facts, "tags": tags_of(names), "starred": "true" if starred else ""}
            yield piece._replace(facts=facts)


def encryption_error(name: str) -> Refused:
    """Return the error for a file that jrnl encrypted, which says how to decrypt it."""
    return Refused(
        f"{name} is encrypted by jrnl. Decrypt it there first, with: jrnl NAME --decrypt FILE, and import "
        "that FILE."
    )


def entry_lines(day: date, title: str, text: str) -> str:
    """Return an entry as jrnl writes it: a line with the day and title, then the whole text.

    An empty title is replaced by the date in words, which an import leaves out. A line that looks like
    the beginning of another entry gets a backslash, which Markdown doesn't show and an import removes.
    """
    head = " ".join(title.split()).strip("* ") or long_date(day)
    body = _LIKE_HEADER.sub(r"\\\g<0>", text.strip("\r\n").rstrip())
    return f"[{day.isoformat()}] {head}\n{body}\n\n"
