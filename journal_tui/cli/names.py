"""The commands tags and people: what is mentioned how often, and which names look alike."""

from typing import TYPE_CHECKING

from journal_tui.cli.opening import Options, open_journal, refreshed
from journal_tui.cli.output import Output, counted, tell
from journal_tui.entry.visible import one_line

if TYPE_CHECKING:
    from journal_tui.index.names import Name

_MOST_PAIRS = 10


def tags(options: Options) -> int:
    """List the tags."""
    return _list(
        options, "#", 'No tags yet. Add one with: journal add "Two good talks today #hiring"'
    )


def people(options: Options) -> int:
    """List the people."""
    return _list(
        options, "@", 'No people yet. Add one with: journal add "Saw the depot with @colm"'
    )


def _list(options: Options, sign: str, nothing: str) -> int:
    from journal_tui.index.names import alike, names

    found = names(refreshed(open_journal(options)).index, sign, options.by_name)
    pairs = alike(found)
    shown = found[: options.limit or None]
    out = Output()
    if options.json:
        similar = _similar(pairs)
        out.json([_as_json(name, similar.get(name.term, [])) for name in shown])
    elif not found:
        out.line(nothing)
    else:
        for name in shown:
            out.line(_row(name))
        _alike(pairs, out)
    if len(shown) < len(found):
        first = "first" if options.by_name else "most used"
        tell(f"Showing the {first} {len(shown)} of {len(found)}; use -n 0 for all.")
    return 0


def _shown(name: "Name") -> str:
    return name.term[0] + one_line(name.spelled)


def _row(name: "Name") -> str:
    days = name.first.isoformat()
    if name.last != name.first:
        days += f" to {name.last.isoformat()}"
    return f"{counted(name.days, 'day'):>10}  {days:24}  {'  ' * name.depth}{_shown(name)}"


def _alike(pairs: "list[tuple[Name, Name]]", out: Output) -> None:
    if pairs:
        out.line()
    for one, other in pairs[:_MOST_PAIRS]:
        days = f"{one.days} and {counted(other.days, 'day')}"
        out.line(f"{_shown(one)} and {_shown(other)} look alike: {days}")
    more = len(pairs) - _MOST_PAIRS
    if more > 0:
        out.line(f"and {counted(more, 'more pair')}; --json lists them all")


def _similar(pairs: "list[tuple[Name, Name]]") -> dict[str, list[str]]:
    """What looks like each name that another one looks like."""
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one.term, []).append(other.spelled)
        found.setdefault(other.term, []).append(one.spelled)
    return found


def _as_json(name: "Name", similar: list[str]) -> dict[str, object]:
    """One tag or person as `--json` gives it; a stable interface."""
    return {
        "name": name.spelled,
        "days": name.days,
        "first": name.first.isoformat(),
        "last": name.last.isoformat(),
        "similar": similar,
    }
