"""The 200 queries that search is measured with, the same each time.

They are drawn from the vocabulary of `generate.py` by the frequency of its words, as a person would
type them: each bare word finds the words that begin with it. Each half of the list has as many of
each kind, so that a round may be shuffled without a query being repeated soon.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from tests.bench import generate

COUNT = 200


class Asked(NamedTuple):
    """A query and what kind of query it is."""

    kind: str
    text: str


def queries() -> list[Asked]:
    """Return all queries, with the kinds spread evenly."""
    by_kind: dict[str, list[str]] = {}
    for kind, text in _all():
        by_kind.setdefault(kind, []).append(text)
    # Queries of the same kind are at equal distances.
    placed = [
        ((number + 0.5) / len(texts), kind, text)
        for kind, texts in by_kind.items()
        for number, text in enumerate(texts)
    ]
    return [Asked(kind, text) for _, kind, text in sorted(placed)]


def shuffled(asked: list[Asked], random: Random) -> list[Asked]:
    """Shuffle each half by itself, so that a query isn't repeated soon."""
    middle = len(asked) // 2
    halves = asked[:middle], asked[middle:]
    return [query for half in halves for query in random.sample(half, len(half))]


def counted(asked: list[Asked]) -> dict[str, int]:
    """Return the number of queries of each kind."""
    return dict(Counter(query.kind for query in asked))


def _all() -> Iterator[tuple[str, str]]:
    for kind, texts in (
        ("word", _words()),
        ("beginning", _beginnings()),
        ("words", _several()),
        ("stop-word phrase", _stop_phrases()),
        ("phrase", _phrases()),
        ("OR", _either()),
        ("NOT", _without()),
        ("( )", _grouped()),
        ("range", _ranges()),
        ("tag, person", _mentions()),
        ("part", _parts()),
        ("fact", _facts()),
    ):
        for text in texts:
            yield kind, text


def _word(number: int, of: int) -> str:
    """Return a word by frequency: number `number` of `of` equal steps, the most common first."""
    return generate.rank((number + 0.5) / of)


def _words() -> list[str]:
    rare = [generate.rank(place) for place in (0.985, 0.993, 0.998, 0.9999)]
    return [*(_word(number, 16) for number in range(16)), *rare]


def _beginnings() -> list[str]:
    # One letter, with which all typing begins; the most common two letters; three letters.
    two = ["th", "in", "re", "co", "se", "pa", "wh", "be", "de", "st", "an", "fo", "ma", "ou", "zu"]
    longer = [_word(number, 18) for number in range(5, 18)]
    cut = [word[: 3 + len(word) % 2] for word in longer if len(word) > 4][:4]
    return ["t", "s", "b", *two, *cut]


def _several() -> list[str]:
    random = Random("words")

    def some(low: float, high: float) -> str:
        return generate.rank(random.uniform(low, high))

    pairs = [f"{some(0, 0.5)} {some(0.2, 0.9)}" for _ in range(7)]
    typed = [f"{some(0.1, 0.8)} {some(0.2, 0.9)[:2]}" for _ in range(5)]
    rare = [f"{some(0.9, 1)} {some(0.4, 0.9)}" for _ in range(2)]
    triples = [f"{some(0, 0.4)} {some(0.2, 0.6)} {some(0.3, 0.9)[:3]}" for _ in range(4)]
    return [*pairs, *typed, *rare, *triples]


def _stop_phrases() -> list[str]:
    """Return phrases of common words only; one without a closing quote is still being typed."""
    return [
        '"in the"', '"of the"', '"to the"', '"on the"', '"at the"', '"for the"', '"and it"',
        '"the and"', '"it in"', '"with the"', '"that the"', '"was it"', '"and the day"',
        '"it in the"', '"of the day"', '"the and to"', '"to the and"', '"one of the"',
        '"in the and it"', '"the and it of"', '"and to the day"', '"on the and the"',
        '"in th', '"of t', '"and the d', '"it in the a', '"the and t', '"to the o',
    ]  # fmt: skip


def _phrases() -> list[str]:
    random = Random("phrases")
    drawn = [
        " ".join(generate.rank(random.uniform(*span)) for span in spans)
        for spans in (((0, 0.2), (0.5, 0.8)), ((0.3, 0.6), (0, 0.1)), ((0.6, 0.9), (0.6, 0.9)))
    ]
    known = [generate.PHRASE, "asked twice", "about the room", "owen said", "nobody asked"]
    return [*(f'"{words}"' for words in (*known, *drawn)), '"asked twice ab', '"somebody ask']


