"""Recognise headings and labels: their English forms, and the names in journal.toml."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.model import (
    DEALINGS,
    FEEDBACK,
    FOLLOW_UP,
    FRUSTRATIONS,
    IMPROVEMENTS,
    LEARNING,
    TEN,
    VALUES,
    Scale,
)

_DASH = "[-\u2010-\u2015\u2212]"
_I_HAVE = r"(?:i|we)(?:['’]ve|\s+have)?"
_LEARNED = r"(?:learned|learnt)"
# These mean learning points whatever is said after them. "Lesson" doesn't: it may be one at a school.
_CLEAR_FORMS = (
    r"learning[-\s]+points?",
    rf"lessons?[-\s]+{_LEARNED}",
    r"take[-\s]?aways?",
    rf"(?:what|things?|today)\s+{_I_HAVE}\s+{_LEARNED}",
    r"what\s+(?:did|do|have)\s+(?:i|we|you)\s+learn(?:ed|t)?",
)
_SYSTEMS = r"(?:applications?|systems?|services?|software|it)"
_PARTS = {
    DEALINGS: (
        r"how\s+they\s+find\s+dealing\s+with\s+(?:us|the\s+(?:service\s+|help\s*)?desk)",
        r"(?:their\s+)?dealings\s+with\s+us",
    ),
    FRUSTRATIONS: (
        rf"frustrations?(?:\s+with\s+(?:(?:the|our)\s+)?{_SYSTEMS}(?:\s+(?:and|or|&)\s+{_SYSTEMS})?)?",
        r"what\s+(?:frustrates|annoys|bothers)\s+(?:them|customers|people)",
        r"(?:their\s+)?complaints?",
        r"their\s+frustrations?",
    ),
    VALUES: (r"what\s+they\s+(?:value|appreciate|like)", r"(?:praise|compliments?)"),
    IMPROVEMENTS: (r"what\s+we\s+will\s+improve", r"improvements\s+we\s+promised"),
}
"""What customers say and are promised: the English headings of the parts of a service review."""
_PART_OF = {DEALINGS: FEEDBACK, FRUSTRATIONS: FEEDBACK, VALUES: FEEDBACK, IMPROVEMENTS: FOLLOW_UP}
_ENGLISH_FORMS = {
    LEARNING: (
        *_CLEAR_FORMS,
        r"learnings?",
        r"lessons?",
        rf"(?:(?:i|we)\s+)?{_LEARNED}",
        r"til",
        r"when\s*(?:…|\.{2,3}),?\s*then\s*(?:…|\.{2,3})",
    ),
    FEEDBACK: (r"feedback", *_PARTS[DEALINGS], *_PARTS[FRUSTRATIONS], *_PARTS[VALUES]),
    FOLLOW_UP: (r"follow[-\s]?ups?", *_PARTS[IMPROVEMENTS], r"to[-\s]?dos?", r"actions?"),
}
# The names of Dataview's fields, besides those of a section.
_FIELD_NAMES = r"learn(?:ing)?"
_LONGEST_LABEL = 200
"""How far a colon may be from the beginning of its label, with a remark in brackets."""
_PERHAPS_FOLLOW_UPS = (
    r"action\s+(?:items?|points?)",
    r"next\s+(?:steps?|actions?)",
    r"open\s+(?:points?|items?|actions?|tasks?)",
    r"(?:to[-\s]?do|task|action)[-\s]?lists?",
    r"tasks?",
)
"""Headings of lists that may be follow-ups, and may be something else."""
_LIKE_NEXT_STEP = lazy_pattern(
    r"[*_]{0,3}(?:action\s+(?:items?|points?)|next\s+(?:steps?|actions?))", re.IGNORECASE
)
_RATING = "enjoyment"
_HEADINGS = {
    LEARNING: "Learning points",
    FEEDBACK: "Feedback",
    FOLLOW_UP: "Follow-ups",
    DEALINGS: "How they find dealing with us",
    FRUSTRATIONS: "Frustrations with applications and services",
    VALUES: "What they value",
    IMPROVEMENTS: "What we will improve",
}
_COUNT = "[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten"
_BEFORE = (
    r"(?:(?:today['’]?s|the|my|our|key|main|other|more|further|additional|personal|daily|weekly"
    rf"|top|most|important|biggest|best|{_COUNT})\s+)*"
)
_NUMBER = r"(?:[0-9]{1,3}(?:\.[0-9]{1,3})*[.):]?\s+)?"
# An addition in brackets, a tag or a number. "Lesson 3" may be one of a course.
_ADDITION = (
    r"(?:[*_:：\s]*(?:\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|（[^（）]{0,80}）|#[\w/-]+"
    r"|(?<!lesson)(?<!lessons)\s[0-9]{1,4}(?!\w)))*"
)
_REMARK = r"(?:\s*\([^()\r\n]{0,80}\)|\s*\[[^\[\]\r\n]{0,80}\]|\s+#[\w/-]+)*"
_BEFORE_RATING = r"(?:(?:today['’]?s|the\s+day['’]?s|the|my|our|overall|daily)\s+)*"
# A note in brackets, such as "(1-10)" or "(work)"; a value in brackets is the rating itself.
_VALUE = r"[0-9]{1,4}(?:[.,][0-9]{1,9})?\s*(?:(?:[/⁄∕]|out\s+of)\s*[0-9]{1,4}\s*)?[)\]]"
_NOTE = rf"[(\[](?!\s*{_VALUE})[^()\[\]\r\n]{{0,60}}[)\]]"
# Japanese, Chinese, Thai and Korean need no blank before a number.
_AFTER_LABEL = (
    r"(?:(?<=[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])(?=[0-9０-９])|(?!-?[^\W_]))"
)
_AFTER = r"(?:\s+(?:(?:for|from|of)\s+)?(?:today|the\s+day|this\s+day))?"
_MARKS = r"[*_]{0,3}"
_EMOJI = r"[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]{1,8}"
_BEGIN = rf"(?:{_EMOJI}\s*)?[*_]{{0,3}}(?:{_EMOJI}\s*)?"
_END = rf"[*_]{{0,3}}(?:\s*{_EMOJI}[*_]{{0,3}})?"


def _alternatives(patterns: Iterable[str], names: Iterable[str]) -> str:
    # Some systems store accents as separate characters, so a name is matched in both forms. A few
    # letters become several in capitals, which a pattern can't match: "Spaß" is "SPASS".
    forms = {
        unicodedata.normalize(form, spelled)
        for name in names
        for spelled in (name, name.upper())
        for form in ("NFC", "NFD")
        if spelled == name or len(spelled) > len(name)
    }
    literal = [r"\s+".join(map(re.escape, name.split())) for name in forms]
    return "|".join([*sorted(literal, key=len, reverse=True), *patterns])


def _tidy(names: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return names without the blanks and colons around them, and without empty ones."""
    return {
        kind: tuple(filter(None, (name.strip(" \t:：") for name in given)))
        for kind, given in names.items()
    }


