"""Merging: both sides' changes where they did not touch the same lines, never a guess."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.entry.merge import merge, union_of_lines
from tests.effort import count_calls, within_a_minute
from tests.extent import examples

texts = st.one_of(
    st.lists(st.sampled_from(["a\n", "b\n", "\n", "c\r\n", "d\r", "e", "\u2028"]), max_size=12).map("".join),
    st.text(max_size=40),
)  # fmt: skip


@given(texts, texts)
def test_a_change_on_one_side_is_kept(base: str, new: str) -> None:
    assert merge(base, new, base) == new
    assert merge(base, base, new) == new
    assert merge(base, new, new) == new


@given(texts, texts, texts)
def test_both_sides_count_the_same_and_no_line_is_invented(
    base: str, mine: str, theirs: str
) -> None:
    merged = merge(base, mine, theirs)
    other_way = merge(base, theirs, mine)
    assert (other_way is None) == (merged is None)
    if merged is not None and other_way is not None:
        assert sorted(other_way.split()) == sorted(merged.split())
    if merged is not None:
        sides = {*mine.splitlines(), *theirs.splitlines()}
        assert set(merged.splitlines()) <= sides | {
            a + b for a in mine.splitlines() for b in theirs.splitlines()
        }


@given(st.lists(st.sampled_from(["x\n", "\n"]), min_size=1, max_size=6), st.integers(0, 9), st.integers(0, 9))  # fmt: skip
def test_disjoint_changes_are_both_there(between: list[str], first: int, second: int) -> None:
    unique = [f"line {number}\n" for number in range(10)]
    base = "".join(unique)
    low, high = sorted((first, second))
    if high - low < 2:
        return
    mine = "".join([*unique[:low], "mine\n", *between, *unique[low + 1 :]])
    theirs = "".join([*unique[:high], "theirs\n", *unique[high + 1 :]])
    expected = "".join(
        [
            *unique[:low],
            "mine\n",
            *between,
            *unique[low + 1 : high],
            "theirs\n",
            *unique[high + 1 :],
        ]
    )
    assert merge(base, mine, theirs) == expected


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"),
        ("a\nb\nc\n", "b\nc\n", "a\nb\nc\nd\n", "b\nc\nd\n"),
        ("a\nb\nc\n", "a\nX\nc\n", "a\nY\nc\n", None),
        ("a\nb\nc\n", "a\nc\n", "a\nY\nc\n", None),
        ("a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\nd\n", "a\nX\nc\nd\n"),
        ("a\n", "a\nmine\n", "a\ntheirs\n", None),
        ("", "mine", "theirs", None),
        ("a\nrig", "a\nright 6.", "a\nrig\n\ntheirs\n", "a\nright 6.\n\ntheirs\n"),
        ("rig\na\n", "right 6.\na\n", "theirs\nrig\na\n", "theirs\nright 6.\na\n"),
        ("a\nb\n", "A\nb\n", "a\nB\n", "A\nB\n"),
        ("a\nb\n", "A\nmine\nb\n", "a\ntheirs\nb\n", "A\nmine\ntheirs\nb\n"),
        ("- rig\n", "- right 6.\n", "- rig\n\ntheirs\n", "- right 6.\n\ntheirs\n"),
        ("a\nb\n", "b\n", "a\ntheirs\nb\n", None),
        ("a\nb", "a\nb\nc", "A\nb", "A\nb\nc"),
        ("a\r\nb", "a\r\nb\r\n", "A\r\nb", "A\r\nb\r\n"),
        ("1. a\n \n", "1. a\n \n- two\n", "", "- two\n"),
        ("- b\n- c\n\n", "- b\n", "- c\n\n- [ ] t\n", "- [ ] t\n"),
        ("", "Enjoyment: \n", "Enjoyment: 7/10\n", None),
        ("x\n", "x\nprose\n", "Enjoyment: 8/10 – good\nx\n", None),
        ("a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\nC\r\n", "A\r\nb\r\nC\r\n"),
    ],
)
def test_merges(base: str, mine: str, theirs: str, merged: str | None) -> None:
    assert merge(base, mine, theirs) == merged


LIST = "# Day\n\nprose\n\n## Learning points\n\n- one\n- two\n\nEnjoyment: 7/10\n"
NEW = "# Day\n\n\n\n## Learning points\n\n- \n\nEnjoyment: \n"
FRONT = "---\ntags: [a]\nkind: review\n---\nprose\n"


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """The text with each first of a pair replaced by the second."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ([("two\n", "two\n- m\n")], [("two\n", "two\n- t\n")], [("two\n", "two\n- t\n- m\n")]),
        ([("one\n", "1\n")], [("two\n", "2\n")], [("one", "1"), ("two", "2")]),
        ([("one\n", "1\n- m\n")], [("two\n", "2\n- t\n")], [("one", "1\n- m"), ("two", "2\n- t")]),
        ([("- two\n", "- m\n")], [("two\n", "two\n- t\n")], [("two", "m\n- t")]),
        ([("- two\n", "")], [("two\n", "two\n- t\n")], [("two", "t")]),
        ([("- two\n", "")], [("two\n", "two\n  - t\n")], None),
        ([("- two\n", "")], [("two\n", "zwei\n")], None),
        ([("two\n", "zwei\n")], [("two\n", "deux\n")], None),
        ([("two\n", "two\n  - m\n")], [("two\n", "two\n- t\n")], [("two", "two\n  - m\n- t")]),
        ([("two\n", "two\n- same\n- m\n")], [("two\n", "two\n- same\n- t\n")], [("two", "two\n- same\n- t\n- m")]),
        ([("two\n", "two\n- m\n")], [("two\n", "two\n- t\n\n## Feedback\n\n- f\n")], [("two\n", "two\n- t\n- m\n\n## Feedback\n\n- f\n")]),
        ([("two\n", "two\n- m\n- same\n")], [("two\n", "two\n- t\n- same\n")], [("two", "two\n- t\n- m\n- same")]),
        ([("7/10", "8/10")], [("7/10", "9/10")], None),
        ([("7/10", "8/10")], [("7/10", "8/10")], [("7/10", "8/10")]),
        ([("7/10", "8/10")], [("two", "2"), ("Enjoyment: 7/10", "**Enjoyment:** 8/10 – good")], [("two", "2"), ("Enjoyment: 7/10", "**Enjoyment:** 8/10 – good")]),
        ([("two\n\nEnjoyment: 7/10\n", "two\n- m\n"), ("prose\n", "Enjoyment: 7/10\n\nprose\n")], [("7/10", "9/10")], [("two\n\nEnjoyment: 7/10\n", "two\n- m\n"), ("prose\n", "Enjoyment: 9/10\n\nprose\n")]),
        ([("Enjoyment: 7/10", "1. Enjoyment: 8/10")], [("Enjoyment: 7/10", "1. Enjoyment: 8/10 – good")], [("Enjoyment: 7/10", "1. Enjoyment: 8/10 – good")]),
        ([("prose", "mine")], [("prose", "theirs")], None),
    ],
)  # fmt: skip
def test_lists_go_by_their_items_and_the_rating_is_one_field(
    mine: list[tuple[str, str]], theirs: list[tuple[str, str]], merged: list[tuple[str, str]] | None
) -> None:
    wanted = None if merged is None else changed(LIST, *merged)
    for ending in ("\n", "\r\n", "\r"):
        texts = [text.replace("\n", ending) for text in (LIST, changed(LIST, *mine), changed(LIST, *theirs))]  # fmt: skip
        assert merge(*texts) == (None if wanted is None else wanted.replace("\n", ending))


