"""The command `customers`: print what customers said by theme, or everything about one customer."""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from journal_tui.cli.context import Options, open_journal, refreshed
from journal_tui.cli.customer_loops import (
    heading,
    loop_data,
    loop_markdown,
    loops_csv,
    place_data,
    print_loop,
    promise_data,
)
from journal_tui.cli.output import Output, tell
from journal_tui.counts import counted
from journal_tui.customers import words
from journal_tui.customers.overview import ORDERS, VISIT, in_order
from journal_tui.entry.model import shown
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError

if TYPE_CHECKING:
    from journal_tui.customers.customer import Customer
    from journal_tui.customers.loop import Loop
    from journal_tui.customers.overview import (
        CustomerPage,
        CustomerRow,
        OpenPromise,
        Overview,
        PeriodCount,
    )
    from journal_tui.journal import Journal, Said
    from journal_tui.review.span import Span

DEFAULT = "last 365 days"
MAX_LISTED = 5
"""The most promises, themes or pairs that are listed unless -n is given."""
MAX_MENTIONS = 50
"""The most mentions of a customer in other entries that are listed unless -n is given."""
NOTHING = (
    "No customer yet. Write a visit with a tag such as #customer/depot: "
    'journal note "Service review Depot". For more: journal help visiting-customers'
)


def customers(options: Options) -> int:
    """Print all customers with their themes, or everything about one, or make a document."""
    from journal_tui.cli import customer_documents

    name = " ".join(options.name)
    if options.told is not None or options.confirmed is not None:
        from journal_tui.cli import customer_marks

        return customer_marks.mark(name, options)
    if options.on:
        raise UsageError("--on is the day for --told or --confirmed: add one of them.")
    is_list = options.not_told or options.returning
    if options.sort and (name or is_list or customer_documents.is_wanted(options)):
        raise UsageError("--sort is for the list of all customers: use it without a name.")
    if customer_documents.is_wanted(options):
        return customer_documents.make(options)
    journal = refreshed(open_journal(options))
    span = journal.span((options.period or DEFAULT).strip() or DEFAULT)
    if is_list:
        from journal_tui.cli import customer_lists

        return customer_lists.show(journal, name, span, options)
    if name:
        return _one(journal, name, span, options)
    found = journal.customer_overview(span)
    if options.sort:
        found = found._replace(rows=in_order(found.rows, options.sort))
    out = Output()
    if options.form == "json":
        out.json(overview_data(found, span.name))
    elif options.form == "csv":
        _print_unbroken(overview_csv(found), out)
    elif found.is_empty:
        out.line(NOTHING)
        return 1
    elif options.form == "markdown":
        _print_unbroken(overview_markdown(found, span.title, journal.today()), out)
    else:
        _print_overview(found, span, journal, options, out)
    return 1 if found.is_empty else 0


def _print_unbroken(lines: Sequence[str], out: Output) -> None:
    """Print lines without breaking them."""
    for line in lines:
        out.whole_line(line)


def _print_overview(
    found: "Overview", span: "Span", journal: "Journal", options: Options, out: Output
) -> None:
    today = journal.today()
    earlier = span.step(-1)
    heading(f"Customers: {span.title}, {ORDERS[options.sort or VISIT]}", out)
    out.line(words.in_short(found))
    if earlier and not all(row.is_new for row in found.rows):
        out.line(f"In brackets: how many more (+) or fewer (−) than in {_named_span(earlier)}.")
    limit = MAX_LISTED if options.limit is None else options.limit
    for row in found.rows:
        out.line()
        heading(row.customer.shown, out)
        for line in row_lines(row, found, today, limit):
            _indented(f"  {line}", out)
    out.line()
    for line in summary_lines(found, limit):
        _indented(line, out)


def _named_span(span: "Span") -> str:
    return f"the {span.title}" if span.title[:1].isdigit() and " " in span.title else span.title


def _indented(text: str, out: Output) -> None:
    """Print a line; if it is broken, its other lines are indented further."""
    indent = len(text) - len(text.lstrip(" "))
    out.line(" " * indent + one_line(text), indent + 2)


def row_lines(row: "CustomerRow", found: "Overview", today: date, limit: int) -> list[str]:
    """Return the lines about a customer: visits, themes, open promises, how much is not yet told."""
    lines = [words.visited(row), words.themes_of(row, found.themes)]
    if row.promises:
        lines.append(f"{counted(len(row.promises), 'open promise')}:")
        listed = row.promises[: limit or None]
        lines += [f"  {words.promised(promise, today)}" for promise in listed]
        if more := len(row.promises) - len(listed):
            lines.append(f"  and {more:,} more")
    if row.untold:
        lines.append(f"{len(row.untold):,} {words.NOT_TOLD}")
    if row.reopened:
        lines.append(words.said_again(len(row.reopened)))
    return lines