class Vocabulary:
    """The names of sections, the rating and the day, by which they are read and written.

    `names` maps a kind (`learning`, `feedback`, `follow-up`, `rating`, `day`, or a part such as
    `frustrations`) to names in any language. They are recognised besides the English forms, and the
    first one is written. `scale` is that of the ratings. `of_notes` has further names of sections, which
    are recognised, but written only by the templates of notes.
    """

    def __init__(
        self,
        names: Mapping[str, tuple[str, ...]] | None = None,
        scale: Scale = TEN,
        of_notes: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.scale = scale
        self.names, self._of_notes = _tidy(names or {}), _tidy(of_notes or {})

    def _all_names(self, kind: str) -> tuple[str, ...]:
        return (*self.names.get(kind, ()), *self._of_notes.get(kind, ()))

    def heading(self, kind: str) -> str:
        """Return the heading that the app writes for a section of this kind."""
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
            kind: _BEFORE + f"(?:{_alternatives(forms, self._names_of(kind))})" + _AFTER
            for kind, forms in _ENGLISH_FORMS.items()
        }

    def _names_of(self, kind: str) -> list[str]:
        """Return the journal's own names of a kind of section and of its parts."""
        kinds = (kind, *(part for part, whole in _PART_OF.items() if whole == kind))
        return [name for one in kinds for name in self._all_names(one)]

    @cached_property
    def _label_only(self) -> re.Pattern[str]:
        groups = "|".join(f"(?P<k{i}>{form})" for i, form in enumerate(self._kinds.values()))
        return re.compile(rf"[\W_]*{_NUMBER}{_BEGIN}(?:{groups}){_ADDITION}[\W_]*", re.IGNORECASE)

    @cached_property
    def _part_only(self) -> re.Pattern[str]:
        groups = "|".join(
            f"(?P<{part}>{_alternatives(forms, self._all_names(part))})"
            for part, forms in _PARTS.items()
        )
        return re.compile(
            rf"[\W_]*{_NUMBER}{_BEGIN}{_BEFORE}(?:{groups}){_AFTER}{_ADDITION}[\W_]*", re.IGNORECASE
        )

    @cached_property
    def _with_subject(self) -> re.Pattern[str]:
        label = _alternatives(_CLEAR_FORMS, self._all_names(LEARNING))
        return re.compile(
            rf"[\W_]*{_NUMBER}{_BEGIN}{_BEFORE}(?:{label}){_AFTER}{_END}(?:\s*[:：]|\s+{_DASH})\s",
            re.IGNORECASE,
        )

    @cached_property
    def _perhaps_follow_up(self) -> re.Pattern[str]:
        follow_ups = "|".join(_PERHAPS_FOLLOW_UPS)
        return re.compile(
            rf"[\W_]*{_NUMBER}{_BEGIN}{_BEFORE}(?:{follow_ups}){_AFTER}{_ADDITION}[\W_]*\Z",
            re.IGNORECASE,
        )

    @cached_property
    def _perhaps_learning(self) -> re.Pattern[str]:
        forms = "|".join((*_CLEAR_FORMS, r"learning\s+outcomes?"))
        begin = rf"\A[\W_]*{_NUMBER}{_BEGIN}{_BEFORE}"
        return re.compile(
            rf"(?<!\w)(?:{forms})(?!\w)|{begin}lessons?\s+(?:for|from)\s", re.IGNORECASE
        )

    @cached_property
    def _run_on(self) -> re.Pattern[str]:
        groups = "|".join(f"(?P<k{i}>{form})" for i, form in enumerate(self._kinds.values()))
        return re.compile(
            rf"{_BEGIN}(?:{groups}|{_FIELD_NAMES}(?=::))(?:(?<!lesson)(?<!lessons)\s#?[0-9]{{1,3}})?{_END}{_REMARK}"
            rf"\s*[:：]{{1,2}}\s*{_MARKS}\s*(?=\S)",
            re.IGNORECASE,
        )

    @cached_property
    def _maybe_learned(self) -> re.Pattern[str]:
        clear = rf"learning[-\s]+points?|lessons?[-\s]+{_LEARNED}|(?:key|main)\s+take[-\s]?aways?"
        label = _alternatives((clear,), self._all_names(LEARNING))
        return re.compile(
            rf"{_BEGIN}(?:(?-i:TIL){_END}\s+(?:{_DASH}\s+)?\w|today\s+{_I_HAVE}\s+{_LEARNED}\s+\w"
            rf"|{_BEFORE}(?:{label}){_AFTER}(?:{_END}\s+(?:{_DASH}|=)\s+\S|[*_]{{1,3}}\s+\w))",
            re.IGNORECASE,
        )

    @cached_property
    def _learning_field(self) -> re.Pattern[str]:
        label = rf"\s*(?:{self._kinds[LEARNING]}|{_FIELD_NAMES})\s*::"
        nested = r"\[[^\[\]]*\]|\[\[[^\[\]]*\]\]"
        return re.compile(
            rf"\[{label}(?P<square>(?>(?:[^\[\]]|{nested})*))\]|\({label}(?P<round>[^()]*)\)",
            re.IGNORECASE,
        )

    @cached_property
    def _rating_label(self) -> str:
        label = _alternatives((_RATING,), self.names.get("rating", ()))
        return rf"{_BEFORE_RATING}(?:{label})(?:\s+(?:rating|score|level))?"

    @cached_property
    def _rating(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:\|\s*)?(?:[\[(]\s*(?=[^\[\]()]{{1,60}}::))?{_BEGIN}{self._rating_label}{_AFTER}"
            rf"{_AFTER_LABEL}{_END}(?:\s*{_NOTE})?"
            rf"(?P<colon>\s*[:：]{{1,2}}|\s+{_DASH}(?=\s)|\s*(?:=>?|->|[→⇒|]))?{_MARKS}\s*{_MARKS}",
            re.IGNORECASE,
        )

    @cached_property
    def _rating_words(self) -> tuple[str, ...]:
        """The words of which every rating in ASCII has one; () if this isn't certain."""
        names = self.names.get("rating", ())
        # For a pattern that ignores case, a letter such as the long s is equal to one in ASCII.
        if not all(name.isascii() and name.split() for name in names):
            return ()
        return (_RATING, *(name.split()[0].lower() for name in names))

    @cached_property
    def _learning_words(self) -> frozenset[str]:
        """The first words of the journal's own names of learning points, in both forms of accents."""
        return frozenset(
            unicodedata.normalize(form, name.split()[0].lower())
            for name in self._all_names(LEARNING)
            for form in ("NFC", "NFD")
        )

    @cached_property
    def _rating_field(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:\[\s*{self._rating_label}\s*::\s*(?P<square>[^\[\]]*)\]"
            rf"|\(\s*{self._rating_label}\s*::\s*(?P<round>[^()]*)\))",
            re.IGNORECASE,
        )

    @cached_property
    def day_number(self) -> re.Pattern[str]:
        """The pattern that finds "Day 168" in a title; group 1 is the number, in ASCII digits."""
        label = _alternatives(("day",), self.names.get("day", ()))
        return re.compile(rf"(?<![^\W_])(?:{label})\s+([0-9]{{1,7}})(?![^\W_])", re.IGNORECASE)

    def section(self, label: str) -> str | None:
        """Return the kind of section that this heading or label is the name of, or None."""
        if len(label) > 120:
            return None
        found = self._label_only.fullmatch(label)
        if not found:
            return None
        return next(k for i, k in enumerate(self._kinds) if found.group(f"k{i}") is not None)

    def part_of_section(self, label: str) -> str:
        """Return which part of a service review a heading or label names, such as `values`, or ""."""
        found = self._part_only.fullmatch(label) if len(label) <= 120 else None
        return found.lastgroup or "" if found else ""

    def section_of_heading(self, label: str) -> str | None:
        """Return the kind of section of a heading, which may have a subject after a colon or a dash."""
        kind = self.section(label)
        if kind is None and len(label) <= 120 and self._with_subject.match(label):
            return LEARNING
        return kind

    def possible_section(self, label: str) -> str | None:
        """Return the kind of section that a heading may mean although it isn't read as one."""
        if len(label) > 120:
            return None
        if self._perhaps_follow_up.match(label):
            return FOLLOW_UP
        # Every clear form has one of these in it, and looking for them is fast.
        lowered = label.lower()
        said = "learn" in lowered or "away" in lowered or "lesson" in lowered
        return LEARNING if said and self._perhaps_learning.search(label) else None

    def run_on(self, text: str) -> tuple[str, int] | None:
        """Return the kind of "Learning points: one; two" and where its items begin, or None."""
        if text.find(":", 0, _LONGEST_LABEL) < 0 and text.find("：", 0, _LONGEST_LABEL) < 0:
            return None
        found = self._run_on.match(text)
        if not found:
            return None
        of_kind = (k for i, k in enumerate(self._kinds) if found.group(f"k{i}") is not None)
        return next(of_kind, LEARNING), found.end()

    def is_maybe_follow_up(self, text: str) -> bool:
        """Return whether a line has a label of follow-ups that isn't read, such as “Next step: call”."""
        at = text.find(":", 0, 40)
        return at > 0 and _LIKE_NEXT_STEP.fullmatch(text, 0, at) is not None

    def is_maybe_learned(self, text: str) -> bool:
        """Return whether a line may be meant as a learning point, but has no colon after its label."""
        lowered = text.lower()
        may_be = (
            "learn" in lowered
            or "away" in lowered
            or "TIL" in text
            or any(word in lowered for word in self._learning_words)
        )
        return may_be and self._maybe_learned.match(text) is not None

    def learning_fields(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield the start of each field such as `[learned:: ask]`, and the span of its value."""
        for found in self._learning_field.finditer(text):
            yield found.start(), *found.span("square" if found["square"] is not None else "round")

    def rating(self, text: str) -> tuple[int, bool] | None:
        """Return the offset of the value after a rating's label, and whether a colon announced it.

        A dash counts as a colon. Return None if the text doesn't begin with the label.
        """
        if text.isascii() and (words := self._rating_words):
            # This rules out most lines several times faster than the pattern does.
            lowered = text.lower()
            for word in words:
                if word in lowered:
                    break
            else:
                return None
        found = self._rating.match(text)
        return (found.end(), found.group("colon") is not None) if found else None

    def rating_fields(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield the start of each field such as `[enjoyment:: 7]`, and the span of its value."""
        for found in self._rating_field.finditer(text):
            yield found.start(), *found.span("square" if found["square"] is not None else "round")


def begins_like_label(text: str) -> bool:
    """Whether a line begins with a capital, or with signs of a heading without a blank."""
    return text.lstrip("#*_")[:1].isupper() or text.startswith("##")


def ends_like_label(text: str) -> bool:
    """Whether a line ends with a colon, or with the marks of bold text."""
    return text.rstrip("*_").endswith((":", "：")) or text.endswith(("**", "__"))


@lru_cache(maxsize=1)
def english() -> Vocabulary:
    """Return the vocabulary of a journal whose journal.toml doesn't name sections."""
    return Vocabulary()
