"""Bring two changed copies of a text together, where they did not change the same thing.

Front matter goes by its fields, the rating is one field, list items go one by one, all else by
lines. The method for lines is the three-way merge of diff3 (Khanna, Kunal and Pierce, "A Formal
Investigation of Diff3", 2007): stable runs, common to all three, divide the texts into chunks.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from journal_tui.entry import rating
from journal_tui.entry.edit import smallest
from journal_tui.entry.lines import LINE_END
from journal_tui.entry.newlines import matched_lines
from journal_tui.entry.vocabulary import Vocabulary, english

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ENDING = re.compile(r"\r\n|\r|\n")
_FRONT = re.compile(
    r"(\ufeff?---[ \t]*(?:\r\n|\r|\n))((?:[^\r\n]*(?:\r\n|\r|\n))*?)(---[ \t]*(?:\r\n|\r|\n)|---[ \t]*\Z)"
)
_KEY = re.compile(r"""([^\s#'"\-\[\]{}:][^:\r\n]*):(?=[ \t\r\n])""")
# The lines around the fields, under names that no field can have.
_OPEN, _CLOSE = " open", " close"
_Fields: TypeAlias = "dict[str, str]"
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|$|(?=[\r\n]))")
_EMPTY = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])[ \t]*(?:\[ \])?\s*")
_Texts = tuple[str, str, str]


def merge(base: str, mine: str, theirs: str, vocabulary: Vocabulary | None = None) -> str | None:
    """The text with both sides' changes, or None where both changed the same thing differently.

    Items that both added at one place are kept, mine behind theirs. Nothing that one side wrote
    is lost but what the other side took out.
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


def together(one: str, other: str, vocabulary: Vocabulary | None = None) -> str:
    """All lines of two texts whose common origin is not known: what only `other` has comes second."""
    old, new = _lines(_with_newline(one)), _lines(_with_newline(other))
    codes = matched_lines(old, new)
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
    """Front matter by fields where all three can be read so, the rest by lines."""
    split = [_split_fields(text) for text in (base, mine, theirs)]
    fronts = [part[0] for part in split if part is not None]
    if len(fronts) < 3 or not any(fronts):
        return _by_lines(base, mine, theirs)
    front = _merge_fields(*fronts)
    body = _by_lines(*(part[1] for part in split if part is not None))
    return None if front is None or body is None else front + body


def _by_lines(base: str, mine: str, theirs: str) -> str | None:
    old, ours, other = (_lines(text) for text in (base, mine, theirs))
    to_ours, to_other = _matches(old, ours), _matches(old, other)
    merged: list[str] = []
    a = b = c = 0
    for line in range(len(old) + 1):
        stable = line == len(old) or (line in to_ours and line in to_other)
        if not stable:
            continue
        end_b = to_ours.get(line, len(ours)) if line < len(old) else len(ours)
        end_c = to_other.get(line, len(other)) if line < len(old) else len(other)
        chunk = _chunk(old[a:line], ours[b:end_b], other[c:end_c])
        if chunk is None:
            return None
        merged += chunk
        if line < len(old):
            merged.append(old[line])
        a, b, c = line + 1, end_b + 1, end_c + 1
    return _joined(merged)


def _chunk(was: list[str], left: list[str], right: list[str]) -> list[str] | None:
    """What becomes of the lines between two stable runs; None where both changed them."""
    if left == right or right == was:
        return left
    if left == was:
        return right
    shorter = min(len(left), len(right))
    top = 0
    while top < shorter and left[top] == right[top]:
        top += 1
    tail = 0
    while tail < shorter - top and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    # What both wrote alike stands once, before and behind what they wrote differently.
    inner = left[top : len(left) - tail], right[top : len(right) - tail]
    if inner[1] == was:
        middle: list[str] | None = inner[0]
    elif inner[0] == was:
        middle = inner[1]
    else:
        middle = _merge_items(was, *inner)
        if middle is None:
            middle = _side_by_side(was, *inner)
    return None if middle is None else left[:top] + middle + left[len(left) - tail :]


def _side_by_side(was: list[str], left: list[str], right: list[str]) -> list[str] | None:
    """The lines with both sides' changes where these only touch: a line, and one added after it.

    None where both changed one line, both added at one place, or one took out a line.
    """
    changes: list[tuple[int, int, list[str]]] = []
    for new in (left, right):
        for tag, first, last, new_first, new_last in matched_lines(was, new):
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
        merged += was[position:first] + lines
        position = last
        was_added = last if first == last else -1
    return merged + was[position:]


def _matches(old: list[str], new: list[str]) -> dict[int, int]:
    """For each line of `old` that stands unchanged in `new`, where it stands there."""
    return {
        first + i: new_first + i
        for kind, first, last, new_first, _ in matched_lines(old, new)
        if kind == "equal"
        for i in range(last - first)
    }


def _lines(text: str) -> list[str]:
    """Its lines with their ends; only `\\n`, `\\r\\n` and `\\r` end one, as in Markdown."""
    return _LINE.findall(text)


def _joined(lines: list[str]) -> str:
    """The text of lines; a lone \\r before an empty line of \\n would read as one ending."""
    for at in range(1, len(lines)):
        if lines[at] == "\n" and lines[at - 1].endswith("\r"):
            lines[at] = "\r\n"
    return "".join(lines)


def _with_newline(text: str) -> str:
    """The text with its last line ended as the lines before it are."""
    if not text or text[-1] in "\r\n":
        return text
    ending = _ENDING.search(text)
    return text + (ending.group() if ending else "\n")


def _ends_with_newline(base: str, mine: str, theirs: str) -> bool:
    """Whether the merged text ends with a newline: as the side that changed it has it."""
    was, ours, other = (not text or text[-1] in "\r\n" for text in (base, mine, theirs))
    return other if ours == was else ours


# -- front matter -------------------------------------------------------------------------


def _split_fields(text: str) -> tuple[_Fields, str] | None:
    """The fields of the front matter, each with its lines, and the text behind it.

    No fields for a text without front matter; None where a field stands twice.
    """
    found = _FRONT.match(text)
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
    """The front matter with both sides' fields; None where both changed one field differently."""
    names = list(mine) if list(theirs) == list(base) else list(theirs)
    names += [name for name in (*mine, *theirs) if name not in names]
    merged: _Fields = {}
    for name in dict.fromkeys(names):
        was, left, right = base.get(name), mine.get(name), theirs.get(name)
        if left != right and was not in (left, right):
            return None
        text = left if right == was else right
        if text is not None:
            merged[name] = text
    if not merged:
        return ""
    opening, closing = merged.pop(_OPEN, None), merged.pop(_CLOSE, None)
    if opening is None or closing is None:
        return None
    return opening + merged.pop("", "") + "".join(merged.values()) + closing


