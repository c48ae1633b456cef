"""Bring two changed copies of a text together by lines, where they did not touch the same ones.

The method is the three-way merge of diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of
Diff3", 2007): stable runs, common to all three, divide the texts into chunks.
"""

from journal_tui.entry.newlines import matched_lines


def merge(base: str, mine: str, theirs: str) -> str | None:
    """The text with both sides' changes, or None where both changed the same lines differently."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    old, ours, other = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    to_ours, to_other = _matches(old, ours), _matches(old, other)
    merged: list[str] = []
    a = b = c = 0
    for line in range(len(old) + 1):
        stable = line == len(old) or (line in to_ours and line in to_other)
        if not stable:
            continue
        end_b = to_ours.get(line, len(ours)) if line < len(old) else len(ours)
        end_c = to_other.get(line, len(other)) if line < len(old) else len(other)
        was, left, right = old[a:line], ours[b:end_b], other[c:end_c]
        if left == right or right == was:
            merged += left
        elif left == was:
            merged += right
        else:
            return None
        if line < len(old):
            merged.append(old[line])
        a, b, c = line + 1, end_b + 1, end_c + 1
    return "".join(merged)


def _matches(old: list[str], new: list[str]) -> dict[int, int]:
    """For each line of `old` that stands unchanged in `new`, where it stands there."""
    return {
        first + i: new_first + i
        for kind, first, last, new_first, _ in matched_lines(old, new)
        if kind == "equal"
        for i in range(last - first)
    }
