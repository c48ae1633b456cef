"""Which headings and labels mean what: English in all its forms, plus the names of journal.toml."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

LEARNING = "learning"
FEEDBACK = "feedback"
FOLLOW_UP = "follow-up"

_DASH = "[-\u2010-\u2015\u2212]"
_I_HAVE = r"i(?:['’]ve|\s+have)?"
_ALWAYS = {
    LEARNING: (
        r"learning\s+points?",
        r"learnings?",
        r"lessons?(?:\s+(?:learned|learnt))?",
        rf"(?:what|things|today)\s+{_I_HAVE}\s+(?:learned|learnt)",
    ),
    FEEDBACK: (r"feedback",),
    FOLLOW_UP: (r"follow[-\s]?ups?", r"what\s+we\s+will\s+improve", r"to[-\s]?dos?", r"actions?"),
}
_HEADINGS = {LEARNING: "Learning points", FEEDBACK: "Feedback", FOLLOW_UP: "Follow-ups"}
_BEFORE = r"(?:(?:today['’]?s|the|my|our|key|main)\s+)*"
_AFTER = r"(?:\s+(?:(?:for|from|of)\s+)?(?:today|the\s+day|this\s+day))?"
_MARKS = r"[*_]{0,3}"
_EMOJI = r"[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]{1,8}"
_BEGIN = rf"(?:{_EMOJI}\s*)?[*_]{{0,3}}(?:{_EMOJI}\s*)?"
_END = rf"[*_]{{0,3}}(?:\s*{_EMOJI}[*_]{{0,3}})?"


def _alternatives(patterns: Iterable[str], names: Iterable[str]) -> str:
    # Some systems store accents as signs of their own: a name is read in either form.
    forms = {unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")}
    literal = [r"\s+".join(map(re.escape, name.split())) for name in forms]
    return "|".join([*sorted(literal, key=len, reverse=True), *patterns])


class Vocabulary:
    """The names of sections and of the rating; `heading` is what the app writes for each kind.

    `names` maps a kind (`learning`, `feedback`, `follow-up`, `rating`, `day`) to names in any
    language; they are read besides the English forms, and the first of them is written.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...]] | None = None) -> None:
        tidy = {kind: [n.strip(" \t:：") for n in given] for kind, given in (names or {}).items()}
        self.names = {kind: tuple(filter(None, given)) for kind, given in tidy.items()}

    def heading(self, kind: str) -> str:
        """The heading that the app writes for a section of this kind."""
        return next(iter(self.names.get(kind, ())), _HEADINGS[kind])

    @property
    def rating_label(self) -> str:
        """The word that the app writes before a rating."""
        return next(iter(self.names.get("rating", ())), "Enjoyment")

    @property
    def day_label(self) -> str:
        """The word that the app writes before a day's number."""
        return next(iter(self.names.get("day", ())), "Day")

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {
            kind: _BEFORE + f"(?:{_alternatives(forms, self.names.get(kind, ()))})" + _AFTER
            for kind, forms in _ALWAYS.items()
        }

    @cached_property
    def _label_only(self) -> re.Pattern[str]:
        groups = "|".join(f"(?P<k{i}>{form})" for i, form in enumerate(self._kinds.values()))
        return re.compile(rf"[\W_]*(?:{groups})[\W_]*", re.IGNORECASE)

    @cached_property
    def _run_on(self) -> re.Pattern[str]:
        label = self._kinds[LEARNING]
        return re.compile(
            rf"{_BEGIN}(?:{label}){_END}\s*[:：]{{1,2}}\s*{_MARKS}\s*(?=\S)", re.IGNORECASE
        )

    @cached_property
    def _rating(self) -> re.Pattern[str]:
        label = _alternatives((r"enjoyment",), self.names.get("rating", ()))
        return re.compile(
            rf"{_BEGIN}{_BEFORE}(?:{label})(?:\s+rating)?{_AFTER}(?!-?[^\W_]){_END}"
            rf"(?P<colon>\s*[:：]{{1,2}}|\s+{_DASH}(?=\s))?{_MARKS}\s*{_MARKS}",
            re.IGNORECASE,
        )

    @cached_property
    def day_number(self) -> re.Pattern[str]:
        """Finds "Day 168" in a title; group 1 is the number in ASCII digits."""
        label = _alternatives(("day",), self.names.get("day", ()))
        return re.compile(rf"(?<![^\W_])(?:{label})\s+([0-9]{{1,7}})(?![^\W_])", re.IGNORECASE)

    def section(self, label: str) -> str | None:
        """The kind of section that this heading or label, in its whole length, names."""
        if len(label) > 120:
            return None
        found = self._label_only.fullmatch(label)
        if not found:
            return None
        return next(k for i, k in enumerate(self._kinds) if found.group(f"k{i}") is not None)

    def run_on(self, text: str) -> int | None:
        """Where the points of "Learning points: one; two" begin, or None for any other text."""
        found = self._run_on.match(text)
        return found.end() if found else None

    def rating(self, text: str) -> tuple[int, bool] | None:
        """Where the value after a rating's label begins, and whether a colon or dash announced it."""
        found = self._rating.match(text)
        return (found.end(), found.group("colon") is not None) if found else None


@lru_cache(maxsize=1)
def english() -> Vocabulary:
    """The vocabulary of a journal whose journal.toml names no sections."""
    return Vocabulary()
