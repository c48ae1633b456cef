"""Read a table of dates, texts and ratings as entries; `csv_rows` writes tables."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from unicodedata import normalize

from journal_tui.entry.markdown_lines import OPEN_BOX, without_pasted_marker
from journal_tui.entry.model import FOLLOW_UP
from journal_tui.entry.vocabulary import Vocabulary, english
from journal_tui.exchange.dates import is_ambiguous, order_of, parse_moment
from journal_tui.exchange.files import Files, Refused, text_of
from journal_tui.exchange.piece import ImportItem, LeftOut, Piece, digest_key, tags_of

ROLES = ("date", "text", "title", "rating", "remark", "tags", "time")
"""The roles that a column can have."""
_NAMES = {
    "date": "date day when datum tag jour fecha data created entry_date timestamp datetime full_date",
    "text": "text entry note notes body content journal description eintrag texte texto comment",
    "title": "title subject heading headline titel titre titulo note_title",
    "rating": "rating enjoyment score mood stars note10 bewertung level",
    "remark": "remark reason why bemerkung",
    "tags": "tags tag labels keywords activities categories",
    "time": "time hour uhrzeit",
}
_RESERVED = (
    # An import recognises an entry by its source.
    "source",
    "kind",
    "enjoyment",
    "rating",
    "customer",
    "customers",
    "tags",
    "tag",
    "keywords",
    "date",
    "publish",
)
_SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR = re.compile(r"sep=([,;\t|])[ \t]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_LONGEST_HEADER = 8192
_LONG_ROLES = ("text", "title", "remark")
# A longer value of another column, or one of several lines, becomes a section, not front matter.
_LONGEST_FACT = 300
# This line is added at the end of a table; it is a row by itself unless a quote is still open.
_END = "\ue000end\ue000"
_LARGEST_CELL = 8_000_000
_NUMBER = re.compile(
    r"\s*([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*(?:/\s*([0-9]{1,3})|out of ([0-9]{1,3}))?\s*"
)


class Table:
    """A table: its header, the index of each column by role, and its rows."""

    def __init__(self, text: str, columns: Mapping[str, str] | None = None) -> None:
        csv.field_size_limit(_LARGEST_CELL)
        text = text.lstrip("\r\n")
        # In Excel, a first line such as `sep=;` sets the separator of cells.
        said = _SEPARATOR.match(text)
        self._text = text[said.end() :] if said else text
        self._dialect = _dialect(self._text, said[1] if said else "")
        self.header = [name.strip() for name in next(self._rows(), [])]
        self.columns = self._chosen(columns) if columns else self._guessed()

    def _rows(self) -> Iterator[list[str]]:
        lines = chain(io.StringIO(self._text, newline=""), [_END])
        reader = csv.reader(lines, self._dialect)
        begin = 0
        try:
            for row in reader:
                if row == [_END]:
                    return
                if row and row[-1].endswith(_END):
                    # Everything after the open quote was read as one cell.
                    raise Refused(
                        f"The table has a quote that never ends, in the row of line {begin + 1}. "
                        "Close it, and import it again."
                    )
                yield row
                begin = reader.line_num
        except csv.Error as error:
            raise Refused(f"The table can't be read: {error}.") from None

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows below the header that aren't empty."""
        rows = self._rows()
        next(rows, None)
        yield from (self._whole(row) for row in rows if any(cell.strip() for cell in row))

    def _whole(self, row: list[str]) -> list[str]:
        """Return a row without empty cells after the last column; if that is for text, join further cells to it.

        In tables that were written by hand, a text with commas often has no quotes.
        """
        width = len(self.header)
        while len(row) > width and not row[-1].strip():
            row.pop()
        if len(row) > width and width - 1 in (self.columns.get(it, -1) for it in _LONG_ROLES):
            row[width - 1 :] = [self._dialect.delimiter.join(row[width - 1 :])]
        return row

    def _guessed(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for at, name in enumerate(self.header):
            folded = re.sub(r"[\s-]+", "_", name.casefold())
            for role, names in _NAMES.items():
                if folded in names.split():
                    found.setdefault(role, at)
        return found

    def _chosen(self, columns: Mapping[str, str]) -> dict[str, int]:
        found = {}
        for role, name in columns.items():
            if role not in ROLES:
                raise Refused(
                    f"“{role}” isn't a kind of column. Use one of these: {', '.join(ROLES)}."
                )
            places = [
                at for at, known in enumerate(self.header) if known.casefold() == name.casefold()
            ]
            if name.isdecimal() and not places and 0 < int(name) <= len(self.header):
                places = [int(name) - 1]
            if not places:
                raise Refused(f"The table has no column “{name}”. It has {', '.join(self.header)}.")
            found[role] = places[0]
        return found


def _dialect(text: str, separator: str) -> "type[csv.Dialect]":
    """Return the dialect of a table; if `separator` is "", the header shows how the cells are separated."""
    # A separator in quotes is part of a name.
    header = re.sub(r'"[^"]*"', '""', re.split(r"[\r\n]", text[:_LONGEST_HEADER], maxsplit=1)[0])
    sign = separator or max(_SEPARATORS, key=header.count)

    class Found(csv.excel):
        delimiter = sign
        skipinitialspace = header.count(sign) == header.count(f"{sign} ") > 0

    return Found


def read(
    files: Files,
    path: str,
    columns: Mapping[str, str] | None = None,
    order: str = "",
    high: int = 10,
    vocabulary: Vocabulary | None = None,
) -> Iterator[ImportItem]:
    """Yield a piece for each row of a table. Raise Refused if no column has dates, or no other has a role.

    `columns` gives headers, or numbers from 1, by role. `order` is the order of day and month, "dmy",
    "mdy" or "" to find it in the dates. `high` is the highest rating, and `vocabulary` has the names of
    sections, besides the English ones.
    """
    words = vocabulary or english()
    table = Table(text_of(files, path), columns)
    chosen = table.columns
    if "date" not in chosen or len(chosen) < 2:
        raise Refused(
            f"{path} has the columns {', '.join(table.header)}. Say which is which: "
            "journal import FILE --columns date=NAME,text=NAME,rating=NAME"
        )
    rows = list(table.rows())

    def cell(row: Sequence[str], role: str) -> str:
        at = chosen.get(role, -1)
        return row[at].strip() if 0 <= at < len(row) else ""

    order = order or order_of(cell(row, "date") for row in rows)
    names = _names(table.header, max(map(len, rows), default=0))
    others = [(at, *name) for at, name in enumerate(names) if at not in chosen.values()]
    for row in rows:
        said = cell(row, "date")
        when = parse_moment(said, order)
        parts = [cell(row, "text").replace("\r\n", "\n")]
        facts: dict[str, str] = {}
        for at, name, key in others:
            value = row[at].strip() if at < len(row) else ""
            kind = words.section(name)
            if value and (kind or "\n" in value or len(value) > _LONGEST_FACT):
                parts.append(f"## {name}\n\n{_section(kind, value)}")
            else:
                facts[key] = value
        parts.append(_rating(cell(row, "rating"), cell(row, "remark"), high))
        text = "\n\n".join(filter(None, parts))
        title = cell(row, "title")
        if not text and not title:
            yield LeftOut("row without a text", 1, said)
            continue
        why = f"“{said}” may be two days: say which with --date-order" if is_ambiguous(said) else ""
        time = cell(row, "time") or (when.time if when else "")
        tags = re.split(r"[,;|]", cell(row, "tags"))
        yield Piece(
            digest_key("csv", *row),
            text,
            when.day if when else None,
            "" if when else why or (f"“{said[:40]}” isn't a day" if said else "it has no date"),
            time,
            title,
            {"time": time, "tags": tags_of(tags), **facts},
        )


def _names(header: Sequence[str], width: int) -> list[tuple[str, str]]:
    """Return the name of each column, even of one without a header, and its key in front matter."""
    found: list[tuple[str, str]] = []
    # The time of a row already has the key "time".
    known = {"time"}
    for at in range(max(width, len(header))):
        name = " ".join(header[at].split()) if at < len(header) else ""
        name = name or f"Column {at + 1}"
        key = first = _key(name)
        number = 1
        while key in known:
            number += 1
            key = f"{first}-{number}"
        known.add(key)
        found.append((name, key))
    return found


def _section(kind: str | None, value: str) -> str:
    """Return the lines of a section, as a list if the section has a kind, such as learning points."""
    lines = [line.rstrip() for line in value.replace("\r\n", "\n").split("\n")]
    if not kind:
        return "\n".join(lines)
    if len(lines) == 1:
        lines = lines[0].split(";")
    items = [without_pasted_marker(line, with_number=True).strip() for line in lines]
    box = OPEN_BOX if kind == FOLLOW_UP else ""
    return "\n".join(f"- {'' if it.startswith('[') else box}{it}" for it in items if it)


def _rating(value: str, remark: str, high: int) -> str:
    if not value and not remark:
        return ""
    found = _NUMBER.fullmatch(value)
    if not found:
        return f"Mood: {value}" + (f" – {remark}" if remark else "")
    top = found[2] or found[3] or str(high)
    end = f" – {remark}" if remark else ""
    return f"Enjoyment: {found[1].replace(',', '.')}/{top}{end}"


def _key(name: str) -> str:
    key = re.sub(r"\W+", "-", normalize("NFKC", name).casefold()).strip("-_") or "column"
    return f"csv-{key}" if key in _RESERVED or not key[0].isalpha() else key
