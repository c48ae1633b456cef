"""Loops, which are what customers said and what became of it, as lines, Markdown, CSV and JSON."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from journal_tui.cli.output import BOLD, Output
from journal_tui.customers import words
from journal_tui.entry.sanitize import one_line

if TYPE_CHECKING:
    from journal_tui.customers.loop import Loop, MadePromise, Place


def heading(title: str, out: Output) -> None:
    """Print a title in bold."""
    title = one_line(title)
    print(out.styled(title, [(0, len(title), BOLD)]))


def print_loop(loop: "Loop", lead: str, out: Output) -> None:
    """Print a loop: its text after `lead`, and below it its promises and when it was said again."""
    out.line(f"{lead}{one_line(loop.text)}", len(lead))
    blank = " " * len(lead)
    for made in loop.promises if loop.is_feedback else ():
        out.line(f"{blank}{one_line(words.promise_shown(made))}", len(lead) + 4)
    if loop.again:
        out.line(f"{blank}said again on {loop.again.day}", len(lead))


def loop_markdown(loop: "Loop") -> list[str]:
    """Return a loop as lines of Markdown: a list item, with its promises as items inside."""
    item = f"- {one_line(loop.text)} ({words.stage_shown(loop)})"
    promises = loop.promises if loop.is_feedback else ()
    return [item, *[f"  - {one_line(words.promise_shown(made))}" for made in promises]]


def loops_csv(loops: "Iterable[Loop]") -> list[str]:
    """Return loops as lines of CSV, with a header."""
    from journal_tui.exchange.csv_rows import csv_lines

    header = (
        "date", "path", "line", "customers", "section", "stage", "text", "themes", "promises", "done", "told",
        "confirmed",
    )  # fmt: skip
    rows = [
        (
            loop.place.day,
            loop.place.path,
            loop.place.line,
            " ".join(loop.customers),
            loop.section,
            loop.stage,
            loop.text,
            " ".join(loop.themes),
            "; ".join(made.promise.text for made in loop.promises if loop.is_feedback),
            loop.closed,
            loop.told,
            loop.confirmed,
        )
        for loop in loops
    ]
    return csv_lines(header, rows)


def loop_data(loop: "Loop") -> dict[str, Any]:
    """Return a loop as values for JSON."""
    return {
        **place_data(loop.place),
        "customers": list(loop.customers),
        "section": loop.section,
        "text": loop.text,
        "themes": list(loop.themes),
        "stage": loop.stage,
        "is_told": loop.is_told,
        "done_on": loop.closed.isoformat() if loop.closed else None,
        "told_on": loop.told.isoformat() if loop.told else None,
        "confirmed_on": loop.confirmed.isoformat() if loop.confirmed else None,
        "again": place_data(loop.again) if loop.again else None,
        "earlier": place_data(loop.earlier) if loop.earlier else None,
        "promises": [promise_data(made) for made in loop.promises],
    }


def promise_data(made: "MadePromise") -> dict[str, Any]:
    """Return a promise as values for JSON."""
    one = made.promise
    return {
        **place_data(made.place),
        "text": one.text,
        "owner": one.owner or None,
        "state": one.state,
        "due": one.due.isoformat() if one.due else None,
        "closed": one.closed.isoformat() if one.closed else None,
        "reason": one.reason or None,
    }


def place_data(place: "Place") -> dict[str, Any]:
    """Return a line of an entry as values for JSON."""
    return {"date": place.day.isoformat(), "path": place.path, "line": place.line}
