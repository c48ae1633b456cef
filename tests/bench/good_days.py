"""Simulate journals to see how often `good-days` shows a difference that isn't there, or misses one.

Run by hand: `python -m tests.bench.good_days --journals 400`. Ratings persist from day to day with a
lag-1 correlation, tags come in runs, and days are workdays. Limits are printed beside the figures.
"""

import argparse
import math
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from journal_tui.entry.model import TEN
from journal_tui.review.good_days import TAG, WEEKDAY, Factor, GoodDays, make_good_days
from journal_tui.review.span import ALL, span_around
from journal_tui.review.written_day import WrittenDay

FIRST = date(2014, 1, 6)
SPREAD, MIDDLE = 1.8, 6.5
LAGS, RUNS = (0.3, 0.5), (1, 10, 20)


def workdays(count: int) -> list[date]:
    """Return so many workdays in a row."""
    days = (FIRST + timedelta(n) for n in range(count * 2))
    return [day for day in days if day.weekday() < 5][:count]


def persistent(random: Random, count: int, lag: float) -> list[float]:
    """Return values of a normal distribution, each correlated with the one before."""
    value = random.gauss(0, 1)
    values = []
    for _ in range(count):
        values.append(value)
        value = lag * value + math.sqrt(1 - lag * lag) * random.gauss(0, 1)
    return values


def tagged(random: Random, count: int, number: int, run: int) -> list[bool]:
    """Return marks in runs of a length, about `number` of them in all."""
    marks = [False] * count
    places = list(range(count))
    random.shuffle(places)
    for place in places:
        if sum(marks) >= number:
            break
        for at in range(place, min(count, place + run)):
            if sum(marks) < number:
                marks[at] = True
    return marks


def rating(value: float) -> float:
    """Return a rating in halves on a scale of 0 to 10."""
    return min(10.0, max(0.0, round((MIDDLE + SPREAD * value) * 2) / 2))


def judged(
    days: Sequence[date], values: Sequence[float], tags: Sequence[Sequence[bool]]
) -> GoodDays:
    """Return what is found for these ratings, asking about each of the tags and nothing else."""
    written = [
        WrittenDay(day, "", rating=rating(value)) for day, value in zip(days, values, strict=True)
    ]

    def factors(rated: Sequence[WrittenDay]) -> Iterator[Factor]:
        for number, marks in enumerate(tags):
            has_it = frozenset(day for day, mark in zip(days, marks, strict=True) if mark)
            yield Factor(f"#{number}", TAG, has_it)

    span = span_around(ALL, FIRST)
    return make_good_days(span, span.days, TEN, written, factors)


def false_alarms(
    random: Random, journals: int, lag: float, run: int, questions: int, count: int = 240
) -> float:
    """Return the share of journals without any effect in which a difference is shown."""
    days = workdays(count)
    alarms = 0
    for _ in range(journals):
        tags = [
            tagged(random, count, random.randint(count // 8, count // 2), run)
            for _ in range(questions)
        ]
        found = judged(days, persistent(random, count, lag), tags)
        alarms += any(answer.is_shown for answer in found.answers)
    return alarms / journals


def weekday_alarms(random: Random, journals: int, lag: float, count: int = 240) -> float:
    """Return the share of journals without any effect in which a weekday differs."""
    days = workdays(count)
    span = span_around(ALL, FIRST)
    alarms = 0
    for _ in range(journals):
        values = persistent(random, count, lag)
        written = [
            WrittenDay(day, "", rating=rating(value))
            for day, value in zip(days, values, strict=True)
        ]
        found = make_good_days(span, span.days, TEN, written)
        alarms += any(it.is_shown and it.factor.kind == WEEKDAY for it in found.answers)
    return alarms / journals


def power(
    random: Random, journals: int, lag: float, run: int, effect: float = 1.5, questions: int = 1
) -> float:
    """Return the share of journals of 80 days in which an effect on 40 of them is shown."""
    count = 80
    days = workdays(count)
    shown = 0
    for _ in range(journals):
        tags = [tagged(random, count, count // 2, run) for _ in range(questions)]
        values = persistent(random, count, lag)
        values = [
            value + effect / SPREAD * mark for value, mark in zip(values, tags[0], strict=True)
        ]
        found = judged(days, values, tags)
        shown += any(it.is_shown and it.factor.name == "#0" for it in found.answers)
    return shown / journals


def main() -> None:
    """Print the shares for all lags and runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journals", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random, journals = Random(options.seed), options.journals
    print(
        f"{journals} journals each, standard error {math.sqrt(0.05 * 0.95 / journals):.1%} at 5 %"
    )
    start = time.perf_counter()
    for lag in LAGS:
        weekdays = weekday_alarms(random, journals, lag)
        print(f"lag-1 {lag}: any of five weekdays {weekdays:6.1%} (limit 5 %)", flush=True)
        for run in RUNS:
            one = false_alarms(random, journals, lag, run, 1)
            thirty = false_alarms(random, max(50, journals // 2), lag, run, 30)
            found = power(random, journals, lag, run)
            print(
                f"lag-1 {lag}, runs of {run:2}: one question {one:6.1%} (limit 6 %), "
                f"any of thirty {thirty:6.1%} (limit 5 %), 1.5 points found {found:6.1%}"
                f"{' (at least 80 %)' if run == 1 else ''}",
                flush=True,
            )
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
