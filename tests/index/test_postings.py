"""The postings string against a dict that means the same."""

from collections.abc import Iterable, Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from journal_tui.index.postings import (
    EMPTY,
    Postings,
    code_of_date,
    code_of_day,
    codes_of,
    count_days,
    day_of,
    escape,
    insert_terms,
    is_day,
    replace_days,
    unescape,
)


def build(days: Mapping[str, Iterable[str]]) -> str:
    """The postings of terms (escaped) with their day codes in any order."""
    if not days:
        return EMPTY
    return " " + " ".join([f"{term}!{''.join(sorted(days[term]))}" for term in sorted(days)]) + " "


def parse(postings: str) -> dict[str, list[str]]:
    """The terms with their day codes."""
    found: dict[str, list[str]] = {}
    for item in postings.split():
        term, _, codes = item.partition("!")
        found[term] = [codes[i : i + 2] for i in range(0, len(codes), 2)]
    return found


DAYS = st.dates(date(2016, 1, 1), date(2016, 12, 31))
TERMS = st.text(st.sampled_from("ab0#@/-._中é"), min_size=1, max_size=4).map(escape)
MODELS = st.dictionaries(TERMS, st.sets(DAYS.map(code_of_day), min_size=1, max_size=5), max_size=12)


def test_the_shape() -> None:
    days = {"word": ["J6", "A3"], "next": ["J6"]}
    assert build(days) == " next!J6 word!A3J6 "
    assert build({}) == EMPTY == " "


@given(DAYS, DAYS)
def test_codes_sort_as_days_do(one: date, two: date) -> None:
    assert day_of(2016, code_of_day(one)) == one
    assert (code_of_day(one) < code_of_day(two)) == (one < two)
    assert code_of_day(one)[0].isupper()
    assert not code_of_day(one)[1].isupper()


PERIODS = ["2016", "2016-Q1", "2016-Q4", "2016-10", "2016-02", "2016-W01", "2016-W52", "2016-W30"]


@given(st.sets(DAYS.map(date.isoformat) | st.sampled_from(PERIODS)))
def test_days_are_counted_and_periods_are_not(dates: set[str]) -> None:
    codes = sorted(map(code_of_date, dates))
    assert count_days("".join(codes)) == sum(map(is_day, codes)) == len(dates - {*PERIODS})


@given(st.text())
def test_any_term_is_escaped_into_what_the_string_can_hold(term: str) -> None:
    made = escape(term)
    assert unescape(made) == term
    assert made.isascii()
    assert not set(made) & set(' !"\\~') and made == made.lower()


@given(st.text(max_size=5), st.text(max_size=5))
def test_a_beginning_stays_a_beginning(one: str, two: str) -> None:
    assert escape(one + two).startswith(escape(one))


@given(MODELS)
def test_build_and_parse(model: dict[str, set[str]]) -> None:
    postings = build(model)
    assert parse(postings) == {term: sorted(days) for term, days in sorted(model.items())}
    assert list(parse(postings)) == sorted(model)


@given(MODELS, TERMS)
def test_lookup(model: dict[str, set[str]], other: str) -> None:
    postings = build(model)
    for term in {*model, other}:
        assert Postings(postings).lookup(term) == "".join(sorted(model.get(term, ())))


@given(MODELS, st.one_of(TERMS, st.just("")))
def test_a_slice_is_what_begins_so(model: dict[str, set[str]], prefix: str) -> None:
    wanted = {term: sorted(days) for term, days in model.items() if term.startswith(prefix)}
    items = Postings(build(model)).slice_of(prefix)
    assert parse(items) == wanted
    assert codes_of(items) == set().union(*wanted.values())


@given(MODELS, DAYS.map(code_of_day), st.sets(TERMS, max_size=6))
def test_a_day_is_taken_out_and_put_in(
    model: dict[str, set[str]], day: str, terms: set[str]
) -> None:
    left = {term: days - {day} for term, days in model.items() if days - {day}}
    assert replace_days(build(model), [day], []) == build(left)
    put = left | {term: left.get(term, set()) | {day} for term in terms}
    assert replace_days(build(left), [day], [(day, terms)]) == build(put)
    assert replace_days(build(model), [day], [(day, terms)]) == build(put)
    assert replace_days(build(put), [day], [(day, terms)]) == build(put)


@given(MODELS, MODELS)
def test_new_terms_are_put_in(model: dict[str, set[str]], more: dict[str, set[str]]) -> None:
    new = {term: "".join(sorted(days)) for term, days in more.items() if term not in model}
    both = model | {term: more[term] for term in new}
    assert insert_terms(build(model), new) == build(both)


def test_a_thousand_new_terms_at_once() -> None:
    """More of them are sorted in together: what comes of it is the same."""
    model = {f"w{number:04d}": {"A1"} for number in range(0, 4_000, 2)}
    new = {f"w{number:04d}": "B2" for number in range(1, 2_100, 2)}
    assert len(new) > 1_000
    at_once = insert_terms(build(model), new)
    by_one = build(model)
    for term, codes in new.items():
        by_one = insert_terms(by_one, {term: codes})
    assert at_once == by_one
    assert parse(at_once) == {**{term: ["A1"] for term in model}, **{term: ["B2"] for term in new}}
    assert insert_terms(EMPTY, {}) == EMPTY
    assert insert_terms(EMPTY, {"b": "A1", "a": "B2"}) == " a!B2 b!A1 "


@given(MODELS, TERMS, TERMS, st.booleans(), st.booleans())
def test_terms_between_two_bounds(
    model: dict[str, set[str]], low: str, high: str, open_low: bool, open_high: bool
) -> None:
    def lies(term: str) -> bool:
        above = term > low if open_low else term >= low
        return above and (term < high if open_high else term <= high)

    wanted = {term: sorted(days) for term, days in model.items() if lies(term)}
    items = Postings(build(model)).between(low, high, open_low, open_high)
    assert parse(items) == wanted
    assert codes_of(items) == set().union(*wanted.values())


def test_repeated_lookups_give_the_same_postings() -> None:
    """Look up terms that are there, terms between them, and terms before and after all of them."""
    model = {f"w{number:04d}": {"A1", "B2"} for number in range(0, 6_000, 2)}
    asked = Postings(build(model))
    for _ in range(2):
        for number in (0, 1, 777, 778, 3_001, 5_998, 5_999):
            term = f"w{number:04d}"
            assert asked.lookup(term) == ("A1B2" if number % 2 == 0 else "")
            tens = {f"{term[:4]}{digit}" for digit in range(0, 10, 2)}
            assert set(parse(asked.slice_of(term[:4]))) == tens
        assert asked.lookup("v") == asked.lookup("x") == asked.lookup("w") == ""
        assert asked.slice_of("v") == asked.slice_of("x") == ""
        assert asked.slice_of("") == asked.slice_of("w") == asked.between("a", "z")
        assert list(parse(asked.between("w0777", "w0782"))) == ["w0778", "w0780", "w0782"]


def test_long_rewrites_pause_for_other_work() -> None:
    rests: list[int] = []
    model = {f"w{number:04d}": {"A1", "B2"} for number in range(3_000)}
    days = [code_of_day(date(2016, 3, day)) for day in range(1, 6)]
    replace_days(build(model), days, [("C1", ["new"])], lambda: rests.append(1))
    assert len(rests) >= 6