def test_two_writers_begin_a_day_at_once() -> None:
    mine = changed(NEW, ("- ", "- m"), ("Enjoyment: ", "Enjoyment: 9/10"))
    theirs = changed(NEW, ("- ", "- t\n- u"), ("Enjoyment: ", "Enjoyment: 9/10 – good"))
    assert merge(NEW, mine, theirs) == changed(theirs, ("- u\n", "- u\n- m\n"))
    assert merge(NEW, mine, changed(theirs, ("9/10", "8/10"))) is None
    assert merge("", "- m\n", "- t") == "- t\n- m"


def test_a_rating_that_both_sides_added_is_kept_once() -> None:
    base = "# Day\n\nprose\n\n- one\n"
    mine = base + "\nEnjoyment: 9/10\n"
    theirs = changed(base, ("# Day\n", "# Day\n\nEnjoyment: 9/10\n"))
    merged = merge(base, mine, theirs)
    assert merged is not None
    assert merged.count("9/10") == 1
    assert merge(base, mine, changed(theirs, ("9/10", "4/10"))) is None
    assert merge(base, mine, "---\nenjoyment: 4\n---\n" + base) is None


def test_a_remark_of_several_lines_stays_with_its_rating() -> None:
    rated = "Enjoyment: 8/10 – good\nto the end\n"
    assert merge("a\n\nb\n", f"a\n\n{rated}\nb\n", f"a\n\nb\n\n{rated}") == f"a\n\n\nb\n\n{rated}"


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ([("[a]", "[a, m]")], [("review", "visit")], [("[a]", "[a, m]"), ("review", "visit")]),
        ([("[a]", "[a, m]")], [("[a]", "[a, t]")], None),
        ([("kind", "mine: 1\nkind")], [("review", "visit")], [("kind", "mine: 1\nkind"), ("review", "visit")]),
        ([("kind: review\n", "kind: review\nmine: 1\n")], [("kind: review\n", "kind: review\ntheirs:\n  - 1\n")], [("kind: review\n", "kind: review\ntheirs:\n  - 1\nmine: 1\n")]),
        ([("kind: review\n", "")], [("prose", "words")], [("kind: review\n", ""), ("prose", "words")]),
        ([("kind: review\n", "")], [("review", "visit")], None),
        ([("kind: review\n", "rating: 7\nkind: review\n")], [("kind: review\n", "kind: review\nrating: 8\n")], None),
        ([(FRONT, "prose\n")], [("prose", "words")], [(FRONT, "words\n")]),
        ([(FRONT, "prose\n")], [("review\n", "review\nmore: 1\n")], None),
    ],
)  # fmt: skip
def test_front_matter_goes_by_its_fields(
    mine: list[tuple[str, str]], theirs: list[tuple[str, str]], merged: list[tuple[str, str]] | None
) -> None:
    for mark in ("", "\ufeff"):
        texts = [mark + text for text in (FRONT, changed(FRONT, *mine), changed(FRONT, *theirs))]
        if mark and FRONT in dict(mine):
            continue
        assert merge(*texts) == (None if merged is None else mark + changed(FRONT, *merged))