def _either() -> list[str]:
    random = Random("or")

    def some(low: float, high: float) -> str:
        return generate.rank(random.uniform(low, high))

    pairs = [f"{some(0, 0.4)} OR {some(0.3, 0.9)}" for _ in range(3)]
    rare = [f"{some(0.7, 0.95)} OR {some(0.8, 1)}" for _ in range(4)]
    many = [" OR ".join(some(0.3, 1) for _ in range(count)) for count in (3, 4, 6)]
    return [
        *pairs, *rare, *many, '"in the" OR "of the"', f'"{generate.PHRASE}" OR {some(0.9, 1)}',
        "#planning OR #hiring", "@mei OR th", f"{some(0.5, 0.9)} OR re",
    ]  # fmt: skip


def _without() -> list[str]:
    random = Random("not")

    def some(low: float, high: float) -> str:
        return generate.rank(random.uniform(low, high))

    common = [f"{some(0, 0.4)} -{some(0.3, 0.7)}" for _ in range(4)]
    most = [f"{some(0.5, 0.9)} -{some(0, 0.1)}" for _ in range(3)]
    rare = [f"{some(0.8, 1)} -{some(0.4, 0.9)}" for _ in range(2)]
    alone = [f"-{some(0, 0.05)}", f"-{some(0.5, 0.8)}"]
    return [
        *common, *most, *rare, *alone, 'day -"in the"', f"{some(0.4, 0.7)} -#planning",
        f"#meetings -{some(0.2, 0.5)}", "@owen -@mei",
    ]  # fmt: skip


def _grouped() -> list[str]:
    random = Random("groups")

    def some(low: float, high: float) -> str:
        return generate.rank(random.uniform(low, high))

    firsts = [f"({some(0.3, 0.9)} OR {some(0.3, 0.9)}) {some(0.1, 0.6)}" for _ in range(3)]
    both = [
        f"({some(0.2, 0.7)} OR {some(0.6, 1)}) ({some(0.2, 0.7)} OR {some(0.6, 1)})"
        for _ in range(2)
    ]
    return [
        *firsts, *both, f"{some(0.1, 0.4)} -({some(0.3, 0.6)} OR {some(0.3, 0.6)})",
        f"(#planning OR #hiring) {some(0.2, 0.6)}", f"({some(0.4, 0.8)} rating:>=8) OR @viktor",
        f'("in the" OR {some(0.6, 0.9)}) -th',
        f"({some(0.3, 0.6)} ({some(0.3, 0.6)} OR {some(0.7, 0.9)}))",
    ]  # fmt: skip


def _ranges() -> list[str]:
    word = [_word(number, 12) for number in range(12)]
    return [
        f"{word[2]} rating:>=8", f"{word[5]} rating:<5", f"{word[8]} rating:6..7", "rating:10",
        f"{word[6]} rating:<=4.5", 'rating:>9 "in the"', f"{word[1]} date:2026", f"{word[4]} date:2025-Q3",
        f"{word[7]} date:2025-11..2026-02", "date:2026-10", f"{word[3]} date:last-month",
        f'{word[3]} since:"3 weeks ago"', f"{word[6]} since:2026-05",
        f"{word[2]} until:2025", f"{word[5]} words:>450", "words:440..442", "day:168",
        f"{word[3]} day:100..200", "day:>=300", f"{word[4]} on:monday", f"{word[7]} on:sat,sun",
        "on:friday rating:>=9",
    ]  # fmt: skip


def _mentions() -> list[str]:
    words = [_word(number, 8) for number in range(8)]
    return [
        "#meetings", "#customer", "#customer/depot", "#on", "#nothing", f"#plan {words[3]}",
        f"#network {words[6]}", "@mei", "@o", "@nobody", f"@team {words[4]}", "@viktor @lena",
    ]  # fmt: skip


def _parts() -> list[str]:
    words = [_word(number, 14) for number in range(14)]
    return [
        f"in:learning {words[1]}", f"in:learning {words[6]}", f"in:learning {words[11]}",
        f"in:learning {words[4]} {words[8][:2]}", 'in:learning "of the"', "in:learning #planning",
        "in:learning rating:>=9", f"in:feedback {words[3]}", f"in:follow-ups {words[5]}",
        "in:follow-ups @mei", f"in:prose {words[2]}", f"in:prose {words[9]}", 'in:prose "in the"',
        f"in:prose {words[3]} {words[7]}", "in:title monday", "in:title october",
        f"in:remark {words[5]}", f"in:remark {words[10]}",
    ]  # fmt: skip


def _facts() -> list[str]:
    words = [_word(number, 6) for number in range(6)]
    return [
        "is:open", f"is:open {words[1]}", "is:late", f"is:done {words[3]}", "is:open @mei",
        "has:rating", f"{words[2]} -has:rating", f"has:people {words[3]}", "has:feedback",
        f"has:follow-ups {words[4]}",
    ]  # fmt: skip
