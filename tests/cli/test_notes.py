"""`journal note`: make a note of a day, from the template of a kind or with a title, or list them."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from journal_tui import app
from journal_tui.cli import notes
from journal_tui.entry.note_kinds import NoteRequest
from journal_tui.journal import Journal
from tests.cli.command_shell import TODAY, Shell


def note(shell: Shell, rest: str, day: str = TODAY) -> Path:
    return shell.root / day[:4] / f"{day}-{rest}.md"


def test_a_note_of_a_kind_is_made_from_its_template(shell: Shell) -> None:
    said = shell.good("note", "service review", "--about", "the Depot", "--on", "yesterday")
    assert said == (
        "Made the note “Service review – the Depot” of Thursday 19 November 2026: "
        "2026/2026-11-19-service-review-the-depot.md\n"
    )
    text = note(shell, "service-review-the-depot", "2026-11-19").read_text("utf-8")
    assert text.startswith("# Service review – the Depot\n\nMet:\n\n## How they find dealing with")
    assert "Service review – the Depot" in shell.good("find", "kind:service-review")


def test_a_paragraph_goes_where_one_writes_first_and_then_below(shell: Shell) -> None:
    shell.good("note", "Meeting", "We met.")
    file = note(shell, "meeting")
    assert file.read_text("utf-8").startswith("# Meeting\n\nWe met.\n\n## What was decided\n")
    said = shell.good("note", "meeting", "-", stdin=b"And again.\n")
    assert said.startswith("Added to the note “Meeting” of Friday 20 November 2026: 2026/")
    assert "And again." in file.read_text("utf-8")


def test_a_note_with_a_title_of_its_own(shell: Shell) -> None:
    shell.good("note", "Lab visit", "They wait for labels.")
    file = note(shell, "lab-visit")
    assert file.read_text("utf-8") == "# Lab visit\n\nThey wait for labels.\n"
    said = shell.good("note", "LAB VISIT")
    assert said == f"Friday 20 November 2026 already has this note: 2026/{TODAY}-lab-visit.md\n"
    assert file.read_text("utf-8") == "# Lab visit\n\nThey wait for labels.\n"


def test_the_list_has_the_notes_and_the_kinds(shell: Shell) -> None:
    assert shell.good("note").startswith("Friday 20 November 2026 has no notes.\n\nKinds of notes")
    shell.good("note", "One-to-one", "--about", "Ann")
    said = shell.good("note", "--on", "today")
    assert f"  One-to-one – Ann  2026/{TODAY}-one-to-one-ann.md\n" in said
    assert "\n  Service review\n" in said and said.endswith("or journal note TITLE.\n")
    data = json.loads(shell.good("note", "--json"))
    assert data["notes"] == [
        {"title": "One-to-one – Ann", "path": f"2026/{TODAY}-one-to-one-ann.md"}
    ]
    assert data["date"] == TODAY
    [review] = [kind for kind in data["kinds"] if kind["kind"] == "service-review"]
    assert review["name"] == "Service review" and review["sections"][:2] == [
        {"heading": "How they find dealing with us", "items": "feedback"},
        {"heading": "Frustrations with applications and services", "items": "feedback"},
    ]


def test_a_note_about_a_customer(shell: Shell) -> None:
    said = shell.good("note", "Service review", "--customer", "the Depot", "--on", "yesterday")
    path = "2026/2026-11-19-service-review-depot.md"
    assert said.endswith(f"“Service review – the Depot” of Thursday 19 November 2026: {path}\n")
    text = (shell.root / path).read_text("utf-8")
    assert text.startswith(
        "# Service review – the Depot\n\nMet:\n\n#customer/depot\n\n## How they find dealing with us"
    )
    assert "#customer/depot" in shell.good("find", "#customer/depot")
    # A known customer is found in any case, and keeps the key that it has.
    toml = shell.root / "journal.toml"
    toml.write_text(toml.read_text("utf-8") + '[customers.wl]\nname = "West Lab"\n', "utf-8")
    said = shell.good("note", "One-to-one", "Calm.", "--customer", "the west lab", "--about", "Ann")
    text = note(shell, "one-to-one-ann").read_text("utf-8")
    assert text.startswith("# One-to-one – Ann\n\n#customer/wl\n\nCalm.\n\n## What is on")
    assert "“Service review – West Lab”" in shell.good("note", "Service review", "--customer", "WL")
    shell.good("note", "Walk through the hall", "--customer", "DEPOT")
    text = note(shell, "walk-through-the-hall").read_text("utf-8")
    assert text.rstrip() == "# Walk through the hall\n\n#customer/depot"


def test_a_visit_begins_with_what_is_open_from_the_earlier_ones(shell: Shell) -> None:
    visit = (
        "# Service review\n\n@helen #customer/lab\n\n## Frustrations\n\n"
        "- Slow #network\n  - [ ] A cable @tomas due:2026-12-01\n"
        "- Loud\n  - [x] A door done:2026-11-12\n"
    )
    file = shell.root / "2026" / "2026-11-10-service-review-lab.md"
    file.parent.mkdir()
    file.write_text(visit, "utf-8")
    before = shell.good("todo")
    shell.good("note", "Service review", "Helen, in her office", "--customer", "lab")
    text = note(shell, "service-review-lab").read_text("utf-8")
    link = "[[2026-11-10-service-review-lab|10 November 2026]]"
    assert text.startswith(
        "# Service review – Lab\n\nMet: Helen, in her office\n\n#customer/lab\n\n"
        "## From earlier visits\n\n"
        f"- Not yet told, {link}: “Loud” – A door (done on 12 November 2026)\n"
        f"- Still open, {link}: “Slow” – A cable (Tomas, for 1 December 2026)\n\n"
        "## How they find dealing with us\n"
    )
    # It is there to be read, and counts only where it was written.
    assert shell.good("todo") == before
    assert "2026-11-20" not in shell.good("find", "in:feedback")
    assert "2026-11-20" not in shell.good("find", "@tomas")
    assert "no problems found" in shell.good("check")
    shell.good("note", "Service review", "--customer", "lab", "--on", "2026-11-09")
    assert "earlier" not in note(shell, "service-review-lab", "2026-11-09").read_text("utf-8")


def test_a_customer_needs_a_name(shell: Shell) -> None:
    said = shell.refused(1, "note", "Service review", "--customer", "?!")
    assert "A customer’s name needs a letter or a digit" in said
    assert "--customer is empty" in shell.refused(2, "note", "Service review", "--customer", "")
    assert "Give a kind of note" in shell.refused(2, "note", "--customer", "lab")
    assert not (shell.root / "2026").exists()


def test_a_day_with_forty_notes_lists_them_all(shell: Shell) -> None:
    for number in range(40):
        shell.write(f"# Note {number}\n", f"{TODAY}-n{number:02}")
    said = shell.good("note")
    assert [f"Note {n} " in said for n in range(40)] == [True] * 40


def test_kinds_of_the_journal(shell: Shell) -> None:
    toml = shell.root / "journal.toml"
    toml.write_text(
        toml.read_text("utf-8")
        + '[notes]\nincident = false\n[notes.visit]\nname = "Visit"\nfile = "templates/visit.md"\n'
        '[notes.call]\n[templates]\nnote = "# {title}!\\n"\n',
        "utf-8",
    )
    assert "Incident" not in shell.good("note")
    missing = shell.refused(1, "note", "Visit")
    assert "templates/visit.md" in missing and "[notes.visit] in journal.toml" in missing
    assert not note(shell, "visit").exists()
    template = shell.root / "templates" / "visit.md"
    template.parent.mkdir()
    template.write_bytes(b"# {title}\r\n\r\nMet on {iso}: {cursor}\r\n")
    shell.good("note", "Visit", "the night shift", "--about", "Depot")
    made = note(shell, "visit-depot").read_text("utf-8")
    assert made == f"# Visit – Depot\n\nMet on {TODAY}: the night shift\n"
    shell.good("note", "call")
    assert note(shell, "call").read_text("utf-8") == "# Call!\n"
    template.write_bytes(b"\xff")
    assert "is not UTF-8 text" in shell.refused(1, "note", "Visit")
    template.unlink()
    os.symlink(__file__, template)
    assert "leads out of the journal" in shell.refused(1, "note", "Visit")


def test_titles_that_no_file_could_have(shell: Shell) -> None:
    shell.good("note", "a\tb\x1b[31m\n" + "x" * 300, "Words.")
    (file,) = (shell.root / "2026").iterdir()
    assert len(file.name) < 80
    assert file.read_text("utf-8") == f"# a b[31m {'x' * 300}\n\nWords.\n"
    assert "needs a letter or a digit" in shell.refused(1, "note", "?!")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("x", "--about", "y"), "“x” isn't one. The kinds are Meeting, One-to-one,"),
        (("--about", "y"), "Give a kind of note or a title"),
        (("Meeting", "--json"), "--json is for the list"),
        (("Meeting", "--on", "last week"), "Only a day has notes, and Week 46 of 2026 isn't one."),
        (("Meeting", " "), "There was no text"),
        (("--open",), "Give a kind of note or a title"),
        (("Meeting", "--open"), "--open needs a terminal"),
    ],
)
def test_what_is_refused(shell: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in shell.refused(2, "note", *words)
    assert not (shell.root / "2026").exists()


def test_the_note_is_opened_in_the_app(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def run(journal: Journal, day: date, here: Path, *, note: NoteRequest) -> int:
        found = journal.open(day, note=note)
        opened.append(f"{found.path} {'there' if found.loaded else 'new'}")
        return 0

    monkeypatch.setattr(notes, "can_show_app", lambda: True)
    monkeypatch.setattr(app, "run", run)
    assert shell.good("note", "Meeting", "--open") == ""
    assert shell.good("note", "Meeting", "We met.", "--open").startswith("Made the note")
    assert shell.good("note", "Meeting", "--open") == ""
    path = f"2026/{TODAY}-meeting.md"
    assert opened == [f"{path} new", f"{path} there", f"{path} there"]


def test_nothing_is_written_to_a_sample(shell: Shell) -> None:
    toml = shell.root / "journal.toml"
    toml.write_text(toml.read_text("utf-8") + "sample = true\n", "utf-8")
    assert "This is a sample" in shell.refused(1, "note", "Meeting")
    assert not (shell.root / "2026").exists()


def test_minutes_with_headings_are_put_below_those_of_the_template(shell: Shell) -> None:
    minutes = (
        "Helen and Jo, in the rain.\n\n## Frustrations with applications and services\n\n- Slow #network\n"
        "  - [ ] A cable @tomas\n\n## Parking\n\nAt the gate.\n"
    )
    words = ("--customer", "the lab", "--on", "yesterday", "-")
    # The text may come after options, as the help shows.
    assert shell("note", "Service review", *words, stdin=minutes.encode()).code == 0
    text = note(shell, "service-review-lab", "2026-11-19").read_text("utf-8")
    assert text == (
        "# Service review – the lab\n\nMet: Helen and Jo, in the rain.\n\n#customer/lab\n\n"
        "## How they find dealing with us\n\n- \n\n"
        "## Frustrations with applications and services\n\n- Slow #network\n  - [ ] A cable @tomas\n\n"
        "## What they value\n\n- \n\n## What we will improve\n\n- [ ] \n\n## Learning points\n\n- \n\n"
        "## Parking\n\nAt the gate.\n"
    )
    found = json.loads(shell.good("customers", "lab", "--json"))
    assert [it["text"] for it in found["history"][0]["said"]] == ["Slow #network"]
