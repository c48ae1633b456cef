"""The terms by which an entry is found: what each of its parts says, in which order, and its facts.

A fact is a term that begins with "=", which no word does: `=any` stands for every file, `=r07.5`
for its rating, `=n00000168` for its day number, `=w00000250` for its length, `=hrating` for having
one, `=kservice-review` for its kind. Numbers are padded, so that their order is that of the terms.
Of follow-ups, `=sopen` and `=sdone` say how they stand, `=d2014-10-13` when an open one is due.

The words that stand side by side, in the text or in a point, are terms of a part of their own, for
phrases of common words. Only a number of each pair is kept, `3fa2`, which a few others share: what
has it may hold the pair. Three short words side by side have numbers too, since the pairs of the
commonest words are on most days.
"""

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.words import words
from journal_tui.index.postings import escape
from journal_tui.index.records import Record, mention_terms
from journal_tui.query.matchers import ENTRY, FEEDBACK, FOLLOW_UP, LEARNING, PROSE, REMARK, TITLE

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry

# The parts that have postings of their own.
PARTS = (ENTRY, LEARNING, FEEDBACK, FOLLOW_UP, TITLE, REMARK, PROSE)
# Those whose words are kept in their order too; of the prose it is kept where in the entry they are.
ORDERED = PARTS[:-1]
# The pairs of words that stand side by side in the text, or in a point, from which signs are left out.
PAIRS = "pairs"
# Three words of so few characters each that stand side by side there: common words are short.
TRIPLES, SHORT = "triples", 4
# A prime number: all words of a pair count then.
_PAIR_NUMBERS, _FACTOR, _MOST_NUMBERS = 16_381, 4_099, 100_000
ANY = "=any"
MOST = 99_999_999


class Terms(NamedTuple):
    """Of one file, by part: the distinct terms (escaped), and the words of each passage in order.

    `prose` are the places [first, last) in the entry's words that its stretches of prose have.
    """

    found: dict[str, list[str]]
    order: dict[str, list[list[str]]]
    prose: list[tuple[int, int]]


def terms_of(entry: "Entry", record: Record) -> Terms:
    """What an entry is found by."""
    passages: dict[str, list[str]] = {
        LEARNING: [text for text, _ in record["learning"]],
        FEEDBACK: [text for text, _ in record["feedback"]],
        FOLLOW_UP: [text for text, *_ in record["tasks"]],
        TITLE: [record["title"]] if record["title"] else [],
        REMARK: [record["remark"]] if record["remark"] else [],
    }
    order = {part: [_in_order(text) for text in texts] for part, texts in passages.items()}
    found = {part: {term for listed in order[part] for term in listed} for part in passages}
    whole, prose = _whole(entry, record)
    order[ENTRY], found[ENTRY] = [whole], set(whole)
    found[PROSE] = {word for start, end in prose for word in whole[start:end]}
    found[FOLLOW_UP].update(*(state_terms(done, due) for _, _, done, due in record["tasks"]))
    if named := mention_terms(entry.tags, entry.people):
        stretches = [entry.text[start:end] for start, end in record["prose"]]
        for part, texts in (*passages.items(), (PROSE, stretches)):
            for text in texts:
                found[part] |= set(map(escape, mentioned(text, named)))
        found[ENTRY] |= set(map(escape, named))
    # A title of signs alone is one, too.
    for part, there in (*passages.items(), (PROSE, record["prose"])):
        if there:
            found[part].add(ANY)
    found[ENTRY] |= facts(record)
    # Sets of some hundred terms take ten times the memory, which all files of a year need at once.
    listed = {part: list(terms) for part, terms in found.items()}
    said = [passage for passages in order.values() for passage in passages]
    listed |= {PAIRS: pair_terms(said), TRIPLES: triple_terms(said)}
    return Terms(listed, order, prose)


def no_terms(record: Record) -> Terms:
    """What a file is found by that cannot be read."""
    return Terms({ENTRY: list(facts(record))}, {ENTRY: [[]]}, [])


def _whole(entry: "Entry", record: Record) -> tuple[list[str], list[tuple[int, int]]]:
    """All words of the text in their order, and where among them those of its prose stand."""
    text = entry.text
    everything: list[str] = []
    prose: list[tuple[int, int]] = []
    position = 0
    # Both are whole lines, at whose ends words end too: the text need be read but once.
    for start, end in record["prose"]:
        everything += _in_order(text[position:start])
        first = len(everything)
        everything += _in_order(text[start:end])
        prose.append((first, len(everything)))
        position = end
    return everything + _in_order(text[position:]), prose


