"""Read Day One: its export as a zip, a folder or JSON, and the journals of Day One Classic; write its JSON."""

import json
import plistlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from journal_tui.entry.entry import Entry
from journal_tui.exchange.dates import iso_moment
from journal_tui.exchange.files import MEGABYTE, Files, Refused, read_whole
from journal_tui.exchange.json_items import members
from journal_tui.exchange.piece import Attachment, ImportItem, LeftOut, Piece, digest_key, tags_of

CLASSIC = ".doentry"
_MAX_CLASSIC = 16 * MEGABYTE
_MOMENT = re.compile(r"!\[[^\]]*\]\((dayone-moment:/{1,2}(?:\w+/)?([0-9A-Za-z-]+))\)")
_ESCAPED = re.compile(r"\\([.!()+\-/:])")
_NUMBERED = re.compile(r"\s*(?:\d+\\[.)]|\\[-+])")
_PARTS = ("photos", "videos", "audios", "pdfAttachments")
_PLACES = ("placeName", "localityName", "administrativeArea", "country")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,3}")
_LONGEST_ZONE = 64
_HOTTEST = 1_000
_OFFSET = re.compile(r"(?:GMT|UTC)([+-])([0-9]{1,2}):?([0-9]{2})?")


def read(files: Files, path: str) -> Iterator[ImportItem]:
    """Yield the entries of an export's JSON file; their attachments are in folders beside the file."""
    journal = path.rpartition("/")[2].removesuffix(".json")
    folder = path.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    known = _media(files, prefix)
    missing: Counter[str] = Counter()
    with files.open_file(path) as file:
        for key, item in members(file, path, ("entries",)):
            if key not in ("entries", ""):
                continue
            if not isinstance(item, dict):
                missing["record that can't be used"] += 1
                continue
            yield _entry(item, journal, known, missing)
    for what, number in missing.items():
        yield LeftOut(what, number)


def _media(files: Files, prefix: str) -> dict[str, str]:
    """Return the paths of the attachments beside a JSON file, by the stems of their names in lower case."""
    found = {}
    for path in files.paths():
        if path.startswith(prefix):
            folder, _, name = path[len(prefix) :].rpartition("/")
            if folder.lower() in ("photos", "videos", "audios", "pdfs", "pdfattachments"):
                found[name.rpartition(".")[0].lower()] = path
    return found


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _entry(
    item: dict[str, Any], journal: str, known: dict[str, str], missing: Counter[str]
) -> Piece:
    text = _text(item, "text") or _plain_text(_text(item, "richText"))
    text = _unescaped(text.replace("\ufffc", "").replace("\u200b", ""))
    text, attachments = _attachments(text, item, known, missing)
    location = item.get("location") if isinstance(item.get("location"), dict) else {}
    assert isinstance(location, dict)
    zone = _text(item, "timeZone") or _text(location, "timeZoneName")
    day, time = _local(_text(item, "creationDate"), zone)
    identity = _text(item, "uuid")
    title, text = _title_of(text)
    return Piece(
        f"day-one {identity}"
        if identity
        else digest_key("day-one", _text(item, "creationDate"), text),
        text,
        day,
        "" if day else "it has no creation date",
        time,
        title,
        {
            "source": f"day-one {identity}" if identity else "",
            "time": "" if item.get("isAllDay") is True else time,
            # An unknown zone is kept, because the day is then that in UTC and may not be the writer's.
            "time-zone": zone if _is_unknown(zone) else "",
            "journal": "" if journal.lower() == "journal" else journal,
            "tags": _other_tags(_list(item, "tags"), text),
            "starred": "true" if item.get("starred") is True else "",
            "pinned": "true" if item.get("isPinned") is True else "",
            "location": ", ".join(
                dict.fromkeys(filter(None, (_text(location, it) for it in _PLACES)))
            ),
            "weather": _weather(item.get("weather")),
        },
        (f"dayone://view?entryId={identity}", f"dayone2://view?entryId={identity}")
        if identity
        else (),
        tuple(attachments),
    )


