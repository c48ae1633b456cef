"""The lists of `customers --not-told` and `--returning`: what is not yet told, and what was said again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from journal_tui.cli.context import Options
from journal_tui.cli.customer_loops import heading, loop_data, loop_markdown, loops_csv, print_loop
from journal_tui.cli.output import Output
from journal_tui.customers import words
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError

if TYPE_CHECKING:
    from journal_tui.customers.loop import Loop
    from journal_tui.customers.overview import Overview
    from journal_tui.journal import Journal
    from journal_tui.review.span import Span

Groups = Sequence[tuple[str, Sequence["Loop"]]]
_NOTHING_TO_TELL = "Customers were told of everything that was done or refused."
_NOTHING_RETURNS = "No theme returns in this period, and nothing was said again after it was done."


def show(journal: "Journal", name: str, span: "Span", options: Options) -> int:
    """Print the list of --not-told, of all customers or of `name`, or that of --returning.

    Return 1 if the list is empty, else 0.
    """
    if options.not_told:
        if options.period:
            raise UsageError(
                "--not-told lists what is not yet told as of today: leave out --period."
            )
        return _untold(journal, name, span, options)
    if name:
        raise UsageError("--returning compares all customers: leave out the name.")
    return _returning(journal.customer_overview(span), span, options)


def _untold(journal: "Journal", name: str, span: "Span", options: Options) -> int:
    found = journal.customer_overview(span)
    loops = list(found.untold)
    if name:
        key = journal.customer_named(name).key
        loops = [loop for loop in loops if key in loop.customers]
    title = words.untold_in_all(len(loops))
    data = {"not_told": [loop_data(loop) for loop in loops]}
    groups = list(words.by_customer(loops, found.names))
    return _print(title, groups, loops, data, _NOTHING_TO_TELL, options)


def _returning(found: "Overview", span: "Span", options: Options) -> int:
    groups: list[tuple[str, Sequence[Loop]]] = []
    if found.reopened:
        groups.append((words.SAID_AGAIN, found.reopened))
    groups += [(words.repeated(one, found.names), one.loops) for one in found.repeats]
    groups += [(words.ALIKE, pair) for pair in found.alike]
    data = {
        "reopened": [loop_data(loop) for loop in found.reopened],
        "repeats": [
            {"theme": it.theme, "customers": it.customers, "said": [*map(loop_data, it.loops)]}
            for it in found.repeats
        ],
        "alike": [[*map(loop_data, pair)] for pair in found.alike],
    }
    loops = dict.fromkeys(loop for _, listed in groups for loop in listed)
    return _print(
        f"What returns: {span.title}", groups, list(loops), data, _NOTHING_RETURNS, options
    )


def _print(
    title: str,
    groups: Groups,
    loops: Sequence["Loop"],
    data: dict[str, Any],
    nothing: str,
    options: Options,
) -> int:
    out = Output()
    if options.form == "json":
        out.json(data)
    elif options.form == "csv":
        for line in loops_csv(loops):
            out.whole_line(line)
    elif not loops:
        out.line(nothing)
    elif options.form == "markdown":
        for line in _markdown(title, groups):
            out.whole_line(line)
    else:
        _print_groups(title, groups, options, out)
    return 0 if loops else 1


def _print_groups(title: str, groups: Groups, options: Options, out: Output) -> None:
    heading(title, out)
    for name, listed in groups:
        out.line()
        heading(name, out)
        chosen = listed[: options.limit or None]
        for loop in chosen:
            print_loop(loop, f"  {loop.place.day}  {words.stage_shown(loop):21}  ", out)
            out.line(f"{' ' * 14}{one_line(loop.place.path)}:{loop.place.line}", 14)
        if more := len(listed) - len(chosen):
            out.line(f"  and {more:,} more")


def _markdown(title: str, groups: Groups) -> list[str]:
    lines = [f"# {one_line(title)}"]
    for name, listed in groups:
        lines += ["", f"## {one_line(name).replace('#', '')}", ""]
        for loop in listed:
            first, *rest = loop_markdown(loop)
            lines += [f"{first}, {loop.place.day}", *rest]
    return lines