# -- items of lists -----------------------------------------------------------------------


class _Changes(NamedTuple):
    """What one side did to the items: what became of each, and what it added before each."""

    now: list[str | None]
    added: list[list[str]]


def _merge_items(was: list[str], left: list[str], right: list[str]) -> list[str] | None:
    """The lines of a part of a list with both sides' changes, the left's additions behind the right's.

    None where the lines are not all of items, or where both changed one item differently.
    """
    old, _ = _items(was)
    ours, our_rest = _items(left)
    other, other_rest = _items(right)
    rest = our_rest or other_rest
    if "".join(old) != "".join(was) or (our_rest and other_rest) or (rest and was):
        return None
    if rest and not (ours and other):
        return None
    mine, theirs = _changes(old, ours), _changes(old, other)
    merged: list[str] = []
    gone = False
    for at in range(len(old) + 1):
        added = _both(theirs.added[at], mine.added[at])
        if gone and added and _indent(added[0]) > _indent(old[at - 1]):
            # What was put below an item would go to the one above it.
            return None
        merged += added
        if at == len(old):
            break
        a, b = mine.now[at], theirs.now[at]
        if a != b and old[at] not in (a, b):
            return None
        kept = a if b == old[at] else b
        gone = kept is None
        if kept is not None:
            merged.append(kept)
    return merged + rest


def _items(lines: list[str]) -> tuple[list[str], list[str]]:
    """The items that the lines begin with, each with the lines that go on with it; the other lines."""
    items: list[str] = []
    blank: list[str] = []
    for at, line in enumerate(lines):
        if not line.strip():
            if not items:
                return [], lines
            blank.append(line)
        elif _ITEM.match(line):
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


def _changes(old: list[str], new: list[str]) -> _Changes:
    now: list[str | None] = [None] * len(old)
    added: list[list[str]] = [[] for _ in range(len(old) + 1)]
    for _, first, last, new_first, new_last in matched_lines(old, new):
        took = 0
        for at in range(first, min(last, first + new_last - new_first)):
            # An item that a template left empty is a place to write in, nobody's words.
            if _EMPTY.fullmatch(old[at]) and old[at] != new[new_first + took]:
                break
            now[at] = new[new_first + took]
            took += 1
        added[last] += new[new_first + took : new_last]
    return _Changes(now, added)


def _both(theirs: list[str], mine: list[str]) -> list[str]:
    """What both added at one place; items that belong below the one before come first."""
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


# -- the rating ---------------------------------------------------------------------------


class _Rated(NamedTuple):
    """A text's rating (value and remark, or None), the span of its lines, how many there are."""

    said: tuple[float, str] | None
    start: int
    end: int
    lines: int