def summary_lines(found: "Overview", limit: int) -> list[str]:
    """Return the lines below the customers: how long promises took, and what returns."""
    lines = [words.how_long(found)]
    returning = found.repeats[: limit or None]
    if returning:
        lines.append("Themes on several visits:")
        lines += [f"  {words.repeated(repeat, found.names)}" for repeat in returning]
    if found.alike:
        lines.append(f"{words.ALIKE}:")
        for one, other in found.alike[: limit or None]:
            lines.append(f"  {_quoted(one)} and {_quoted(other)}")
    if found.spellings:
        lines.append(f"{words.SPELLINGS}:")
        lines += [f"  {words.other_spelling(it)}" for it in found.spellings]
    return lines


def _quoted(loop: "Loop") -> str:
    return f"“{loop.text}” ({', '.join(loop.customers)}, {loop.place.day})"


def overview_data(found: "Overview", name: str) -> dict[str, Any]:
    """Return the overview as `customers --json` prints it; a stable interface."""
    return {
        "period": name,
        "themes": {theme: _count(found.totals[theme]) for theme in found.themes},
        "customers": [row_data(row) for row in found.rows],
        "days_to_done": found.to_done,
        "done": found.done,
        "days_to_told": found.to_told,
        "told": found.told,
        "repeats": [
            {
                "theme": it.theme,
                "customers": it.customers,
                "said": [place_data(loop.place) for loop in it.loops],
            }
            for it in found.repeats
        ],
        "alike": [[loop_data(one), loop_data(other)] for one, other in found.alike],
        "spellings": [
            {"customer": it.key, "usual": it.usual, **place_data(it.place)}
            for it in found.spellings
        ],
    }


def _count(count: "PeriodCount") -> dict[str, Any]:
    return {"count": count.now, "before": count.before}


def row_data(row: "CustomerRow") -> dict[str, Any]:
    """Return a customer of the overview as values for JSON."""
    return {
        "customer": row.customer.key,
        "name": row.customer.shown,
        "every": row.customer.every,
        "visits": [place_data(place) for place in row.visits],
        "visits_in_all": row.visits_in_all,
        "last_visit": row.last_visit.isoformat() if row.last_visit else None,
        "days": row.days,
        "is_due": row.is_due,
        "is_new": row.is_new,
        "said": _count(row.said),
        "valued": row.valued,
        "themes": {theme: _count(count) for theme, count in row.themes.items()},
        "promises": [_open_promise(promise) for promise in row.promises],
        "untold": [loop_data(loop) for loop in row.untold],
        "reopened": [loop_data(loop) for loop in row.reopened],
    }


def _open_promise(promise: "OpenPromise") -> dict[str, Any]:
    return {**promise_data(promise.made), "days": promise.age}


def overview_csv(found: "Overview") -> list[str]:
    """Return the counts as lines of CSV, one for each customer and theme."""
    from journal_tui.exchange.csv_rows import csv_lines

    header = ("customer", "name", "theme", "count", "before", "last_visit")
    rows = [
        (row.customer.key, row.customer.shown, theme, count.now, count.before, row.last_visit)
        for row in found.rows
        for theme, count in _counts(row, found)
    ]
    return csv_lines(header, rows)


def _counts(row: "CustomerRow", found: "Overview") -> "Sequence[tuple[str, PeriodCount]]":
    return [(theme, row.themes[theme]) for theme in found.themes if theme in row.themes]


