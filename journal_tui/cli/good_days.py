"""The command `good-days`: print what goes with good days, or the answer to one question."""

from shlex import quote
from typing import TYPE_CHECKING, Any

from journal_tui.cli.context import Options, open_journal, refreshed
from journal_tui.cli.output import BOLD, Output, stages
from journal_tui.counts import counted
from journal_tui.entry.model import shown
from journal_tui.entry.sanitize import one_line
from journal_tui.review.good_days import FEWEST_DAYS

if TYPE_CHECKING:
    from journal_tui.review.good_days import FactorAnswer, GoodDays, TooFew

DEFAULT = "all"
_MAX_TOO_FEW = 12
_NO_CAUSE = (
    "What goes with good days need not cause them: something else may cause both, or the good day "
    "may be the cause."
)


def good_days(options: Options) -> int:
    """Print what goes with good days in a period, by default in all days."""
    journal = refreshed(open_journal(options))
    span = journal.span((options.period or DEFAULT).strip() or DEFAULT)
    tell_stage = stages("Comparing")

    def progress(done: int, total: int) -> None:
        if tell_stage:
            tell_stage(f"{done} of {total}" if done < total else "")

    found = journal.good_days(span, " ".join(options.question), progress)
    out = Output()
    if options.json:
        out.json(as_data(found))
    else:
        _print(found, options.limit, out)
    return 0 if found.answers else 1


def _print(found: "GoodDays", limit: int, out: Output) -> None:
    title = f"What goes with good days: {found.span.title}"
    if found.question:
        title = f"{one_line(found.question)}: {found.span.title}"
    print(out.styled(title, [(0, len(title), BOLD)]))
    if found.refusal:
        out.line(found.refusal)
        return
    assert found.median is not None
    rated = counted(found.rated.number, "rated day")
    out.line(f"{rated}, the median is {found.scale.shown(found.median)}.")
    if found.question:
        for answer in found.answers:
            _print_answer(answer, out)
            _print_verdict(answer, out)
        for one in found.too_few:
            out.line(one_line(one.words))
    else:
        _print_all(found, limit, out)
    if any(answer.is_shown or answer.may_be_weekday for answer in found.answers):
        out.line()
        out.line(_NO_CAUSE)


def _print_all(found: "GoodDays", limit: int, out: Output) -> None:
    asked = counted(len(found.answers), "question")
    out.line(f"{asked} asked at once, and the answers are corrected for that.")
    weekday = [it for it in found.answers if it.may_be_weekday]
    open_ones = [it for it in found.answers if not it.is_shown and not it.may_be_weekday]
    groups = (
        ("Different", [it for it in found.answers if it.is_shown]),
        ("Different, but perhaps only by the weekday", weekday),
        ("No difference is shown", open_ones),
    )
    for title, answers in groups:
        if not answers and title != "Different":
            continue
        out.line()
        print(out.styled(title, [(0, len(title), BOLD)]))
        if not answers:
            out.line("  Nothing.")
        shown_ones = answers[: limit or None] if title == "No difference is shown" else answers
        for answer in shown_ones:
            _print_answer(answer, out)
        if rest := len(answers) - len(shown_ones):
            out.line(f"  and {rest:,} more; use -n 0 for all.")
    if found.too_few:
        _print_too_few(found.too_few, out)


def _print_answer(answer: "FactorAnswer", out: Output) -> None:
    out.line(f"  {one_line(answer.factor.name)}: {answer.words}", 4)
    if not answer.is_shown:
        out.line(
            f"    With so many days, a difference of {shown(round(answer.smallest, 1))} or more would show.",
            4,
        )
    if answer.with_it.query:
        out.line(f"    [journal find {quote(one_line(answer.with_it.query))}]", 4)


def _print_verdict(answer: "FactorAnswer", out: Output) -> None:
    p = f"p = {answer.p:.3f}" if answer.p >= 0.001 else "p < 0.001"
    if answer.is_shown:
        out.line(f"  The ratings differ ({p}).", 2)
    elif answer.may_be_weekday:
        out.line(f"  They differ, but perhaps only by the weekday ({p} without it).", 2)
    else:
        out.line(f"  No difference is shown ({p}).", 2)


def _print_too_few(too_few: "tuple[TooFew, ...]", out: Output) -> None:
    out.line()
    title = f"Too few to say: fewer than {FEWEST_DAYS} days with it or without it"
    print(out.styled(title, [(0, len(title), BOLD)]))
    named = ", ".join(
        f"{one_line(it.factor.name)} {it.with_it.number}" for it in too_few[:_MAX_TOO_FEW]
    )
    rest = len(too_few) - _MAX_TOO_FEW
    out.line(f"  {named}{f' and {rest:,} more' if rest > 0 else ''}.", 2)


def as_data(found: "GoodDays") -> dict[str, Any]:
    """Return the answers as `good-days --json` prints them; a stable interface."""
    return {
        "period": found.span.name,
        "first": found.days.start.isoformat(),
        "last": found.days.last.isoformat(),
        "question": found.question or None,
        "rated": found.rated.number,
        "median": found.median,
        "refusal": found.refusal or None,
        "answers": [_answer(answer) for answer in found.answers],
        "too_few": [
            {
                "name": it.factor.name,
                "kind": it.factor.kind,
                "with": it.with_it.number,
                "without": it.others,
            }
            for it in found.too_few
        ],
    }


def _answer(answer: "FactorAnswer") -> dict[str, Any]:
    found = answer.difference
    return {
        "name": answer.factor.name,
        "kind": answer.factor.kind,
        "shown": answer.is_shown,
        "weekday": answer.may_be_weekday,
        "with": answer.with_it.number,
        "without": answer.others,
        "medians": [answer.median, answer.other_median],
        "difference": round(found.difference, 4),
        "interval": [round(found.low, 4), round(found.high, 4)],
        "p": round(found.p, 6),
        "weekday_p": None if answer.weekday_p is None else round(answer.weekday_p, 6),
        "smallest": round(answer.smallest, 4),
        "dates": [day.isoformat() for day in answer.with_it.days],
        "find": answer.with_it.query or None,
    }
