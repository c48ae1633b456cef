"""A query in plain words: how each of its conditions was understood."""

from datetime import date, timedelta

from journal_tui.entry.visible import one_line
from journal_tui.period import WEEKDAYS
from journal_tui.query.matchers import (
    And,
    Compare,
    During,
    Has,
    In,
    Kind,
    Leaf,
    Matcher,
    Mention,
    Not,
    Or,
    State,
    Weekday,
    Words,
)

_LAST = {
    "whole": "the words “{}”, whole and in this order",
    "begins": "words that begin with “{}”",
    "inside": "words with “{}” in them",
}


def explain(matcher: Matcher, indent: str = "") -> list[str]:
    """A line for each condition; what belongs together is indented under a line that says how."""
    if isinstance(matcher, And):
        return [line for part in matcher.parts for line in explain(part, indent)]
    if isinstance(matcher, Or):
        lines = [f"{indent}at least one of:"]
        return lines + [line for part in matcher.parts for line in _item(part, indent + "  ")]
    if isinstance(matcher, Not):
        if isinstance(matcher.part, And | Or | Not):
            how = "not all of:" if isinstance(matcher.part, And) else "not:"
            return [f"{indent}{how}", *explain(matcher.part, indent + "  ")]
        return [f"{indent}not: {_said(matcher.part)}"]
    return [indent + _said(matcher)]


def _item(part: Matcher, indent: str) -> list[str]:
    if isinstance(part, And):
        return [f"{indent}all of:", *explain(part, indent + "  ")]
    return explain(part, indent)


def _said(leaf: Leaf) -> str:
    match leaf:
        case Words():
            return _words(leaf)
        case Mention():
            what = "the tag" if leaf.name[0] == "#" else "the person"
            return f"{what} {leaf.name}, or one that begins with it"
        case In():
            return "in " + " or ".join(leaf.kinds)
        case State():
            return f"a follow-up that is {leaf.name}"
        case Compare():
            return _compared(leaf)
        case During():
            return _during(leaf)
        case Weekday():
            return "on " + " or ".join(WEEKDAYS[day] for day in leaf.days)
        case Has():
            return f"the entry has {leaf.what}"
        case Kind():
            return f"a note of the kind {one_line(leaf.name)}"


def _words(leaf: Words) -> str:
    if len(leaf.words) > 1 and leaf.last == "begins":
        return f"the words “{' '.join(leaf.words)}…” in this order; the last may be longer"
    if len(leaf.words) == 1 and leaf.last == "whole":
        return f"the word “{leaf.words[0]}”"
    return _LAST[leaf.last].format(" ".join(leaf.words))


def _compared(leaf: Compare) -> str:
    what = {"rating": "rated", "day": "day", "words": "words:"}[leaf.field]
    low, high = f"{leaf.low:.13g}", f"{leaf.high:.13g}"
    if leaf.low == leaf.high and not leaf.open_high:
        return f"{what} {low}"
    if leaf.high == float("inf"):
        return f"{what} above {low}" if leaf.open_low else f"{what} {low} or more"
    if leaf.low == 0:
        return f"{what} below {high}" if leaf.open_high else f"{what} {high} or less"
    return f"{what} {low} to {high}"


def _during(leaf: During) -> str:
    start, end = leaf.period
    if end == date.max:
        return f"from {start} on"
    last = end - timedelta(1)
    if start == date.min:
        return f"up to {last}"
    return f"on {start}" if start == last else f"from {start} to {last}"
