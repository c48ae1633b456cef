"""Make bad input from good input at random, with a seed so that a failure can be repeated."""

import random
from collections.abc import Callable, Sequence

_RUNS = "([{<\"'`*_-=#>|&!~:;,./\\ \t\n\r0a9"
_HUGE = ("9" * 400, "-" + "9" * 30, "1e999", "0x" + "f" * 64, "00", "1" + "0" * 5_000, "½", "٣")
_ODD = [
    "\0", "\x1b[2J", "\x85", "\u2028", "\u202e", "\ufeff", "\ud800", "\udcff", "\U0010ffff", "é", "e\u0301", "日本",
    "\r", "\r\n", "\x0b", "\x1c", "\u00a0", "\u200d", "ß", "İ", "ﷺ", "\U000e0041",
]  # fmt: skip

Change = Callable[[random.Random, str, Sequence[str]], str]


def _random_span(chance: random.Random, text: str) -> tuple[int, int]:
    one = chance.randint(0, len(text))
    return one, min(len(text), one + chance.choice((1, 2, 5, 20, 200)))


def _cut(chance: random.Random, text: str, _: Sequence[str]) -> str:
    start, end = _random_span(chance, text)
    return text[:start] + text[end:]


def _doubled(chance: random.Random, text: str, _: Sequence[str]) -> str:
    start, end = _random_span(chance, text)
    return text[:end] + text[start:end] * chance.choice((1, 2, 50)) + text[end:]


def _moved(chance: random.Random, text: str, _: Sequence[str]) -> str:
    start, end = _random_span(chance, text)
    rest = text[:start] + text[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + text[start:end] + rest[at:]


def _set_text(chance: random.Random, text: str, new: str) -> str:
    start, end = _random_span(chance, text)
    return text[:start] + new + text[chance.choice((start, end)) :]


def _odd(chance: random.Random, text: str, _: Sequence[str]) -> str:
    return _set_text(chance, text, "".join(chance.choices(_ODD, k=chance.randint(1, 4))))


def _spliced(chance: random.Random, text: str, good: Sequence[str]) -> str:
    other = chance.choice(good)
    start, end = _random_span(chance, other)
    return _set_text(chance, text, other[start:end] if chance.random() < 0.5 else other[start:])


def _run(chance: random.Random, text: str, _: Sequence[str]) -> str:
    piece = "".join(chance.choices(_RUNS, k=chance.randint(1, 3)))
    return _set_text(chance, text, piece * chance.choice((3, 30, 300, 3_000)))


def _nested(chance: random.Random, text: str, _: Sequence[str]) -> str:
    depth = chance.choice((5, 60, 600))
    pair = chance.choice(("()", "[]", "{}", "<>", '""', "--"))
    start, end = _random_span(chance, text)
    return text[:start] + pair[0] * depth + text[start:end] + pair[1] * depth + text[end:]


def _huge(chance: random.Random, text: str, _: Sequence[str]) -> str:
    return _set_text(chance, text, chance.choice(_HUGE))


def _any(chance: random.Random, text: str, _: Sequence[str]) -> str:
    codes = (chance.randrange(chance.choice((128, 0x300, 0x110000))) for _ in range(12))
    return _set_text(chance, text, "".join(map(chr, codes)))


_CHANGES: tuple[Change, ...] = (
    _cut, _cut, _doubled, _moved, _odd, _spliced, _spliced, _run, _nested, _huge, _any,
)  # fmt: skip


def mutated(chance: random.Random, good: Sequence[str]) -> str:
    """Return a good text with one to six changes, or sometimes random characters."""
    if chance.random() < 0.02:
        return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(400)))
    text = chance.choice(good)
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(_CHANGES)(chance, text, good)
    return text[:60_000]


def mutate_bytes(chance: random.Random, good: Sequence[bytes]) -> bytes:
    """Return the bytes of a good file, partly deleted, changed, repeated or replaced at random."""
    data = bytearray(chance.choice(good))
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice((1, 3, 30)))
        kind = chance.randrange(5)
        if kind == 0:
            del data[at:end]
        elif kind == 1:
            data[at:end] = chance.randbytes(chance.choice((1, 4, 60)))
        elif kind == 2 and data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        elif kind == 3:
            data[at:at] = data[at:end] * chance.choice((1, 3, 40))
        else:
            other = chance.choice(good)
            data[at:] = other[chance.randint(0, len(other)) :]
    return bytes(data)
