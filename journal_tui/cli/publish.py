"""The command `publish`: show what would leave, ask, and write the blog; or show it on this computer only."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from journal_tui.cli.context import Options, open_journal, refreshed
from journal_tui.cli.output import Output, is_agreed, progress
from journal_tui.cli.output_file import full_path
from journal_tui.errors import UsageError
from journal_tui.publication_preview import show_plan
from journal_tui.publications import LocatedFinding, PublicationPlan, Publications

if TYPE_CHECKING:
    from journal_tui.journal import FolderPlan


def publish(options: Options) -> int:
    """Show what would leave, ask, and publish; with options only show it, or serve the pages."""
    if options.serve:
        if options.dir or options.plan or options.yes or options.json or options.generator:
            raise UsageError("--serve writes nothing, so only --port can be used with it.")
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
    folder = full_path(options.dir) if options.dir else None
    generator = options.generator or ""
    out = Output()
    if folder and not options.plan and found.is_up_to_date(folder, generator):
        out.line("Nothing has changed since it was published.")
        return 0
    plan = found.plan(folder, generator, progress("Reading what would leave"))
    if options.json:
        out.json(as_data(plan))
        return 0
    show_plan(plan, out.line)
    if options.plan:
        return 0
    if not plan.entries and not plan.removes_files:
        return 1
    if plan.is_empty:
        found.apply(plan)
        return _print_rest(plan.changes, out)
    if not is_agreed("Publish it?", "publish", options.yes, "Nothing was written."):
        return 1
    done = found.apply(plan, progress("Writing"))
    out.line(f"Published: {plan.folder}")
    return _print_rest(done, out)


def _print_rest(done: "FolderPlan | None", out: Output) -> int:
    """Print which files were left as they are; return 1 if there are any, else 0."""
    if done is None or not (done.foreign or done.altered):
        return 0
    if done.foreign:
        out.line("These files weren't written by journal, so they were left as they are:")
        for path in done.foreign:
            out.line(f"  {path}", 4)
    if done.altered:
        out.line(
            "These files were changed since they were published, so they were left as they are. Delete those "
            "that you don't need, and publish again:"
        )
        for path in done.altered:
            out.line(f"  {path}", 4)
    return 1


def _serve(options: Options) -> int:
    from journal_tui.cli.local_server import serve

    found = Publications(refreshed(open_journal(options)))
    plan = found.plan(None, "", progress("Making the pages"))
    if not plan.entries:
        show_plan(plan, Output().line)
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
        "found": found_data(plan.found),
        "files": None if changes is None else {
            "added": list(changes.added), "replaced": list(changes.replaced),
            "removed": list(changes.removed), "foreign": list(changes.foreign),
            "altered": list(changes.altered),
        },
    }  # fmt: skip


def found_data(found: Iterable[LocatedFinding]) -> list[dict[str, object]]:
    """Return the findings in what would leave as JSON values."""
    return [
        {
            "kind": it.kind, "text": it.text, "leaves_as": it.leaves_as,
            "paths": list(it.paths), "new": it.is_new,
        }
        for it in found
    ]  # fmt: skip