def _other_tags(names: list[Any], text: str) -> list[str]:
    """Return those of an entry's tags that its text doesn't have."""
    found = tags_of(it for it in names if isinstance(it, str))
    # A longer tag, such as #workshop, or an address with #work isn't the tag #work.
    has = {it.casefold() for it in Entry(date.min, text).tags} if "#" in text and found else set()
    return [it for it in found if it.casefold() not in has]


def _list(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _title_of(text: str) -> tuple[str, str]:
    """Return the heading at the beginning of a text, or "", and the text, which keeps it."""
    first = text.lstrip().partition("\n")[0]
    if first.startswith("# "):
        return first[2:].strip(), text
    return "", text


def _unescaped(text: str) -> str:
    """Return a text without the backslashes that Day One puts before punctuation that needs none."""
    lines = []
    for line in text.split("\n"):
        if "\\" in line:
            # At the beginning of a line, the backslash keeps "2014\." from being the number of a list item.
            start = found.end() if (found := _NUMBERED.match(line)) else 0
            line = line[:start] + _ESCAPED.sub(r"\1", line[start:])
        lines.append(line)
    return "\n".join(lines)


def _plain_text(rich: str) -> str:
    """Return the text of Day One's `richText`, for an entry that has no `text`."""
    try:
        contents = json.loads(rich).get("contents", []) if rich else []
    except (ValueError, AttributeError, RecursionError):
        return ""
    out = []
    for part in contents if isinstance(contents, list) else []:
        if not isinstance(part, dict):
            continue
        said = part.get("text")
        line = part.get("attributes", {})
        line = line.get("line", {}) if isinstance(line, dict) else {}
        header = line.get("header") if isinstance(line, dict) else None
        if isinstance(said, str):
            mark = "#" * header + " " if isinstance(header, int) and 0 < header < 7 else ""
            out.append(f"{mark}{said}")
        for one in _list(part, "embeddedObjects"):
            if isinstance(one, dict) and isinstance(one.get("identifier"), str):
                out.append(f"\n\n![](dayone-moment://{one['identifier']})\n\n")
    return re.sub(r"\n{3,}", "\n\n", "".join(out))


def _attachments(
    text: str, item: dict[str, Any], known: dict[str, str], missing: Counter[str]
) -> tuple[str, list[Attachment]]:
    """Return a text and its attachments; links to those that the text doesn't show are added at its end."""
    paths: dict[str, str] = {}
    for part in _PARTS:
        for one in _list(item, part):
            if not isinstance(one, dict):
                continue
            identity = _text(one, "identifier")
            names = (_text(one, "md5"), identity, _text(one, "filename").rpartition(".")[0])
            paths[identity] = next((known[it.lower()] for it in names if it.lower() in known), "")
    found: dict[str, Attachment] = {}
    for reference, identity in _MOMENT.findall(text):
        if path := paths.get(identity):
            found[identity] = Attachment(reference, path)
        else:
            missing["attachment that isn't in the export"] += 1
    for identity, path in paths.items():
        if path and identity not in found:
            reference = f"dayone-moment://{identity}"
            text = f"{text.rstrip()}\n\n![]({reference})\n"
            found[identity] = Attachment(reference, path)
    return text, list(found.values())


def _zone(name: str) -> Any:
    if found := _OFFSET.fullmatch(name):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        # An offset of a day or more isn't a time zone.
        if minutes >= 24 * 60:
            return UTC
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    try:
        return ZoneInfo(name) if len(name) < _LONGEST_ZONE and _ZONE.fullmatch(name) else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _is_unknown(name: str) -> bool:
    return _zone(name) is UTC and name not in ("", "UTC", "GMT", "Etc/UTC", "Etc/GMT", "Zulu")


def _local(stamp: str, zone: str) -> tuple[date | None, str]:
    """Return the day and the time that the writer's clock showed, in the time zone of the entry."""
    when = iso_moment(stamp)
    if when is None:
        return None, ""
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    try:
        here = when.astimezone(_zone(zone))
    except (OverflowError, ValueError):
        here = when
    return here.date(), f"{here:%H:%M}"


def _weather(weather: Any) -> str:
    if not isinstance(weather, dict):
        return ""
    said = _text(weather, "conditionsDescription") or _text(weather, "weatherCode")
    degrees = weather.get("temperatureCelsius")
    if isinstance(degrees, int | float) and -_HOTTEST < degrees < _HOTTEST:
        said = f"{said}, {degrees:.0f} °C" if said else f"{degrees:.0f} °C"
    return said


def read_classic(files: Files, paths: Iterable[str]) -> Iterator[ImportItem]:
    """Yield the entries of Day One Classic, which keeps each entry in one file."""
    photos = {
        path.rpartition("/")[2].rpartition(".")[0].lower(): path
        for path in files.paths()
        if "/photos/" in f"/{path.lower()}"
    }
    for path in paths:
        try:
            item = plistlib.loads(read_whole(files, path, _MAX_CLASSIC))
        except Refused:
            raise
        # A hostile or damaged file may raise nearly anything.
        except Exception:
            yield LeftOut("entry that is damaged", 1, path)
            continue
        if not isinstance(item, dict):
            yield LeftOut("entry that is damaged", 1, path)
            continue
        yield _classic(item, path, photos)


def _classic(item: dict[str, Any], path: str, photos: dict[str, str]) -> Piece:
    stem = path.rpartition("/")[2].removesuffix(CLASSIC)
    identity = _text(item, "UUID") or stem
    text = _text(item, "Entry Text")
    attachments = []
    if photo := photos.get(stem.lower()) or photos.get(identity.lower()):
        reference = f"dayone-moment://{identity}"
        text = f"![]({reference})\n\n{text}"
        attachments.append(Attachment(reference, photo))
    when = item.get("Creation Date")
    location = item.get("Location") if isinstance(item.get("Location"), dict) else {}
    assert isinstance(location, dict)
    day, time = None, ""
    if isinstance(when, datetime):
        stamp = when.replace(tzinfo=UTC).isoformat()
        day, time = _local(stamp, _text(item, "Time Zone") or _text(location, "Time Zone"))
    title, text = _title_of(text)
    names = ("Place Name", "Locality", "Administrative Area", "Country")
    return Piece(
        f"day-one {identity}",
        text,
        day,
        "" if day else "it has no creation date",
        time,
        title,
        {
            "source": f"day-one {identity}",
            "time": time,
            "tags": tags_of(it for it in _list(item, "Tags") if isinstance(it, str)),
            "starred": "true" if item.get("Starred") is True else "",
            "location": ", ".join(
                dict.fromkeys(filter(None, (_text(location, it) for it in names)))
            ),
        },
        (f"dayone://view?entryId={identity}", f"dayone2://view?entryId={identity}"),
        tuple(attachments),
    )


def entry_data(day: date, path: str, text: str, tags: Iterable[str]) -> dict[str, Any]:
    """Return an entry for Day One's JSON: one of the whole day, at noon in UTC."""
    stamp = f"{day.isoformat()}T12:00:00Z"
    return {
        "uuid": uuid5(NAMESPACE_URL, f"journal:{path}").hex.upper(),
        "creationDate": stamp,
        "modifiedDate": stamp,
        "timeZone": "Etc/UTC",
        "isAllDay": True,
        "starred": False,
        "tags": list(tags),
        "text": text,
    }


def write_json(
    file: IO[bytes], entries: Iterable[dict[str, Any]], tick: Callable[[], None]
) -> None:
    """Write the JSON of an export, and call `tick` after each entry."""
    file.write(b'{"metadata": {"version": "1.0"}, "entries": [')
    for number, entry in enumerate(entries):
        file.write((",\n" if number else "\n").encode() + json.dumps(entry).encode())
        tick()
    file.write(b"\n]}\n")