def _in_order(text: str) -> list[str]:
    listed = words(text)
    # ASCII words hold letters and digits alone: nothing to escape.
    return listed if "".join(listed).isascii() else list(map(escape, listed))


def pair_terms(passages: Iterable[Sequence[str]]) -> list[str]:
    """The distinct terms of the pairs of words (escaped) that follow each other in a passage."""
    found = set[int]()
    for passage in passages:
        numbers = array("H", map(_NUMBERS.__getitem__, passage)).tobytes()
        # Two numbers side by side, read as one: those that begin at even places, then the odd ones.
        for start in (0, 2):
            end = len(numbers) - (len(numbers) - start) % 4
            found.update(memoryview(numbers)[start:end].cast("I"))
    return list(map(_PAIRS.__getitem__, {pair % _PAIR_NUMBERS for pair in found}))


def pair_term(one: str, other: str) -> str:
    """The term of one pair of words (escaped)."""
    numbers = array("H", (_NUMBERS[one], _NUMBERS[other])).tobytes()
    return _PAIRS[int.from_bytes(numbers, sys.byteorder) % _PAIR_NUMBERS]


def triple_terms(passages: Iterable[Sequence[str]]) -> list[str]:
    """The distinct terms of each three words (escaped) that follow each other and are short."""
    found = set[int]()
    for passage in passages:
        numbers = [_SHORT[word] for word in passage]
        found.update(
            [
                (one * _FACTOR + other) * _FACTOR + third
                for one, other, third in zip(numbers, numbers[1:], numbers[2:], strict=False)
                if one and other and third
            ]
        )
    return list(map(_PAIRS.__getitem__, {triple % _PAIR_NUMBERS for triple in found}))


def triple_term(words: tuple[str, str, str]) -> str | None:
    """The term of three words (escaped); None where one of them is long."""
    return next(iter(triple_terms([words])), None)


class _Numbers(dict[str, int]):
    """A number of two bytes for each word, the same in every process."""

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_NUMBERS:
            self.clear()
        number = self[word] = zlib.crc32(word.encode()) & 0xFFFF
        return number


class _Pairs(dict[int, str]):
    """The term for each number of a pair."""

    def __missing__(self, number: int) -> str:
        term = self[number] = f"{number:04x}"
        return term


class _Short(dict[str, int]):
    """A number for each short word, from 1, and 0 for a longer one."""

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_NUMBERS:
            self.clear()
        number = self[word] = _NUMBERS[word] + 1 if len(word) <= SHORT else 0
        return number


_NUMBERS, _SHORT, _PAIRS = _Numbers(), _Short(), _Pairs()


def mentioned(text: str, named: frozenset[str]) -> frozenset[str]:
    """What a part of an entry mentions of what the entry does.

    By itself a part may look as if it mentioned more: "#b](x)" behind "[a;" that was cut off.
    """
    if not named or ("#" not in text and "@" not in text):
        return frozenset()
    from journal_tui.entry.mentions import mentions

    return mention_terms(*mentions(text)) & named


# -- facts ----------------------------------------------------------------------------------


def facts(record: Record) -> set[str]:
    """The terms for what is known of a file as a whole."""
    found = {ANY, length_term(record["words"])}
    found |= {f"=h{escape(what)}" for what in has(record)}
    if record["rating"] is not None:
        found.add(rating_term(record["rating"]))
    if record["number"] is not None:
        found.add(number_term(record["number"]))
    if record["kind"]:
        found.add(kind_term(record["kind"]))
    return found


def has(record: Record) -> Iterable[str]:
    """What `has:` can be asked for and the file has."""
    parts = {
        "learning": record["learning"],
        "feedback": record["feedback"],
        "follow-ups": record["tasks"],
        "remark": record["remark"],
        "tags": record["tags"],
        "people": record["people"],
        "problems": record["problems"],
    }
    found = [what for what, there in parts.items() if there]
    return found if record["rating"] is None else [*found, "rating"]


def state_terms(done: bool, due: str | None) -> list[str]:
    """`=sdone`, or `=sopen`, with `=d2014-10-13` where it is due."""
    if done:
        return ["=sdone"]
    return ["=sopen", f"=d{due}"] if due else ["=sopen"]


def rating_term(value: float) -> str:
    """`=r07.5`: the order of these terms is that of the numbers."""
    return "=r" + f"{value:012.9f}".rstrip("0")


def number_term(value: float) -> str:
    """`=n00000168`, the whole part of the number."""
    return f"=n{int(min(value, MOST)):08d}"


def length_term(value: float) -> str:
    """`=w00000250`, the whole part of the number."""
    return f"=w{int(min(value, MOST)):08d}"


def kind_term(kind: str) -> str:
    """`=kservice-review`."""
    return f"=k{escape(kind)}"
