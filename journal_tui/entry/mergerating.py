"""The rating of two changed copies of an entry as one field: never two, never a guess."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry import rating
from journal_tui.entry.lines import LINE_END
from journal_tui.entry.vocabulary import english

if TYPE_CHECKING:
    from journal_tui.entry.vocabulary import Vocabulary

_Texts = tuple[str, str, str]


class _Rated(NamedTuple):
    """A text's rating (value and remark, or None), the span of its lines, how many there are."""

    said: tuple[float, str] | None
    start: int
    end: int
    lines: int


class Ratings:
    """The ratings of a base and of two texts that came from it.

    `is_conflict` says that both sides changed it, and differently.
    """

    def __init__(self, base: str, mine: str, theirs: str, vocabulary: "Vocabulary | None") -> None:
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
