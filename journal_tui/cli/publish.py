"""The command `publish`: show what would leave, ask, and write the blog; or show it on this computer alone."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.cli.context import Options, here, open_journal, refreshed
from journal_tui.cli.output import Output, is_interactive, progress, tell
from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError
from journal_tui.publications import (
    CUSTOMER,
    EMAIL,
    IMAGE,
    LEFT_OUT,
    LINK,
    PERHAPS_NAME,
    PERSON,
    PHONE,
    PLATE,
    Found,
    PublicationPlan,
    Publications,
    PublishedEntry,
)

if TYPE_CHECKING:
    from journal_tui.journal import FolderPlan

_HEADINGS = {
    PERSON: "People",
    CUSTOMER: "Customers",
    PERHAPS_NAME: "Words that may be names, and leave as they are",
    PLATE: "Like number plates",
    EMAIL: "E-mail addresses",
    PHONE: "Like phone numbers",
    LINK: "Links",
    IMAGE: "Images",
    LEFT_OUT: "Left out",
}
_MOST_WORDS, _MOST_ENTRIES = 60, 40
_NEW = "*"


def publish(options: Options) -> int:
    """Show what publishing does, ask, and do it; or only one of these."""
    if options.serve:
        if options.dir or options.plan or options.yes or options.json or options.generator:
            raise UsageError("--serve writes nothing, so it takes only --port beside it.")
        return _serve(options)
    if options.port is not None:
        raise UsageError("--port is for --serve.")
    if not options.dir and not options.plan:
        raise UsageError(
            "Name the folder to publish to: journal publish DIR. To only see what would leave, add --plan; "
            "to look at the pages, --serve."
        )
    if options.json and not options.plan:
        raise UsageError("--json prints a plan: add --plan.")
    found = Publications(refreshed(open_journal(options)))
    folder = _folder(options.dir) if options.dir else None
    generator = options.generator or ""
    out = Output()
    if folder and not options.plan and found.is_up_to_date(folder, generator):
        out.line("Nothing has changed since it was published.")
        return 0
    plan = found.plan(folder, generator, progress("Reading what would leave"))
    if options.json:
        out.json(as_data(plan))
        return 0
    print_plan(plan, out)
    if options.plan:
        return 0
    if not plan.entries and not plan.withdrawn:
        return 1
    if plan.is_empty:
        found.apply(plan)
        return _print_rest(plan.changes, out)
    if not options.yes and not is_agreed(
        "Publish it?", "To publish without being asked, add --yes."
    ):
        tell("Nothing was written.")
        return 1
    done = found.apply(plan, progress("Writing"))
    out.line(f"Published: {plan.folder}")
    return _print_rest(done, out)


def _folder(name: str) -> Path:
    return Path(os.path.realpath(here() / os.path.expanduser(name)))


def is_agreed(question: str, advice: str) -> bool:
    """Ask a question; without a terminal, the answer is no."""
    if not is_interactive():
        tell(f"There is no terminal to ask on. {advice}")
        return False
    try:
        answer = input(f"{question} [y/N] ")
    except EOFError:
        print()
        return False
    return answer.strip().casefold() in ("y", "yes")


def print_plan(plan: PublicationPlan, out: Output) -> None:
    """Print what would leave: the entries, what was found in them, and which files change."""
    if not plan.entries:
        out.line(
            "No entry is marked, so nothing would leave. To mark one, begin it with these three lines: ---, "
            "publish: true, ---."
        )
    else:
        _print_entries(plan.entries, out)
    if plan.query:
        taken = sum(it.is_by_query for it in plan.entries)
        out.line(
            f"The search “{one_line(plan.query)}” in journal.toml takes in {counted(taken, 'entry')}."
        )
    if plan.withdrawn:
        out.line()
        verb = "leaves" if len(plan.withdrawn) == 1 else "leave"
        out.line(f"{counted(len(plan.withdrawn), 'entry')} {verb} no longer:")
        for title in plan.withdrawn:
            out.line(f"  {one_line(title)}", 4)
    if plan.refused:
        out.line()
        verb = "isn't" if len(plan.refused) == 1 else "aren't"
        out.line(f"{counted(len(plan.refused), 'entry')} {verb} published:")
        for one in plan.refused:
            out.line(f"  {one.path}: {one_line(one.why)}", 4)
    print_found(plan.found, out)
    if not plan.entries and not plan.withdrawn:
        return
    out.line()
    if not plan.generator:
        out.line(f"The blog is called “{one_line(plan.title)}”.")
    if not plan.options.base_url and not plan.generator:
        out.line("It has no address (publish.base-url), so there is no site map.")
    out.line(plan.summary())


def _print_entries(entries: Sequence[PublishedEntry], out: Output) -> None:
    number = len(entries)
    out.line(f"{counted(number, 'entry')} {'leaves' if number == 1 else 'leave'}:")
    changed = [it for it in entries if it.state != "same"]
    for it in changed[:_MOST_ENTRIES]:
        by = ", by the search" if it.is_by_query else ""
        out.line(f"  {it.state:8} {one_line(it.title)} ({it.path}{by})", 11)
    if len(changed) > _MOST_ENTRIES:
        out.line(
            f"  and {len(changed) - _MOST_ENTRIES:,} more that are new or changed; --json lists all"
        )
    if same := number - len(changed):
        out.line(f"  {same:,} as before")


def print_found(found: Sequence[Found], out: Output) -> None:
    """Print what was found in what would leave, by kind."""
    for kind, heading in _HEADINGS.items():
        listed = [it for it in found if it.kind == kind]
        if not listed:
            continue
        out.line()
        if kind == PERHAPS_NAME:
            _print_words(heading, listed, out)
            continue
        out.line(f"{heading}:")
        by_result: dict[str, list[Found]] = {}
        for it in listed:
            by_result.setdefault(
                it.leaves_as if kind in (PERSON, CUSTOMER) else it.text, []
            ).append(it)
        for result, its in by_result.items():
            out.line(f"  {_row(result, its)}", 6)
    if any(it.is_new for it in found):
        out.line()
        out.line(f"{_NEW} what the last time didn't have")


def _row(result: str, its: Sequence[Found]) -> str:
    entries = len({path for it in its for path in it.paths})
    sign = f"{_NEW} " if any(it.is_new for it in its) else ""
    where = (
        f" ({counted(entries, 'entry')})"
        if entries > 1 or not its[0].paths
        else f" ({its[0].paths[0]})"
    )
    first = its[0]
    if first.kind in (PERSON, CUSTOMER):
        names = ", ".join(dict.fromkeys(one_line(it.text) for it in its))
        said = (
            names if result in (it.text for it in its) and len(its) == 1 else f"{names} → {result}"
        )
        return f"{sign}{said}{where}"
    if first.leaves_as in (first.text, ""):
        return f"{sign}{one_line(first.text)}{where}"
    return f"{sign}{one_line(first.text)} → {first.leaves_as}{where}"


def _print_words(heading: str, listed: Sequence[Found], out: Output) -> None:
    ordered = sorted(listed, key=lambda it: not it.is_new)
    words = [f"{_NEW if it.is_new else ''}{it.text}" for it in ordered[:_MOST_WORDS]]
    more = len(listed) - len(words)
    rest = f", and {more:,} more (--json lists all)" if more else ""
    out.line(f"{heading}: {', '.join(words)}{rest}.")


def _print_rest(done: "FolderPlan | None", out: Output) -> int:
    """Print what was left as it is; return the exit code."""
    if done is None or not (done.foreign or done.altered):
        return 0
    if done.foreign:
        out.line("These are not from journal, so they were left as they are:")
        for path in done.foreign:
            out.line(f"  {path}", 4)
    if done.altered:
        out.line(
            "These were changed since they were published, so they were left as they are. Remove them yourself:"
        )
        for path in done.altered:
            out.line(f"  {path}", 4)
    return 1


def _serve(options: Options) -> int:
    from journal_tui.cli.local_server import serve

    found = Publications(refreshed(open_journal(options)))
    plan = found.plan(None, "", progress("Making the pages"))
    if not plan.entries:
        print_plan(plan, Output())
        return 1
    return serve(plan.files, options.port)


def as_data(plan: PublicationPlan) -> dict[str, object]:
    """Return a plan as `publish --plan --json` prints it; a stable interface."""
    changes = plan.changes
    return {
        "folder": str(plan.folder) if plan.folder else None,
        "generator": plan.generator or None,
        "title": plan.title,
        "query": plan.query or None,
        "entries": [
            {
                "path": it.path, "title": it.title, "address": it.address,
                "by_query": it.is_by_query, "state": it.state,
            }
            for it in plan.entries
        ],
        "withdrawn": list(plan.withdrawn),
        "refused": [one._asdict() for one in plan.refused],
        "found": [
            {
                "kind": it.kind, "text": it.text, "leaves_as": it.leaves_as,
                "paths": list(it.paths), "new": it.is_new,
            }
            for it in plan.found
        ],
        "files": None if changes is None else {
            "added": list(changes.added), "replaced": list(changes.replaced),
            "removed": list(changes.removed), "foreign": list(changes.foreign),
            "altered": list(changes.altered),
        },
    }  # fmt: skip
