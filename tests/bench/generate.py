"""Make journals of any size for measuring: `python -m tests.bench.generate N DIR [--paragraphs WORDS]`.

N day entries, one a day backwards from END, of 350–500 words each. Words have natural frequencies
(Zipf's law): the words of the repository's sample journal, then a tail of invented ones. An entry
depends only on its date, on the day on which the journal starts, and on how long paragraphs are.
"""

import argparse
import multiprocessing
import re
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from journal_tui.period import long_date

END = date(2026, 10, 30)
SAMPLE = Path(__file__).parents[2] / "entries"
KNOWN_WORDS = 12_000
# Written last: a journal that has it is complete.
DONE = "journal.toml"
# At the beginning of a line, these words would make it a section or a rating.
_LABELS = {"enjoyment", "rating", "learning", "lesson", "lessons", "learned", "feedback", "today"}
# One entry in a thousand has this phrase; its words are among the most common of the sample.
PHRASE, PHRASE_EVERY = "asked twice about the room", 1_000
TAGS = (
    "meetings", "planning", "hiring", "feedback", "customer/harbour", "customer/depot", "network",
    "delegation", "budget", "security", "communication", "on-call", "customer/museum", "health",
)  # fmt: skip
PEOPLE = ("mei", "owen", "priya", "aisha", "lena", "viktor", "bea", "emil", "jo", "colm", "team")
_SYLLABLES = [start + vowel for start in "bdfgklmnprstvw" for vowel in "aeiou"]


class Words(NamedTuple):
    """The words from the most common to the rarest, and their cumulative frequencies."""

    words: list[str]
    weights: list[float]

    def some(self, random: Random, count: int) -> list[str]:
        """Return `count` words by frequency; one in 200 is a unique name."""
        return [
            "".join(random.choices(_SYLLABLES, k=4)) if random.random() < 0.005 else word
            for word in random.choices(self.words, cum_weights=self.weights, k=count)
        ]


@lru_cache(maxsize=1)
def vocabulary() -> Words:
    """Return the sample's words by frequency, then invented ones, weighted by rank."""
    texts = [path.read_text("utf-8") for path in sorted(SAMPLE.rglob("*.md"))]
    counts = Counter(word for text in texts for word in re.findall("[a-z]{2,}", text.lower()))
    found = counts.keys() - _LABELS
    known = dict.fromkeys(sorted(found, key=lambda word: (-counts[word], word))[:KNOWN_WORDS])
    random = Random("tail")
    while len(known) < KNOWN_WORDS:
        known["".join(random.choices(_SYLLABLES, k=random.randint(2, 4)))] = None
    return Words(list(known), list(accumulate(1 / (rank + 2.7) for rank in range(len(known)))))


