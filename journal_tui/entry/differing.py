"""How two texts differ, line by line: in numbers, and as a comparison whose signs say it all."""

from collections.abc import Iterator

from journal_tui.entry.newlines import matched_lines, plain_newlines

_AROUND = 2


def changed(before: str, after: str) -> tuple[int, int]:
    """How many lines were added and removed from `before` to `after`."""
    added = removed = 0
    for tag, first, last, new_first, new_last in matched_lines(_lines(before), _lines(after)):
        if tag != "equal":
            added += new_last - new_first
            removed += last - first
    return added, removed


def comparison(before: str, after: str, called: str, other: str) -> str:
    """What `after` has (+) and has not (−) of `before`, below what the two are called.

    "" when no line differs.
    """
    old, new = _lines(before), _lines(after)
    hunks = list(_hunks(old, new))
    return "\n".join([f"− {called}", f"+ {other}", *hunks]) if hunks else ""


def _lines(text: str) -> list[str]:
    text = plain_newlines(text.removeprefix("\ufeff")).removesuffix("\n")
    return text.split("\n") if text else []


def _hunks(old: list[str], new: list[str]) -> Iterator[str]:
    """The changed lines with a few around them; `@` and the line before each place."""
    shown = 0
    is_open = False
    for tag, first, last, new_first, new_last in matched_lines(old, new):
        if tag == "equal":
            continue
        begin = max(shown, first - _AROUND)
        if is_open:
            # The lines behind the last change, as far as they reach.
            end = min(shown + _AROUND, first)
            yield from (f"  {line}" for line in old[shown:end])
            begin = max(begin, end)
        if not is_open or begin > end:
            yield f"@ line {new_first - (first - begin) + 1}"
        yield from (f"  {line}" for line in old[begin:first])
        yield from (f"− {line}" for line in old[first:last])
        yield from (f"+ {line}" for line in new[new_first:new_last])
        shown, is_open = last, True
    if is_open:
        yield from (f"  {line}" for line in old[shown : shown + _AROUND])
