"""Help, versions, and what is said of a command that is asked wrongly."""

import pytest

from journal_tui import __version__, guide
from journal_tui.cli.commands import COMMANDS
from tests.cli.command_shell import Shell, options_of


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--journal", "x", "--help"]])
def test_help_names_every_command_in_eighty_columns(shell: Shell, words: list[str]) -> None:
    said = shell.good(*words)
    for command in COMMANDS.values():
        assert command.call in said
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize("name", [name for name in COMMANDS if name])
def test_help_of_each_command_names_every_option(shell: Shell, name: str) -> None:
    said = shell.good(name, "--help")
    assert said == shell.good(name, "-h")
    # A page of the guide comes first, and describes the command of its name, too.
    is_page = name in [topic.name for topic in guide.TOPICS]
    assert shell.good("help", name) == said or is_page
    options = options_of(name)
    assert "--help" in options and "--journal" in options
    for option in options:
        assert option in said
    for example in COMMANDS[name].examples:
        assert example in said
    assert COMMANDS[name].about in said


@pytest.mark.parametrize("words", [["--version"], ["-V"], ["--journal", "x", "--version"]])
def test_version(shell: Shell, words: list[str]) -> None:
    assert shell.good(*words) == f"journal {__version__}\n"


@pytest.mark.parametrize(
    ("words", "close"),
    [
        (["serach", "vendor"], "find"),
        (["search", "vendor"], "find"),
        (["fnd", "x"], "find"),
        (["shw"], "show"),
        (["tood"], "todo"),
        (["Learn", "x"], "learn"),
        (["yesterdya"], "yesterday"),
        (["rebuild"], "check --rebuild"),
        (["guide"], "help"),
    ],
)
def test_an_unknown_command_is_refused(shell: Shell, words: list[str], close: str) -> None:
    said = shell.refused(2, *words)
    assert said == f"There is no command “{words[0]}”. Did you mean “journal {close}”?"


def test_words_that_are_not_a_command_are_read_as_a_day(shell: Shell) -> None:
    said = shell.refused(2, "gobbledygook")
    assert said.startswith("“gobbledygook” isn't a date. Try one of: today, yesterday")
    assert said.endswith("For the commands, see: journal --help")
    assert shell.refused(2, "2026-02-30").startswith("“2026-02-30” doesn't exist")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["rate"], "N is missing. Write: journal rate N [REMARK]. See: journal rate --help"),
        (
            ["find"],
            "QUERY is missing. Write: journal find QUERY. In a shell, # begins a comment, so a tag",
        ),
        (["find", "--in", "learning", "--"], 'journal find "#site-visit". See: '),
        (
            ["find", "-lift"],
            "QUERY is missing. Write: journal find QUERY. To exclude a word, put -- first",
        ),
        (["new"], "DIR is missing. Write: journal new DIR. See: journal new --help"),
        (["find", "x", "-n", "many"], "N must be a whole number, 0 or more"),
        (["find", "x", "-n", "-1"], "N must be a whole number, 0 or more"),
        (["find", "x", "--in", "cellar"], "'learning', 'feedback', 'follow-ups'"),
        (["find", "x", "-lift"], "To exclude a word, put -- first: journal find -- -word other"),
        (["find", "x", "--json", "--csv"], "not allowed with argument"),
        (["show", "--jsno"], "Unrecognized arguments: --jsno"),
        (["add", "x", "--on"], "expected one argument"),
        (["new", "x", "--count", "moons"], "'workdays'"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_a_wrong_command_line_is_explained(shell: Shell, words: list[str], part: str) -> None:
    said = shell.refused(2, *words)
    assert part in said or part.replace("'", "") in said
    assert " --help" in said


def test_a_fault_of_our_own_shows_no_text(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from journal_tui.journal import Journal

    def broken(*_: object) -> None:
        raise RuntimeError("what the entry says")

    monkeypatch.setattr(Journal, "change", broken)
    code, out, err = shell("add", "secret")
    assert (code, out) == (1, "")
    assert "went wrong in journal (RuntimeError at test_usage.py:" in err
    assert "secret" not in err
    assert "what the entry says" not in err


def test_interrupted(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from journal_tui.journal import Journal

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "find", interrupted)
    assert shell("find", "x") == (130, "", "")


def test_a_busy_index_is_searched_as_it_is(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from journal_tui.errors import IndexBusy
    from journal_tui.index.index import Index

    shell.good("learn", "rice is fine")

    def busy(*_: object) -> None:
        raise IndexBusy("Another journal process is updating the index.")

    monkeypatch.setattr(Index, "refresh", busy)
    code, out, err = shell("find", "rice")
    assert (code, err) == (0, "Another journal process is updating the index.\n")
    assert "rice is fine" in out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["tags", ""], "NAME"),
        (["people", " "], "NAME"),
        (["review", ""], "PERIOD"),
        (["export", "csv", ""], "QUERY"),
        (["export", "csv", "-o", ""], "-o"),
        (["import", "x.html", "--into", "", "--plan"], "--into"),
        (["publish", "", "--plan"], "DIR"),
        (["todo", "x", "--due="], "--due"),
    ],
)
def test_an_empty_value_is_not_taken_as_none(shell: Shell, words: list[str], what: str) -> None:
    said = shell.refused(2, *words)
    assert said.startswith(f"{what} is empty. ") and f"journal {words[0]} --help" in said
