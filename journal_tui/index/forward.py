"""A year's forward index: the words of each file in their order, for phrases.

Each word is one character, which a sorted lexicon gives: ` word!ā next!Ā `, those behind ASCII and
but for surrogates. A phrase is then a short text that is looked for in one long one, some hundred kB
a year. "f" begins a file, "b" divides its passages; the
days of the files stand in `files`, a code each. The prose has its place in the entry's words: of each
file two characters for each stretch, for the numbers of its first word and of the one behind it.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from journal_tui.index.postings import EMPTY, Postings, inserted, no_rest
from journal_tui.index.terms import ORDERED

_FIRST, _SURROGATES, _SKIPPED = 0x100, 0xD800, 0x800
# There are few more characters; words behind them share the last one.
_MOST = (1 << 20) - 1


class Forward(NamedTuple):
    """The lexicon, the day codes of the files in their order, a text of words for each part, and
    where among the entries' words the prose is.
    """

    lexicon: str
    files: str
    texts: tuple[str, ...]
    prose: str


class File(NamedTuple):
    """A file's day code, the words (escaped) of its passages by part, and the places of its prose."""

    code: str
    order: Mapping[str, list[list[str]]]
    prose: list[tuple[int, int]]


NOTHING = Forward(EMPTY, "", ("",) * len(ORDERED), "")


def _character(number: int) -> str:
    place = _FIRST + min(number, _MOST)
    return chr(place if place < _SURROGATES else place + _SKIPPED)


def rewritten(
    old: Forward,
    days: set[str],
    files: Iterable[File],
    known: dict[str, str] | None = None,
    rest: Callable[[], None] = no_rest,
) -> Forward:
    """The forward index with what it says of these days (codes) replaced by these files.

    The files of a day come in their order. `known` are characters of words in the lexicon, to which
    more are added: most words of a day that is saved again were looked up before.
    """
    files = list(files)
    characters = {} if known is None else known
    lexicon = _learned(old.lexicon, files, characters, rest)
    codes = [old.files[at : at + 2] for at in range(0, len(old.files), 2)]
    kept = [place for place, code in enumerate(codes) if code not in days]
    order = sorted(
        [(codes[place], 0, place) for place in kept]
        + [(file.code, 1, place) for place, file in enumerate(files)]
    )

    def put(text: str, fresh: list[str]) -> str:
        before = text.split("f")[1:]
        return "".join(["f" + (fresh if new else before)[at] for _, new, at in order])

    texts = []
    for part, text in zip(ORDERED, old.texts, strict=True):
        rest()
        passages = [file.order.get(part, ()) for file in files]
        said = [["".join(map(characters.__getitem__, p)) for p in listed] for listed in passages]
        texts.append(put(text, list(map("b".join, said))))
    prose = put(old.prose, ["".join([_character(n) for n in chain(*file.prose)]) for file in files])
    return Forward(lexicon, "".join([code for code, _, _ in order]), tuple(texts), prose)


def _learned(
    lexicon: str,
    files: list[File],
    characters: dict[str, str],
    rest: Callable[[], None],
) -> str:
    """The lexicon with all words of the files in it; the character of each is put in `characters`."""
    count, known = lexicon.count("!"), Postings(lexicon)
    new: dict[str, str] = {}
    # In the order of their first use: common ones come soon, and their characters are shorter.
    for file in files:
        rest()
        for word in (word for said in file.order.values() for passage in said for word in passage):
            if word not in characters:
                character = known.lookup(word) if count else ""
                if not character:
                    character = new[word] = _character(count + len(new))
                characters[word] = character
    return inserted(lexicon, new)


def number_of(character: str) -> int:
    """The number that a character of this kind was made of."""
    place = ord(character)
    return place - _FIRST - (_SKIPPED if place >= _SURROGATES + _SKIPPED else 0)
