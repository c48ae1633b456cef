"""Compare two texts line by line: which lines match, how many changed, and a comparison to read."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from journal_tui.entry.line_map import plain_newlines

_CONTEXT_LINES = 2
# With more comparisons than this, only the common beginning and end are matched.
_MAX_COMPARISONS = 4_000_000


def diff_lines(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return which new lines match which old ones, as difflib's opcodes.

    The common lines at the beginning and at the end always match.
    """
    top = 0
    shorter = min(len(old), len(new))
    while top < shorter and old[top] == new[top]:
        top += 1
    tail = 0
    while tail < shorter - top and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    end, new_end = len(old) - tail, len(new) - tail
    codes: list[tuple[str, int, int, int, int]] = [("equal", 0, top, 0, top)]
    if (end - top) * (new_end - top) <= _MAX_COMPARISONS:
        matcher = SequenceMatcher(None, old[top:end], new[top:new_end], autojunk=False)
        codes += (
            (tag, top + a, top + b, top + c, top + d) for tag, a, b, c, d in matcher.get_opcodes()
        )
    else:
        codes.append(("replace", top, end, top, new_end))
    codes.append(("equal", end, len(old), new_end, len(new)))
    return codes


def count_changes(before: str, after: str) -> tuple[int, int]:
    """Return how many lines were added and removed from `before` to `after`."""
    added = removed = 0
    for tag, first, last, new_first, new_last in diff_lines(_lines(before), _lines(after)):
        if tag != "equal":
            added += new_last - new_first
            removed += last - first
    return added, removed


def comparison(before: str, after: str, name_before: str, name_after: str) -> str:
    """Return the lines that were added (+) and removed (−), below the names of the two texts.

    Return "" if no line differs.
    """
    old, new = _lines(before), _lines(after)
    hunks = list(_hunks(old, new))
    return "\n".join([f"− {name_before}", f"+ {name_after}", *hunks]) if hunks else ""


def _lines(text: str) -> list[str]:
    text = plain_newlines(text.removeprefix("\ufeff")).removesuffix("\n")
    return text.split("\n") if text else []


def _hunks(old: list[str], new: list[str]) -> Iterator[str]:
    """Yield the changed lines with a few lines around them, below the line number of each place."""
    shown = 0
    is_open = False
    for tag, first, last, new_first, new_last in diff_lines(old, new):
        if tag == "equal":
            continue
        begin = max(shown, first - _CONTEXT_LINES)
        if is_open:
            # A few lines after the last change, but none of this one.
            end = min(shown + _CONTEXT_LINES, first)
            yield from (f"  {line}" for line in old[shown:end])
            begin = max(begin, end)
        if not is_open or begin > end:
            yield f"Line {new_first - (first - begin) + 1}"
        yield from (f"  {line}" for line in old[begin:first])
        yield from (f"− {line}" for line in old[first:last])
        yield from (f"+ {line}" for line in new[new_first:new_last])
        shown, is_open = last, True
    if is_open:
        yield from (f"  {line}" for line in old[shown : shown + _CONTEXT_LINES])
