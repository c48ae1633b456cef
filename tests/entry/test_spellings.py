"""Other spellings by which a text is found, besides its words."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry import spellings
from journal_tui.entry.spellings import BREAK, PLAIN_BREAK, other_spellings, plain, searchable_words
from journal_tui.entry.tokenizer import fold, words


def runs(text: str) -> list[str]:
    """The runs of words of a text, each with blanks between its words."""
    return [" ".join(spelling.run) for spelling in other_spellings(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Hyphenated words, with the hyphens that there are.
        ("a follow-up, by E-Mail.", ["followup", "email"]),
        ("follow\u2010up e\u2011mail", ["followup", "email"]),
        ("state-of-the-art (re-read)", ["stateoftheart", "reread"]),
        ("covid-19 and F-16, 3-day", ["covid19", "f16", "3day"]),
        ("café-bar Łódź-Süd", ["cafebar", "lodzsud"]),
        ("Daten\u00adschutz-Stelle", ["datenschutzstelle"]),
        # Words with apostrophes, but not what French elides, nor what would be another word.
        ("I don't, it wasn’t; O'Brien's", ["dont", "wasnt", "obriens"]),
        ("d’Angelo rock-'n'-roll they're you've", ["dangelo", "theyre", "youve"]),
        ("we'll I'll it's he'd we're", ["hed"]),
        ("l'école qu’il n'est s'il aujourd'hui", ["aujourdhui"]),
        ("'quoted' the boss' 'tis 1'2", []),
        # Dates, chains of numbers and titles in addresses are none, nor are dashes.
        ("2014-10-06, 1-2, 555-1234-99", []),
        ("the-title-of-an-entry", []),
        ("one - two -- three–four — five -six seven- -", []),
        # Numbers whose digits are grouped, in the ways of several countries.
        ("86,000 86.000 86'000 86’000", ["86000"] * 4),
        ("86\u00a0000 86\u2009000 86\u202f000", ["86000"] * 3),
        ("1,234,567 and 1.234.567,", ["1234567", "1234567"]),
        ("1,234.56 1.234,5 86\u202f000,50", ["1234 56", "1234 5", "86000 50"]),
        ("12,34,567", ["1234567"]),
        ("86,000km", ["86000"]),
        # What isn't one number.
        ("2014.10.06 06.10.2014 1,2,3 7.5 7,5 3.11.2 192.168.0.1", []),
        ("86,00 86,0000 0,125 1,234.567.890 1,234,56 v1.200 1.200.1 x1,200", []),
        ("1234,567 12.34.567", []),
        # Words with signs.
        ("C++ and C#, F# or C++17", ["c++", "c#", "f#", "c++"]),
        ("(C++) **C#** C++/C# Google+ 50+ A+", ["c++", "c#", "c++", "c#", "google+", "50+", "a+"]),
        ("a+b 1+1 C #1 issue#12 + ++ # ## c ++", []),
        (".NET, .gitignore and foo.py", [".net", ".gitignore", ".py"]),
        ("... ...and done. Then .5 e..g", []),
        # Amounts.
        ("£86,000 €86.000 $86k £5", ["86000", "86000", "£86000", "€86000", "$86k", "£5"]),
        ("86.000 € 5€ 86 000 € € 7", ["86000", "€86000", "€5", "€86000", "86000", "€7"]),
        ("$1,234.56 7.5% 7,5 % 50%", ["1234 56", "$1234.56", "7.5%", "7.5%", "50%"]),
        ("5 $6 $1.2.3 % 1.2.3%", ["$6"]),
        # Symbols.
        ("good 👍🏽 day 🎉🎉", ["👍", "🎉", "🎉"]),
        ("🇩🇪 ❤\ufe0f → ✓ ° £", ["🇩🇪", "❤", "→", "✓", "°", "£"]),
        ("a – b … “c” ‘d’ • ™ ´ ½", []),
        ("", []),
    ],
)
def test_other_spellings(text: str, found: list[str]) -> None:
    assert sorted(runs(text)) == sorted(found)


LETTERS = st.text(st.sampled_from("aCé日79 -–.,'’+#%$£€ \u00a0\n()👍🏽\u00ad🇩🇪™½"), max_size=30)


@given(LETTERS)
def test_spellings_lie_in_their_text_and_are_folded(text: str) -> None:
    for start, end, run in other_spellings(text):
        assert 0 <= start < end <= len(text)
        # What is covered is the spelling by itself, too.
        assert run in [found.run for found in other_spellings(text[start:end])]
        for word in run:
            assert word and fold(word) == word and " " not in word
        assert list(run) != words(text[start:end])


@given(LETTERS, LETTERS)
def test_lines_have_their_spellings_whatever_is_around_them(one: str, other: str) -> None:
    """The index reads an entry in pieces, and a matcher reads it as a whole."""
    both = [spelling.run for spelling in other_spellings(f"{one}\n{other}")]
    assert sorted(both) == sorted(
        spelling.run for text in (one, other) for spelling in other_spellings(text)
    )


@given(LETTERS)
def test_the_words_come_first_and_each_spelling_after_a_break(text: str) -> None:
    listed = searchable_words(text)
    count = len(words(text))
    assert listed[:count] == words(text)
    rest = [word for run in spellings.runs(text) for word in (BREAK, *run)]
    assert listed[count:] == rest
    for spelling in other_spellings(text):
        length = len(spelling.run)
        assert any(tuple(rest[at : at + length]) == spelling.run for at in range(len(rest)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("After the late-night follow-up call with Ann we don't know why", ["after the latenight followup call with ann we dont know why"]),
        ("One two three four follow-up five six seven eight", ["two three four followup five six seven"]),
        ("a follow-up\ncall\r\ndon't\r", ["a followup", "dont"]),
        ("about 86,000 people, £5 each", ["about 86000 people 5 each", "£5"]),
        ("C++ and follow-up", ["c and followup", "c++"]),
        ("x" * 70 + " follow-up " + "y" * 70, ["followup"]),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_joined_is_kept_with_the_words_around_it(text: str, found: list[str]) -> None:
    assert [" ".join(run) for run in spellings.runs(text)] == found
    listed = [run for run in spellings.runs(text) if run[0].isalnum()]
    spans = list(spellings.phrase_spans(text))
    assert [tuple(word for _, _, word in phrase) for phrase in spans] == listed
    for phrase in spans:
        for start, end, word in phrase:
            assert fold(text[start:end]).translate({ord(sign): None for sign in "-'’,"}) == word


@given(LETTERS)
def test_a_plain_text_has_its_words_and_the_spellings_without_signs(text: str) -> None:
    if not (found := plain(text)):
        return
    said, *runs = found.split(PLAIN_BREAK)
    assert said == text.lower()
    assert [tuple(run.split()) for run in runs] == [
        run for run in spellings.runs(text) if run[0].isalnum()
    ]


@pytest.mark.parametrize(
    "piece",
    ["a-", "-", "1,", "1,000,", "1.", "1 ", "$", "5 %", "+", "c++", ".a", "#", "👍", "é-", "\u00ad-a", "a", "€1.", "日-"],
)  # fmt: skip
@pytest.mark.one_in(3)
def test_reading_grows_no_faster_than_the_text(piece: str) -> None:
    text = "é" + piece * 60_000
    start = process_time()
    other_spellings(text)
    # It takes some tenths of a second. If it grew with the square of the length, it took minutes.
    assert process_time() - start < 5
