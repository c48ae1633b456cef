"""An edited register becomes edits of the entries, each of its own line."""

import csv
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest

from journal_tui.errors import EntryError
from journal_tui.improvement_register import ImprovementRegister
from journal_tui.journal import Journal
from journal_tui.settings import Places

TEXT = """\
# Service review – Lab

@helen, in the rain. #customer/lab

## Frustrations with applications and services

- "Nobody tells us how long" #estimates
  - [x] Tickets carry an estimate @priya due:2026-10-01 done:2026-09-24
  - told 2026-09-30
- Slow
  - [ ] A cable due:2026-12-11

## What we will improve

- [ ] A list @tomas
- [-] A wall dropped:2026-10-02 – too dear
"""
NAME = "2026-09-12-service-review-lab.md"


@pytest.fixture
def register(tmp_path: Path) -> ImprovementRegister:
    root = tmp_path / "journal"
    root.mkdir()
    (root / "journal.toml").write_text('[customers.lab]\nname = "Laboratory"\n', "utf-8")
    (root / NAME).write_text(TEXT, "utf-8", newline="")
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    journal = Journal(root, places, lambda: datetime(2026, 11, 20, 18, 0))
    journal.refresh()
    return ImprovementRegister(journal)


def edited(register: ImprovementRegister, *changes: tuple[str, str]) -> str:
    """Apply a register with replaced parts of its lines; return the entry's text after it."""
    text = register.text()
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    plan = register.plan(text.encode())
    assert plan.faults == ()
    done = register.apply(plan.changes)
    assert (done.changed, done.skipped) == (len(plan.changes), [])
    assert register.plan(register.text().encode()).changes == ()
    return (register.journal.root / NAME).read_bytes().decode()


def test_unchanged_it_makes_no_edit(register: ImprovementRegister) -> None:
    before = (register.journal.root / NAME).stat().st_mtime_ns
    assert edited(register) == TEXT
    assert (register.journal.root / NAME).stat().st_mtime_ns == before
    assert "Laboratory,tomas," in register.text()
    assert register.text(form="markdown").startswith("| number |")


def test_dates_and_states_become_edits_of_their_lines(register: ImprovementRegister) -> None:
    text = edited(
        register,
        ("2026-12-11,open,,", "2027-01-15,open,,"),
        ("tomas,,open,,", "tomas,,done,2026-11-02,"),
        ("dropped,2026-10-02,too dear", "dropped,2026-10-02,too dear until April"),
        ("2026-10-01,done,2026-09-24,", "2026-10-01,done,2026-09-25,"),
    )
    assert text == (
        TEXT.replace("due:2026-12-11", "due:2027-01-15")
        .replace("- [ ] A list @tomas", "- [x] A list @tomas done:2026-11-02")
        .replace("too dear", "too dear until April")
        .replace("done:2026-09-24", "done:2026-09-25")
    )


def test_what_is_closed_without_a_day_is_closed_today(register: ImprovementRegister) -> None:
    text = edited(
        register,
        ("2026-12-11,open,,", "2026-12-11,dropped,,no money"),
        ("2026-10-01,done,2026-09-24,", "2027-10-01,open,,"),
    )
    assert "  - [-] A cable due:2026-12-11 dropped:2026-11-20 – no money\n" in text
    assert "  - [ ] Tickets carry an estimate @priya due:2027-10-01\n  - told 2026-09-30\n" in text


def test_what_has_changed_since_stays(register: ImprovementRegister) -> None:
    plan = register.plan(
        register.text()
        .replace("2026-12-11,open", "2027-01-15,open")
        .replace("tomas,,open", "tomas,2027-01-01,open")
        .encode()
    )
    file = register.journal.root / NAME
    file.write_text(TEXT.replace("A cable", "A thick rope"), "utf-8")
    done = register.apply(plan.changes)
    assert done.changed == 1
    assert [one.why for one in done.skipped] == ["It has changed in its entry since"]
    text = file.read_text("utf-8")
    assert "A thick rope due:2026-12-11" in text and "A list @tomas due:2027-01-01" in text
    file.unlink()
    assert register.apply(plan.changes).changed == 0


def test_nothing_is_written_to_a_sample(register: ImprovementRegister) -> None:
    plan = register.plan(register.text().replace("2026-12-11", "2027-01-15").encode())
    toml = register.journal.root / "journal.toml"
    toml.write_text("sample = true\n", "utf-8")
    sample = Journal(register.journal.root, register.journal.places, lambda: datetime(2026, 11, 20))
    with pytest.raises(EntryError, match="sample"):
        ImprovementRegister(sample).apply(plan.changes)
    assert (register.journal.root / NAME).read_text("utf-8") == TEXT


def test_a_due_date_that_was_set_is_that_of_the_register(register: ImprovementRegister) -> None:
    edited(register, ("tomas,,open", "tomas,2027-01-01,open"))
    [row] = [line for line in register.text().splitlines() if "A list" in line]
    assert date(2027, 1, 1).isoformat() in row


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("- [ ] A list", "- [ ] A list due:2027-01-15"),
        ("- [/] A list @tomas (due 1 December)", "- [/] A list @tomas due:2027-01-15"),
        ('- [ ] A list re:"how long" due:2026-12-01', '- [ ] A list re:"how long" due:2027-01-15'),
        ("- [ ] A list 📅 2026-12-01", "- [ ] A list 📅 2027-01-15"),
        ("* TODO A list", "* TODO A list due:2027-01-15"),
        ("- [ ] A list\n  - with a note", "- [ ] A list due:2027-01-15\n  - with a note"),
        ("- [ ] A list\n  that goes on", "- [ ] A list\n  that goes on due:2027-01-15"),
        ("- A list", "- A list due:2027-01-15"),
        ("- [ ] A list waiting:@ann", "- [ ] A list waiting:@ann due:2027-01-15"),
        ("- [ ] A\u00a0list,  twice *so*", "- [ ] A\u00a0list,  twice *so* due:2027-01-15"),
    ],
)
def test_a_due_date_is_set_in_any_form(
    register: ImprovementRegister, line: str, after: str
) -> None:
    file = register.journal.root / NAME
    text = TEXT.replace("- [ ] A list @tomas", line)
    file.write_text(text, "utf-8", newline="")
    register.journal.refresh()
    found = list(csv.DictReader(StringIO(register.text())))
    [row] = [one for one in found if one["description"].startswith(("A list", "A\u00a0list"))]
    row["required by"] = "2027-01-15"
    out = StringIO()
    writer = csv.DictWriter(out, row.keys())
    writer.writeheader()
    writer.writerow(row)
    plan = register.plan(out.getvalue().encode())
    assert len(plan.changes) == 1 and plan.faults == ()
    done = register.apply(plan.changes)
    assert (done.changed, done.skipped) == (1, [])
    assert file.read_text("utf-8") == text.replace(line, after)
