"""The command `pack`: show what a leaver's pack would contain, ask, and write it."""

from journal_tui.cli.context import Options, open_journal, refreshed
from journal_tui.cli.output import Output, is_agreed, progress
from journal_tui.cli.output_file import full_path
from journal_tui.cli.publish import found_data
from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError
from journal_tui.leavers_pack import HalfPlan, LeaversPack, PackPlan
from journal_tui.publication_preview import show_found

_TITLES = {"handover": "Handover", "personal": "Personal"}


def pack(options: Options) -> int:
    """Show what would be in the pack, ask, and write it; with --plan only show it."""
    if options.json and not options.plan:
        raise UsageError("--json prints a plan: add --plan.")
    found = LeaversPack(refreshed(open_journal(options)))
    plan = found.plan(
        full_path(options.dir),
        options.handover,
        options.personal,
        names=options.names,
        progress=progress("Reading"),
    )
    out = Output()
    if options.json:
        out.json(as_data(plan))
        return 0
    for half in plan.halves:
        _print_half(half, out)
    for one in plan.refused:
        out.line(f"Left out: {one.path}: {one_line(one.why)}", 4)
    if plan.is_empty:
        out.line(
            "Mark entries with publish: true in their front matter, or give a search: "
            "journal pack DIR --handover QUERY --personal QUERY."
        )
        return 0 if options.plan else 1
    if not options.names:
        out.line("People and customers have pseudonyms; to name them in the handover, add --names.")
    if options.plan:
        return 0
    if not is_agreed("Write it?", "write it", options.yes, "Nothing was written."):
        return 1
    done = found.apply(plan, progress("Writing"))
    out.line(f"Written: {plan.folder}")
    for path in (*done.foreign, *done.altered):
        out.line(
            f"  left as it is, because journal didn't write it or it was changed since: {path}", 4
        )
    return 1 if done.foreign or done.altered else 0


def _print_half(half: HalfPlan, out: Output) -> None:
    by = f", also by the search “{one_line(half.query)}”" if half.query else ""
    out.line(f"{_TITLES[half.name]}: {counted(len(half.entries), 'entry')}{by}")
    for path, title in half.entries[:40]:
        out.line(f"  {one_line(title)} ({path})", 4)
    if len(half.entries) > 40:
        out.line(f"  and {len(half.entries) - 40:,} more")
    show_found(half.found, out.line)
    out.line()


def as_data(plan: PackPlan) -> dict[str, object]:
    """Return a plan as `pack --plan --json` prints it; a stable interface."""
    return {
        "folder": str(plan.folder),
        "halves": [
            {
                "name": half.name,
                "query": half.query or None,
                "entries": [{"path": path, "title": title} for path, title in half.entries],
                "found": found_data(half.found),
            }
            for half in plan.halves
        ],
        "refused": [one._asdict() for one in plan.refused],
        "files": sorted(plan.files),
    }
