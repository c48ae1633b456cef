"""What a search finds is what one finds who reads every file: 500 entries, thousands of queries."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings

from journal_tui.entry.entry import Entry
from journal_tui.entry.tokenizer import words
from journal_tui.index import search as indexed
from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.extent import Sample
from tests.index.index_fixture import Place
from tests.index.query_strategies import Asked, Vocabulary, queries
from tests.index.reference_search import ReferenceSearch
from tests.index.sample_500 import (
    COUNT,
    KINDS,
    MENTIONS,
    PERIODS,
    PHRASES,
    START,
    TODAY,
    WORDS,
    number,
    write,
)

ROWS = ("mixed", "learning", "entries")
ALL = Vocabulary(WORDS, PHRASES, MENTIONS, KINDS, START, date(2015, 12, 31))


class Both:
    """One journal of 500 entries, as the index has it and as it is read plainly."""

    def __init__(self, place: Place) -> None:
        write(place)
        places = Places(place.folder / "config", place.folder / "index", place.folder / "state")
        now = datetime.combine(TODAY, datetime.min.time())
        self.journal = Journal(place.root, places, lambda: now)
        self.journal.refresh()
        self.paths = place.paths()
        self.plainly = ReferenceSearch(self.journal.entries, self.paths, TODAY, number)

    def differ(self, asked: Asked) -> list[str]:
        """The kinds of rows for which the two answers are not the same."""
        query = self.journal.query(asked.text)
        assert (query.is_scoped, bool(query.wanted)) == (asked.scoped, asked.wanted)
        found = []
        for rows in ROWS:
            hits = self.journal.find(query, rows)
            said = [(h.path, h.part, "" if h.part in ("prose", "entry") else h.text) for h in hits]
            if said != asked.rows(self.plainly, rows):
                found.append(rows)
        return found


@contextmanager
def opened(folder: Path) -> Iterator[Both]:
    """The journal in a folder. Nothing here changes it, so each text is read and divided once."""
    both = Both(Place(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexed, "searchable_words", cache(indexed.searchable_words))
        patch.setattr(both.journal.entries, "text", cache(both.journal.entries.text))
        yield both


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Made once."""
    with opened(tmp_path_factory.mktemp("five-hundred")) as both:
        yield both


def test_the_journal_holds_what_it_should(both: Both) -> None:
    """A search for what is nowhere proves nothing."""
    passages = both.plainly.passages
    files = {passage.file for passage in passages}
    assert len(files) == len(both.plainly.files) == COUNT
    assert {file.day.year for file in files} >= {2011, 2012, 2013, 2014}
    assert sum(bool(file.period) for file in files) == len(PERIODS)
    per_day = Counter(file.day for file in files if not file.period)
    assert sum(count > 1 for count in per_day.values()) > 0.1 * len(per_day)
    assert max(per_day.values()) == 3
    for part in ("learning", "feedback", "follow-up", "title", "remark", "prose"):
        assert sum(passage.part == part for passage in passages) >= 100, part
    for state in ("open", "done", "late"):
        assert sum(state in passage.states for passage in passages) >= 50, state
    for what in (
        "learning",
        "feedback",
        "follow-ups",
        "rating",
        "remark",
        "tags",
        "people",
        "problems",
    ):
        assert 50 <= sum(what in file.has for file in files) <= COUNT - 20, what
    assert sum("service-review" in file.kinds for file in files) >= 10
    assert sum(file.length == 0 for file in files) >= 5
    said = [passage for passage in passages if passage.part == "entry"]
    for phrase in PHRASES:
        assert sum(f" {' '.join(words(phrase))} " in entry.said for entry in said) >= 10, phrase
    assert {line_end(both.journal.root / path) for path in both.paths} >= {"\r\n", "\n", "\r"}
    rated: dict[date, list[float]] = {}
    for path in both.paths:
        entry = both.journal.entries.load(path)
        if found := Entry(TODAY, entry.text).rating:
            if both.journal.entries.period_of(path):
                continue
            day = date.fromisoformat(path.rpartition("/")[2][:10])
            rated.setdefault(day, []).append(found.value)
    assert sum(len(set(values)) > 1 for values in rated.values()) >= 5


def line_end(file: Path) -> str:
    """How the lines of a file end."""
    found = re.search(rb"\r\n|\r|\n", file.read_bytes())
    return found.group().decode() if found else ""


def test_a_search_finds_what_reading_every_file_finds(
    both: Both, record_property: Callable[[str, object], None], sample: Sample
) -> None:
    # About a third of them have been asked before.
    known = sample(150, 3_400)
    examples = known if settings.default and settings.default.derandomize else 16_000
    tried: dict[str, bool] = {}

    @settings(max_examples=examples)
    @given(queries(ALL, TODAY))
    def ask(asked: Asked) -> None:
        if asked.text not in tried:
            assert both.differ(asked) == []
            tried[asked.text] = asked.among(both.plainly) != 0

    ask()
    record_property("queries", len(tried))
    print(f"{len(tried)} queries, {sum(tried.values())} of them with hits")
    assert len(tried) >= examples / 1.7
    assert sum(tried.values()) >= len(tried) / 2
