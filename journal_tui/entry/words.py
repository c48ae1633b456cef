"""Words as search sees them: folded, so that case and accents do not matter."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# One character each for scripts written without blanks between words (Han, Kana).
_SINGLE = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Combining signs and the blocks where vowels are signs: they belong to the word they stand in.
SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e"
# Where none of these stands, there is nothing of the above: sets of many ranges take long to compile.
_FAR = "[^\x00-\u02ff\u2000-\u2fff]"
# Any character but ASCII and the dashes, quotes, bullets and dots that Western texts are set with.
FOREIGN = re.compile("[^\x00-\x7f\u2010-\u2027]")
_PLAIN_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile("[a-z0-9]+")


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    return re.compile(f"[{_SINGLE}]|(?:(?![{_SINGLE}])(?:[^\\W_]|[{SIGNS}]))+")


def fold(text: str) -> str:
    """Case-folded text without diacritics: "Åse" and "ase" are one."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").casefold()


def words(text: str) -> list[str]:
    """The folded words of a text in their order; underscores, hyphens and apostrophes divide."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    text = text.casefold()
    found = (_any_word() if re.search(_FAR, text) else _PLAIN_WORD).findall(text)
    if "".join(found).isascii():
        return found
    folded: list[str] = []
    for word in found:
        if word.isascii():
            folded.append(word)
        else:
            # Folding may itself bring forth separators (a ligature, a spacing accent).
            folded += _any_word().findall(fold(word))
    return folded


def plain(text: str) -> str:
    """The text in lower case where all its words are runs of ASCII letters and digits, else ""."""
    # What most entries hold in the line of their rating, sooner replaced than looked for.
    is_ascii = text.isascii() or text.replace("–", "-").isascii()
    return text.lower() if is_ascii or not FOREIGN.search(text) else ""


def word_spans(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Each word where it stands: start, end, and what it folds to (nearly always one word)."""
    for match in _any_word().finditer(text):
        start, end = match.span()
        yield start, end, words(match.group())
