"""The words of a year in their order: what is written, kept up, and asked, against plain lists."""

import sys
from itertools import pairwise
from random import Random
from threading import Thread

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journal_tui.index import phrase_search
from journal_tui.index.analyzer import TEXT_PARTS, Terms
from journal_tui.index.phrase_search import NO_TEXT, IndexedText, PhraseSearch, replace_days
from journal_tui.index.postings import Encoded, unescape
from tests.index.index_fixture import decode_text

CODES = ["A1", "A2", "Av", "B1", "J6", "L0", "Lv"]
WORD = st.sampled_from(["a", "b", "ab", "abc", "c", "0", "f", "&6f22;"])
PASSAGES = st.lists(st.lists(WORD, max_size=5), max_size=3)
PARTS = st.sampled_from([*TEXT_PARTS, "prose"])
FILE = st.dictionaries(st.sampled_from(TEXT_PARTS), PASSAGES, max_size=3)
# By the code of their day, the files of each day in their order.
FILES = st.dictionaries(st.sampled_from(CODES), st.lists(FILE, max_size=2), max_size=5)
ASKED = st.lists(WORD, min_size=1, max_size=3).map(tuple)

Parts = dict[str, list[list[str]]]


def made(files: dict[str, list[Parts]], old: IndexedText = NO_TEXT) -> IndexedText:
    """The forward index with these days as these files have them."""
    listed = [
        (code, Terms({}, file, prose_of(file))) for code in sorted(files) for file in files[code]
    ]
    return replace_days(old, set(files), listed)


def prose_of(file: Parts) -> list[tuple[int, int]]:
    """Every second passage of the entry is prose."""
    places, first = [], 0
    for number, passage in enumerate(file.get("entry", [])):
        if number % 2 == 0:
            places.append((first, first + len(passage)))
        # What divides passages has a place, too.
        first += len(passage) + 1
    return places


def phrases_of(index: IndexedText) -> PhraseSearch:
    """The forward index as it is asked."""
    return PhraseSearch(
        Encoded.of(index.lexicon), index.files, lambda part: Encoded.of(index.parts[part])
    )


def plain(files: dict[str, list[Parts]]) -> list[tuple[str, Parts]]:
    """What `decode_text` gives: a part without passages has one without words."""
    return [
        (code, {part: file.get(part) or [[]] for part in TEXT_PARTS})
        for code in sorted(files)
        for file in files[code]
    ]


def holds(passage: list[str], words: tuple[str, ...], begun: bool) -> bool:
    """Say whether a passage has these words in a row, the last one perhaps only begun."""
    *whole, last = words
    for place in range(len(passage) - len(words) + 1):
        run = passage[place : place + len(words)]
        if run[:-1] == whole and (run[-1].startswith(last) if begun else run[-1] == last):
            return True
    return False


def days(files: dict[str, list[Parts]], part: str, words: tuple[str, ...], begun: bool) -> set[str]:
    """The days that hold a phrase, found by looking everywhere."""
    return {
        code
        for code, listed in files.items()
        for file in listed
        for passage in (file.get("entry", [])[::2] if part == "prose" else file.get(part, []))
        if holds(passage, words, begun)
    }


def test_the_shape() -> None:
    index = made({"J6": [{"entry": [["old", "machines"]], "learning": [["old"], ["rain", "old"]]}]})
    assert index.lexicon == " machines!\u0101 old!\u0100 rain!\u0102 "
    assert index.files == "J6"
    texts = index.parts
    assert texts["entry"] == "f\u0100\u0101"
    assert texts["learning"] == "f\u0100b\u0102\u0100"
    assert texts["feedback"] == "f"
    assert made({}) == NO_TEXT


@given(FILES)
def test_what_is_written_is_there(files: dict[str, list[Parts]]) -> None:
    assert decode_text(made(files)) == plain(files)


@given(FILES, st.lists(FILES, min_size=1, max_size=4))
def test_an_update_gives_the_same_index_as_a_rebuild(
    files: dict[str, list[Parts]], updates: list[dict[str, list[Parts]]]
) -> None:
    index = made(files)
    for update in updates:
        files = files | update
        index = made(update, index)
        assert decode_text(index) == decode_text(made(files)) == plain(files)
        for part in (*TEXT_PARTS, "prose"):
            for words in (("a",), ("a", "b"), ("ab",)):
                asked = phrases_of(index).days(part, words, True, None)
                assert asked == days(files, part, words, True)


@given(FILES, PARTS, ASKED, st.booleans(), st.sets(st.sampled_from([*CODES, "C3"])))
def test_phrases_are_found_at_their_place(
    files: dict[str, list[Parts]], part: str, words: tuple[str, ...], begun: bool, among: set[str]
) -> None:
    wanted = days(files, part, words, begun)
    phrases = phrases_of(made(files))
    digits = "0123456789abcdefghijklmnopqrstuv"
    # Few days are looked at one by one, many all at once; an answer that is kept is the same.
    assert phrases.days(part, words, begun, among) == wanted & among
    many = among | {f"{month}{digit}" for month in "DEF" for digit in digits[1:]}
    assert phrases.days(part, words, begun, many) == wanted & among
    assert phrases.days(part, words, begun, None) == wanted
    assert phrases.days(part, words, begun, None) == wanted
    assert phrases.days(part, words, begun, among) == wanted & among


