"""Read and write the enjoyment rating, which is recognised by its label."""

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.line_map import ParagraphLine
from journal_tui.entry.mentions import code_spans
from journal_tui.entry.model import TEN, Problem, Rating, Scale, Slot, shown
from journal_tui.entry.vocabulary import Vocabulary

if TYPE_CHECKING:
    from journal_tui.entry.front_matter import FrontMatter

# In Spain, an apostrophe may be written for the decimal point: 8'5.
_NUMBER = r"[0-9]{1,4}(?:[.,][0-9]{1,9}|['’][0-9](?!\w))?"
_POINTS = str.maketrans(",'’", "...")
# Text that is struck out: a value in it counts only if there is none in the rest.
_STRUCK = lazy_pattern(r"~~[^~\n]{0,80}~~|<(del|s|strike)>[^<>\n]{0,80}</\1>")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_HALF = r"\s?½|\s1/2(?![0-9/])|[\s-](?:and[\s-])?an?[\s-]half(?![\w-])"
_FULL, _EMPTY = "★⭐🌟✪", "☆✩✰"
_VALUE = lazy_pattern(
    r"(?:(?:about|around|approx\.|approximately|circa|ca?\.|roughly|[~≈])\s*(?=[0-9½]))?"
    rf"(?:(?P<number>-?{_NUMBER})(?:\ufe0f?\u20e3(?![0-9]))?(?P<half>{_HALF})?|(?P<bare>½)"
    rf"|(?P<word>{'|'.join(_WORDS)}|🔟)(?:(?P<more>{_HALF})|(?![\w'’-]))|(?P<stars>[{_FULL}](?:\s?[{_FULL}{_EMPTY}\ufe0f]){{0,40}}))",
    re.IGNORECASE,
)
_SCALE = lazy_pattern(
    # "9+/10" is said of a day that is a little better than nine; a converter may escape the slash.
    r"[*_]{0,3}(?:[+\-\u2212]?\s*(?:\\?[/⁄∕]|\\)\s*|\s*(?:points?\s+|stars?\s+)?"
    r"(?:out\s+of|of|von|van|uit|av|af|sur|sobre|su|de|na|auf)\s+)"
    r"(?P<of>[0-9]{1,4}|ten|five|🔟)(?![^\W_])(?:\s+stars?(?![^\W_]))?",
    re.IGNORECASE,
)
_OF_WORDS = {"ten": 10, "five": 5, "🔟": 10}
_STARS = lazy_pattern(rf"\s?(?:stars?(?![^\W_])|[{_FULL}]\ufe0f?)", re.IGNORECASE)
# The scale in brackets after the label, as in "Enjoyment (1-10): 8".
_NOTED_SCALE = lazy_pattern(
    r"[(\[][^()\[\]]*?(?:[0-9]{1,4}\s*(?:[-\u2010-\u2015\u2212]|\.\.\.?|…|to|bis)|out\s+of|of|max\.?|/)"
    r"\s*(?P<of>[0-9]{1,4})\s*[)\]]",
    re.IGNORECASE,
)
_RANGE = lazy_pattern(
    rf"(?:[-\u2010-\u2015\u2212]|\s(?:to|or)\s)(?P<to>{_NUMBER})(?:\s*/\s*[0-9]{{1,4}}(?![0-9]))?"
)
# A word directly after a number, but not the ending of an ordinal, a unit or a time of day.
_JOINED = lazy_pattern(
    r"(?!(?:st|nd|rd|th|am|pm|a|p|h|hrs?|mins?|s|k|x|m|km|er|ème|e)(?![^\W\d_]))[^\W\d_]{1,30}+(?![\d_])",
    re.IGNORECASE,
)
_PLACEHOLDER = lazy_pattern(r"[-\u2010-\u2015\u2212_?….\s]*(?:/\s*[0-9]{1,4})?\s*")
_MARKS = lazy_pattern(r"[*_]{0,3}")
_RUN = lazy_pattern(r"\*{1,3}|_{1,3}")
_SECOND = lazy_pattern(rf"{_NUMBER}\s*[/⁄∕]\s*[0-9]{{1,4}}(?![0-9/])")
_MORE = lazy_pattern(r"\s*/\s*[0-9]{1,4}")
# A label that is nearly that of a rating, with a value.
_NEARLY = lazy_pattern(
    r"[*_]{0,3}(?:(?:[\w'’]{1,20}\s+){1,3}enjoyment|enjoyment(?=-)|enjoy(?:ed|able|s|ing)?"
    r"|(?!enjoyments?(?!\w))e[nm]?[jiy][a-z]{0,4}m[a-z]{0,3}t)[*_]{0,3}"
    rf"\s*[:=\u2013-][*_]{{0,3}}\s*(?P<rest>(?P<number>{_NUMBER})\s*/\s*[0-9]{{1,3}}(?!\w))",
    re.IGNORECASE,
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９／．，％", "0123456789/.,%")
_DIVIDER = lazy_pattern(r"\s*(?:[-=]+>|[→⇒]|--+|[-\u2010-\u2015\u2212:：,;|]|\.{1,3}|…|!+)\s*|\s+")
_AFTER_WORD = lazy_pattern(r"[*_]{0,3}(?:[.!…]?\s*$|\s*(?:--|[-\u2013\u2014])\s)")
_END_OF_ROW = lazy_pattern(r"\s*\|\s*$")
# A value in a line that begins with the label but isn't read: it may have been meant as a rating.
_MEANT = lazy_pattern(
    rf"(?<![\w.,])(?P<number>{_NUMBER})\s*(?:[/⁄∕]|out\s+of)\s*(?P<of>[0-9]{{1,3}})(?![0-9/])"
    rf"|[:：]\s*(?P<alone>{_NUMBER})(?=\s*(?:$|[-\u2013\u2014(,;]))|[{_FULL}]"
)
# A line that begins with a value out of ten, after a name of at most three words or without one.
_OUT_OF_TEN = lazy_pattern(
    r"(?:(?:[|\[(]\s?)?[*_]{0,3}(?P<label>[^\W\d_]{2,20}(?:[ -][^\W\d_]{1,20}){0,2})[*_]{0,3}"
    r"(?:\s?[:：=]{1,2}|\s?\||\s[-\u2013\u2014](?=\s))[*_]{0,3}\s*)?"
    r"(?P<value>(?:10|[0-9](?:[.,][0-9])?) ?/ ?10)(?![\w/.-]*\w)(?P<rest>[^\n]*)"
)
_TENTH = lazy_pattern(r"([0-9]{1,2}) ?/ ?10")


class ParsedRating(NamedTuple):
    """A rating read from a text; `value` is None if it isn't valid, and `fault` says why.

    The value is `[start, end)`, the separator before the remark begins at `separator`, and the
    remark is `[remark_start, remark_end)`. `advice` says what to write instead of the value.
    """

    value: float | None
    remark: str
    start: int
    end: int
    separator: int
    remark_start: int
    remark_end: int
    has_scale: bool = False
    fault: str = ""
    advice: str = ""

    @property
    def problem(self) -> str:
        """The fault and what to do about it, for a list of problems."""
        return f"{self.fault}; {self.advice}" if self.advice else self.fault


class _Value(NamedTuple):
    """The value at the beginning of a text, which ends at `end`; `of` is the top of its scale."""

    value: float
    end: int
    of: int | None
    fault: str = ""
    advice: str = ""


def parse(
    text: str, announced: bool = True, before: str = "", scale: Scale = TEN
) -> ParsedRating | None:
    """Read `9/10 – good day`, `7.5` or `9 out of 10, fine`; return None if no number comes first.

    `announced` is False after a label without a colon: then a bare number must be followed by a
    separator or the end of the text, so that "Enjoyment 9 people came" is prose. `before` is the
    line up to `text`, which may say the scale; a mark that closes emphasis begun there isn't part
    of the remark.
    """
    whole = text
    if text[:1] >= "０":
        text = text.translate(_FULL_WIDTH)
    start = 1 if text[:1] in ("(", "[") and _VALUE.match(text, 1) else 0
    found = _VALUE.match(text, start)
    if not found:
        return None
    noted = _NOTED_SCALE.search(before) if "(" in before or "[" in before else None
    read = _read_value(text, found, scale, int(noted["of"]) if noted else None)
    if read is None:
        return None
    end = read.end
    separator = end + len(_MARKS.match(text, end).group())  # type: ignore[union-attr]
    if start:
        if text[end : end + 1] not in (")", "]"):
            return None
        separator = end + 1
    divider = _DIVIDER.match(text, separator)
    remark_start = divider.end() if divider else separator
    rest = whole[remark_start:].rstrip()
    at, second = end, _MORE.match(text, end) if read.of else None
    if not (read.of or start):
        at, second = remark_start, _SECOND.match(text, remark_start)
    if second and not read.fault:
        said = text[found.start() : at] + second.group()
        read = read._replace(fault=f"a rating is one number, not {said}")
    if found["word"] and not announced and not (read.of or _is_said_alone(text, end)):
        return None
    # A word such as "nine" may begin a sentence, but not before a remark in brackets.
    is_clear = announced and (not found["word"] or rest[:1] in ("(", "["))
    if rest and not text[separator:remark_start].strip() and not (read.of or start or is_clear):
        return None
    closing = unclosed(before + text[:remark_start])
    if closing and rest.endswith(closing):
        rest = rest[: -len(closing)].rstrip()
    return ParsedRating(
        None if read.fault else read.value,
        " ".join(rest.split()),
        start,
        end,
        separator,
        remark_start,
        remark_start + len(rest),
        read.of is not None,
        read.fault,
        read.advice,
    )


def _is_said_alone(text: str, end: int) -> bool:
    """Return whether nothing follows a value, or only a remark after a dash."""
    return _AFTER_WORD.match(text, end) is not None


def _read_value(text: str, found: re.Match[str], scale: Scale, noted: int | None) -> _Value | None:
    """Return the value that was found, with its fault; None if it isn't a value."""
    end = found.end()
    value = _number(found)
    of: int | None = None
    stars = found["stars"]
    if stars:
        empty = sum(map(stars.count, _EMPTY))
        of = round(value) + empty if empty else None
    elif match := _SCALE.match(text, end):
        end = match.end()
        of = _OF_WORDS.get(match["of"].lower()) or int(match["of"])
    elif several := _RANGE.match(text, end):
        end = several.end()
        middle = (value + float(several["to"].translate(_POINTS))) / 2
        advice = f"write one, such as {scale.shown(middle)}" if middle in scale else ""
        return _Value(
            value, end, None, f"a rating is one number, not {text[found.start() : end]}", advice
        )
    elif text.startswith("%", end):
        fault = f"a rating is out of {scale.high}, not a percentage"
        return _Value(value, end + 1, None, fault, _scaled(value, 100, scale))
    elif match := _STARS.match(text, end):
        end, stars = match.end(), match.group()
    elif found["number"] and (joined := _JOINED.match(text, end)):
        number = text[found.start() : end]
        fault = f"the number needs a space after it, as in “{number} {joined.group()}”"
        return _Value(value, joined.end(), None, fault)
    elif (
        text[end : end + 1].isalnum()
        or text[end : end + 1] in ("\ufe0f", "\u20e3")
        or re.match(r":[0-9]", text[end:])
    ):
        return None
    if stars and not of and scale.high == 10 and value <= 5:
        fault = f"{shown(value)} {'star' if value == 1 else 'stars'} may be out of 5 or out of 10"
        return _Value(value, end, None, fault, _scaled(value, 5, scale))
    said = of if of is not None else noted
    if said is not None and said != scale.high:
        fault = f"a rating is out of {scale.high}, not out of {said}"
        return _Value(value, end, of, fault, _scaled(value, said, scale))
    if value not in scale:
        low, high = scale
        fault = f"the rating {text[found.start() : found.end()]} is not between {low} and {high}"
        return _Value(value, end, of, fault)
    return _Value(value, end, of)


def _scaled(value: float, of: int, scale: Scale) -> str:
    """Return what to write for a rating on another scale, or "" if it isn't on that scale either."""
    if not 0 <= value <= of or not of:
        return ""
    wanted = round(value / of * scale.high * 2) / 2
    advice = f"write {scale.shown(wanted)}" if wanted in scale else ""
    if of in (5, 6, 7, 100) and scale == TEN:
        advice += f', or scale = "{0 if of == 100 else 1}-{of}" in journal.toml for every rating'
    return advice


def _number(found: re.Match[str]) -> float:
    """Return the number that a value says, in digits, a word or stars."""
    if found["word"]:
        word = found["word"].lower()
        return (_WORDS.index(word) if word in _WORDS else 10) + (0.5 if found["more"] else 0)
    if found["stars"]:
        return sum(map(found["stars"].count, _FULL))
    value = float(found["number"].translate(_POINTS)) if found["number"] else 0.0
    return value + 0.5 if found["half"] or found["bare"] else value


def is_placeholder(text: str) -> bool:
    """Return whether the text after a rating's label is only a placeholder: "", `?`, `–`, `/10`."""
    return _PLACEHOLDER.fullmatch(text.strip("*_")) is not None


def unclosed(text: str) -> str:
    """Return the marks that would close the emphasis left open in the text."""
    opened: list[str] = []
    for run in _RUN.findall(text):
        if opened and opened[-1] == run:
            opened.pop()
        else:
            opened.append(run)
    return "".join(reversed(opened))


def canonical(value: float, remark: str = "", scale: Scale = TEN) -> str:
    """Return a rating as the app writes it after the label: `9/10 – good day`."""
    remark = " ".join(remark.split())
    return f"{scale.shown(value)} – {remark}" if remark else scale.shown(value)


# The ranks of a rating by where it is: the highest one counts, and of equal ones the last.
_FRONT_MATTER, _QUOTED, _OWN = 0, 1, 2


class OutOfTen(NamedTuple):
    """A value such as `3/10` that begins a line and may be a rating, and its label, if it has one."""

    label: str
    value: str


def out_of_ten(text: str, day: date) -> OutOfTen | None:
    """Return the value out of ten that begins a line; a date or a fraction of something isn't one."""
    found = _OUT_OF_TEN.match(text) if "10" in text[:100] else None
    if not found:
        return None
    label, rest = found["label"] or "", found["rest"].lstrip("*_ ")
    tenth = _TENTH.fullmatch(found["value"])
    if tenth and (int(tenth[1]), 10) in ((day.day, day.month), (day.month, day.day)):
        return None
    if rest[:1].isalnum() if label else rest.lower().startswith("of "):
        return None
    return OutOfTen(label, found["value"])


class RatingReader:
    """Read ratings from the lines of a text, one after another; the last in the body counts.

    `rating` is the one that counts so far, `start` the offset of its label, `slot` the place after
    it. `awaited` is the offset of a label whose value may be the next paragraph. A rating in a quote
    counts only if no other line has one, and one in the front matter only if the body has none.
    """

    def __init__(self, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        self.vocabulary, self.problems = vocabulary, problems
        self.rating: Rating | None = None
        self.start: int | None = None
        self.slot: Slot | None = None
        self.awaited: int | None = None
        self._rank = -1

    def read(
        self,
        places: list[ParagraphLine],
        index: int,
        ends: Callable[[list[ParagraphLine], int], bool] | None = None,
        *,
        may_be_bare: bool,
        is_quoted: bool = False,
    ) -> int:
        """Read a rating at this line; return the number of lines read, 0 if it isn't one.

        `ends(places, index)` returns whether a later line is a label, which ends the remark. A
        label with neither a colon nor a value counts only if it `may_be_bare`: outside lists and quotes.
        """
        self.awaited = None
        place = places[index]
        rank = _QUOTED if is_quoted else _OWN
        if "::" in place.text and self._read_fields(place, rank):
            return 1
        label = self.vocabulary.rating(place.text)
        if label is None:
            if "/" in place.text:
                self._report_nearly(place)
            return 0
        if place.text.startswith("|"):
            place = place._replace(text=_END_OF_ROW.sub("", place.text))
            places, index = [place], 0
            label = self.vocabulary.rating(place.text) or label
        column, announced = label
        rest = place.text[column:]
        if not is_placeholder(rest):
            used = self._value(places, index, column, announced, place.offset, ends, rank)
            if not used:
                self._report(place, rest)
            return used
        following, is_bare = index + 1, not rest.strip("*_ ")
        is_alone = may_be_bare and len(places) == 1 and (is_bare or "/" in rest)
        if not (announced or is_alone):
            if is_bare and may_be_bare and following < len(places):
                parsed = parse(places[following].text, False, place.text, self.vocabulary.scale)
                if parsed and parsed.has_scale:
                    return 1 + self._value(places, following, 0, False, place.offset, ends, rank)
            return 0
        self._record_slot(place, column)
        if following == len(places):
            self.awaited = place.offset
        elif is_bare:
            return 1 + self._value(places, following, 0, False, place.offset, ends, rank)
        return 1

    def read_awaited(self, places: list[ParagraphLine]) -> int:
        """Read the value of a label in the paragraph before; return the number of lines read."""
        start, self.awaited = self.awaited, None
        return 0 if start is None else self._value(places, 0, 0, False, start, None, _OWN)

    def is_rating(self, text: str) -> bool:
        """Return whether a line would be read as a rating or as a place for one."""
        label = self.vocabulary.rating(text)
        if label is None:
            return False
        column, announced = label
        return announced or parse(text[column:], False) is not None

    def front_matter(self, front: "FrontMatter", offset: int) -> None:
        """Read the front matter's rating, which counts unless the body has one."""
        own = [name.lower() for name in self.vocabulary.names.get("rating", ())]
        for key in dict.fromkeys((*own, "enjoyment", "rating")):
            value = front.values.get(key)
            scalar = front.scalars.get(key)
            line = scalar.line + 2 if scalar else 1
            if value and not isinstance(value, str):
                fault = f"it isn't a number from {self.vocabulary.scale}"
                self.problems.append(Problem(line, f"`{key}:` in the front matter: {fault}"))
            if not isinstance(value, str) or not value.strip():
                continue
            parsed = parse(value.strip(), scale=self.vocabulary.scale)
            if parsed and parsed.value is not None:
                self.rating = Rating(parsed.value, parsed.remark, line)
                self._rank = _FRONT_MATTER
                if scalar and value == value.strip():
                    self.slot = _slot(parsed, offset + scalar.start, not parsed.has_scale)
                return
            fault = parsed.problem if parsed else f"it isn't a number from {self.vocabulary.scale}"
            self.problems.append(Problem(line, f"`{key}:` in the front matter: {fault}"))

    def _read_fields(self, place: ParagraphLine, rank: int) -> bool:
        """Read fields such as `[enjoyment:: 7]`; return whether the line begins with one."""
        code = code_spans(place.text) if "`" in place.text else []
        begins = False
        for start, first, last in self.vocabulary.rating_fields(place.text):
            if any(a <= start < b for a, b in code):
                continue
            begins = begins or not place.text[:start].strip("*_ ")
            parsed = parse(place.text[first:last].rstrip(), scale=self.vocabulary.scale)
            if parsed is None:
                if not is_placeholder(place.text[first:last]):
                    self._report_no_number(place)
                continue
            if begins and not parsed.remark and place.text[last + 1 :].strip():
                parsed = _remark_after(parsed, place.text[first:], last + 1 - first)
            slot = _slot(parsed, place.offset + first, not parsed.has_scale)
            self._record(parsed, slot, place, place.offset + start, rank)
        return begins

    def _report(self, place: ParagraphLine, rest: str) -> None:
        """Report a line that begins with the label and has a value somewhere, but isn't a rating."""
        found = _MEANT.search(_STRUCK.sub("", rest[:100])) or _MEANT.search(rest[:100])
        if not found:
            return
        number = found["number"] or found["alone"]
        value = float(number.translate(_POINTS)) if number else None
        scale = self.vocabulary.scale
        example = scale.shown(value) if value is not None and value in scale else f"8/{scale.high}"
        if found["of"] and int(found["of"]) != scale.high:
            example = f"{number}/{found['of']}"
        sentence = (
            f"this isn't read as a rating; write it as “{self.vocabulary.rating_label}: {example}”"
        )
        self.problems.append(Problem(place.line + 1, sentence))

    def _report_nearly(self, place: ParagraphLine) -> None:
        """Report a line with a value after a label that is nearly that of a rating."""
        text = place.text
        if text[:1] in ("E", "e", "*", "_") or "njoyment" in text[:60]:
            found = _NEARLY.match(text)
            if found:
                self._report(place, found["rest"])

    def _report_no_number(self, place: ParagraphLine) -> None:
        meant = _MEANT.search(place.text[:200])
        if meant and meant["of"]:
            self._report(place, place.text)
            return
        example = f"{self.vocabulary.scale}, such as {shown(self.vocabulary.scale.high * 0.75)}"
        sentence = f"the rating needs a number from {example}"
        self.problems.append(Problem(place.line + 1, sentence))

    def _record_slot(self, place: ParagraphLine, column: int) -> None:
        """Record the place after a label without a value, where the app will write the rating."""
        if self._rank >= 0:
            return
        start, end = place.offset + column, place.offset + len(place.text)
        self.start = place.offset
        self.slot = Slot(start, end, end, end, end, "")

    def _value(
        self,
        places: list[ParagraphLine],
        index: int,
        column: int,
        announced: bool,
        start: int,
        ends: Callable[[list[ParagraphLine], int], bool] | None,
        rank: int,
    ) -> int:
        place = places[index]
        content = place.text
        if not column:
            column = len(content) - len(content.lstrip("*_"))
        before = content[:column]
        parsed = parse(content[column:], announced, before, self.vocabulary.scale)
        if parsed is None:
            if announced and before.rstrip("*_ \t").endswith((":", "：", "|", "=", "→")):
                self._report_no_number(place)
                return 1
            return 0
        base = place.offset + column
        end, following = base + parsed.remark_end, index + 1
        remarks = [parsed.remark] if parsed.remark else []
        while remarks and following < len(places):
            if self.is_rating(places[following].text) or (ends and ends(places, following)):
                break
            # A line of white space that Markdown doesn't count as blank has no text here.
            if text := places[following].text:
                remarks.append(text)
                end = places[following].offset + len(text)
            following += 1
        is_bare = not parsed.has_scale and ("::" in before or bool(_NOTED_SCALE.search(before)))
        slot = _slot(parsed, base, is_bare)._replace(remark_end=end, remark=" ".join(remarks))
        self._record(parsed, slot, place, start, rank)
        return following - index

    def _record(
        self, parsed: ParsedRating, slot: Slot, place: ParagraphLine, start: int, rank: int
    ) -> None:
        """Record a rating that was read, or report what is wrong with it."""
        if rank < self._rank:
            return
        if parsed.value is not None or self._rank < rank:
            self.start, self.slot = start, slot
        if parsed.value is None:
            self.problems.append(Problem(place.line + 1, parsed.problem))
            return
        if self._rank == rank and self.rating:
            first, again = self.rating.line, place.line + 1
            sentence = f"rated on line {first} and again on line {again}; the later one counts"
            self.problems.append(Problem(again, sentence))
        self._rank = rank
        self.rating = Rating(parsed.value, slot.remark, place.line + 1)


def _slot(parsed: ParsedRating, base: int, is_bare: bool) -> Slot:
    """Return the place of a rating that was read from a text at the offset `base`."""
    return Slot(
        base + parsed.start,
        base + parsed.end,
        base + parsed.separator,
        base + parsed.remark_start,
        base + parsed.remark_end,
        parsed.remark,
        is_bare,
    )


def _remark_after(parsed: ParsedRating, text: str, at: int) -> ParsedRating:
    """Return a rating whose remark is the text from `at`, after the field's bracket."""
    divider = _DIVIDER.match(text, at)
    start = divider.end() if divider else at
    return parsed._replace(
        remark=" ".join(text[start:].split()),
        separator=at,
        remark_start=start,
        remark_end=len(text.rstrip()),
    )
