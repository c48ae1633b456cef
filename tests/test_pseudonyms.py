"""People in what leaves the journal: the same pseudonym everywhere, and no name is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.mentions import mentions
from journal_tui.entry.tokenizer import fold_name
from journal_tui.pseudonyms import Pseudonyms

PEOPLE = ("helen", "tomas", "o'brien", "jean-luc", "noor", "mei", "łukasz")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ask @helen and @tomas", "Ask Person 1 and Person 2"),
        ("Helen asked; @Helen answered", "Person 1 asked; Person 1 answered"),
        ("Helen's deputy, and Mei’s one-screen guide", "Person 1's deputy, and Person 6’s one-screen guide"),
        ("@mei's guide", "Person 6's guide"),
        ("O'Brien and @o’brien", "Person 3 and Person 3"),
        ("Jean-Luc, or Luc as they say", "Person 4, or Person 4 as they say"),
        ("Łukasz and Lukasz", "Person 7 and Person 7"),
        ("Mr Tomas rang back, Mrs Pell did not, and Pell is cross", "Mr Person 2 rang back, Mrs Person 8 did not, and Person 8 is cross"),
        ("HELEN", "Person 1"),
        ("the noor of it, helen-like", "the noor of it, helen-like"),
        ("Meister, Helena and Tomasz", "Meister, Helena and Tomasz"),
        ("mail helen@example.org or `@tomas`", "mail Person 1@example.org or `@Person 2`"),
        ("@ann.lee and Ann Lee, Ann-Lee or Ann", "Person 8 and Person 8, Person 8 or Person 8"),
        ("Helenʼs, the Meis’ and l'Helen", "Person 1ʼs, the Person 6s’ and l'Person 1"),
        ("Łu\u200bkasz, He\u00adlen, ＠mei", "Person 7, Person 1, ＠Person 6"),
        ("JeanLuc and jeanluc@example.org", "Person 4 and Person 4@example.org"),
        ("Obrien, O‘Brien, O´Brien and obrien@example.org", "Person 3, Person 3, Person 3 and Person 3@example.org"),
        ("HelenTomas, or meiTomas", "Person 1Person 2, or Person 6Person 2"),
        ("/home/helen/x and C:\\Users\\mei", "/home/Person 1/x and C:\\Users\\Person 6"),
        ("www.helen.example, mei.example/x and helen-tomas.pdf", "Person 1, Person 6/x and Person 1"),
        ("Keys waiting:Bob, so ask Bob; waiting:HR, waiting:parts; HR, Parts", "Keys waiting:Person 8, so ask Person 8; waiting:HR, waiting:parts; HR, Parts"),
        ("Helen2, Mei 3 and Helen2Mei4", "Person 1 2, Person 6 3 and Person 1 2Person 6 4"),
        ("Mr and Mrs Trout, the Trouts", "Mr and Mrs Person 8, the Person 8s"),
        ("I saw the Dr. On Friday I rested. On Monday not.", "I saw the Dr. On Friday I rested. On Monday not."),
        ("Thank you, Sir. Thanks again, and Miss. You know. You, Thanks", "Thank you, Sir. Thanks again, and Miss. You know. You, Thanks"),
        ("Mr So rang. So did so", "Mr Person 8 rang. Person 8 did so"),
        ("Mrs Jane Pell, Jane and Pell", "Mrs Person 8, Person 8 and Person 8"),
        ("Pell rang, as Mr J. Pell does", "Person 8 rang, as Mr J. Person 8 does"),
        ("Prof. Dr. van der Berg, and Berg", "Prof. Dr. van der Person 8, and Person 8"),
        ("Mr Pell Monday, Dr Pell HQ, Mrs @helen", "Mr Person 8 Monday, Dr Person 8 HQ, Mrs Person 1"),
        ("", ""),
    ],
)  # fmt: skip
def test_people_are_masked(text: str, masked: str) -> None:
    assert Pseudonyms(PEOPLE).masked(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "KelbyDepot", "kelby\u2011depot", "Kelby.Depot", "kelby/depot", "Kel\u00adby", "info@kelby.example",
        "info@kelbydepot.example", "Kelbys", "A\u030asgard", "ÅSGARD", "Kelby\u2011Yard",
    ],
)  # fmt: skip
def test_customers_are_masked_however_they_are_written(text: str) -> None:
    masked = Pseudonyms(customers=[("depot", "Kelby Depot"), ("quay", "A\u030asgard")]).masked(text)
    assert "Customer" in masked and "elby" not in masked.lower() and "sgard" not in masked.lower()


@pytest.mark.parametrize(
    "text",
    [
        "st mary’s yard", "ST MARYS YARD", "St. Mary's Yard", "At Mary’s", "north yards", "info@north-yard.example",
        "north_yard_visit.csv", "_north yard_", "**North **Yard", "north\nyard", "pell and sons", "Pell&Sons", "info@3m.example",
    ],
)  # fmt: skip
def test_customers_with_words_in_common_are_masked_however_they_are_written(text: str) -> None:
    customers = [
        ("mary", "St Mary's Yard"), ("north-yard", ""), ("north-hall", ""), ("south-hall", ""),
        ("sons", "Pell & Sons"), ("3m", ""),
    ]  # fmt: skip
    masked = Pseudonyms(customers=customers).masked(text)
    said = masked.replace("Customer", "").lower()
    assert "Customer" in masked
    assert not any(word in said for word in ("mary", "yard", "north", "pell", "sons", "3m"))


@pytest.mark.parametrize(
    ("name", "text"),
    [("müller", "Mueller, Müller and mueller@example.org"), ("mueller", "Müller and Mueller")],
)
def test_an_umlaut_may_be_written_as_two_letters(name: str, text: str) -> None:
    masked = Pseudonyms([name]).masked(text)
    assert "ller" not in masked and masked.count("Person 1") == text.count("ller")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("田中さん、ヤマダが田中商事に訪問", "Person 1さん、Person 2がCustomer 1に訪問"),
        ("김민수가 김민순과", "Person 3가 김민순과"),
        ("דוד אמר, قال علي", "Person 4 אמר, قال Person 5"),
        ("राम ने रामायण पढ़ी", "Person 6 ने रामायण पढ़ी"),
        ("@田中 さん", "Person 1 さん"),
    ],
)
def test_names_in_scripts_without_capitals_are_masked(text: str, masked: str) -> None:
    table = Pseudonyms(
        ["田中", fold_name("ヤマダ"), fold_name("김민수"), "דוד", "علي", fold_name("राम")],
        [("shoji", "田中商事")],
    )
    assert table.masked(text) == masked
    assert table.has_name(text)
    assert Pseudonyms(["田中"], named=["田中"]).masked("田中さん") == "田中さん"


def test_a_tag_nested_in_that_of_a_customer_has_the_pseudonym_of_the_customer() -> None:
    text = "#customer/lab/north and #customer/lab"
    assert Pseudonyms().masked(text) == "Customer 1 and Customer 1"
    assert Pseudonyms(customers=[("lab", "")], named=["lab"]).masked(text) == text


def test_a_letter_that_only_the_pattern_takes_for_another_is_no_fault() -> None:
    assert Pseudonyms(customers=[("schools", "")]).masked("schools; \u017fchools") == (
        "Customer 1; Customer 1"
    )


def test_names_in_addresses_are_found_though_their_words_are_joined() -> None:
    table = Pseudonyms(["ann.smith"], [("depot", "Kelby Depot")])
    assert table.has_name("annsmith") and table.has_name("kelbydepot")
    assert not table.has_name("kelbydep")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/helens", "https://obrien.example", "helens-desk", "HelenTomas", "north-yard",
        "https://example.org/north_yard/x", "https://example.org/?q=North+Yard", "site-12", "https://3m.example",
    ],
)  # fmt: skip
def test_names_in_addresses_and_tags_are_found_however_they_are_written(text: str) -> None:
    customers = [
        (it, "") for it in ("north-yard", "north-hall", "south-yard", "site-12", "site-13", "3m")
    ]
    assert Pseudonyms(PEOPLE, customers).has_name(text)
    assert not Pseudonyms(
        PEOPLE, customers, are_people_named=True, are_customers_named=True
    ).has_name(text)


def test_the_table_is_that_of_all_people_in_order() -> None:
    table = Pseudonyms(PEOPLE)
    assert table.of("@Noor") == table.of("noor") == "Person 5"
    assert table.of("@zoe") == "Person 8" and table.of("Zoe") == "Person 8"
    # What is masked first doesn't change anybody's number.
    assert Pseudonyms(PEOPLE).of("zoe") == "Person 8"
    assert Pseudonyms(["b", "a", "B"]).of("a") == "Person 2"


def test_the_same_name_is_masked_before_and_after_it_is_met() -> None:
    table = Pseudonyms()
    assert table.masked("Dr Who") == "Dr Person 1"
    assert table.masked("Who?") == "Person 1?"


@given(st.text(), st.lists(st.from_regex(r"[a-z]{2,8}(-[a-z]{2,8})?", fullmatch=True), max_size=5))
def test_no_mention_is_left(text: str, people: list[str]) -> None:
    table = Pseudonyms(people)
    masked = table.masked(" ".join([text, *(f"@{name}, {name.capitalize()}" for name in people)]))
    assert mentions(masked)[1] == []
    assert not any(f" {name.capitalize()}" in masked.replace("Person", "") for name in people)
    assert table.masked(masked) == table.masked(table.masked(masked))
