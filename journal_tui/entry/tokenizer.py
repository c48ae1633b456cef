"""Words as search sees them: folded, so that case and accents do not matter, and their stems.

English words are stemmed as Snowball's English stemmer does (M. F. Porter, "Snowball: a language
for stemming algorithms", 2001); words with other letters than a to z stay as they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

# Scripts written without blanks between words (Han, Kana): each character is a word.
_SINGLE = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Combining signs, and the blocks in which vowels are signs: they belong to the word around them.
SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e"
APOSTROPHES = "’‘ʼʻ＇"
"""The characters that are written for an apostrophe in a name, besides the straight one."""
# Characters that aren't seen: soft hyphens, joiners, marks of direction, fillers. A word is the same
# with and without them. The Arabic tatweel, which only makes a word wider, is among them.
HIDDEN = (
    "\u00ad\u061c\u0640\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
# Letters without a decomposition that aren't named after the letter that people type for them.
_LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "þ": "th", "ð": "d", "ŋ": "ng", "ı": "i", "ȷ": "j", "ĸ": "k",
    # Letters that serve as apostrophes.
    "ʼ": "'", "ʻ": "'",
}  # fmt: skip
# A tag or a person as a search names it: the beginning of one, so it has fewer rules than an
# entry's (`entry.mentions`). The signs are left out where a word has none: they take long to compile.
MENTION = r"[#@](?:[^\W_]|(?<=#)\.(?=[A-Za-z]))[\w{signs}./&+'’‘ʼʻ＇\u2010\u2011-]*#?"
# A text without these characters has none of the sets above, which take long to compile.
_NON_LATIN = "[^\x00-\u02ff\u2000-\u2fff]"
# A text without these has no hidden characters, the set of which takes long to search for.
_MAYBE_HIDDEN = "[^\x00-\xac\xae-\u02ff\u2010-\u2029\u2030-\u205f\u2070-\u2fff]"
# Any character but ASCII and the typographic dashes, quotes, bullets and dots.
NON_WESTERN = re.compile("[^\x00-\x7f\u2010-\u2027]")
_STRAIGHT = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), "\u2010": "-", "\u2011": "-"})
_LONGEST_KEPT = 40
_PLAIN_WORD = re.compile(r"[^\W_]+")
ASCII_WORD = re.compile("[a-z0-9]+")
"""A folded word of a text whose letters are all ASCII."""


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    return re.compile(f"[{_SINGLE}]|(?:(?![{_SINGLE}])(?:[^\\W_]|[{SIGNS}{HIDDEN}]))+")


@lru_cache(maxsize=1)
def _hidden() -> re.Pattern[str]:
    return re.compile(f"[{HIDDEN}]+")


@lru_cache(maxsize=4_000)
def _fold_character(character: str) -> str:
    """Fold a character that is case-folded and decomposed: return its letters, itself, or ""."""
    if unicodedata.category(character) == "Mn" or _hidden().match(character):
        return ""
    if character in _LETTERS:
        return _LETTERS[character]
    # Unicode has no decomposition for strokes, hooks and bars, only the names of the letters.
    name = unicodedata.name(character, "")
    if name.startswith("LATIN SMALL LETTER ") and " WITH " in name:
        letter = name[19:].partition(" WITH ")[0]
        if len(letter) == 1:
            return letter.lower()
    return character


def fold(text: str) -> str:
    """Return the text as search compares it: "Åse" equals "ase", "Łódź" "lodz", "Straße" "strasse".

    It has no capitals, no diacritics and no characters that aren't seen.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join([c if c < "\x80" else _fold_character(c) for c in decomposed])


def words(text: str) -> list[str]:
    """Return the folded words of a text, divided also at underscores, hyphens and apostrophes."""
    if text.isascii():
        return ASCII_WORD.findall(text.lower())
    text = text.casefold()
    if re.search(_MAYBE_HIDDEN, text):
        text = _hidden().sub("", text)
    found = (_any_word() if re.search(_NON_LATIN, text) else _PLAIN_WORD).findall(text)
    if "".join(found).isascii():
        return found
    folded: list[str] = []
    for word in found:
        if word.isascii():
            folded.append(word)
        else:
            folded += _words_within(word) if len(word) <= _LONGEST_KEPT else _fold_word(word)
    return folded


