"""The command `find`: what matches, as rows for people or as data for programs."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.cli.opening import Options, open_journal, refreshed
from journal_tui.cli.output import Output, tell
from journal_tui.entry.visible import one_line
from journal_tui.errors import QueryError

if TYPE_CHECKING:
    from journal_tui.index.hits import Hit
    from journal_tui.journal import Journal
    from journal_tui.query.grammar import Query

_SIGNS = {"learning": "•", "feedback": "»", "follow-up": "☐"}
# What a row has in JSON; `more` besides where days are rows.
KEYS = ("date", "path", "kind", "text", "line", "rating", "day")
# What begins a formula, also as wide characters; tabs and line ends never begin a row.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
_DATED = ("date:", "since:", "until:", "on:")


class Found(NamedTuple):
    """One row: a hit, and how many more its day has where days are rows."""

    hit: "Hit"
    more: int = 0


def find(options: Options) -> int:
    """Print what matches; exit code 1 when nothing does."""
    journal = open_journal(options)
    text = _text(journal, options.words)
    query = _query(journal, text, options.where)
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
        _nothing(journal, text, query)
    return 0 if found else 1


# -- what is asked for ----------------------------------------------------------------------


def _text(journal: "Journal", words: list[str]) -> str:
    """The query of a command line, from which the shell took the quotes: since:"last week"."""
    return " ".join(_quoted_again(journal, word) for word in words)


def _quoted_again(journal: "Journal", word: str) -> str:
    field, colon, value = word.partition(":")
    if field.lstrip("-").lower() + colon not in _DATED or '"' in value or " " not in value:
        return word
    again = f'{field}:"{value}"'
    try:
        journal.query(again)
    except QueryError:
        # Not one date but a whole query that begins with one.
        return word
    return again


def _query(journal: "Journal", text: str, where: str | None) -> "Query":
    """The query, and within what `--in` says. Raises QueryError that shows where it is wrong."""
    try:
        query = journal.query(text)
        if where in (None, "entries"):
            return query
        return journal.query(f"in:{where} ({text})")._replace(text=text)
    except QueryError as error:
        shown = one_line(" ".join(text[error.column :].split()[:1]))[:20]
        if not error.column or shown in str(error):
            raise
        raise QueryError(f"{error} – at “{shown}”.", error.column) from None


def _rows(hits: "Iterator[Hit]", options: Options) -> Iterator[Found]:
    if not options.by_day:
        yield from map(Found, hits)
        return
    if options.sort == "best":
        counts: dict[object, list[Hit]] = {}
        for hit in hits:
            counts.setdefault(hit.day, []).append(hit)
        yield from (Found(listed[0], len(listed) - 1) for listed in counts.values())
        return
    for _, group in groupby(hits, key=lambda hit: hit.day):
        listed = list(group)
        yield Found(listed[0], len(listed) - 1)


# -- what is printed ------------------------------------------------------------------------

Writer = Callable[[list[Found], "Query", "Journal", Options, Output], None]


def _as_rows(
    found: list[Found], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    """A row a hit: date, day number, rating, a sign for its kind, the text around the match."""
    from journal_tui.query.highlight import excerpt, spans

    numbers = [f"day {n}" if (n := row.hit.number) is not None else "" for row in found]
    width = max(map(len, numbers), default=0)
    room = max(20, out.width - 23 - width)
    for (hit, more), number in zip(found, numbers, strict=True):
        text = one_line(hit.text)
        # A point is the answer itself: the terminal may wrap it, nothing is cut.
        is_point = hit.kind in _SIGNS
        shown, marks = excerpt(text, spans(query, text), len(text) if is_point else room)
        rating = "" if hit.rating is None else f"{hit.rating:g}/10"
        facts = out.dim(f"{number:{width}} {rating:>6}" if width else f"{rating:>6}")
        again = out.dim(f" (+{more})") if more else ""
        print(
            f"{hit.day.isoformat()} {facts} {_SIGNS.get(hit.kind, ' ')} {out.marked(shown, marks)}{again}"
        )
        for line in _context(hit, options.context):
            out.line(f"    {line}")


def _context(hit: "Hit", count: int) -> Iterable[str]:
    """The lines around a hit, those with nothing in them left out."""
    if not count:
        return ()
    lines = hit.file.text.splitlines()
    around = lines[max(0, hit.line - 1 - count) : hit.line + count]
    return [one_line(line) for line in around if line.strip()]


def _as_json(
    found: list[Found], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    out.json([_data(row) for row in found])


def _data(row: Found) -> dict[str, Any]:
    """One row as `find --json` gives it; a stable interface."""
    hit = row.hit
    values = (hit.day.isoformat(), hit.path, hit.kind, hit.text, hit.line, hit.rating, hit.number)
    return dict(zip(KEYS, values, strict=True)) | ({"more": row.more} if row.more else {})


def _as_markdown(
    found: list[Found], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    if not found:
        return
    order = "best" if options.sort == "best" else "newest"
    out.line(f"Found with `{one_line(query.text)}`, {order} first:")
    out.line()
    for hit, _ in found:
        out.line(as_item(hit))


def as_item(hit: "Hit") -> str:
    """A hit as an item of a Markdown list: the text, and the day behind it."""
    number = f", day {hit.number}" if hit.number is not None else ""
    rating = f", {hit.rating:g}/10" if hit.rating is not None else ""
    text = one_line(hit.text).removeprefix("- ")
    return f"- {text} ({hit.day.isoformat()}{number}{rating})"


def _as_csv(
    found: list[Found], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    import csv
    import io

    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("date", "day", "rating", "kind", "text", "path", "line"))
    for hit, _ in found:
        rating = "" if hit.rating is None else f"{hit.rating:g}"
        text, path = _cell(hit.text), _cell(hit.path)
        writer.writerow((hit.day, hit.number or "", rating, hit.kind, text, path, hit.line))
    out.text(table.getvalue())


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _as_paths(
    found: list[Found], query: "Query", journal: "Journal", options: Options, out: Output
) -> None:
    for path in dict.fromkeys(row.hit.path for row in found):
        out.line(journal.library.full(path))


_WRITERS: dict[str, Writer] = {
    "rows": _as_rows,
    "json": _as_json,
    "markdown": _as_markdown,
    "csv": _as_csv,
    "paths": _as_paths,
}


def _nothing(journal: "Journal", text: str, query: "Query") -> None:
    tell(f"Nothing found for “{text if len(text) <= 80 else text[:79] + '…'}”.")
    offers = journal.nearly(text)
    if offers:
        tell("Try: " + " · ".join(f"journal find {_for_shell(offer)}" for offer in offers))
    elif query.wanted:
        tell("Words match from their beginning; *word searches inside words too.")


def _for_shell(query: str) -> str:
    from shlex import quote

    return quote(query) if not query.startswith("-") else f"-- {quote(query)}"