def entry_text(day: date, number: int, paragraph: int = 0) -> str:
    """Return the canonical text of a day's entry.

    Its prose has paragraphs of three to six sentences, or of about `paragraph` words if that isn't 0.
    """
    random = Random(f"{day.isoformat()} entry")
    words = vocabulary()
    blocks = [f"# Day {number} – {long_date(day)}"]
    wanted, written = random.randint(310, 430), 0
    has_phrase = (END - day).days % PHRASE_EVERY == PHRASE_EVERY // 4
    with_phrase = f"Somebody {PHRASE} today."
    if paragraph:
        for _ in range(max(1, wanted // paragraph)):
            blocks.append(_paragraph(words, random, paragraph))
        if has_phrase:
            blocks[-1] += f" {with_phrase}"
    else:
        while written < wanted:
            sentences = [_sentence(words, random) for _ in range(random.randint(3, 6))]
            written += sum(len(sentence.split()) for sentence in sentences)
            blocks.append(" ".join(sentences))
        if has_phrase:
            blocks.append(with_phrase)
    if random.random() < 0.3:
        blocks.append("\n".join(_task(words, random, day) for _ in range(random.randint(1, 2))))
    points = [_point(words, random) for _ in range(random.randint(2, 5))]
    blocks += ["## Learning points", "\n".join(points)]
    if random.random() < 0.9:
        remark = " ".join(words.some(random, random.randint(2, 7)))
        value = f"{random.choice((4, 5, 6, 6.5, 7, 7, 7.5, 8, 8, 9, 10)):g}"
        blocks.append(f"Enjoyment: {value}/10" + (f" – {remark}" if random.random() < 0.85 else ""))
    return "\n\n".join(blocks) + "\n"


def _paragraph(words: Words, random: Random, length: int) -> str:
    """Return sentences that have at least so many words, and at most one sentence more."""
    found = ""
    while found.count(" ") < length:
        found += _sentence(words, random) + " "
    return found.rstrip()


def _sentence(words: Words, random: Random) -> str:
    found = words.some(random, random.randint(6, 18))
    found[0] = found[0].capitalize()
    if len(found) > 9:
        found[len(found) // 2] += ","
    if random.random() < 0.05:
        found.append(random.choice(("with", "for", "and")) + f" @{random.choice(PEOPLE)}")
    if random.random() < 0.04:
        found.append("#" + random.choice(TAGS))
    return " ".join(found) + "."


def _task(words: Words, random: Random, day: date) -> str:
    box = "x" if random.random() < 0.8 else " "
    due = f" due:{day + timedelta(random.randint(1, 20))}" if random.random() < 0.6 else ""
    task = " ".join(words.some(random, random.randint(4, 9)))
    return f"- [{box}] Ask @{random.choice(PEOPLE)} {task}{due}"


def _point(words: Words, random: Random) -> str:
    found = " ".join(words.some(random, random.randint(7, 16))).capitalize()
    return f"- {found} #{random.choice(TAGS)}" if random.random() < 0.4 else f"- {found}"


def days(count: int) -> Iterator[tuple[date, int]]:
    """Yield the days and day numbers of a journal of `count` entries, the newest first."""
    for back in range(count):
        yield END - timedelta(back), count - back


def path_of(folder: Path, day: date) -> Path:
    """Return the path of the day's entry in a journal's folder."""
    return folder / f"{day.year:04d}" / f"{day.isoformat()}.md"


def rank(place: float) -> str:
    """Return the word at a cumulative frequency from 0 (the most common) to 1."""
    words = vocabulary()
    found = bisect_right(words.weights, words.weights[-1] * place)
    return words.words[min(found, len(words.words) - 1)]


def make(count: int, folder: Path, paragraph: int = 0) -> None:
    """Write a journal of `count` entries into a folder, creating the folder; see `entry_text`."""
    start = END - timedelta(count - 1)
    folder.mkdir(parents=True, exist_ok=True)
    for year in range(start.year, END.year + 1):
        (folder / f"{year:04d}").mkdir(exist_ok=True)
    jobs = ((folder, day, number, paragraph) for day, number in days(count))
    if count < 1_000:
        for job in jobs:
            _write(job)
    else:
        with multiprocessing.Pool() as pool:
            for _ in pool.imap_unordered(_write, jobs, chunksize=200):
                pass
    settings = f'name = "Bench"\nstart = {start}\ncount = "calendar"\nlayout = "years"\n'
    (folder / DONE).write_text(settings, "utf-8")


def _write(job: tuple[Path, date, int, int]) -> None:
    folder, day, number, paragraph = job
    path_of(folder, day).write_text(entry_text(day, number, paragraph), "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, metavar="N", help="the number of entries")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the journal is written")
    parser.add_argument(
        "--paragraphs", type=int, default=0, metavar="WORDS", help="how long they are"
    )
    options = parser.parse_args()
    began = time.perf_counter()
    make(options.count, options.folder, options.paragraphs)
    print(f"{options.count} entries in {time.perf_counter() - began:.1f} s")
