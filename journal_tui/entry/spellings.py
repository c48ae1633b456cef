"""Other spellings by which a text is found: words joined, numbers without separators, signs.

The words of a text are divided at every sign. Besides them a text is found by

- a hyphenated word as one word: `followup` for follow-up;
- a word with an apostrophe as one word: `dont` for don't, `obrien` for O'Brien;
- a number without its separators: `86000` for 86,000 or 86.000;
- a word with the signs that belong to it: `c++`, `c#`, `.net`;
- an amount with its sign: `£86000`, `$86k`, `5%`;
- emoji and other symbols, each on its own.

Each of them is a run of words, nearly always a single one. They are kept apart from the words: a
list such as `100,200`, which may not be a number, is still found by its words and by phrases. For the
phrases that they are in, the words around them in their line are kept with them: `a followup call
with`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.tokenizer import ASCII_WORD, HIDDEN, NON_WESTERN, SIGNS, word_spans, words

_Item = TypeVar("_Item")

# Comes before each run; no word equals it, and no phrase matches across it.
BREAK = ""
# The same in a `plain` text, which never contains this character itself.
PLAIN_BREAK = "\ue000"
HYPHENS = "-\u2010\u2011"
_APOSTROPHES = "'\u2019"
# Pieces before an apostrophe in French, and words that would become other words: we'll isn't well.
_ELIDED = frozenset("l j n c s t qu jusqu lorsqu puisqu quoiqu".split())  # noqa: SIM905
_OTHER_WORDS = frozenset("ill well hell shell were wed shed id its whore".split())  # noqa: SIM905
# How many words on either side of another spelling are kept with it, and how far away they may be.
_AROUND, _FAR = 3, 60
# Blanks that divide the digits of a number but no words.
NUMBER_BLANKS = "\u00a0\u2007\u2009\u202f"
_CURRENCY = "\u00a2-\u00a5\u20a0-\u20cf"
_AMOUNT_SIGNS = frozenset([*map(chr, (*range(0xA2, 0xA6), *range(0x20A0, 0x20D0))), "\u2030"])
_SYMBOLS = (
    "\u00a6-\u00a9\u00ac\u00ae-\u00b1\u00d7\u00f7\u2100-\u2bff\u3004-\u3020\U0001f000-\U0001faff"
)
# The most pieces and characters of a joined word: more pieces are probably a title in a web address.
_MAX_PIECES, _LONGEST, _LONGEST_AMOUNT = 4, 60, 30
# The runs of pieces up to this length are cached, because people repeat their words.
_LONGEST_KEPT = 60
# Any character but ASCII, letters of Latin scripts and typographic punctuation.
_UNUSUAL = lazy_pattern("[^\x00-\xa1\xb2-\xd6\xd8-\xf6\xf8-\u02ff\u2010-\u2027]")
_LINE_END = lazy_pattern(r"[\r\n]")
_END_OF_PIECE = lazy_pattern(r"[ \t\n\r\x0b\x0c]")
_APART = f"(?<!\\w)(?<!\\w[.,'\u2019{NUMBER_BLANKS}])"
_GROUPED = (
    rf"(?:[1-9][0-9]{{0,2}}(?:([,.'\u2019{NUMBER_BLANKS}])[0-9]{{3}})(?:\1[0-9]{{3}})*"
    r"|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:(?!\1)[.,]([0-9]+))?"
)
_NOT_LONGER = f"(?![0-9_]|[.,'\u2019{NUMBER_BLANKS}][0-9])"


class Spelling(NamedTuple):
    """Another spelling of the characters [start, end) of a text, as a run of words."""

    start: int
    end: int
    run: tuple[str, ...]

    @property
    def has_signs(self) -> bool:
        """Whether the run is a word with signs, an amount or a symbol."""
        return not self.run[0].isalnum()


def _is_western(text: str) -> bool:
    """Return whether all letters of a text are ASCII, so that simple patterns are enough."""
    # Most entries have an en dash in their rating's line, and `replace` is faster than a search.
    return text.isascii() or text.replace("–", "-").isascii() or not NON_WESTERN.search(text)


@lru_cache(maxsize=2)
def _triggers(is_western: bool) -> dict[str, re.Pattern[str]]:
    """Return, by sign, the patterns that find where there may be another spelling."""
    # There is a pattern for each sign, because one that begins with a literal is searched quickly.
    # The text to which a sign belongs is found later.
    word = "[0-9A-Za-z]" if is_western else r"[^\s*+>#-]"
    patterns = {sign: rf"{sign}(?<={word}.)(?={word})" for sign in HYPHENS + _APOSTROPHES}
    patterns |= {sign: rf"{sign}(?<=[0-9].)(?=[0-9]{{2}})" for sign in f",{NUMBER_BLANKS}"}
    patterns |= {sign: rf"\{sign}(?<={word}.)" for sign in "+#"}
    patterns["."] = r"\.(?=[0-9A-Za-z])" if is_western else r"\.(?=[^\W_])"
    return {sign: re.compile(pattern) for sign, pattern in patterns.items()}


@lru_cache(maxsize=1)
def _symbol_or_currency() -> re.Pattern[str]:
    return re.compile(f"[{_SYMBOLS}{_CURRENCY}\u2030]")


def _places(text: str, is_western: bool) -> list[int]:
    """Return the offsets in a text at which there may be another spelling, in order."""
    triggers = _triggers(is_western)
    signs = ",'.-+#" if text.isascii() else triggers
    found = [
        match.start() for sign in signs if sign in text for match in triggers[sign].finditer(text)
    ]
    if not is_western and _UNUSUAL.search(text):
        found += [match.start() for match in _symbol_or_currency().finditer(text)]
    found.sort()
    return found


@lru_cache(maxsize=2)
def _word_patterns(is_western: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of hyphenated words, words that end with signs, and words after a dot."""
    letter = "[0-9A-Za-z]" if is_western else f"(?:[^\\W_]|[{SIGNS}{HIDDEN}])"
    first = "[A-Za-z]" if is_western else r"[^\W\d_]"
    # Atomic and from the beginning of a word only, so that a long word costs no more than its
    # length.
    word = f"(?<!{letter})(?>{letter}+)"
    return (
        re.compile(f"{word}(?:[{HYPHENS}{_APOSTROPHES}](?>{letter}+))+"),
        re.compile(rf"({word})(\+\+|\+(?!{letter})|\#(?!{letter}))"),
        re.compile(rf"(?<!\.)\.({first}(?>{letter}*))"),
    )


