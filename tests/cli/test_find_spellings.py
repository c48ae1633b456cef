"""`journal find` finds a word however it is written: with other letters, hyphens, signs and numbers."""

import json

import pytest

from tests.cli.command_shell import Shell

TEXTS = {
    "2026-11-02": "# Letters\n\nSøren came from Łódź.\n",
    "2026-11-03": "# Hidden characters\n\nDaten\u00adschutz was the topic.\n",
    "2026-11-04": "# Streets\n\nThe Straße of Ærø, by Þór.\n",
    "2026-11-05": "# Symbols\n\nWrote the C++ part. 🎉\n",
    "2026-11-06": "# Cups\n\nA clear cup of coffee; C# and .NET are for others.\n",
    "2026-11-09": "# Money\n\n- [ ] pay £86,000 by e-mail\n\n## Learning points\n\n- A follow-up saves 5 %\n",
    "2026-11-10": "# Money\n\nThey paid 86.000 € and 86\u202f000 people came. Don’t.\n",
    "2026-11-11": "# Lists\n\nOn 2014.10.06 we had 1,2,3 and 7,5 followups by email: 86000.\n",
    "2026-11-12": "# Twice\n\nFollow up again on 7.5; pay 86,001. Don't.\n",
}


@pytest.fixture
def shell(shell: Shell) -> Shell:
    """A day for each kind of spelling."""
    for day, text in TEXTS.items():
        shell.write(text, day)
    return shell


def days(shell: Shell, query: str) -> list[str]:
    """The days (of the month) that a query finds, the first one first."""
    rows = json.loads(shell("find", "--json", "--", query).out)
    return sorted(row["date"][8:].lstrip("0") for row in rows)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("soren", "2"),
        ("SØREN", "2"),
        ("lodz", "2"),
        ("łódź", "2"),
        ("datenschutz", "3"),
        ("Daten\u00adschutz", "3"),
        ("*schutz", "3"),
        ("strasse", "4"),
        ("straße aero thor", "4"),
    ],
)
def test_letters(shell: Shell, query: str, found: str) -> None:
    assert days(shell, query) == found.split()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("C++", "5"),
        ("c++ part", "5"),
        ('"C++ part"', "5"),
        ("C#", "6"),
        (".NET", "6"),
        ("net", "6"),
        ("clear C", "6"),
        ("wrote C", "5"),
        ("🎉", "5"),
        ("£86,000", "9"),
        ("€86,000", "10"),
        ("86.000 €", "10"),
        ("5%", "9"),
        ("$86,000", ""),
        ("86,000", "9 10 11"),
        ("86.000", "9 10 11"),
        ("86\u202f000", "9 10 11"),
        ("86000", "9 10 11"),
        ("8600", "9 10 11 12"),
        ("123", ""),
        ("20141006", ""),
        ("2014.10.06", "11"),
        ("7.5", "11 12"),
        ("7,5", "11 12"),
        ("follow-up", "9 11 12"),
        ("followup", "9 11"),
        ('"follow up"', "9 12"),
        ("follow-u", "9 11 12"),
        ("email", "9 11"),
        ("e-mail", "9 11"),
        ("E\u2011Mail", "9 11"),
        ("don't", "10 12"),
        ("don’t", "10 12"),
        ("in:learning followup", "9"),
        ("in:follow-ups email", "9"),
        ("in:follow-ups followup", ""),
        ("in:prose C++", "5"),
        ("in:prose followup", "11"),
        ("-C++ wrote", ""),
        ("followup -86000", "9"),
        ("followup -86000 -saves", ""),
    ],
)
def test_hyphens_numbers_and_signs(shell: Shell, query: str, found: str) -> None:
    assert days(shell, query) == sorted(found.split())


def test_the_line_with_another_spelling_is_shown(shell: Shell) -> None:
    assert "pay £86,000 by e-mail" in shell.good("find", "email", "date:2026-11-09")
    assert "They paid 86.000 €" in shell.good("find", "86000", "date:2026-11-10")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("wrote!", "“!” is ignored in a search; results may or may not have it."),
        ("wrote = C++", "“=” is ignored in a search; results may or may not have it."),
        ('"part!?" part*', "“!”, “?” and “*” are ignored in a search; results may or may not have them."),
    ],
)  # fmt: skip
def test_signs_that_are_ignored_are_named(shell: Shell, query: str, said: str) -> None:
    result = shell("find", query)
    assert (result.code, said in result.err.splitlines()) == (0, True)
    assert "ignored" not in result.out


@pytest.mark.parametrize(
    "query",
    ["C++ part", "-coffee C#", "wrote, part.", "don’t", "follow-up", "a/b OR R&D", "5%", "*art", "#a @b", "rating:>=8"],
)  # fmt: skip
def test_other_signs_are_not(shell: Shell, query: str) -> None:
    assert "ignored" not in shell("find", "--", query).err


def test_signs_alone_are_refused_with_the_reason(shell: Shell) -> None:
    result = shell("find", "!?")
    assert result.code == 2
    assert "“!” and “?” are ignored in a search" in result.err


def test_the_line_is_shown_as_it_is_written(shell: Shell) -> None:
    assert "Søren came from Łódź." in shell.good("find", "lodz")


def test_a_slip_of_the_keyboard_is_mended_in_folded_letters(shell: Shell) -> None:
    assert "journal find strasse" in shell("find", "strssse").err
