"""The time at which a day ends decides what today is, for every command."""

import json
from datetime import datetime, timedelta
from functools import partial

import pytest

from journal_tui.cli import context
from journal_tui.journal import Journal
from tests.cli.command_shell import NOW, TODAY, Shell

YESTERDAY, TOMORROW = "2026-11-19", "2026-11-21"
CONFIG = 'name = "Work"\nstart = 2026-11-02\ncount = "workdays"\n'


@pytest.fixture
def late(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Return the shell at half past midnight, after Friday; its days end at four."""
    night = datetime(2026, 11, 21, 0, 30)
    monkeypatch.setattr(context, "Journal", partial(Journal, clock=lambda: night))
    (shell.root / "journal.toml").write_text(CONFIG + 'day-ends = "04:00"\n', "utf-8")
    return shell


def test_what_is_added_at_night_belongs_to_the_day_before(late: Shell) -> None:
    for words in (("add", "Late thoughts"), ("learn", "Go to bed"), ("rate", "7")):
        assert "Friday 20 November 2026" in late.good(*words)
    late.good("todo", "Sleep", "--due", "tomorrow")
    assert f"due:{TOMORROW}" in late.written(TODAY)
    late.good("add", "Before", "--on", "yesterday")
    assert late.path(YESTERDAY).exists() and not late.path(TOMORROW).exists()
    assert "Late thoughts" in late.good("show")
    assert "Today, Friday 20 November 2026" in late.good()


def test_a_follow_up_is_late_only_once_its_day_has_ended(
    late: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    late.write(f"- [ ] Call Colm due:{TODAY}\n", YESTERDAY)
    assert json.loads(late.good("todo", "--json"))[0]["group"] == "this-week"
    kinds = [line["kind"] for line in json.loads(late.good("brief", "--json"))]
    assert kinds[:2] == ["close", "due"]
    assert late("find", "is:late").code == 1
    assert "Call Colm" in late.good("find", "date:yesterday")
    morning = datetime(2026, 11, 21, 4, 0)
    monkeypatch.setattr(context, "Journal", partial(Journal, clock=lambda: morning))
    assert json.loads(late.good("todo", "--json"))[0]["group"] == "late"
    assert "Call Colm" in late.good("find", "is:late")


@pytest.mark.parametrize("value", ['"25:00"', '"4 am"', "4", '"13:00"', '""'])
def test_a_time_that_cannot_be_used_is_said_with_one_that_can(shell: Shell, value: str) -> None:
    (shell.root / "journal.toml").write_text(f"{CONFIG}day-ends = {value}\n", "utf-8")
    said = shell.refused(1, "add", "x")
    assert said.endswith('`day-ends` should be a time from "00:00" to "12:00", such as "04:00".')
    assert not shell.path().exists()


def test_two_journals_each_have_their_own(
    late: Shell, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "journal.toml").write_text(CONFIG, "utf-8")
    late.good("add", "x")
    late.good("--journal", str(other), "add", "x")
    assert late.path(TODAY).exists()
    assert (other / "2026" / f"{TOMORROW}.md").exists()


def test_at_every_time_of_day_today_is_one_of_two_days(shell: Shell) -> None:
    for ends in ("00:00", "04:00", "12:00"):
        (shell.root / "journal.toml").write_text(f'day-ends = "{ends}"\n', "utf-8")
        for minutes in range(0, 24 * 60, 30):
            now = NOW.replace(hour=0) + timedelta(minutes=minutes)
            journal = Journal(shell.root, context.settings.places(), lambda now=now: now)
            is_before = now.strftime("%H:%M") < ends
            assert journal.today() == now.date() - timedelta(is_before), (ends, now)
