"""The sentences that a user may see avoid the words that plain British English does not use so."""

import re
from pathlib import Path

import pytest

from tests.wording.list_sentences import PACKAGE, Sentence, sentences

# Each pattern with what to write instead.
AVOIDED = {
    r"\bshall\b": "should, or will",
    r"\banew\b": "again, or rebuilt",
    r"\bbehind\b": "after",
    r"\b(?:is|are) no (?!longer\b)": "isn't a",
    r"\bnames no\b": "isn't a",
    r"\bstands?\b": "is",
    r"\btells?\b": "shows, or run … to see",
    r"\bsays\b": "contains, or is",
    r"\bas meant\b": "understood",
    r"\b(?:is|are|nothing) off\b": "is wrong, or a problem",
    r"\btoo much\b": "too large, or remove",
    r"\bmeanwhile\b": "in the meantime",
    r"\bany more\b": "no longer",
    r"\bthe written day\b": "the previous or next entry",
    r"\bin itself\b|\bjournal itself\b": "in journal",
    r"\bis missing in\b": "is missing",
    r"\bwhoever\b|\bnobody\b|\bthus\b|\bhence\b": "a plainer word",
    r"\b1 (?:ratings|days|entries|files|words|places|problems|rows|lines)\b": "the singular",
    r"[a-z]!(?:\s|$)": "a full stop",
}
# Strings with such a word that is right, or that is not a sentence.
RIGHT = {
    "tokenizer.py": "a list of words, not a sentence",
    "There is no": "“there is no” is right where “is no” for “isn't a” is not",
    "There are no": "as above",
    "there is no": "as above, after a colon",
    "nobody owns the old machines": "the words of a person, as an example",
    "Nobody knows who owns": "as above",
    "`tell`": "a function that the README for programmers names",
    "`tell(sentence)`": "as above",
}
FIELDS = re.compile(r"\{[^{}]*\}")


def faults(sentence: Sentence) -> list[str]:
    """Return a line for each avoided word in a sentence that is not named as right."""
    text = FIELDS.sub("{}", sentence.text)
    for right in RIGHT:
        if right == sentence.path.rpartition("/")[2]:
            return []
        text = text.replace(right, "")
    return [
        f"{sentence} – write {instead}"
        for pattern, instead in AVOIDED.items()
        if re.search(pattern, text, re.IGNORECASE)
    ]


def test_no_sentence_is_in_the_old_style() -> None:
    found = [fault for sentence in sentences() for fault in faults(sentence)]
    assert found == []


def test_no_line_of_the_guide_or_a_readme_is_in_the_old_style() -> None:
    root = PACKAGE.parent
    paths = [*PACKAGE.rglob("*.md"), root / "README.md", root / "tests" / "faults" / "README.md"]
    lines = [
        Sentence(path.relative_to(root).as_posix(), number, line)
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if not line.startswith("![")
    ]
    assert len(paths) >= 8 and [fault for line in lines for fault in faults(line)] == []


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("Type the folder where the journal shall be.", False),
        ("friday is no date", False),
        ("There is no entry for today.", True),
        ("{path} is no longer there.", True),
        ("{what} stands behind it", False),
        ("Rate a day to see its bar here.", True),
        ("Well done!", False),
        ("{said} {tell} {behind}", True),
    ],
)
def test_the_rules_find_what_they_are_for(text: str, is_right: bool) -> None:
    assert (faults(Sentence("x.py", 1, text)) == []) is is_right


def test_the_list_holds_sentences_and_no_docstrings(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        '"""About a module."""\n'
        "def f(name: str) -> None:\n"
        '    """Do this."""\n'
        '    tell("Saved as it was.")\n'
        "    tell(f\"There is {name} {len('a b')}.\")\n"
        '    tell("oneword")\n',
        "utf-8",
    )
    assert sentences(tmp_path) == [
        Sentence("a.py", 4, "Saved as it was."),
        Sentence("a.py", 5, "There is {name} {len('a b')}."),
        Sentence("a.py", 5, "a b"),
    ]


def test_what_help_and_a_new_journal_print_is_in_the_list() -> None:
    from journal_tui.cli.commands import overview_of_commands

    known = {sentence.text for sentence in sentences()}
    said = [line.strip() for line in overview_of_commands().splitlines()]
    assert sum(line in {text.strip() for text in known} for line in said) > 5
    assert any("# The settings of this journal." in text for text in known)
