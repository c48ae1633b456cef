"""The commands `tags` and `people`: count mentions, list similar names, print all about one."""

from collections.abc import Sequence
from itertools import islice
from shlex import quote
from typing import TYPE_CHECKING

from journal_tui.cli.context import Options, open_journal, refreshed
from journal_tui.cli.output import BOLD, Output, tell
from journal_tui.counts import counted
from journal_tui.entry.model import CLOSED
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.tokenizer import term_of
from journal_tui.errors import EntryError, UsageError

if TYPE_CHECKING:
    from journal_tui.entry.follow_ups import FollowUp
    from journal_tui.journal import Journal, Name, PlainName, Said, Subject

_MAX_PAIRS = 10
MAX_PASSAGES = 50
"""The most passages about one name that are shown unless -n is given."""
_BAR = 40


def tags(options: Options) -> int:
    """List the tags."""
    return _print_mentions(
        options, "#", 'No tags yet. Add one with: journal add "Two good talks today #hiring"'
    )


def people(options: Options) -> int:
    """List the people."""
    return _print_mentions(
        options, "@", 'No people yet. Add one with: journal add "Saw the depot with @colm"'
    )


def _print_mentions(options: Options, sign: str, nothing: str) -> int:
    if options.name:
        return _print_subject(options, sign, " ".join(options.name))
    mentions = refreshed(open_journal(options)).mentions
    found = mentions.all(sign, options.by_name)
    pairs = mentions.similar(found)
    shown = found[: options.limit or None]
    out = Output()
    if options.json:
        similar = _similar_by_name(pairs)
        out.json([_as_json(name, similar.get(name.term, [])) for name in shown])
    elif not found:
        out.line(nothing)
    else:
        for name in shown:
            out.line(_row(name))
        _alike(pairs, out)
    if len(shown) < len(found):
        which = f"first {len(shown)}" if options.by_name else f"{len(shown)} most used"
        tell(f"Showing the {which} of {len(found)}; use -n 0 for all.")
    return 0


def _shown(name: "Name") -> str:
    return name.term[0] + one_line(name.spelled)


def _row(name: "Name") -> str:
    days = name.first.isoformat()
    if not name.days:
        days = "in period notes"
    elif name.last != name.first:
        days += f" to {name.last.isoformat()}"
    return f"{_days(name):>10}  {days:24}  {'  ' * name.depth}{_shown(name)}"


def _days(name: "Name") -> str:
    """Return how many days have the name; “no days” if only period notes do."""
    return counted(name.days, "day") if name.days else "no days"


def _alike(pairs: "list[tuple[Name, Name]]", out: Output) -> None:
    if pairs:
        out.line()
    for one, other in pairs[:_MAX_PAIRS]:
        out.line(f"{_shown(one)} ({_days(one)}) and {_shown(other)} ({_days(other)}) look alike")
    more = len(pairs) - _MAX_PAIRS
    if more > 0:
        out.line(f"and {counted(more, 'more pair')}; --json lists them all")
    if pairs and out.is_terminal:
        # The first name of a pair is the one that is used more.
        one, other = pairs[0]
        out.line(f"To merge two: journal rename {quote(_shown(other))} {quote(_shown(one))}")


def _similar_by_name(pairs: "list[tuple[Name, Name]]") -> dict[str, list[str]]:
    """Return the similar spellings of each name that has any."""
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one.term, []).append(other.spelled)
        found.setdefault(other.term, []).append(one.spelled)
    return found


def _as_json(name: "Name", similar: list[str]) -> dict[str, object]:
    """Return a tag or person as `--json` prints it; a stable interface."""
    return {
        "name": name.spelled,
        "days": name.days,
        "first": name.first.isoformat(),
        "last": name.last.isoformat(),
        "similar": similar,
    }