# Lines that are all different say for each where it came from.
_PIECES = ["- {}\n", "- {}\n", "  - {}\n", "{}\n", "\n", "## {}\n", "- {}\r\n", "key{}: 1\n", "---\n"]  # fmt: skip


@st.composite
def edited(draw: st.DrawFn, text: list[str], who: str) -> list[str]:
    """The lines with some taken out, and some put in that `who` wrote."""
    lines: list[str] = []
    for number in range(len(text) + 1):
        if draw(st.integers(0, 4)) == 0:
            lines.append(draw(st.sampled_from(_PIECES)).format(f"{who}{number}"))
        if number < len(text) and draw(st.integers(0, 6)):
            lines.append(text[number])
    if draw(st.booleans()):
        rating = f"Enjoyment: {draw(st.integers(5, 7))}/10\n"
        lines = [line for line in lines if not line.startswith("Enjoyment")]
        lines.insert(draw(st.integers(0, len(lines))), rating)
    return lines


@st.composite
def three(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    """A base and two edits of it."""
    pieces = draw(st.lists(st.sampled_from(_PIECES), max_size=10))
    base = [piece.format(f"b{number}") for number, piece in enumerate(pieces)]
    if draw(st.booleans()):
        base.append("Enjoyment: 5/10\n")
    return base, draw(edited(base, "m")), draw(edited(base, "t"))


@settings(max_examples=examples(600))
@given(three())
def test_no_line_is_lost_unless_the_other_side_deleted_it(
    texts: tuple[list[str], list[str], list[str]],
) -> None:
    base, mine, theirs = texts
    merged = merge(*map("".join, texts))
    if merged is None:
        return
    lines = set(merged.splitlines())
    before = {line.rstrip() for line in base}
    for one, other in ((mine, theirs), (theirs, mine)):
        for line in (line.rstrip() for line in one):
            is_rating = line.startswith("Enjoyment")
            taken_out = line in before and line not in {kept.rstrip() for kept in other}
            assert is_rating or taken_out or line in lines
    most = max(1, *(sum(line.startswith("Enjoyment") for line in side) for side in (mine, theirs)))
    assert sum(line.startswith("Enjoyment") for line in merged.splitlines()) <= most
    assert not any(line.startswith(("<<<<", "====", ">>>>")) for line in lines)


@given(texts, texts)
def test_without_a_base_all_lines_of_both_are_kept(one: str, other: str) -> None:
    lines = set(union_of_lines(one, other).splitlines())
    assert {*one.splitlines(), *other.splitlines()} - {""} <= lines
    assert union_of_lines(one, one).rstrip() == one.rstrip()


def test_lines_that_both_texts_share_are_kept_once() -> None:
    assert union_of_lines("a\nb\nlast", "a\nlast") == "a\nb\nlast"
    assert union_of_lines("a\nlast", "a\nb\nlast") == "a\nb\nlast"
    assert union_of_lines("  - sub\n", "- c\n\n- b\n") == "  - sub\n- c\n\n- b\n"


def test_without_a_base_a_rating_fills_the_empty_line_for_it() -> None:
    rated, unrated = "a\n\nEnjoyment: 7/10 – fine\n", "b\n\nEnjoyment: \n"
    for placeholder in ("/10", "?", "–"):
        said = union_of_lines(rated, f"b\n\nEnjoyment: {placeholder}\n")
        assert said.count("Enjoyment") == 1 and "7/10" in said
    for one, other in ((rated, unrated), (unrated, rated)):
        lines = union_of_lines(one, other).splitlines()
        assert sorted(lines) == ["", "Enjoyment: 7/10 – fine", "a", "b"]
    said = union_of_lines(rated, "b\n\nEnjoyment: more than I thought\n").splitlines()
    assert {"Enjoyment: 7/10 – fine", "Enjoyment: more than I thought"} <= {*said}


def test_each_of_many_equal_lines_is_read_once() -> None:
    def calls(count: int) -> int:
        base = "Anna called about #estimates again.\n" * count
        return count_calls(lambda: merge(base, "mine\n" + base, base + "theirs\n"))

    assert calls(2_000) < calls(1_000) + 15 * 1_000


def test_long_texts_of_equal_lines_take_no_time() -> None:
    base = "\n" * 200_000
    with within_a_minute():
        assert merge(base, "mine\n" + base, base + "theirs\n") == "mine\n" + base + "theirs\n"
        assert merge(base, "mine\n" + base + "mine\n", base[2:]) != ""