@lru_cache(maxsize=1)
def _grouped() -> re.Pattern[str]:
    return re.compile(_APART + _GROUPED + _NOT_LONGER)


@lru_cache(maxsize=1)
def _amount_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of an amount after its sign and before it, with the sign at the end."""
    number = rf"[0-9]+(?:[.,'\u2019{NUMBER_BLANKS}][0-9]+)*"
    blank = f"[ {NUMBER_BLANKS}]?"
    return (
        re.compile(rf".{blank}({number}(?![0-9_]))([A-Za-z]{{0,3}})(?!\w)", re.DOTALL),
        re.compile(rf"{_APART}([1-9][0-9]{{0,2}}(?: [0-9]{{3}})+|{number}){blank}\Z"),
    )


@lru_cache(maxsize=1)
def _symbol() -> re.Pattern[str]:
    return re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|[{_SYMBOLS}]")


def other_spellings(text: str) -> list[Spelling]:
    """Return the other spellings of a text, by piece (between blanks) and by kind, the amounts last."""
    found: list[Spelling] = []
    is_western, position = _is_western(text), 0
    amounts = [
        match.start() for sign in "%$" if sign in text for match in re.finditer(f"\\{sign}", text)
    ]
    for at in _places(text, is_western):
        if text[at] in _AMOUNT_SIGNS:
            amounts.append(at)
        if at < position:
            continue
        start = 1 + max(text.rfind(" ", position, at), text.rfind("\n", position, at), position - 1)
        end_match = _END_OF_PIECE.search(text, at)
        position = end_match.start() if end_match else len(text)
        piece = text[start:position]
        of_piece = _of_piece if len(piece) <= _LONGEST_KEPT else _read_piece
        found += [Spelling(start + a, start + b, run) for a, b, run in of_piece(piece)]
    return [*found, *_amounts(text, sorted(amounts))] if amounts else found


def _read_piece(piece: str) -> list[Spelling]:
    """Return the other spellings of a piece of text without blanks, except its amounts."""
    is_western = _is_western(piece)
    hyphenated, signed, dotted = _word_patterns(is_western)
    found = [*_joined(piece, hyphenated), *_numbers(piece)]
    for match in signed.finditer(piece):
        word = words(match[1])
        if len(word) == 1 and len(word[0]) <= _LONGEST:
            found.append(Spelling(*match.span(), (word[0] + match[2],)))
    for match in dotted.finditer(piece):
        word = words(match[1])
        if len(word) == 1 and len(word[0]) <= _LONGEST:
            found.append(Spelling(*match.span(), ("." + word[0],)))
    if not is_western:
        for match in _symbol().finditer(piece):
            symbol = match[0]
            # A symbol that Unicode decomposes into letters, such as ™ into TM, is left out.
            if (
                unicodedata.category(symbol[0]) in ("So", "Sm", "Sc")
                and unicodedata.normalize("NFKD", symbol) == symbol
            ):
                found.append(Spelling(*match.span(), (symbol,)))
    return found


_of_piece = lru_cache(maxsize=10_000)(_read_piece)


def _joined(piece: str, hyphenated: re.Pattern[str]) -> Iterator[Spelling]:
    """Yield the words with hyphens and apostrophes as one word, except for chains of numbers."""
    for match in hyphenated.finditer(piece):
        parts = re.split(f"[{HYPHENS}{_APOSTROPHES}]", match[0])
        whole = "".join(parts)
        if len(parts) > _MAX_PIECES or len(whole) > _LONGEST or whole.isdigit():
            continue
        if piece[match.start() + len(parts[0])] in _APOSTROPHES and (
            parts[0].lower() in _ELIDED or whole.lower() in _OTHER_WORDS
        ):
            continue
        joined = words(whole)
        if joined and joined != words(match[0]):
            yield Spelling(*match.span(), tuple(joined))


def _numbers(piece: str) -> Iterator[Spelling]:
    """Yield the numbers whose digits are grouped, without the separators."""
    for match in _grouped().finditer(piece):
        yield Spelling(*match.span(), _ungrouped(match))


def _ungrouped(match: re.Match[str]) -> tuple[str, ...]:
    """Return a number as its digits, and its decimals if it has some."""
    whole = match[0][: match.start(2) - 1 - match.start()] if match[2] else match[0]
    digits = "".join(filter(str.isdigit, whole))
    return (digits, match[2]) if match[2] else (digits,)


def _amounts(text: str, places: list[int]) -> Iterator[Spelling]:
    """Yield the amounts of money and percentages with a sign at one of these places."""
    after_sign, before_sign = _amount_patterns()
    position = 0
    for at in places:
        sign, match = text[at], None
        if at < position:
            continue
        if text[at - 1 : at].isdigit() or text[at - 1 : at].isspace():
            match = before_sign.search(text, max(position, at - _LONGEST_AMOUNT), at)
        if match and not text[at + 1 : at + 2].isdigit():
            position, number, unit = at + 1, match[1], ""
            start = match.start()
        elif sign not in "%\u2030" and (match := after_sign.match(text, at, at + _LONGEST)):
            start, position, number, unit = at, match.end(), match[1], match[2].lower()
        else:
            if sign in _AMOUNT_SIGNS:
                yield Spelling(at, at + 1, (sign,))
            continue
        plain_number = _plain_number(number)
        if plain_number:
            is_share = sign in "%\u2030"
            amount = plain_number + sign if is_share else sign + plain_number + unit
            yield Spelling(start, position, (amount,))
            if " " in number:
                yield Spelling(start, start + len(number), (plain_number,))


def _plain_number(text: str) -> str:
    """Return a number without separators and with a decimal point; "" for a chain of numbers."""
    if text.isdigit():
        return text
    if match := _grouped().fullmatch(text):
        return ".".join(_ungrouped(match))
    if " " in text:
        return text.replace(" ", "")
    whole, _, decimals = text.replace(",", ".").partition(".")
    return f"{whole}.{decimals}" if whole.isdigit() and decimals.isdigit() else ""


def runs(text: str) -> list[tuple[str, ...]]:
    """Return the runs of words by which a text is found besides its words, each once."""
    spellings = other_spellings(text)
    if not spellings:
        return []
    phrases = _in_context(text, spellings, _splitter(text), lambda found: list(found.run))
    found = dict.fromkeys(map(tuple, phrases))
    joined = set().union(*found)
    return [
        *found,
        *dict.fromkeys(s.run for s in spellings if len(s.run) > 1 or s.run[0] not in joined),
    ]


def _splitter(text: str) -> Callable[[int, int], list[str]]:
    """Return a function that returns the folded words of a part of the text."""
    if not _is_western(text):
        return lambda start, end: words(text[start:end])
    lowered = text.lower()
    return lambda start, end: ASCII_WORD.findall(lowered, start, end)


def phrase_spans(text: str) -> Iterator[list[tuple[int, int, str]]]:
    """Yield the words around the other spellings of a text, as `runs` has them, with their spans."""

    def split(start: int, end: int) -> list[tuple[int, int, str]]:
        found = word_spans(text[start:end])
        return [(start + a, start + b, word) for a, b, folded in found for word in folded]

    def joined(found: Spelling) -> list[tuple[int, int, str]]:
        return [(found.start, found.end, word) for word in found.run]

    yield from _in_context(text, other_spellings(text), split, joined)


def _in_context(
    text: str,
    spellings: list[Spelling],
    split: Callable[[int, int], list[_Item]],
    joined: Callable[[Spelling], list[_Item]],
) -> Iterator[list[_Item]]:
    """Yield joined words and numbers with the words around them in their line.

    `split` returns the words of a part of the text, `joined` those of a spelling.
    """
    found: list[_Item] = []
    last = 0
    for spelling in sorted(s for s in spellings if not s.has_signs):
        start = spelling.start
        if found and start < last:
            continue
        if found:
            between = start - last <= 2 * _FAR and not _LINE_END.search(text, last, start)
            gap = split(last, start) if between else []
            if between and len(gap) <= 2 * _AROUND:
                found += gap + joined(spelling)
                last = spelling.end
                continue
            yield found + split(last, _reach(text, last))[:_AROUND]
        before = _reach_back(text, start)
        found = split(before, start)[-_AROUND:] + joined(spelling)
        last = spelling.end
    if found:
        yield found + split(last, _reach(text, last))[:_AROUND]


def _reach(text: str, start: int) -> int:
    """Return the end of the words that come after an offset, near it and in its line."""
    end = start + _FAR
    if ending := _LINE_END.search(text, start, end):
        return ending.start()
    return len(text) if len(text) <= end else max(text.rfind(" ", start, end), start)


def _reach_back(text: str, end: int) -> int:
    """Return the beginning of the words that come before an offset, near it and in its line."""
    first = max(end - _FAR, 0)
    begin = max(text.rfind("\n", first, end), text.rfind("\r", first, end)) + 1
    if begin or not first:
        return begin
    blank = text.find(" ", first, end)
    return blank if blank >= 0 else end


def searchable_words(text: str) -> list[str]:
    """Return the folded words of a text, then its `runs`, with BREAK before each."""
    found = words(text)
    for run in runs(text):
        found.append(BREAK)
        found += run
    return found


def plain(text: str) -> str:
    """Return a text in lower case if all its words are ASCII letters and digits, or else "".

    Its other spellings follow, with PLAIN_BREAK before each of them; those with signs are left out.
    """
    if not _is_western(text):
        return ""
    others = [PLAIN_BREAK + " ".join(run) for run in runs(text) if run[0].isalnum()]
    return text.lower() + "".join(others) if others else text.lower()
