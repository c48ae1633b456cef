"""The command `find`: print results as rows for people or as data for programs."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.cli.context import Options, open_journal, refreshed
from journal_tui.cli.output import Output, shell_query, tell
from journal_tui.entry.model import DONE, DROPPED
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import QueryError

if TYPE_CHECKING:
    from journal_tui.entry.model import Scale
    from journal_tui.journal import Hit, Journal
    from journal_tui.query.parser import Query

_SIGN_OF_PART = {"learning": "•", "feedback": "»", "follow-up": "☐"}
_CLOSED_SIGNS = {DONE: "☑", DROPPED: "☒"}
# The keys of a row in JSON. The rows of period notes have `period`, too, and with --by-day there may
# be `more`.
KEYS = ("date", "path", "kind", "text", "line", "rating", "day")


class ListedHit(NamedTuple):
    """A row: a hit and, with --by-day, the number of further hits of its day."""

    hit: "Hit"
    more: int = 0


def find(options: Options) -> int:
    """Print what matches; return exit code 1 if nothing does."""
    journal = open_journal(options)
    text = _text(journal, options.words)
    query = _query(journal, text, options.where)
    if note := _ignored_signs(query):
        tell(note)
    if options.explain:
        for line in query.explain():
            tell(line)
    rows = "entries" if options.where == "entries" else "mixed"
    hits = journal.find(query, rows, options.sort)
    refreshed(journal)
    found = list(islice(_rows(hits, options), options.limit + 1 if options.limit else None))
    more = bool(options.limit) and len(found) > options.limit
    found = found[: options.limit or None]
    out = Output()
    _WRITERS[options.form](found, query, journal, options, out)
    if more:
        which = "best" if options.sort == "best" else "newest"
        tell(f"Showing the {which} {options.limit}; use -n 0 for all.")
    if not found and options.form in ("rows", "markdown"):
        _tell_nothing_found(journal, text, query)
    return 0 if found else 1


def _ignored_signs(query: "Query") -> str:
    """Return a sentence about the signs in the query that are ignored; "" if there are none."""
    note = query.note
    they = "them" if " are " in note else "it"
    return f"{note}; results may or may not have {they}." if note else ""


def _text(journal: "Journal", words: list[str]) -> str:
    """Return the words of the command as a query, with quotes put back around long dates."""
    return " ".join(_requote_date(journal, word) for word in words)


def _requote_date(journal: "Journal", word: str) -> str:
    from journal_tui.query.fields import FIELDS

    field, _, value = word.partition(":")
    known = FIELDS.get(field.lstrip("-").lower())
    if known is None or not known.reads_several_words or '"' in value or " " not in value:
        return word
    again = f'{field}:"{value}"'
    try:
        journal.query(again)
    except QueryError:
        # The word isn't a single date but a query that begins with one.
        return word
    return again


def _query(journal: "Journal", text: str, where: str | None) -> "Query":
    """Parse the query, limited to the part that --in names. Raise QueryError that shows the mistake."""
    try:
        query = journal.query(text)
        if where in (None, "entries"):
            return query
        return journal.query(f"in:{where} ({text})")._replace(text=text)
    except QueryError as error:
        if hint := _shell_hint(text, journal.scale):
            raise QueryError(f"{error} {hint}", error.column) from None
        shown = one_line(" ".join(text[error.column :].split()[:1]))[:20]
        if not error.column or shown in str(error):
            raise
        raise QueryError(f"At “{shown}”: {error}", error.column) from None


def _shell_hint(text: str, scale: "Scale") -> str:
    """Return what to write if a shell took the > or < and the number after a field; else ""."""
    from journal_tui.query.fields import FIELDS, NumberField

    for word in text.split():
        field = FIELDS.get(word.strip("-:").casefold())
        if word.endswith(":") and isinstance(field, NumberField):
            number = "".join(filter(str.isdigit, field.example(scale)))
            return (
                "In a shell, > and < need quotes around them: "
                f'journal find "{field.name}:>={number}".'
            )
    return ""


def _rows(hits: "Iterator[Hit]", options: Options) -> Iterator[ListedHit]:
    if not options.by_day:
        yield from map(ListedHit, hits)
        return
    if options.sort == "best":
        counts: dict[str, list[Hit]] = {}
        for hit in hits:
            counts.setdefault(hit.iso, []).append(hit)
        yield from (ListedHit(listed[0], len(listed) - 1) for listed in counts.values())
        return
    for _, group in groupby(hits, key=lambda hit: hit.iso):
        listed = list(group)
        yield ListedHit(listed[0], len(listed) - 1)


Writer = Callable[[list[ListedHit], "Query", "Journal", Options, Output], None]


def _as_rows(
    found: list[ListedHit], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    """Print a row for each hit: date, day number, rating, its part's sign, the text."""
    from journal_tui.query.highlight import excerpt, spans

    numbers = [f"day {n}" if (n := row.hit.number) is not None else "" for row in found]
    width = max(map(len, numbers), default=0)
    top = journal.config.scale[1]
    room = max(20, out.width - 23 - width)
    indent = 21 + width if width else 20
    for (hit, more), number in zip(found, numbers, strict=True):
        text = one_line(hit.text)
        # A point is the answer itself, so it isn't cut.
        is_point = hit.part in _SIGN_OF_PART
        shown, marks = excerpt(text, spans(query, text), len(text) if is_point else room)
        rating = "" if hit.rating is None else f"{hit.rating:g}/{top}"
        facts = out.dim(f"{number:{width}} {rating:>6}" if width else f"{rating:>6}")
        sign = _CLOSED_SIGNS.get(hit.task[0]) or _SIGN_OF_PART.get(hit.part, " ")
        lead, again = f"{hit.iso:10} {facts} {sign} ", f" (+{more})" if more else ""
        lines = out.marked_lines(shown + again, marks, max(20, out.width - indent))
        print(lead + f"\n{' ' * indent}".join(lines))
        for line in _context(hit, options.context):
            out.line(f"    {line}")