def overview_markdown(found: "Overview", title: str, today: date) -> list[str]:
    """Return the counts as a Markdown table of themes by customer, with the lines about each."""
    from journal_tui.entry.markdown_lines import escaped

    names = [f"{row.customer.shown}{' (new)' * row.is_new}" for row in found.rows]
    lines = [f"# Customers: {title}", "", _cells(["", *names, "all"])]
    lines.append(_cells(["---", *["---:"] * (len(names) + 1)]))
    for theme in found.themes:
        counts = [(row.themes.get(theme), row.is_new) for row in found.rows]
        cells = [words.with_change(count, is_new) if count else "" for count, is_new in counts]
        total = words.with_change(found.totals[theme])
        # The theme is without its “#”, because a tag in the table would count as a mention.
        lines.append(_cells([theme or words.theme_shown(theme), *cells, total]))
    for row in found.rows:
        lines += ["", f"## {escaped(one_line(row.customer.shown))}", ""]
        lines += [f"- {one_line(words.visited(row))}"]
        lines += [f"- [ ] {one_line(words.promised(it, today))}" for it in row.promises]
        if row.untold:
            lines.append(f"- {len(row.untold):,} {words.NOT_TOLD}")
    return [*lines, "", words.how_long(found)]


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(one_line(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _one(journal: "Journal", name: str, span: "Span", options: Options) -> int:
    page = journal.customer_page(name, span)
    limit = MAX_MENTIONS if options.limit is None else options.limit
    said = list(
        islice(journal.customer_mentions(page.row.customer.key), limit + 1 if limit else None)
    )
    is_cut = bool(limit) and len(said) > limit
    said = said[: limit or None]
    out = Output()
    if options.form == "json":
        out.json(page_data(page, said))
    elif options.form == "csv":
        _print_unbroken(page_csv(page), out)
    elif options.form == "markdown":
        _print_unbroken(page_markdown(page, said, journal), out)
    else:
        _print_page(page, said, journal, out)
    if is_cut:
        tell(f"Showing the latest {counted(limit, 'passage')}; use -n 0 for all.")
    return 0


def _print_page(
    page: "CustomerPage", said: "Sequence[Said]", journal: "Journal", out: Output
) -> None:
    row, today = page.row, journal.today()
    heading(_named(row.customer), out)
    out.line(words.visited(row), 2)
    if met := one_line(words.met(page)):
        out.line(met, 2)
    if row.promises:
        out.line()
        heading(counted(len(row.promises), "open promise"), out)
        for promise in row.promises:
            out.line(f"  {one_line(words.promised(promise, today))}", 4)
    for visit in page.visits:
        out.line()
        heading(f"{visit.place.day} – {visit.place.path}", out)
        for loop in visit.loops:
            print_loop(loop, f"  {words.stage_shown(loop):21}  ", out)
    if said:
        out.line()
        heading("In other entries", out)
    for one in said:
        rating = "" if one.rating is None else journal.scale.shown(one.rating)
        lead = f"  {one.period or one.day.isoformat():10}  {rating:>6}  "
        out.line(f"{lead}{one_line(one.text)}", len(lead))


def _named(customer: "Customer") -> str:
    return f"{customer.shown} (#customer/{customer.key})" if customer.name else customer.key


def page_data(page: "CustomerPage", said: "Sequence[Said]") -> dict[str, Any]:
    """Return everything about a customer as `customers NAME --json` prints it; a stable interface."""
    return {
        **row_data(page.row),
        "people": [
            {"name": it.name, "visits": it.visits, "last": it.last.isoformat()}
            for it in page.people
        ],
        "history": [
            {
                "date": visit.place.day.isoformat(),
                "path": visit.place.path,
                "met": list(visit.met),
                "said": [loop_data(loop) for loop in visit.loops],
            }
            for visit in page.visits
        ],
        "mentions": [
            {
                "date": one.period or one.day.isoformat(),
                "path": one.path,
                "line": one.line,
                "kind": one.part,
                "text": one.text,
                "rating": one.rating,
            }
            for one in said
        ],
    }


def page_csv(page: "CustomerPage") -> list[str]:
    """Return the loops of all visits of a customer as lines of CSV."""
    return loops_csv(loop for visit in page.visits for loop in visit.loops)


def page_markdown(page: "CustomerPage", said: "Sequence[Said]", journal: "Journal") -> list[str]:
    """Return everything about a customer as Markdown."""
    from journal_tui.entry.markdown_lines import escaped

    row, today = page.row, journal.today()
    lines = [f"# {escaped(one_line(row.customer.shown))}", "", words.visited(row)]
    if row.promises:
        lines += ["", "## Open promises", ""]
        lines += [f"- {one_line(words.promised(promise, today))}" for promise in row.promises]
    for visit in page.visits:
        lines += ["", f"## {visit.place.day}", ""]
        for loop in visit.loops:
            lines += loop_markdown(loop)
    if said:
        lines += ["", "## In other entries", ""]
    for one in said:
        rating = "" if one.rating is None else f" ({shown(one.rating)})"
        lines.append(f"- {one.period or one.day.isoformat()}{rating}: {one_line(one.text)}")
    return lines
