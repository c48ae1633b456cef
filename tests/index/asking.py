"""Random queries: conditions put together, with what they find together."""

from datetime import date

from conditions import Asked, Conditions, Vocabulary
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from plainly import Plainly


class Queries(Conditions):
    """Makes one query."""

    def whole(self) -> Asked:
        """A query."""
        form = self.upto(9)
        if form == 0:
            return self.phrase(closed=False)
        if form == 1:
            return _joined([self.together(2), self.phrase(closed=False)], " ")
        if form == 2:
            return _joined([self.atom(2), self.phrase(closed=False)], " ")
        if form == 3:
            return self.atom(1)
        return self.either(2) if form == 4 else self.together(2, least=2)

    def either(self, deep: int) -> Asked:
        """Rows of conditions with OR between them."""
        return _joined(self.some(lambda: self.together(deep), 3, 2), " OR ")

    def together(self, deep: int, least: int = 1) -> Asked:
        """Conditions side by side, now and then with something between that asks for nothing."""
        blank = self.one([" ", " ", " ", " ", "  ", " AND ", " … ", ' "" ', " () "])
        return _joined(self.some(lambda: self.atom(deep), 3, least), blank)

    def atom(self, deep: int) -> Asked:
        """One condition or a group of them, perhaps negated, perhaps twice."""
        if deep and self.upto(5) == 0:
            found = self.either(deep - 1) if self.upto(1) else self.together(deep - 1)
            found = found._replace(text=f"({found.text})")
        else:
            found = self.condition()
        for _ in range(self.one([0, 0, 0, 0, 0, 0, 0, 1, 1, 2])):
            found = _negated(found)
        return found


def _negated(asked: Asked) -> Asked:
    return asked._replace(
        text=f"-{asked.text}",
        among=lambda journal: journal.all() & ~asked.among(journal),
        wanted=asked.unwanted,
        unwanted=asked.wanted,
    )


def _joined(parts: list[Asked], sign: str) -> Asked:
    def among(journal: Plainly) -> int:
        found = parts[0].among(journal)
        for part in parts[1:]:
            other = part.among(journal)
            found = found | other if sign == " OR " else found & other
        return found

    text = sign.join(part.text for part in parts)
    return Asked(text, among, *(any(part[i] for part in parts) for i in (2, 3, 4)))


def queries(known: Vocabulary, today: date) -> SearchStrategy[Asked]:
    """Queries about such a journal, as they are asked `today`."""
    return _queries(known, today)


@st.composite
def _queries(draw: DrawFn, known: Vocabulary, today: date) -> Asked:
    return Queries(draw, known, today).whole()
