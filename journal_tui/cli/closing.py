"""Close a week or a longer period on the command line: `journal review week --close`."""

from datetime import date
from typing import TYPE_CHECKING, Any

from journal_tui import closings
from journal_tui.cli.context import (
    Options,
    current_folder,
    in_other_journal,
    open_journal,
    refresh_for_number,
    refreshed,
)
from journal_tui.cli.follow_ups import as_json as follow_up_as_json
from journal_tui.cli.output import BOLD, Output, can_show_app, tell
from journal_tui.cli.write_commands import print_saved
from journal_tui.counts import counted
from journal_tui.entry.follow_ups import group_of
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError
from journal_tui.review.closing import Closing, ClosingFacts, missing_parts, plain

if TYPE_CHECKING:
    from journal_tui.journal import Journal

DEFAULT = "week"


def check_options(options: Options) -> None:
    """Raise UsageError if options for --close are given without it."""
    given = [f"--{name}" for name in ("keep", "moved") if getattr(options, name) is not None]
    if given and not options.close:
        raise UsageError(
            f"{' and '.join(given)} can only be used with --close: journal review week --close --keep 1 3"
        )


def close(options: Options) -> int:
    """Close a period with --keep and --moved; without them, open the app, or print what to decide."""
    if options.output is not None or options.form in ("markdown", "html"):
        raise UsageError(
            "No document is made when a period is closed. Leave out -o, --format and --markdown, or leave out "
            "--close."
        )
    journal = open_journal(options)
    words = " ".join(options.when).strip() or DEFAULT
    refresh_for_number(journal, words)
    period = closings.period_to_close(journal, journal.span(words))
    is_answered = options.keep is not None or options.moved is not None
    if can_show_app() and not is_answered and options.form != "json":
        from journal_tui.app import run

        return run(journal, None, current_folder(), period_to_close=period)
    facts = refreshed(journal).closing(period)
    if is_answered:
        return _close(journal, facts, options)
    out = Output()
    if options.form == "json":
        out.json(_as_json(facts, journal.today()))
    elif facts.is_empty and not facts.is_written:
        tell(f"Nothing is written in {period.title}, so there is nothing to close.")
    else:
        _print(journal, facts, out, words)
    return 1 if facts.is_empty and not facts.is_written else 0


def _close(journal: "Journal", facts: ClosingFacts, options: Options) -> int:
    """Write the answers of --keep and --moved into the period's note."""
    points = facts.all_points
    kept = [points[n - 1] for n in dict.fromkeys(options.keep or ()) if 1 <= n <= len(points)]
    wrong = [n for n in options.keep or () if not 1 <= n <= len(points)]
    if wrong:
        raise UsageError(
            f"There is no point {wrong[0]}: {facts.period.title} has "
            f"{counted(len(points), 'learning point')}. Run the command without --keep to see them."
        )
    new = [point for point in kept if not facts.keeps(point)]
    if len(facts.known.kept) + len(new) > facts.most:
        has = f"; its note has {len(facts.known.kept)} already" if facts.known.kept else ""
        raise UsageError(
            f"{facts.period.title} keeps at most {counted(facts.most, 'point')}{has}. "
            "Choose fewer with --keep."
        )
    moved = plain(options.moved or "")
    closing = Closing((moved,) if moved else (), tuple(kept), facts.closed)
    if options.moved is not None and not moved and not kept:
        raise UsageError("There was no text. Say what moved forward.")
    if missing_parts(closing, facts.known).is_empty:
        Output().line(f"{facts.path} has all of that already, so nothing was added.")
        return 0
    saved = closings.close(journal, facts, closing)
    return print_saved(
        f"{facts.period.title} is closed: {counted(len(kept), 'point')} kept, "
        f"written to {facts.path}{in_other_journal(journal)}.",
        saved,
    )


def _print(journal: "Journal", facts: ClosingFacts, out: Output, words: str) -> None:
    """Print the questions of closing a period, and how to answer them."""
    scale, known = journal.vocabulary.scale, facts.known
    title = f"Close {facts.period.title}"
    print(out.styled(title, [(0, len(title), BOLD)]))
    if not known.is_empty:
        out.line(f"It is closed already, in {facts.path}; what is missing can be added.")

    def heading(text: str) -> None:
        out.line()
        print(out.styled(text, [(0, len(text), BOLD)]))

    heading(f"1. The days ({len(facts.days):,})")
    for day in facts.days:
        rating = "" if day.rating is None else scale.shown(day.rating)
        lead = f"  {day.day}  {rating:>6}  "
        remark = f" – {one_line(day.remark)}" if day.remark and day.remark != day.sentence else ""
        out.line(f"{lead}{one_line(day.sentence)}{remark}", len(lead))
    points = facts.all_points
    heading(f"2. Points to keep, at most {facts.most} (--keep N…)")
    wide = len(str(len(points)))
    for number, point in enumerate(points, 1):
        lead = f"  {number:>{wide}}  {point.name}  "
        sign = "(kept) " if facts.keeps(point) else ""
        out.line(f"{lead}{sign}{one_line(point.text)}", len(lead))
    if not points:
        out.line("  No learning point was written.")
    heading(f"3. Open promises ({len(facts.promises):,})")
    for one in facts.promises:
        lead = f"  due {one.due}  " if one.due else "  no date         "
        waits = f"  (waiting for {one.people})" if one.waiting else ""
        out.line(f"{lead}{one_line(one.text)}{waits}", len(lead))
    if facts.promises:
        out.line('  To settle one: journal todo --done "part of it", or --drop, or --change')
    heading("4. What moved? (--moved TEXT)")
    for line in known.moved:
        out.line(f"  {one_line(line)}", 2)
    out.line()
    keep = " --keep 1 3" if len(points) > 2 else " --keep 1" if points else ""
    out.line(f'To close it: journal review {words} --close{keep} --moved "one line"')


def _as_json(facts: ClosingFacts, today: date) -> dict[str, Any]:
    """Return what `review --close --json` prints; a stable interface."""
    known = facts.known
    return {
        "period": facts.period.name,
        "title": facts.period.title,
        "path": facts.path,
        "closed": not known.is_empty,
        "days": [
            {
                "date": day.day.isoformat(),
                "path": day.path,
                "line": day.line,
                "text": day.sentence,
                "rating": day.rating,
                "remark": day.remark,
            }
            for day in facts.days
        ],
        "most": facts.most,
        "points": [
            {
                "number": number,
                "written": point.name or None,
                "path": point.path or None,
                "text": point.text,
                "kept": facts.keeps(point),
            }
            for number, point in enumerate(facts.all_points, 1)
        ],
        "promises": [follow_up_as_json(one, group_of(one, today)) for one in facts.promises],
        "settled": [
            {
                "written": one.name,
                "path": one.path,
                "text": one.text,
                "outcome": one.outcome,
            }
            for one in dict.fromkeys((*known.settled, *facts.closed))
        ],
        "moved": list(known.moved),
    }