def _context(hit: "Hit", count: int) -> Iterable[str]:
    """Return the lines around a hit, without blank ones."""
    if not count:
        return ()
    lines = hit.file.text.splitlines()
    around = lines[max(0, hit.line - 1 - count) : hit.line + count]
    return [one_line(line) for line in around if line.strip()]


def _as_json(
    found: list[ListedHit], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    out.json([_data(row) for row in found])


def _data(row: ListedHit) -> dict[str, Any]:
    """Return a row as `find --json` prints it; a stable interface."""
    hit = row.hit
    values = (hit.day.isoformat(), hit.path, hit.part, hit.text, hit.line, hit.rating, hit.number)
    data: dict[str, Any] = dict(zip(KEYS, values, strict=True))
    if hit.period:
        data["period"] = hit.period
    return data | ({"more": row.more} if row.more else {})


def _as_markdown(
    found: list[ListedHit], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    if not found:
        return
    order = "best" if options.sort == "best" else "newest"
    out.line(f"Found with `{one_line(query.text)}`, {order} first:")
    out.line()
    for hit, _ in found:
        out.whole_line(as_item(hit, journal.config.scale[1]))


def as_item(hit: "Hit", top: int) -> str:
    """Return a hit as an item of a Markdown list: the text, then the day."""
    number = f", day {hit.number}" if hit.number is not None else ""
    rating = f", {hit.rating:g}/{top}" if hit.rating is not None else ""
    text = one_line(hit.text).removeprefix("- ")
    return f"- {text} ({hit.iso}{number}{rating})"


def _as_csv(
    found: list[ListedHit], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    from journal_tui.exchange.csv_rows import csv_lines

    header = ("date", "day", "rating", "kind", "text", "path", "line")
    rows = [
        (
            hit.iso,
            hit.number,
            None if hit.rating is None else f"{hit.rating:g}",
            hit.part,
            hit.text,
            hit.path,
            hit.line,
        )
        for hit, _ in found
    ]
    for line in csv_lines(header, rows):
        out.whole_line(line)


def _as_paths(
    found: list[ListedHit], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    for path in dict.fromkeys(row.hit.path for row in found):
        out.whole_line(journal.entries.absolute(path))


_WRITERS: dict[str, Writer] = {
    "rows": _as_rows,
    "json": _as_json,
    "markdown": _as_markdown,
    "csv": _as_csv,
    "paths": _as_paths,
}


def _tell_nothing_found(journal: "Journal", text: str, query: "Query") -> None:
    tell(f"Nothing found for “{text if len(text) <= 80 else text[:79] + '…'}”.")
    suggestions = journal.suggestions(text)
    if suggestions:
        tell("Try: " + " · ".join(f"journal find {shell_query(it)}" for it in suggestions))
    elif query.wanted:
        tell("Words are matched from their beginning. To search inside words too, write *word.")
