"""Random histories of visits: every stage equals that of a second reader, which reads the text by itself."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.customers.loop import STAGES, CustomerNote, loops
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.entry import Entry
from tests.customers import reference
from tests.extent import Sample

FIRST = date(2025, 1, 6)
THEMES = ("network", "printers", "estimates")
WORDS = (
    "The link drops when the wind blows",
    "When the wind blows the link drops and drops",
    "Nobody tells us how long it takes",
    "It takes long and nobody tells us",
    "Printers jam every Monday morning",
    "On Monday morning the printers jam",
    "Too slow",
)
DAYS = st.integers(0, 500).map(lambda number: FIRST + timedelta(number))


@st.composite
def promises(draw: st.DrawFn) -> str:
    """A box with words and perhaps a day."""
    sign = draw(st.sampled_from(" x xx/-"))
    day = draw(st.none() | DAYS)
    closing = {"x": " done:", "-": " dropped:"}.get(sign, "")
    reason = " – too dear" if sign == "-" else ""
    dated = f"{closing}{day}" if day and closing else ""
    return f"[{sign}] A new cable @priya due:2025-06-01{dated}{reason}"


MARKS = st.tuples(st.sampled_from(["told", "told", "confirmed"]), st.none() | DAYS | DAYS).map(
    lambda mark: f"{mark[0]} {mark[1]}" if mark[1] else mark[0]
)


@st.composite
def feedback(draw: st.DrawFn) -> str:
    """An item with promises and marks under it."""
    theme = draw(st.none() | st.sampled_from(THEMES))
    lines = [f"- {draw(st.sampled_from(WORDS))}{f' #{theme}' if theme else ''}"]
    for _ in range(draw(st.integers(0, 2))):
        lines.append(f"  - {draw(promises())}")
        if draw(st.integers(0, 4)) == 0:
            lines.append(f"    - {draw(MARKS)}")
    lines += [f"  - {draw(MARKS)}" for _ in range(draw(st.integers(0, 2)))]
    return "\n".join(lines)


@st.composite
def improvements(draw: st.DrawFn) -> str:
    """A promise alone, which may name a theme."""
    name = draw(st.none() | st.sampled_from([*THEMES, *THEMES, "never"]))
    sign = draw(st.sampled_from(["", "#"]))
    line = f"- {draw(promises())}{f' re:{sign}{name}' if name else ''}"
    return "\n".join([line, *(f"  - {mark}" for mark in draw(st.lists(MARKS, max_size=1)))])


@st.composite
def notes(draw: st.DrawFn) -> str:
    """A note with some of its sections."""
    pieces = ["# Service review", "@helen and I."]
    for heading, section in reference.SECTIONS.items():
        one = improvements() if section == "improvements" else feedback()
        if items := draw(st.lists(one, max_size=2)):
            pieces += [f"## {heading}", "\n".join(items)]
    return "\n\n".join(pieces) + "\n"


NAMES = st.tuples(DAYS, st.sampled_from(["lab", "lab", "depot"])).map(
    lambda named: f"{named[0]}-service-review-{named[1]}.md"
)
HISTORIES = st.dictionaries(NAMES, notes(), min_size=1, max_size=6)


def inferred(texts: dict[str, str]) -> dict[tuple[str, int], str]:
    """The stages that the package finds, by path and line."""
    read = []
    for path, text in texts.items():
        entry = Entry(date.fromisoformat(path[:10]), text)
        read.append(CustomerNote(entry.day, path, read_visit(entry, path[11:].removesuffix(".md"))))
    return {(loop.place.path, loop.place.line): loop.stage for loop in loops(read)}


def test_the_stages_of_random_histories_are_those_of_a_second_reader(
    pytestconfig: pytest.Config, sample: Sample
) -> None:
    examples = 1_000 if pytestconfig.getoption("campaign") else sample(35, 120)
    seen: Counter[str] = Counter()

    @settings(max_examples=examples)
    @given(HISTORIES)
    def compare(texts: dict[str, str]) -> None:
        found = inferred(texts)
        assert found == reference.stages(texts)
        seen.update(found.values())

    compare()
    print(f"{sum(seen.values())} items in {examples} histories: {dict(seen)}")
    assert seen.keys() == set(STAGES)
    assert min(seen.values()) >= examples / 40
