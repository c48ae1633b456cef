"""The command `rename`: rename or merge a tag or a person in all entries, or undo a renaming."""

from collections.abc import Sequence

from journal_tui.cli.context import Options, open_journal, refreshed
from journal_tui.cli.output import Output, is_agreed, progress, tell
from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError
from journal_tui.renames import RenamePlan, RenameResult, Renames, SkippedEntry

_MAX_SKIPPED = 10


def rename(options: Options) -> int:
    """Show what a renaming changes, ask, and rename; or only show it; or undo the latest renaming."""
    renames = Renames(open_journal(options))
    if options.undo:
        if options.names or options.plan or options.json or options.yes:
            raise UsageError("--undo can't be used with anything else: journal rename --undo.")
        return _print_undone(renames.undo(progress("Undoing")))
    if len(options.names) != 2:
        raise UsageError(
            "Give the old name and the new one: journal rename @colmn @colm. A tag needs quotes, "
            "and a new name can't have spaces: '#remote-access'."
        )
    if options.json and not options.plan:
        raise UsageError("--json prints a plan: journal rename @colmn @colm --plan --json.")
    if not options.plan:
        renames.journal.entries.check_writable()
    refreshed(renames.journal)
    old, new = options.names
    plan = renames.plan(old, new, progress("Planning"))
    out = Output()
    if options.json:
        out.json(as_data(plan))
        return 0
    stopped = renames.stopped()
    if stopped and (stopped.old, stopped.new) != (plan.old, plan.new):
        tell(f"{stopped} To finish it, run it again; to undo it, run: journal rename --undo")
    elif stopped:
        tell(f"{stopped} This plan has the remaining entries.")
    _print_plan(plan, out)
    if options.plan or not plan.entries:
        return 0
    question = "Merge them?" if plan.is_merge else "Rename it?"
    if not is_agreed(question, "rename", options.yes, "Nothing was changed."):
        return 1
    done = renames.apply(plan, progress("Renaming"))
    # The entries that the plan skips have just been listed.
    skipped = [one for one in done.skipped if one not in plan.skipped]
    return _print_done(done._replace(skipped=skipped), out)


def _print_plan(plan: RenamePlan, out: Output) -> None:
    for note in plan.notes():
        out.line(note)
    if plan.notes():
        out.line()
    for entry in plan.entries:
        out.line(entry.path)
        for change in entry.lines:
            number = f"{change.line:>6}  "
            out.line(f"{number}{change.before}", len(number))
            out.line(f"{'→':>6}  {change.after}", len(number))
    if plan.entries:
        out.line()
    out.line(plan.summary())
    _print_skipped(plan.skipped, out, "can't be changed")


def _print_skipped(skipped: Sequence[SkippedEntry], out: Output, what: str) -> None:
    if not skipped:
        return
    out.line(f"{counted(len(skipped), 'entry')} {what}:")
    for one in skipped[:_MAX_SKIPPED]:
        out.line(f"  {one.path}: {one_line(one.why)}", 4)
    if len(skipped) > _MAX_SKIPPED:
        out.line(f"  and {len(skipped) - _MAX_SKIPPED:,} more")


def _print_done(done: RenameResult, out: Output) -> int:
    entries = counted(done.changed, "entry")
    out.line(
        f"{entries} changed: {done.old} is now {done.new}. To undo: journal rename --undo"
        if done.changed
        else "No entry was changed."
    )
    _print_rest(done, out, ("left as it was", "left as they were"))
    return 0 if done.changed or not done.skipped else 1


def _print_undone(done: RenameResult) -> int:
    out = Output()
    entries = counted(done.changed, "entry")
    if not done.failed:
        out.line(f"Undone: renaming {done.old} to {done.new}. {entries} changed back.")
    else:
        out.line(f"Renaming {done.old} to {done.new} is not fully undone. {entries} changed back.")
    _print_rest(done, out, ("left as it is", "left as they are"))
    if done.failed:
        out.line("To undo the rest, run it again: journal rename --undo")
    return 1 if done.failed else 0


def _print_rest(done: RenameResult, out: Output, left: tuple[str, str]) -> None:
    """Print the entries left unchanged, with the words `left` for one and several, and the warnings."""
    _print_skipped(done.skipped, out, left[len(done.skipped) > 1])
    for warning in dict.fromkeys(done.warnings):
        tell(warning)


def as_data(plan: RenamePlan) -> dict[str, object]:
    """Return a plan as `rename --plan --json` prints it; a stable interface."""
    existing = plan.existing if plan.is_merge else None
    return {
        "old": plan.old,
        "new": plan.new,
        "merges": existing.days if existing else None,
        "nested": list(plan.nested),
        "entries": [
            {
                "date": entry.day.isoformat(),
                "path": entry.path,
                "lines": [change._asdict() for change in entry.lines],
            }
            for entry in plan.entries
        ],
        "skipped": [one._asdict() for one in plan.skipped],
    }