class _Ratings:
    """The ratings of a base and of two texts that came from it.

    `is_conflict` says that both sides changed it, and differently.
    """

    def __init__(self, base: str, mine: str, theirs: str, vocabulary: Vocabulary | None) -> None:
        self._vocabulary = vocabulary or english()
        self._texts = (base, mine, theirs)
        self._rated = [self._look(text) for text in self._texts]
        was, left, right = (rated.said for rated in self._rated)
        winner = left if right == was else right
        self.is_conflict = left != right and was not in (left, right)
        if left and right and left[0] == right[0] and not (left[1] and right[1]):
            # The same number, and one of them says why.
            self.is_conflict = False
            winner = max(left, right)
        self._winner = winner

    def aligned(self) -> Iterator[_Texts]:
        """The three texts as they can be merged by lines, the likeliest way first."""
        base, mine, _ = self._texts
        if not (self._winner and all(one.said and one.end for one in self._rated[1:])):
            yield self._texts
            return
        source = 1 if self._rated[1].said == self._winner else 2
        if self._rated[2].said == self._winner:
            source = 2
        one = self._rated[source]
        line = self._texts[source][one.start : one.end]
        texts = [
            text[: rated.start] + line + text[rated.end :] if rated.end else text
            for text, rated in zip(self._texts, self._rated, strict=True)
        ]
        yield texts[0], texts[1], texts[2]
        if not self._rated[0].end:
            # Both wrote it, at two places: theirs stays.
            ours = self._rated[1]
            yield base, mine[: ours.start] + mine[ours.end :], texts[2]

    def holds(self, merged: str) -> bool:
        """Whether the merged text has the rating that it should, and not one more."""
        now = self._look(merged)
        most = max(1, *(rated.lines for rated in self._rated[1:]))
        return now.said == self._winner and now.lines <= most

    def _look(self, text: str) -> _Rated:
        count = sum(map(self._is_value, LINE_END.split(text)))
        if not count and not self._may_be_rated(text):
            return _Rated(None, 0, 0, 0)
        from journal_tui.entry.parser import read

        outline = read(text, self._vocabulary)
        found, slot = outline.rating, outline.slot
        said = (found.value, found.remark) if found else None
        if outline.rating_start is None or slot is None:
            return _Rated(said, 0, 0, count)
        start = max(text.rfind(end, 0, outline.rating_start) for end in "\r\n") + 1
        behind = LINE_END.search(text, max(slot.value_end, slot.remark_end))
        return _Rated(said, start, behind.end() if behind else len(text), count)

    def _may_be_rated(self, text: str) -> bool:
        """Whether it has a label of a rating, or front matter, which may have one."""
        if text.removeprefix("\ufeff").startswith("---"):
            return True
        return any(self._vocabulary.rating(line.strip()) for line in LINE_END.split(text))

    def _is_value(self, line: str) -> bool:
        """Whether a line says label and value of a rating."""
        line = line.strip().lstrip("#-*+> ")
        label = self._vocabulary.rating(line)
        if label is None:
            return False
        column, announced = label
        found = rating.parse(line[column:], announced, line[:column])
        return found is not None and found.value is not None


def keep_line(
    base: str, mine: str, theirs: str, cursor: tuple[int, int]
) -> tuple[str, tuple[int, int]] | None:
    """Return their text with my line at the cursor put in, and the cursor's place in it.

    None if the line isn't one that I wrote or changed, or if they changed it too.
    """
    old, new, lines = (text.split("\n") for text in (base, mine, theirs))
    row, column = cursor
    changed = [code for code in matched_lines(old, new) if code[0] != "equal"]
    line = new[row]
    if any(first <= row < last for *_, first, last in changed):
        if was := _earlier_line(changed, old, new, row):
            if lines.count(was) != 1:
                return None
            at = lines.index(was)
            return "\n".join([*lines[:at], line, *lines[at + 1 :]]), (at, column)
    elif column == 0 and any(row == last > first for *_, first, last in changed):
        # Below the lines that I finished, and before one that was there.
        line = ""
    else:
        return None
    at = 0
    for tag, first, last, their_first, _ in matched_lines(new, lines):
        if tag == "equal" and first < min(row, last):
            at = their_first + min(row, last) - first
    return "\n".join([*lines[:at], line, *lines[at:]]), (at, column)


def _earlier_line(
    changed: list[tuple[str, int, int, int, int]], old: list[str], new: list[str], row: int
) -> str:
    """Return the line of `old` that became the one at `row` of `new`; "" if none did."""

    def kept(before: str, after: str) -> int:
        return len(after) - sum(len(text) for _, _, text in smallest(before, after))

    for _, first, last, new_first, new_last in changed:
        if new_first <= row < new_last:
            was = max(old[first:last], key=lambda before: kept(before, new[row]), default="")
            became = max(new[new_first:new_last], key=lambda after: kept(was, after))
            return was if became == new[row] and kept(was, became) else ""
    return ""