def _print_subject(options: Options, sign: str, name: str) -> int:
    """Print everything about one tag or person; return the exit code."""
    if options.by_name:
        raise UsageError("--by-name sorts the whole list. Leave it out, or leave out the name.")
    if name[0] in "#@" and name[0] != sign:
        kind, other = ("a person", "people") if name[0] == "@" else ("a tag", "tags")
        raise UsageError(f"{one_line(name)} is {kind}. Run: journal {other} {one_line(name)}")
    journal = refreshed(open_journal(options))
    term = term_of(name if name[0] == sign else sign + name)
    subject = journal.subjects.about(term)
    if subject is None:
        kind = "people" if sign == "@" else "tags"
        raise EntryError(
            f"No entry mentions {sign}{one_line(name.lstrip(sign))}. To list all: journal {kind}"
        )
    limit = MAX_PASSAGES if options.limit is None else options.limit
    said = list(islice(journal.subjects.said(term), limit + 1 if limit else None))
    is_cut = bool(limit) and len(said) > limit
    said = said[: limit or None]
    out = Output()
    plain = journal.subjects.plain(subject.name)
    if options.json:
        out.json(subject_data(subject, said, plain))
    else:
        _print_about(journal, subject, said, plain, out)
    if is_cut:
        tell(f"Showing the latest {counted(limit, 'passage')}; use -n 0 for all.")
    return 0


def _print_about(
    journal: "Journal",
    subject: "Subject",
    said: "list[Said]",
    plain: "PlainName | None",
    out: Output,
) -> None:
    shown = one_line(subject.shown)
    print(out.styled(shown, [(0, len(shown), BOLD)]) + f"  {_span(subject.name)}")
    out.line()
    most = max(subject.years.values(), default=0)
    for year, days in subject.years.items():
        bar = "▇" * -(-days * _BAR // most) if days else ""
        out.line(f"  {year}  {days:>4}  {bar}".rstrip())
    out.line()
    if rated := subject.rated(journal.scale.shown):
        out.line(rated)
    out.line(subject.learned())
    if plain:
        out.line(f"{one_line(plain.said())}: journal find {quote(one_line(plain.query))}")
    today = journal.today()
    for title, listed in subject.follow_ups():
        _heading(one_line(title), len(listed), out)
        for one in listed:
            late = "; late" if one.is_late(today) else ""
            out.line(f"  {_lead(one)}  {one_line(one.text)}  (written {one.written}{late})", 22)
    _heading("By date", None, out)
    for row in said:
        rating = "" if row.rating is None else journal.scale.shown(row.rating)
        lead = f"  {row.period or row.day.isoformat():10}  {rating:>6}  {row.kind:9}  "
        out.line(f"{lead}{one_line(row.text)}", len(lead))


def _heading(title: str, count: int | None, out: Output) -> None:
    out.line()
    number = "" if count is None else f" ({count:,})"
    print(out.styled(f"{title}{number}", [(0, len(title), BOLD)]))


def _lead(one: "FollowUp") -> str:
    """Return the date by which a follow-up is sorted, with a word: “due     2014-10-13”."""
    if one.state in CLOSED:
        return f"{one.state:7} {one.since_when}"[:18].ljust(18)
    if one.due:
        return f"due     {one.due}"
    return f"{'since' if one.waiting else 'open':7} {one.since_when}"


def _span(name: "Name") -> str:
    if not name.days:
        return "only in period notes"
    span = name.first.isoformat()
    if name.last != name.first:
        span += f" to {name.last.isoformat()}"
    return f"{counted(name.days, 'day')}, {span}"


def subject_data(
    subject: "Subject", said: "Sequence[Said]", plain: "PlainName | None"
) -> dict[str, object]:
    """Return everything about a tag or person as `--json` prints it; a stable interface."""
    name = subject.name
    return {
        "name": name.spelled,
        "days": name.days,
        "first": name.first.isoformat(),
        "last": name.last.isoformat(),
        "without_sign": plain.days if plain else 0,
        "years": {str(year): days for year, days in subject.years.items()},
        "ratings": list(subject.ratings),
        "median": subject.median,
        "points": subject.points,
        "open": [_task_data(one) for one in subject.own],
        "waiting": [_task_data(one) for one in subject.waiting],
        "others": [_task_data(one) for one in subject.others],
        "said": [
            {
                "date": row.period or row.day.isoformat(),
                "path": row.path,
                "line": row.line,
                "kind": row.part,
                "text": row.text,
                "rating": row.rating,
            }
            for row in said
        ],
    }


def _task_data(one: "FollowUp") -> dict[str, object]:
    return {
        "date": one.written,
        "path": one.path,
        "line": one.line,
        "text": one.text,
        "due": one.due.isoformat() if one.due else None,
    }
