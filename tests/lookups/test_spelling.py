"""Words spelled nearly as one that was not found, in journals on real files."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_tui.entry.edit_distance import distance
from journal_tui.entry.tokenizer import fold, words
from journal_tui.index.index import Index
from journal_tui.index.postings import Postings
from journal_tui.index.segment import Segment
from journal_tui.lookups.spelling import close_words, suggestions
from tests.extent import examples
from tests.index.index_fixture import Place

TEXT = """# Day 1

The vendor and the vendors brought machines to the depot. Somebody of the museum helped.
Ålesund sent søppel, the сервер stopped. Rain, rain, train. 日本

#planning #one-to-one #project/wifi #Hiring @Zoë @ana.lopez @colm
"""


@pytest.fixture
def index(place: Place) -> Index:
    """Two years with the same text, and a word that is used more."""
    place.put("2014/2014-10-06.md", TEXT)
    place.put("2014/2014-10-07.md", "machines, tender, vendor, lender #plowing\n")
    place.put("2015/2015-03-01.md", TEXT + "machine\n")
    index = place.index()
    index.refresh()
    return index


@pytest.mark.parametrize(
    ("word", "close"),
    [
        ("vednor", ["vendor"]), ("vendr", ["vendor"]), ("vendorr", ["vendor", "vendors"]), ("VENDÖRR", ["vendor", "vendors"]),
        ("bendor", ["vendor"]), ("endor", ["vendor"]), ("evndor", ["vendor"]), ("vvendor", ["vendor"]), ("xvendor", ["vendor"]),
        ("evndoor", ["vendor"]), ("venndoor", ["vendor"]), ("machnies", ["machines"]), ("macchine", ["machine"]),
        ("musuem", ["museum"]), ("sombody", ["somebody"]), ("depto", ["depot"]), ("depo", []), ("dpo", []), ("hlped", ["helped"]),
        ("sopple", ["soppel"]), ("søpel", ["soppel"]), ("alesnud", ["alesund"]), ("сервре", ["сервер"]), ("червер", ["сервер"]),
        ("tain", ["train"]), ("rani", ["rain"]), ("the", []), ("teh", ["the"]), ("to", []), ("x", []), ("日", []), ("2014", []), ("2041", []),
        ("", []), ("zzzzzz", []), ("vend", []), ("r.in", []), ("=rain", []), ("日本語", []), ("one-to-onn", []), ("x" * 10_000, []), ("a\x1b[2J", []), ("!!!!", []), ("&#~!", []), ("\ud800\ud800\ud800", []),
    ],
    ids=lambda value: ascii(value)[:20],
)  # fmt: skip
def test_words(index: Index, word: str, close: list[str]) -> None:
    assert close_words(index, word) == close


SHORTER = {
    # Without the one that finds nothing, wherever it is.
    "depot nowhere5 helped": ["depot helped"],
    "nowhere5 depot helped": ["depot helped"],
    "depot helped nowhere5": ["depot helped"],
    # Each finds something, but not together: first without the one that excludes most.
    "rare depot": ["depot", "rare"],
    "depot rare": ["depot", "rare"],
    "depot rare since:2015": ["depot since:2015", "depot rare"],
    # The only word is kept: conditions alone would find anything.
    "rare since:2015": ["rare"],
    '"rare word" since:2015': ['"rare word"'],
    "nowhere5 since:2014": [],
    "rating:5 since:2014": ["since:2014"],
}


@pytest.mark.parametrize("text", SHORTER)
def test_fewer_terms(index: Index, text: str) -> None:
    found = {
        "depot helped": 2, "depot": 9, "rare": 1, "since:2014": 40, "since:2015": 20, '"rare word"': 1,
        "depot since:2015": 3, "depot rare": 1, "rating:5": 0, "rare since:2015": 0,
    }  # fmt: skip
    found.pop(text, None)
    offered = suggestions(index, text, lambda query, most: min(most, found.get(query, 0)))
    assert offered == SHORTER[text]


@pytest.mark.parametrize(
    ("word", "close"),
    [
        ("#plannig", ["#planning"]), ("#lanning", ["#planning"]), ("#onetoone", ["#one-to-one"]), ("#one-on-one", ["#one-to-one"]),
        ("#wifi", ["#project/wifi"]), ("#wfii", ["#project/wifi"]), ("#projectwifi", ["#project/wifi"]), ("#project/wify", ["#project/wifi"]),
        ("#hirring", ["#Hiring"]), ("#colm", []), ("#planning", []), ("#plan", []), ("#", []), ("#x", []), ("##planning", ["#planning"]),
        ("@zoey", ["@Zoë"]), ("@ZO", []), ("@colmn", ["@colm"]), ("@analopez", ["@ana.lopez"]), ("@ana.lopes", ["@ana.lopez"]), ("@planning", []),
        ("@", []), ("@" + "x" * 10_000, []),
    ],
    ids=lambda value: ascii(value)[:20],
)  # fmt: skip
def test_tags_and_people(index: Index, word: str, close: list[str]) -> None:
    assert close_words(index, word) == close


def test_the_most_used_of_equally_near_words_come_first(place: Place) -> None:
    for day in range(1, 5):
        place.put(f"2014/2014-10-0{day}.md", f"land{' lane' * (day > 1)}{' lamp' * (day > 2)}\n")
    place.put("2015/2015-10-01.md", "lamp lamp lamb\n")
    place.put("2016/2016-10-01.md", "lamp\n")
    index = place.index()
    index.refresh()
    assert close_words(index, "lan") == []
    assert close_words(index, "lano") == ["land", "lane"]
    assert close_words(index, "laxp") == ["lamp"]
    assert close_words(index, "lamm") == ["lamp", "lamb"]
    assert close_words(index, "lamm", 1) == ["lamp"]
    assert close_words(index, "lamm", 0) == []


def test_two_edits_count_only_where_one_finds_nothing(place: Place) -> None:
    place.put("2014/2014-10-06.md", "vendor vector vector\n")
    index = place.index()
    index.refresh()
    assert close_words(index, "vendxor") == ["vendor"]
    assert close_words(index, "vexdxr") == ["vendor"]
    assert close_words(index, "venctor") == ["vector"]


def test_text_without_words_has_no_terms(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    postings = Postings(" #vendor!A1 =vendor!A1 @vendor!A1 lender!A1 ")
    monkeypatch.setattr(Segment, "postings", lambda *_: postings)
    monkeypatch.setattr(Index, "years", lambda _: ["2014"])
    assert close_words(place.index(), "bendor") == []
    assert close_words(place.index(), "bender") == ["lender"]


def test_a_journal_without_entries(place: Place) -> None:
    index = place.index()
    index.refresh()
    assert close_words(index, "vendor") == close_words(index, "#vendor") == []


def every_edit(one: str, other: str) -> int:
    """How far apart two words are, by the definition, without a thought for speed."""
    table = {(0, column): column for column in range(len(other) + 1)}
    for row in range(1, len(one) + 1):
        table[row, 0] = row
        for column in range(1, len(other) + 1):
            same = one[row - 1] == other[column - 1]
            table[row, column] = min(
                table[row - 1, column] + 1,
                table[row, column - 1] + 1,
                table[row - 1, column - 1] + (not same),
            )
            swapped = one[row - 2 : row] == other[column - 2 : column][::-1]
            if row > 1 and column > 1 and swapped:
                table[row, column] = min(table[row, column], table[row - 2, column - 2] + 1)
    return table[len(one), len(other)]


LETTERS = st.text("abc", max_size=7)


@given(LETTERS, LETTERS, st.integers(1, 3))
def test_distances(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(every_edit(one, other), most + 1)
    assert distance(one, other, most) == distance(other, one, most)
    assert distance(one, one, most) == 0


LETTER = st.sampled_from("abcå中")
WANTED = st.text("abcå", min_size=3, max_size=8)


@st.composite
def searches(draw: st.DrawFn) -> tuple[str, str]:
    """A word that is looked for, and a text with words that are more or less like it."""
    wanted = draw(WANTED)
    found = draw(st.lists(st.text("abcå中", min_size=1, max_size=9), max_size=4))
    for _ in range(draw(st.integers(0, 5))):
        word = wanted
        for _ in range(draw(st.integers(1, 3))):
            at = draw(st.integers(0, len(word)))
            cut = draw(st.integers(0, 2))
            put = word[at : at + 2][::-1] if cut == 2 else draw(st.just("") | LETTER)
            word = word[:at] + put + word[at + cut :]
        found.append(word)
    return wanted, " ".join(found)


@given(searches())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(200))
def test_every_word_that_is_one_edit_away_is_found(
    places: Callable[[], Place], search: tuple[str, str]
) -> None:
    wanted, text = search
    place = places()
    place.put("2014/2014-10-06.md", text)
    index = place.index()
    index.refresh()
    meant = fold(wanted)
    apart = {word: every_edit(meant, word) for word in words(text) if not word.startswith(meant)}
    # Other beginnings of short words are not looked at, nor those of words two edits away.
    sure = {w for w in apart if w[0] == meant[0] or len(meant) > 4}
    found = set(close_words(index, wanted, 100))
    nearest = {word for word, edits in apart.items() if edits == 1}
    if found & nearest:
        assert nearest & sure <= found <= nearest
    else:
        assert not nearest & sure
        second = {word for word, edits in apart.items() if edits == 2 and len(meant) >= 6}
        assert {word for word in second if word[0] == meant[0]} <= found <= second