def _fold_word(word: str) -> list[str]:
    # Folding may produce separators (from a ligature or a spacing accent).
    return _any_word().findall(fold(word))


# Most words come again and again, and in some scripts each character is a word.
_words_within = lru_cache(maxsize=20_000)(_fold_word)


def straighten(name: str) -> str:
    """Return a name with straight apostrophes and plain hyphens, as it is listed and searched."""
    return name if name.isascii() else name.translate(_STRAIGHT)


def fold_name(name: str) -> str:
    """Return the folded name of a tag or a person, in which all apostrophes are the same."""
    return fold(straighten(name))


def term_of(name: str) -> str:
    """Return a tag or person with its sign as it is listed and compared: `@Zoë` is `@zoe`."""
    return name[:1] + fold_name(name[1:])


def is_mention(word: str) -> bool:
    """Whether a word of a query names a tag or a person, or the beginning of one."""
    if not word.startswith(("#", "@")):
        return False
    signs = "" if word.isascii() else SIGNS
    return re.fullmatch(MENTION.format(signs=signs), word) is not None


def mention_terms(tags: Iterable[str], people: Iterable[str]) -> frozenset[str]:
    """Return tags and people as folded terms with their signs."""
    return frozenset(["#" + fold(tag) for tag in tags] + ["@" + fold(name) for name in people])


def word_spans(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the start and end of each word, and the words that it folds to (nearly always one)."""
    for match in _any_word().finditer(text):
        start, end = match.span()
        yield start, end, words(match.group())


# `occurrences` is called for each line of a text, always with the same words.
_fold_wanted = lru_cache(maxsize=1)(fold)


def occurrences(line: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Yield the columns `[start, end)` of each place in a line that folds as `wanted` does; none for ""."""
    folded = _fold_wanted(wanted)
    if not folded:
        return
    columns: list[int] | None = None
    if line.isascii():
        text = line.lower()
    else:
        text, columns = _fold_with_columns(line)
    at = text.find(folded)
    while at >= 0:
        end = at + len(folded)
        if columns is None:
            yield at, end
        else:
            last = columns[end - 1] + 1
            # A combining accent after the last letter belongs to it.
            while last < len(line) and unicodedata.category(line[last]) == "Mn":
                last += 1
            yield columns[at], last
        at = text.find(folded, end)


def _fold_with_columns(line: str) -> tuple[str, list[int]]:
    """Return the folded line and, for each of its characters, the column it comes from."""
    pieces: list[str] = []
    columns: list[int] = []
    for column, character in enumerate(line):
        piece = fold(character)
        pieces.append(piece)
        columns += [column] * len(piece)
    return "".join(pieces), columns


# Snowball's list of English stop words, split at apostrophes as our tokenizer does, and number
# words, which say nothing about what was learned.
STOP_WORDS = frozenset(
    """
    i me my myself we us our ours ourselves you your yours yourself yourselves he him his himself
    she her hers herself it its itself they them their theirs themselves what which who whom this
    that these those am is are was were be been being have has had having do does did doing would
    should could ought will shall can may might must a an the and but if or because as until while
    of at by for with about against between into through during before after above below to from
    up down in out on off over under again further then once here there when where why how all any
    both each few more most other some such no nor not only own same so than too very
    ll ve re don isn aren wasn weren hasn haven hadn doesn didn won wouldn shan shouldn
    mustn couldn ain one every least less many now ever never just put say says said
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand half
    """.split()  # noqa: SIM905 - a list literal would only be longer
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded word, or "" for a stop word, a single letter or a number."""
    if word in STOP_WORDS or word.isdigit() or (len(word) == 1 and word.isascii()):
        return ""
    if not (word.isascii() and word.isalpha()):
        return word
    # Imported late because it loads every language (20 ms); created for each call because a
    # stemmer can't be shared by threads.
    from snowballstemmer import stemmer

    return str(stemmer("english").stemWord(word))


def beginning(stem: str) -> str:
    """Return the beginning that all words with this stem share, except irregular ones ("dying").

    For example, "nobodi" is the stem of nobody, "hope" of hoping, "visibl" of visibility.
    """
    return stem[:-1] if len(stem) > 2 and stem.endswith(("e", "i", "bl")) else stem


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order, without stop words and numbers."""
    return [found for word in words(text) if (found := stem(word))]
