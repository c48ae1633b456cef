"""Write a count with its noun, and words as a list."""

from collections.abc import Sequence


def counted(number: int, noun: str) -> str:
    """Return a count with its noun, singular or plural: `1 day`, `1,204 words`, `2 entries`."""
    if number == 1:
        return f"1 {noun}"
    is_after_consonant = noun.endswith("y") and noun[-2:-1] not in "aeiou"
    return f"{number:,} {noun[:-1]}ies" if is_after_consonant else f"{number:,} {noun}s"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list to be read: `one, two and three`."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
