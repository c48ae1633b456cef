"""Merge two changed copies of a text, unless both changed the same thing differently.

Front matter is merged by fields, the rating as one field, lists by items, and all else by lines
with the three-way merge of diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3",
2007): runs of lines common to all three texts divide them into chunks.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from journal_tui.entry import rating
from journal_tui.entry.diff import diff_lines
from journal_tui.entry.edit import smallest_edit
from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.line_map import LINE_END
from journal_tui.entry.markdown_lines import (
    FRONT_RULE,
    is_empty_item,
    list_item,
    opens_front_matter,
    text_of,
)
from journal_tui.entry.vocabulary import Vocabulary, english

_LINE = lazy_pattern(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FRONT_MATTER = lazy_pattern(
    rf"(\ufeff?{FRONT_RULE}(?:\r\n|\r|\n))((?:[^\r\n]*(?:\r\n|\r|\n))*?)"
    rf"({FRONT_RULE}(?:\r\n|\r|\n|\Z))"
)
_KEY = lazy_pattern(r"""([^\s#'"\-\[\]{}:][^:\r\n]*):(?=[ \t\r\n])""")
# Keys for the lines of front matter around its fields; no field can have these names.
_OPEN, _CLOSE = " open", " close"
_Fields: TypeAlias = "dict[str, str]"
_Texts = tuple[str, str, str]


def merge(base: str, mine: str, theirs: str, vocabulary: Vocabulary | None = None) -> str | None:
    """Return the text with both sides' changes, or None if they conflict.

    Items that both sides added at one place are kept, mine after theirs. Nothing that one side
    wrote is lost, except what the other side removed.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    ends = _ends_with_newline(base, mine, theirs)
    merged = _merged(*map(_with_newline, (base, mine, theirs)), vocabulary=vocabulary)
    if merged is None or ends or not merged:
        return merged
    return re.sub(r"(?:\r\n|\r|\n)\Z", "", merged)


def union_of_lines(one: str, other: str, vocabulary: Vocabulary | None = None) -> str:
    """Return all lines of two texts without a known common base.

    At each place, the lines that only `other` has come after those that only `one` has. If only one of
    them is rated, the other's empty line for the rating is left out.
    """
    one, other = _rated_alike(one, other, vocabulary)
    old, new = _lines(_with_newline(one)), _lines(_with_newline(other))
    codes = diff_lines(old, new)
    common = [line for code in codes if code[0] == "equal" for line in old[code[1] : code[2]]]
    merged = merge("".join(common), other, one, vocabulary)
    if merged is not None:
        return merged
    lines: list[str] = []
    for kind, first, last, new_first, new_last in codes:
        lines += old[first:last]
        if kind != "equal":
            lines += new[new_first:new_last]
    return _joined(lines)


def _rated_alike(one: str, other: str, vocabulary: Vocabulary | None) -> tuple[str, str]:
    """Return the two texts; if only one is rated, its rating replaces the other's empty line for it."""
    vocabulary = vocabulary or english()
    first, second = _Ratings(one, one, other, vocabulary).rated[1:]
    line, other_line = one[first.start : first.end], other[second.start : second.end]
    if first.said is None and second.said and _is_unfilled(line, vocabulary):
        return one[: first.start] + other_line + one[first.end :], other
    if second.said is None and first.said and _is_unfilled(other_line, vocabulary):
        return one, other[: second.start] + line + other[second.end :]
    return one, other


def _is_unfilled(line: str, vocabulary: Vocabulary) -> bool:
    """Return whether a line is the label of a rating with nothing after it, or a placeholder such as `/10`."""
    words = text_of(line).strip()
    label = vocabulary.rating(words)
    return label is not None and rating.is_placeholder(words[label[0] :].strip(": "))


def _merged(base: str, mine: str, theirs: str, *, vocabulary: Vocabulary | None) -> str | None:
    ratings = _Ratings(base, mine, theirs, vocabulary)
    if ratings.is_conflict:
        return None
    for texts in ratings.aligned():
        merged = _merged_texts(*texts)
        if merged is not None and ratings.holds(merged):
            return merged
    return None


def _merged_texts(base: str, mine: str, theirs: str) -> str | None:
    """Merge front matter by fields if all three texts allow it, and the rest by lines."""
    split = [_split_fields(text) for text in (base, mine, theirs)]
    fronts = [part[0] for part in split if part is not None]
    if len(fronts) < 3 or not any(fronts):
        return _by_lines(base, mine, theirs)
    front = _merge_fields(*fronts)
    body = _by_lines(*(part[1] for part in split if part is not None))
    return None if front is None or body is None else front + body


def _by_lines(base: str, mine: str, theirs: str) -> str | None:
    base_lines, my_lines, their_lines = (_lines(text) for text in (base, mine, theirs))
    to_mine, to_theirs = (
        _unchanged_lines(base_lines, my_lines),
        _unchanged_lines(base_lines, their_lines),
    )
    merged: list[str] = []
    base_at = my_at = their_at = 0
    for line in range(len(base_lines) + 1):
        stable = line == len(base_lines) or (line in to_mine and line in to_theirs)
        if not stable:
            continue
        my_end = to_mine.get(line, len(my_lines)) if line < len(base_lines) else len(my_lines)
        their_end = (
            to_theirs.get(line, len(their_lines)) if line < len(base_lines) else len(their_lines)
        )
        chunk = _merge_chunk(
            base_lines[base_at:line], my_lines[my_at:my_end], their_lines[their_at:their_end]
        )
        if chunk is None:
            return None
        merged += chunk
        if line < len(base_lines):
            merged.append(base_lines[line])
        base_at, my_at, their_at = line + 1, my_end + 1, their_end + 1
    return _joined(merged)


def _merge_chunk(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """Merge the lines between two lines that neither side changed; return None for a conflict."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    shorter = min(len(mine), len(theirs))
    top = 0
    while top < shorter and mine[top] == theirs[top]:
        top += 1
    tail = 0
    while tail < shorter - top and mine[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    # Lines that both sides added alike, at the beginning and end, are kept once.
    inner = mine[top : len(mine) - tail], theirs[top : len(theirs) - tail]
    if inner[1] == base:
        middle: list[str] | None = inner[0]
    elif inner[0] == base:
        middle = inner[1]
    else:
        middle = _merge_items(base, *inner)
        if middle is None:
            middle = _merge_adjacent(base, *inner)
    return None if middle is None else mine[:top] + middle + mine[len(mine) - tail :]


def _merge_adjacent(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """Merge changes that are only adjacent, such as a changed line and one added after it.

    Return None if both sides changed one line or added at one place, or if one removed a line.
    """
    changes: list[tuple[int, int, list[str]]] = []
    for new in (mine, theirs):
        for tag, first, last, new_first, new_last in diff_lines(base, new):
            if tag == "equal":
                continue
            if new_last - new_first < last - first:
                return None
            changes.append((first, last, new[new_first:new_last]))
    changes.sort(key=lambda change: change[:2])
    merged: list[str] = []
    position, was_added = 0, -1
    for first, last, lines in changes:
        if first < position or first == last == was_added:
            return None
        merged += base[position:first] + lines
        position = last
        was_added = last if first == last else -1
    return merged + base[position:]


def _unchanged_lines(old: list[str], new: list[str]) -> dict[int, int]:
    """Return a map from the unchanged lines of `old` to their places in `new`."""
    return {
        first + i: new_first + i
        for kind, first, last, new_first, _ in diff_lines(old, new)
        if kind == "equal"
        for i in range(last - first)
    }


def _lines(text: str) -> list[str]:
    """Split a text into lines with their endings: `\\n`, `\\r\\n` and `\\r`, as in Markdown."""
    return _LINE.findall(text)


def _joined(lines: list[str]) -> str:
    """Join lines, keeping a lone \\r and a following empty line's \\n two endings."""
    for at in range(1, len(lines)):
        if lines[at] == "\n" and lines[at - 1].endswith("\r"):
            lines[at] = "\r\n"
    return "".join(lines)


def _with_newline(text: str) -> str:
    """Return the text with a newline at its end, of the same kind as its first."""
    if not text or text[-1] in "\r\n":
        return text
    ending = LINE_END.search(text)
    return text + (ending.group() if ending else "\n")


def _ends_with_newline(base: str, mine: str, theirs: str) -> bool:
    """Return whether the merged text should end with a newline, as on the side that changed it."""
    base_ends, mine_ends, theirs_ends = (
        not text or text[-1] in "\r\n" for text in (base, mine, theirs)
    )
    return theirs_ends if mine_ends == base_ends else mine_ends


def _split_fields(text: str) -> tuple[_Fields, str] | None:
    """Return the lines of each field of the front matter, and the text after the front matter.

    Without front matter there are no fields. Return None if a field occurs twice.
    """
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    fields = {_OPEN: found[1]}
    name = ""
    for line in _LINE.findall(found[2]):
        if key := _KEY.match(line):
            name = key[1].strip().lower()
            if name in fields:
                return None
        fields[name] = fields.get(name, "") + line
    fields[_CLOSE] = found[3]
    return fields, text[found.end() :]


def _merge_fields(base: _Fields, mine: _Fields, theirs: _Fields) -> str | None:
    """Merge front matter by fields; return None if both sides changed a field differently."""
    names = list(mine) if list(theirs) == list(base) else list(theirs)
    names += [name for name in (*mine, *theirs) if name not in names]
    merged: _Fields = {}
    for name in dict.fromkeys(names):
        base_text, my_text, their_text = base.get(name), mine.get(name), theirs.get(name)
        if my_text != their_text and base_text not in (my_text, their_text):
            return None
        text = my_text if their_text == base_text else their_text
        if text is not None:
            merged[name] = text
    if not merged:
        return ""
    opening, closing = merged.pop(_OPEN, None), merged.pop(_CLOSE, None)
    if opening is None or closing is None:
        return None
    return opening + merged.pop("", "") + "".join(merged.values()) + closing


class _Changes(NamedTuple):
    """One side's changes: what each old item became (None if removed), and the items added before it.

    `added` has one more element, for the items added at the end.
    """

    now: list[str | None]
    added: list[list[str]]


def _merge_items(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """Merge a part of a list by items, with my additions after theirs.

    Return None if both sides changed an item differently, or if a line belongs to no item. If both sides
    only added items, other lines that one of them has after its items are kept.
    """
    base_items, _ = _split_items(base)
    my_items, my_rest = _split_items(mine)
    their_items, their_rest = _split_items(theirs)
    rest = my_rest or their_rest
    if "".join(base_items) != "".join(base) or (my_rest and their_rest) or (rest and base):
        return None
    if rest and not (my_items and their_items):
        return None
    my_changes, their_changes = (
        _item_changes(base_items, my_items),
        _item_changes(base_items, their_items),
    )
    merged: list[str] = []
    gone = False
    for at in range(len(base_items) + 1):
        added = _merge_additions(their_changes.added[at], my_changes.added[at])
        if gone and added and _indent(added[0]) > _indent(base_items[at - 1]):
            # Items added below a removed item would become children of the item above it.
            return None
        merged += added
        if at == len(base_items):
            break
        my_item, their_item = my_changes.now[at], their_changes.now[at]
        if my_item != their_item and base_items[at] not in (my_item, their_item):
            return None
        kept = my_item if their_item == base_items[at] else their_item
        gone = kept is None
        if kept is not None:
            merged.append(kept)
    return merged + rest


def _split_items(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the items at the start of the lines, each with its continuation, and other lines."""
    items: list[str] = []
    blank: list[str] = []
    for at, line in enumerate(lines):
        if not line.strip():
            if not items:
                return [], lines
            blank.append(line)
        elif (item := list_item(line)) and not item.quote:
            if items:
                items[-1] += "".join(blank)
            blank = []
            items.append(line)
        elif items and line[0] in " \t":
            items[-1] += "".join([*blank, line])
            blank = []
        else:
            return items, lines[at - len(blank) :]
    if items:
        items[-1] += "".join(blank)
    return items, []


def _item_changes(old: list[str], new: list[str]) -> _Changes:
    now: list[str | None] = [None] * len(old)
    added: list[list[str]] = [[] for _ in range(len(old) + 1)]
    for _, first, last, new_first, new_last in diff_lines(old, new):
        took = 0
        for at in range(first, min(last, first + new_last - new_first)):
            # An empty item from a template is a place to write, so filling it is an addition.
            if is_empty_item(old[at]) and old[at] != new[new_first + took]:
                break
            now[at] = new[new_first + took]
            took += 1
        added[last] += new[new_first + took : new_last]
    return _Changes(now, added)


def _merge_additions(theirs: list[str], mine: list[str]) -> list[str]:
    """Return the items that the sides added at one place, children of the item above first."""
    mine = [item for item in mine if item not in theirs]
    if not (theirs and mine):
        return theirs + mine
    lowest = min(map(_indent, theirs + mine))
    below = [
        next((i for i, one in enumerate(side) if _indent(one) <= lowest), len(side))
        for side in (theirs, mine)
    ]
    return theirs[: below[0]] + mine[: below[1]] + theirs[below[0] :] + mine[below[1] :]


def _indent(item: str) -> int:
    line = item.expandtabs(4)
    return len(line) - len(line.lstrip(" "))


class _FoundRating(NamedTuple):
    """A text's rating (value and remark, or None), its span, and the number of ratings."""

    said: tuple[float, str] | None
    start: int
    end: int
    ratings: int


class _Ratings:
    """The ratings of the base and the two sides (`rated`).

    `is_conflict` is whether the sides changed it differently.
    """

    def __init__(self, base: str, mine: str, theirs: str, vocabulary: Vocabulary | None) -> None:
        self._vocabulary = vocabulary or english()
        self._texts = (base, mine, theirs)
        self.rated = [self._look(text) for text in self._texts]
        base_rating, my_rating, their_rating = (rated.said for rated in self.rated)
        winner = my_rating if their_rating == base_rating else their_rating
        self.is_conflict = my_rating != their_rating and base_rating not in (
            my_rating,
            their_rating,
        )
        if (
            my_rating
            and their_rating
            and my_rating[0] == their_rating[0]
            and not (my_rating[1] and their_rating[1])
        ):
            # The values are equal and at most one has a remark, so the remark is kept.
            self.is_conflict = False
            winner = max(my_rating, their_rating)
        self._winner = winner

    def aligned(self) -> Iterator[_Texts]:
        """Yield the three texts with the winning rating in each, to be merged by lines; the best first."""
        base, mine, _ = self._texts
        if not (self._winner and all(one.said and one.end for one in self.rated[1:])):
            yield self._texts
            return
        source = 1 if self.rated[1].said == self._winner else 2
        if self.rated[2].said == self._winner:
            source = 2
        one = self.rated[source]
        line = self._texts[source][one.start : one.end]
        texts = [
            text[: rated.start] + line + text[rated.end :] if rated.end else text
            for text, rated in zip(self._texts, self.rated, strict=True)
        ]
        yield texts[0], texts[1], texts[2]
        if not self.rated[0].end:
            # Both sides added the rating, but at different places: keep theirs.
            my_rating = self.rated[1]
            yield base, mine[: my_rating.start] + mine[my_rating.end :], texts[2]

    def holds(self, merged: str) -> bool:
        """Return whether the merged text has the right rating and no additional one."""
        now = self._look(merged)
        most = max(1, *(rated.ratings for rated in self.rated[1:]))
        return now.said == self._winner and now.ratings <= most

    def _look(self, text: str) -> _FoundRating:
        count = sum(
            times for line, times in Counter(LINE_END.split(text)).items() if self._is_value(line)
        )
        if not count and not self._may_be_rated(text):
            return _FoundRating(None, 0, 0, 0)
        from journal_tui.entry.parser import read

        outline = read(text, self._vocabulary, date.min)
        found, slot = outline.rating, outline.slot
        said = (found.value, found.remark) if found else None
        if outline.rating_start is None or slot is None:
            return _FoundRating(said, 0, 0, count)
        start = max(text.rfind(end, 0, outline.rating_start) for end in "\r\n") + 1
        ending = LINE_END.search(text, max(slot.value_end, slot.remark_end))
        return _FoundRating(said, start, ending.end() if ending else len(text), count)

    def _may_be_rated(self, text: str) -> bool:
        """Return whether the text has a rating's label or front matter, which may have a rating."""
        if opens_front_matter(text):
            return True
        lines = set(LINE_END.split(text))
        return any(self._vocabulary.rating(text_of(line).strip()) for line in lines)

    def _is_value(self, line: str) -> bool:
        """Return whether a line has the label and the value of a rating."""
        line = text_of(line).strip()
        label = self._vocabulary.rating(line)
        if label is None:
            return False
        column, announced = label
        scale = self._vocabulary.scale
        found = rating.parse(line[column:], announced, line[:column], scale)
        return found is not None and found.value is not None


def insert_line(
    base: str, mine: str, theirs: str, cursor: tuple[int, int]
) -> tuple[str, tuple[int, int]] | None:
    """Return `theirs` with the line of `mine` at the cursor inserted, and the new cursor.

    Return None if that line isn't new or changed in `mine`, or if `theirs` changed it too.
    """
    base_lines, my_lines, their_lines = (text.split("\n") for text in (base, mine, theirs))
    row, column = cursor
    changed = [code for code in diff_lines(base_lines, my_lines) if code[0] != "equal"]
    line = my_lines[row]
    if any(first <= row < last for *_, first, last in changed):
        if was := _earlier_line(changed, base_lines, my_lines, row):
            if their_lines.count(was) != 1:
                return None
            at = their_lines.index(was)
            return "\n".join([*their_lines[:at], line, *their_lines[at + 1 :]]), (at, column)
    elif column == 0 and any(row == last > first for *_, first, last in changed):
        # The cursor is below the new lines, at the start of an old one.
        line = ""
    else:
        return None
    at = 0
    for tag, first, last, their_first, _ in diff_lines(my_lines, their_lines):
        if tag == "equal" and first < min(row, last):
            at = their_first + min(row, last) - first
    return "\n".join([*their_lines[:at], line, *their_lines[at:]]), (at, column)


def _earlier_line(
    changed: list[tuple[str, int, int, int, int]], old: list[str], new: list[str], row: int
) -> str:
    """Return the line of `old` that was changed to the line `row` of `new`; "" if that line is new."""

    def kept(before: str, after: str) -> int:
        return len(after) - sum(len(text) for _, _, text in smallest_edit(before, after))

    for _, first, last, new_first, new_last in changed:
        if new_first <= row < new_last:
            was = max(old[first:last], key=lambda before: kept(before, new[row]), default="")
            became = max(new[new_first:new_last], key=lambda after: kept(was, after))
            return was if became == new[row] and kept(was, became) else ""
    return ""
