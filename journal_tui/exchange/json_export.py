"""Write and read this program's own JSON: each entry with its text, and the files that entries show.

`export.schema.json` beside this module is its schema.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib.resources import files as resources
from typing import IO, Any, NamedTuple

from journal_tui.entry.sanitize import escaped_json
from journal_tui.exchange.files import Files, Refused, leads_out
from journal_tui.exchange.json_items import members
from journal_tui.exchange.piece import ImportItem, LeftOut, Piece, WholeFile, digest_key
from journal_tui.period import iso_day

FORMAT = "journal-export"
VERSION = 1
MAX_ATTACHED = 32_000_000
"""The size in bytes up to which a file is put into an export."""


class ExportedEntry(NamedTuple):
    """An entry for an export: its day, its path in the journal, its text, and the schema's other values."""

    day: date
    path: str
    text: str
    facts: dict[str, Any]


def schema() -> Any:
    """Return the JSON schema of an export."""
    return json.loads((resources("journal_tui.exchange") / "export.schema.json").read_text("utf-8"))


def write(
    file: IO[bytes],
    name: str,
    made: str,
    entries: Iterable[ExportedEntry],
    attached: Iterable[WholeFile],
    tick: Callable[[], None],
) -> None:
    """Write an export of the day `made`, and call `tick` after each entry."""
    head = {"format": FORMAT, "version": VERSION, "journal": name, "made": made}
    file.write((json.dumps(head, ensure_ascii=False)[:-1] + ', "entries": [').encode())
    for number, entry in enumerate(entries):
        data = {
            "date": entry.day.isoformat(),
            "path": entry.path,
            "text": entry.text,
            **entry.facts,
        }
        file.write((",\n" if number else "\n").encode() + _dumped(data))
        tick()
    file.write(b'\n], "files": [')
    for number, one in enumerate(attached):
        data = {"path": one.path, "data": base64.b64encode(one.data).decode()}
        file.write((",\n" if number else "\n").encode() + _dumped(data))
    file.write(b"\n]}\n")


def _dumped(data: dict[str, Any]) -> bytes:
    try:
        source = json.dumps(data, ensure_ascii=False)
        return escaped_json(source).encode()
    except UnicodeEncodeError:
        return json.dumps(data).encode()


def read(files: Files, path: str) -> Iterator[ImportItem]:
    """Yield the entries and the files of an export."""
    with files.open_file(path) as file:
        for key, item in members(file, path, ("entries", "files")):
            if key == "version" and item != VERSION:
                raise Refused(f"{path} was made by a later version of journal. Update this one.")
            if key not in ("entries", "files"):
                continue
            place = item.get("path") if isinstance(item, dict) else None
            if not isinstance(place, str) or not place or leads_out(place) or "\\" in place:
                yield LeftOut("record that can't be used", 1, str(place)[:60])
            elif key == "files":
                try:
                    yield WholeFile(place, base64.b64decode(str(item.get("data")), validate=True))
                except (binascii.Error, ValueError):
                    yield LeftOut("file that is damaged", 1, place)
            elif isinstance(item.get("text"), str):
                day = iso_day(str(item.get("date")))
                why = "" if day else "it has no date"
                # The path alone isn't a key: two journals may have different entries at the same path.
                key = digest_key("json", place, item["text"])
                yield Piece(key, item["text"], day, why, path=place)
            else:
                yield LeftOut("record that can't be used", 1, place[:60])
