"""Best first: the words of an entry are counted in the index as they are in its text."""

from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from journal_tui.entry.spellings import searchable_words
from journal_tui.index.ranking import best_first
from journal_tui.index.search import Search
from journal_tui.query.nodes import Words
from journal_tui.query.parser import parse
from tests.index.index_fixture import TODAY, Place

TEXT = """# Day 168 – well-known

The plan of the plan, planning: a follow-up, and a follow-up of 86,000 for £5.

- [ ] plan in C++ and Łódź

## Learning points

- the plan, well-known

Enjoyment: 9/10
"""
WRITTEN = ("a-b-c", "well-known", "plan", "the", "86,000", "O'Brien", "x-y", "rain")
TERMS = [
    Words(("plan",)),
    Words(("plan",), "whole"),
    Words(("lan",), "inside"),
    Words(("the", "pl")),
    Words(("the", "plan"), "whole"),
    Words(("wellknown",), "whole"),
    Words(("followup",)),
    Words(("86000",), "whole"),
    Words(("c++",), "whole"),
    Words(("lodz",)),
    Words(("nowhere",)),
    Words(("nowhere", "plan")),
]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_an_entry_is_counted_without_its_file(place: Place, term: Words) -> None:
    place.put("2014/2014-10-05.md", "# Another\n\nplanets\n")
    place.put("2014/2014-10-06.md", TEXT)
    index = place.index()
    index.refresh()
    words = searchable_words(TEXT)
    starts, behind = term.places(words), len(term.words) - 1
    counted = index.segment("2014").phrases().occurrences("J6", [term])
    assert counted
    length, _, [(places, whole)] = counted
    assert length == len(words)
    assert len(places) == len(starts)
    assert whole == sum(words[start + behind] == term.words[-1] for start in starts)


def test_the_files_of_a_day_are_counted_by_their_texts(place: Place) -> None:
    place.put("2014/2014-10-06.md", TEXT)
    place.put("2014/2014-10-06-note.md", TEXT)
    index = place.index()
    index.refresh()
    assert index.segment("2014").phrases().occurrences("J6", TERMS) is None
    assert index.segment("2014").phrases().occurrences("J7", TERMS) is None


@pytest.mark.parametrize("number", range(6))
def test_the_order_is_that_of_the_texts_themselves(tmp_path: Path, number: int) -> None:
    """Beside another file of its day an entry is weighed by its text, otherwise by the index."""
    random = Random(number)
    alone, with_notes = Place(tmp_path / "alone"), Place(tmp_path / "with notes")
    for day in range(1, 13):
        text = "\n\n".join(
            start + " ".join(random.choices(WRITTEN, k=random.randrange(2, 9)))
            for start in random.choices(("", "- ", "# ", "- [ ] "), k=5)
        )
        for place in (alone, with_notes):
            place.put(f"2014/2014-10-{day:02}.md", text)
        with_notes.put(f"2014/2014-10-{day:02}-empty.md", "")
    indexes = {place: place.index() for place in (alone, with_notes)}
    for index in indexes.values():
        index.refresh()
    for one, other in combinations(("abc", "wellknown", "plan", "86000", "obrien", "xy"), 2):
        query = parse(f"{one} {other}", TODAY)
        orders = []
        for place, index in indexes.items():
            hits = Search(index, place.library, lambda day: None, TODAY).hits(query, "entries")
            orders.append([hit.path for hit in best_first(hits, query, index)])
        assert orders[0] == orders[1]