def test_no_phrase_reaches_into_another_passage_or_file() -> None:
    files: dict[str, list[Parts]] = {
        "A1": [{"learning": [["a", "b"], ["c", "a"]]}, {"learning": [["b"]]}],
        "A2": [{"learning": [["b"]]}],
    }
    phrases = phrases_of(made(files))
    assert phrases.days("learning", ("a", "b"), False, None) == {"A1"}
    for words in (("b", "c"), ("c", "a", "b"), ("b", "b")):
        for begun in (True, False):
            assert phrases.days("learning", words, begun, None) == set()
            assert phrases.days("learning", words, begun, {"A1", "A2"}) == set()


def test_characters_can_all_be_written() -> None:
    """They are neither ASCII, which divides, nor halves of surrogate pairs, for any number of words."""
    words = [f"w{number}" for number in range(0xE000)]
    text = made({"A1": [{"entry": [words]}]})
    characters = text.parts["entry"][1:]
    assert all(c > "\xff" for c in characters)
    characters.encode()
    assert len(set(characters)) == len(words)
    # The numbers in the ranges of the prose are written in the same way.
    phrases = phrases_of(text)
    assert phrases.days("prose", ("w57342", "w57343"), False, None) == {"A1"}


@pytest.mark.parametrize("most", [0, 1, 5])
def test_more_words_than_the_lexicon_holds(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones share a character: a phrase may be found too often then, and never too seldom."""
    monkeypatch.setattr(phrase_search, "MAX_WORDS", most)
    listed = [f"w{number}" for number in range(12)]
    files: dict[str, list[Parts]] = {
        code: [{"entry": [listed[place : place + 4]]}] for place, code in enumerate(CODES)
    }
    index = made(files)
    index = made({"L0": [{"entry": [[*listed, "new", "words"]]}]}, index)
    files["L0"] = [{"entry": [[*listed, "new", "words"]]}]
    phrases = phrases_of(index)
    for words in (("w0", "w1"), ("w8", "w9"), ("new", "words"), ("w11", "new")):
        for begun in (True, False):
            assert phrases.days("entry", words, begun, None) >= days(files, "entry", words, begun)
    assert phrases.days("entry", ("nowhere", "w0"), False, None) == set()


HOW = st.sampled_from(["whole", "begins", "inside"])


@given(FILES, PARTS, WORD, HOW)
def test_days_with_a_word(files: dict[str, list[Parts]], part: str, word: str, how: str) -> None:
    meant = {"whole": str.__eq__, "begins": str.startswith, "inside": str.__contains__}
    # Part of an escaped character isn't part of a word.
    assume(how != "inside" or "&" not in word)

    def has_word(file: Parts) -> bool:
        passages = file.get("entry", [])[::2] if part == "prose" else file.get(part, [])
        return any(
            meant[how](unescape(said), unescape(word)) for passage in passages for said in passage
        )

    wanted = {code for code in files for file in files[code] if has_word(file)}
    phrases = phrases_of(made(files))
    assert phrases.days_with(part, word, how, set(CODES)) == wanted
    assert phrases.days_with(part, word, how, {"J6"}) == wanted & {"J6"}


def test_several_threads_may_ask_at_once() -> None:
    words = [f"w{number:03d}" for number in range(200)]
    files = [(code, Terms({}, {"entry": [words]}, [])) for code in CODES]
    whole = replace_days(NO_TEXT, set(CODES), files)
    phrases = PhraseSearch(
        Encoded.of(whole.lexicon), whole.files, lambda part: Encoded.of(whole.parts["entry"])
    )
    faults: list[BaseException] = []

    def ask(seed: int) -> None:
        random = Random(seed)
        try:
            for _ in range(1_500):
                at = random.randrange(198)
                found = phrases.days("entry", (words[at], words[at + 1][:3]), True, None)
                assert found == set(CODES)
        except BaseException as error:
            faults.append(error)

    before = sys.getswitchinterval()
    sys.setswitchinterval(0.000_01)
    try:
        threads = [Thread(target=ask, args=(seed,)) for seed in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert not faults


def test_no_word_is_lost_when_a_year_learns_many_more() -> None:
    """Some of the characters that encode words are white space."""
    some, more = [f"w{n:05}" for n in range(9_000)], [f"x{n:05}" for n in range(1_500)]
    files = [(code, Terms({}, {"entry": [w]}, [])) for code, w in (("A1", some), ("A2", more))]
    first = replace_days(NO_TEXT, {"A1"}, files[:1])
    then = replace_days(first, {"A2"}, files[1:])
    anew = replace_days(NO_TEXT, {"A1", "A2"}, files)
    assert then.lexicon == anew.lexicon and then.parts == anew.parts
    phrases = PhraseSearch(
        Encoded.of(then.lexicon), then.files, lambda part: Encoded.of(then.parts["entry"])
    )
    for pair in pairwise(some):
        assert phrases.days("entry", pair, False, None) == {"A1"}
