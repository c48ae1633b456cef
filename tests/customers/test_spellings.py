"""Customers that may be one: which spelling is pointed out, and where."""

from datetime import date

import pytest

from journal_tui.customers.customer import Customer
from journal_tui.customers.loop import Place
from journal_tui.customers.spellings import may_be_same_key, other_spellings


def places(*days: int) -> list[Place]:
    return [Place(date(2026, 1, day), f"{day}.md", 1) for day in days]


def test_the_less_used_spellings_are_pointed_out_where_they_were_written_first() -> None:
    uses = {
        "lab": places(5, 6, 7),
        "laboratory": places(3, 2),
        "la-b": places(9),
        "depot": places(1),
    }
    found = other_spellings(uses, {})
    assert [(it.key, it.usual, it.place.day.day) for it in found] == [
        ("laboratory", "lab", 2),
        ("la-b", "lab", 9),
    ]
    assert found[0].sentence.startswith(
        "the customer “laboratory” may be “lab”; to merge them, run "
        "journal rename '#customer/laboratory' '#customer/lab', or"
    )


def test_customers_that_the_settings_name_are_two() -> None:
    uses = {"school": places(1, 2), "school-north": places(3)}
    school, north = Customer("school"), Customer("school-north")
    assert other_spellings(uses, {"school": school, "school-north": north}) == []
    [found] = other_spellings(uses, {"school-north": north})
    assert (found.key, found.usual) == ("school", "school-north")


def test_a_misspelt_name_of_the_settings_is_pointed_out() -> None:
    known = {"lab": Customer("lab", "Westmere Laboratory")}
    [found] = other_spellings({"westmere-laborotory": places(3)}, known)
    assert (found.key, found.usual) == ("westmere-laborotory", "lab")
    assert other_spellings({"harbour": places(3)}, known) == []


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("lab", "labs", True),
        ("harbour", "harbor", True),
        ("one-to-one", "onetoone", True),
        ("ab", "abc", False),
        ("lab", "depot", False),
        ("bay", "day", False),
    ],
)
def test_which_are_alike(one: str, other: str, like: bool) -> None:
    assert may_be_same_key(one, other) is may_be_same_key(other, one) is like
