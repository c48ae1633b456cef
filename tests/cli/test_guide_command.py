"""`journal help`: the topics of the guide, its pages, and the help of a command."""

from pathlib import Path

import pytest

from journal_tui import guide
from tests.cli.command_shell import Shell, process


def test_without_a_topic_the_topics_are_listed_with_a_line_each(shell: Shell) -> None:
    said = shell.good("help").splitlines()
    for topic in guide.TOPICS:
        [line] = [line for line in said if line.split()[:1] == [topic.name]]
        assert line.endswith(topic.about)
    assert max(map(len, said)) <= 80
    assert "journal --help" in said[-1]


@pytest.mark.parametrize("topic", guide.TOPICS, ids=lambda topic: topic.name)
def test_a_topic_prints_its_page(shell: Shell, topic: guide.Topic) -> None:
    assert shell.good("help", topic.name) == guide.plain(topic.name)
    assert shell.good("help", *topic.title.split()) == guide.plain(topic.name)


def test_an_unknown_topic_is_one_sentence_with_the_topics(shell: Shell) -> None:
    said = shell.refused(2, "help", "vendors")
    assert said == (
        "There is no help about “vendors”. Choose a topic: "
        "writing, finding, follow-ups, people-and-tags, visiting-customers, bringing, looking-back, publishing, command-line, understood, settings."
    )
    assert "\x1b" not in shell.refused(2, "help", "a\x1b[31m")


def test_the_name_of_a_command_gives_its_own_help(shell: Shell) -> None:
    assert shell.good("help", "add") == shell.good("add", "--help")
    assert "[TOPIC ...]" in shell.good("help", "help")


def test_help_needs_no_journal_and_no_terminal(tmp_path: Path) -> None:
    done = process("help", "settings", cwd=tmp_path, env={"HOME": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == guide.plain("settings")
    assert list(tmp_path.iterdir()) == []
