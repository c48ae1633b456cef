"""What may say who is meant: words that may be names."""

from journal_tui.publish.findings import NameGuess


def guess(*texts: str) -> NameGuess:
    """The guess from texts that leave."""
    made = NameGuess()
    for number, text in enumerate(texts):
        made.read(text, f"{number}.md")
    return made


def test_a_capital_within_a_sentence_may_be_a_name_unless_the_word_is_also_without() -> None:
    made = guess("We met Janice and the Board.", "The board was late. Monday with Janice’s team.")
    assert made.names() == [("Janice", ("0.md", "1.md"))]


def test_what_has_the_sign_of_a_person_may_be_a_name() -> None:
    made = guess(
        "-@gus, .@han and @@jon (via/@karl), @lars@social.example, @_nora, ＠花子.", "@gus"
    )
    assert [word for word, _ in made.names()] == [
        "@@jon", "@_nora", "@gus", "@han", "@karl", "@lars@social.example", "花子", "＠花子",
    ]  # fmt: skip
    assert dict(made.names())["@gus"] == ("0.md", "1.md")
    assert guess("ann@example.com, a @ b, @1st and 2@3 euros").names() == []


def test_what_only_begins_sentences_is_decided_by_other_texts() -> None:
    made = guess("Emil asked at breakfast. Thirty people came. Nobody knew. Wilf left.")
    assert made.undecided() == ["Emil", "Thirty", "Nobody", "Wilf"]
    made.decide("Emil", ["Then Emil laughed.", "Emil’s shoes."])
    made.decide("Thirty", ["## Thirty\n\nThere were thirty.", "We met Thirty."])
    made.decide("Nobody", ["Nobody came.", "## Nobody\n\n- Nobody\n", "“Nobody.”"])
    made.decide("Wilf", [])
    assert made.names() == [("Emil", ("0.md",))]
