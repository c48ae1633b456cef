"""Words in a row are found in every part exactly at their place, searched for once or again."""

from datetime import timedelta
from itertools import product
from random import Random

import pytest

from journal_tui.entry.tokenizer import fold
from journal_tui.index.index import Index
from journal_tui.index.search import IndexedFile
from journal_tui.query.fields import ENTRY, FOLLOW_UP, LEARNING, PROSE
from journal_tui.query.nodes import Words
from tests.extent import Sample
from tests.index.index_fixture import DAY, Place, asked

# Common words, which are short, one that is longer, one that is written with signs.
WORDS = ("in", "the", "and", "it", "meeting", "né")


def text_of(random: Random) -> str:
    """An entry that says little else than these words, in some of its parts."""

    def said(most: int) -> str:
        return " ".join(random.choices(WORDS, k=random.randrange(1, most)))

    points = "".join(
        f"- {said(6)}\n  - [{random.choice(' x')}] {said(4)} due:2014-10-13 {said(3)}\n"
        for _ in "ab"
    )
    return (
        f"# {said(4)}\n\n{said(9)}\n\n## Learning points\n\n{points}\nEnjoyment: 9/10 – {said(4)}\n"
    )


@pytest.fixture
def filled(place: Place) -> Place:
    random = Random("words in a row")
    for number in range(60):
        day = DAY + timedelta(number)
        place.put(f"{day}.md", text_of(random))
    return place


SCOPES = {"": ENTRY, "in:prose ": PROSE, "in:learning ": LEARNING, "in:follow-ups ": FOLLOW_UP}


def by_reading(index: Index, place: Place, words: Words, part: str) -> set[str]:
    """The paths of the files of which such a passage holds the words, by reading all of them."""
    files = [IndexedFile(place.library, day, r, None, lambda _: None) for day, r in index.newest()]
    return {file.path for file in files for passage in file.passages(part, "") if words(passage)}


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("followup call", [1, 2]), ("follow-up call", [1, 2, 3, 4]), ("a followup call with Ann", [1, 2]), ("wellknown follow-up", [3]),
        ("don't know", [2, 3]), ("dont know", [2, 3]), ("wellknown followup", [3]), ("well-known follow-up", [3]),
        ("86000 people", [1, 2, 4]), ("86,000 people", [1, 2, 4]), ("followup people", []), ("call dont", []),
    ],
)  # fmt: skip
def test_a_phrase_finds_words_that_are_joined_or_not(
    place: Place, typed: str, days: list[int]
) -> None:
    said = [
        "A follow-up call with Ann, for 86,000 people", "a followup call with Ann. I don't know 86000 people",
        "the well-known follow-up\ncall. They dont know", "a follow up call for 86.000 people",
    ]  # fmt: skip
    for number, text in enumerate(said, 1):
        place.put(f"2014-10-0{number}.md", f"# T\n\n{text}\n\n## Learning points\n\n- {text}\n")
    index = place.index()
    index.refresh()
    for scope, part in SCOPES.items():
        hits = asked(index, place, f'{scope}"{typed}"', "entries")
        found = sorted(hit.path[-4] for hit in hits)
        # The next line belongs to the point.
        wanted = sorted({*days, 3} if typed.endswith("up call") and part == LEARNING else days)
        assert found == ([] if part == FOLLOW_UP else list(map(str, wanted))), scope


def test_words_in_a_row_are_found_at_their_place(filled: Place, sample: Sample) -> None:
    filled.index().refresh()
    again = filled.index()
    asked(again, filled, '"in the"')
    random, found = Random("phrases"), 0
    for words in random.sample(
        [*product(WORDS, repeat=3), *product(WORDS, repeat=4)], sample(50, 150)
    ):
        folded = tuple(map(fold, words))
        begun = (*folded[:-1], folded[-1][0])
        for scope, part in SCOPES.items():
            for sought in (Words(folded, "whole"), Words(begun, "begins")):
                typed = " ".join(sought.words) + '"' * (sought.last == "whole")
                wanted = by_reading(again, filled, sought, part)
                # Another start of the program reads other tables for its first question.
                for index in (again, filled.index()):
                    hits = asked(index, filled, f'{scope}"{typed}', "entries")
                    assert {hit.path for hit in hits} == wanted, (scope, typed)
                found += len(wanted)
    assert found > sample(100, 400)
