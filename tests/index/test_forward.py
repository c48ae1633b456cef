"""The words of a year in their order: what is written, kept up, and asked, against plain lists."""

import sys
from itertools import pairwise
from random import Random
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import in_order

from journal_tui.index import forward
from journal_tui.index.forward import NOTHING, File, Forward, rewritten
from journal_tui.index.phrases import KEPT, Phrases
from journal_tui.index.terms import ORDERED

CODES = ["A1", "A2", "Av", "B1", "J6", "L0", "Lv"]
WORD = st.sampled_from(["a", "b", "ab", "abc", "c", "0", "f", "&6f22;"])
PASSAGES = st.lists(st.lists(WORD, max_size=5), max_size=3)
PARTS = st.sampled_from([*ORDERED, "prose"])
FILE = st.dictionaries(st.sampled_from(ORDERED), PASSAGES, max_size=3)
# By the code of their day, the files of each day in their order.
FILES = st.dictionaries(st.sampled_from(CODES), st.lists(FILE, max_size=2), max_size=5)
ASKED = st.lists(WORD, min_size=1, max_size=3).map(tuple)

Parts = dict[str, list[list[str]]]


def made(files: dict[str, list[Parts]], old: Forward = NOTHING) -> Forward:
    """The forward index with these days as these files have them."""
    listed = [File(code, file, prose_of(file)) for code in sorted(files) for file in files[code]]
    return rewritten(old, set(files), listed)


def prose_of(file: Parts) -> list[tuple[int, int]]:
    """Every second passage of the entry is prose."""
    places, first = [], 0
    for number, passage in enumerate(file.get("entry", [])):
        if number % 2 == 0:
            places.append((first, first + len(passage)))
        # What divides passages has a place, too.
        first += len(passage) + 1
    return places


def phrases_of(index: Forward) -> Phrases:
    """The forward index as it is asked."""
    texts = dict(zip(ORDERED, index.texts, strict=True)) | {"prose": index.prose}
    return Phrases(index.lexicon, index.files, texts.__getitem__)


def plain(files: dict[str, list[Parts]]) -> list[tuple[str, Parts]]:
    """What `in_order` gives: a part without passages has one without words."""
    return [
        (code, {part: file.get(part) or [[]] for part in ORDERED})
        for code in sorted(files)
        for file in files[code]
    ]


def holds(passage: list[str], words: tuple[str, ...], begun: bool) -> bool:
    """Whether words stand somewhere in a passage in a row, the last one perhaps only begun."""
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
    texts = dict(zip(ORDERED, index.texts, strict=True))
    assert texts["entry"] == "f\u0100\u0101"
    assert texts["learning"] == "f\u0100b\u0102\u0100"
    assert texts["feedback"] == "f"
    assert made({}) == NOTHING


@given(FILES)
def test_what_is_written_is_there(files: dict[str, list[Parts]]) -> None:
    assert in_order(made(files)) == plain(files)


@given(FILES, st.lists(FILES, min_size=1, max_size=4))
def test_an_update_comes_to_what_is_made_anew(
    files: dict[str, list[Parts]], updates: list[dict[str, list[Parts]]]
) -> None:
    index = made(files)
    for update in updates:
        files = files | update
        index = made(update, index)
        assert in_order(index) == in_order(made(files)) == plain(files)
        for part in (*ORDERED, "prose"):
            for words in (("a",), ("a", "b"), ("ab",)):
                asked = phrases_of(index).days(part, words, True, None)
                assert asked == days(files, part, words, True)


@given(FILES, PARTS, ASKED, st.booleans(), st.sets(st.sampled_from([*CODES, "C3"])))
def test_phrases_are_found_where_they_stand(
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


def test_answers_are_kept_and_let_go() -> None:
    """More questions than are kept: the first ones are answered anew, and rightly."""
    files: dict[str, list[Parts]] = {"A1": [{"entry": [[f"w{n}" for n in range(3 * KEPT)]]}]}
    phrases = phrases_of(made(files))
    for _ in range(2):
        for number in range(3 * KEPT - 1):
            assert phrases.days("entry", (f"w{number}", f"w{number + 1}"), False, None) == {"A1"}
            assert phrases.days("entry", (f"w{number + 1}", f"w{number}"), False, None) == set()
    assert len(phrases._known) <= KEPT


def test_characters_are_none_that_cannot_be_written() -> None:
    """Neither ASCII, which divides, nor half of a surrogate pair, for any number of words."""
    numbers = [*range(300), *range(0xD600, 0xD900), *range((1 << 20) - 3, (1 << 20) + 3)]
    characters = [forward._character(number) for number in numbers]
    assert all(c > "\xff" for c in characters)
    "".join(characters).encode()
    assert len(set(characters)) == len(numbers) - 3


@pytest.mark.parametrize("most", [0, 1, 5])
def test_more_words_than_the_lexicon_holds(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones share a character: a phrase may be found too often then, and never too seldom."""
    monkeypatch.setattr(forward, "_MOST", most)
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


@given(FILES, PARTS, st.lists(st.tuples(WORD, st.booleans()), min_size=1, max_size=3))
def test_words_that_stand_together(
    files: dict[str, list[Parts]], part: str, asked: list[tuple[str, bool]]
) -> None:
    def holds_all(passage: list[str]) -> bool:
        return all(
            any(said.startswith(word) if begun else said == word for said in passage)
            for word, begun in asked
        )

    if part == "prose":
        # Its passages are not divided in the entry's words.
        part = "entry"
    wanted = {
        code
        for code, listed in files.items()
        if any(holds_all(passage) for file in listed for passage in file.get(part, []))
    }
    phrases = phrases_of(made(files))
    assert phrases.together(part, asked, set(CODES)) == wanted
    assert phrases.together(part, asked, {"J6"}) == wanted & {"J6"}


def test_several_threads_may_ask_at_once() -> None:
    words = [f"w{number:03d}" for number in range(200)]
    files = [File(code, {"entry": [words]}, []) for code in CODES]
    whole = rewritten(NOTHING, set(CODES), files)
    phrases = Phrases(whole.lexicon, whole.files, lambda part: whole.texts[0])
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
    """Some of the characters that stand for words are white space of one kind or another."""
    some, more = [f"w{n:05}" for n in range(9_000)], [f"x{n:05}" for n in range(1_500)]
    files = [File("A1", {"entry": [some]}, []), File("A2", {"entry": [more]}, [])]
    first = rewritten(NOTHING, {"A1"}, files[:1])
    then = rewritten(first, {"A2"}, files[1:])
    anew = rewritten(NOTHING, {"A1", "A2"}, files)
    assert then.lexicon == anew.lexicon and then.texts == anew.texts
    phrases = Phrases(then.lexicon, then.files, lambda part: then.texts[0])
    for pair in pairwise(some):
        assert phrases.days("entry", pair, False, None) == {"A1"}
