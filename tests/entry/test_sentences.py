"""The sentences of a text, and the one that it begins with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.sentences import first_sentence, sentences


@pytest.mark.parametrize(
    ("text", "sentence", "line"),
    [
        ("", "", 0),
        ("\n\n---\n", "", 0),
        ("It rained all day in the yard, again. Then not.", "It rained all day in the yard, again.", 0),
        ("\n\nBacklog 84. Two of the 84 are mine. More.\n", "Backlog 84. Two of the 84 are mine.", 2),
        ("Met Dr. Low at No. 5 about the e.g. missing keys. Then", "Met Dr. Low at No. 5 about the e.g. missing keys.", 0),
        ("On 3. November we met them all at the depot. Then", "On 3. November we met them all at the depot.", 0),
        ("A line that\nis wrapped by hand. And\nthat was it.\n", "A line that is wrapped by hand.", 0),
        ("- Saw the depot and its three old machines\n- Home", "Saw the depot and its three old machines", 0),
        ("> Quoted from the mail\n> of the landlord. Yes.", "Quoted from the mail of the landlord.", 0),
        ("TODO ring the landlord about the lift\n- And then", "TODO ring the landlord about the lift", 0),
        ("@ann came and went, as she does.\n2) Two", "@ann came and went, as she does.", 0),
        ("> Quoted from the mail of the landlord. Yes.", "Quoted from the mail of the landlord.", 0),
        ("“Is it you?” she asked, and left the room. Yes.", "“Is it you?” she asked, and left the room.", 0),
        ("\x0c0", "0", 0),
        ("One\u2028and two.\r\nThree", "One and two. Three", 0),
        ("\r\r\n\x0cThree", "Three", 2),
        ("Nobody knew the version 3.11.2 of the thing! Well.", "Nobody knew the version 3.11.2 of the thing!", 0),
    ],
)  # fmt: skip
def test_first_sentences(text: str, sentence: str, line: int) -> None:
    assert first_sentence(text) == (sentence, line)


@given(st.text(max_size=200))
def test_sentences_leave_out_nothing_but_blanks(text: str) -> None:
    line = " ".join(text.split())
    assert "".join(sentences(line)).replace(" ", "") == line.replace(" ", "")
    assert all(sentence.strip() == sentence != "" for sentence in sentences(line))


def test_sentences_take_a_time_that_grows_with_the_text() -> None:
    assert len(list(sentences("a. b " * 100_000))) == 1
    assert len(list(sentences("Yes. " * 100_000))) == 100_000
