"""Renames: what a plan says, what is changed, skipped, undone, and left by an interruption."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from journal_tui.errors import EntryError, SaveError, UsageError
from journal_tui.journal import Journal
from journal_tui.library.library import Library
from journal_tui.renames import Renames
from journal_tui.settings import Places

NOW = datetime(2014, 10, 8, 18, 0)
Make = Callable[..., Renames]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that makes a journal of files by their names and returns its renames."""

    def make(config: str = "", **files: str | bytes) -> Renames:
        root = tmp_path / "journal"
        root.mkdir(exist_ok=True)
        (root / "journal.toml").write_text(config, "utf-8")
        for name, text in files.items():
            data = text if isinstance(text, bytes) else text.encode()
            (root / f"{name}.md").write_bytes(data)
        places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
        journal = Journal(root, places, lambda: NOW)
        journal.refresh()
        return Renames(journal)

    return make


def file(renames: Renames, name: str) -> Path:
    return renames.journal.root / f"{name}.md"


def texts(renames: Renames) -> dict[str, str]:
    files = sorted(renames.journal.root.glob("*.md"))
    return {path.stem: path.read_bytes().decode("utf-8", "replace") for path in files}


THREE = {
    "2014-10-06": "Saw @ann, and @Ann again; `@ann`.\r\n\r\n- [ ] plan waiting:@ann\r\n",
    "2014-10-07": "Nobody.\n",
    "2014-10-08": "@anna and @ann\n",
    "2014-W41": "@ann in a week\n",
}


def test_a_plan_says_which_lines_change_and_changes_nothing(make: Make) -> None:
    renames = make(**THREE)
    plan = renames.plan("@Ann", "@Jo")
    assert [(it.path, [tuple(line) for line in it.lines]) for it in plan.entries] == [
        ("2014-10-08.md", [(1, "@anna and @ann", "@anna and @Jo")]),
        (
            "2014-10-06.md",
            [
                (1, "Saw @ann, and @Ann again; `@ann`.", "Saw @Jo, and @Jo again; `@ann`."),
                (3, "- [ ] plan waiting:@ann", "- [ ] plan waiting:@Jo"),
            ],
        ),
        ("2014-W41.md", [(1, "@ann in a week", "@Jo in a week")]),
    ]
    assert plan.summary() == "4 lines of 3 entries change."
    assert (plan.is_merge, plan.notes(), plan.skipped) == (False, [], [])
    assert texts(renames) == THREE and renames.undoable() is None


def test_a_merge_says_so_first(make: Make) -> None:
    renames = make('[queries]\nhers = "(@ann OR #x) is:open"\n', **THREE)
    plan = renames.plan("@ann", "@anna")
    assert plan.is_merge
    assert plan.notes() == [
        "@anna is already used, on 1 day: the two are merged.",
        "These saved searches stay as they are: hers.",
    ]
    # Another spelling of the same name merges nothing.
    assert not renames.plan("@ann", "@ANN").is_merge


NAMING = """
[queries]
his = "is:open -waiting:@Colmn"
plain = "waiting:colmn (depot)"
lab = "customer:lab is:late"
all = 'theme:customer "#customer/lab"'
other = "@colm customer:labs"

[customers.lab]
name = "Westmere Laboratory"

[publish]
query = "#customer/lab"
named = ["@colmn", "lab"]

[templates]
day = "With @colmn."
week = "With @colm."

[notes.visit]
name = "Visit"
template = "#customer/lab"
"""


def test_what_journal_toml_says_of_the_old_name_is_listed(make: Make) -> None:
    renames = make(NAMING, **{"2014-10-06": "@colmn saw #customer/lab\n"})
    assert renames.plan("@colmn", "@colum").notes() == [
        "These saved searches stay as they are: his, plain.",
        "journal.toml keeps the old name in publish.named, templates.day: change it there, too.",
    ]
    customers = (
        "journal.toml keeps the old name in customers.lab, publish.query, publish.named, "
        "notes.visit.template: change it there, too."
    )
    said = renames.plan("#customer/lab", "#customer/laboratory").notes()
    assert said[-2:] == ["These saved searches stay as they are: lab, all.", customers]
    assert renames.plan("#customer", "#client").notes()[-1] == customers
    assert renames.plan("@colmn", "@Colmn").notes() == []


def test_nested_tags_are_renamed_as_well(make: Make) -> None:
    renames = make(**{"2014-10-06": "#job/Lab #jobs\n", "2014-10-07": "#job\n"})
    plan = renames.plan("#job", "#work")
    assert plan.notes() == ["The tags nested in it are renamed too: #job/Lab."]
    renames.apply(plan)
    assert texts(renames) == {"2014-10-06": "#work/Lab #jobs\n", "2014-10-07": "#work\n"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("@an", "@jo", "No entry mentions @an. Did you mean @ann or @anna?"),
        ("@zz", "@jo", "No entry mentions @zz."),
        ("ann", "@jo", "isn't a tag or a person"),
        ("@ann", "jo", "can't be a tag"),
        ("@ann", "#jo", "the same sign"),
    ],
)
def test_names_that_cannot_be_used(make: Make, old: str, new: str, said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("?", r"\?")):
        make(**THREE).plan(old, new)


def test_a_renaming_changes_all_and_undo_gives_every_byte_back(make: Make) -> None:
    renames = make(**THREE)
    seen: list[tuple[int, int]] = []
    done = renames.apply(renames.plan("@ann", "@anna"), lambda *at: seen.append(at))
    assert (done.changed, done.skipped, seen) == (3, [], [(1, 3), (2, 3), (3, 3)])
    assert renames.journal.mentions.one("@ann") is None
    merged = renames.journal.mentions.one("@anna")
    assert merged and merged.days == 2
    assert texts(renames)["2014-10-06"].startswith("Saw @anna, and @anna again; `@ann`.\r\n")
    # The lines before are in the history, as those of any save.
    versions = renames.journal.history.versions("2014-10-08.md")
    assert [version.read().decode() for version in versions] == [
        "@anna and @anna\n",
        "@anna and @ann\n",
    ]
    undone = renames.undo()
    assert (undone.old, undone.new, undone.changed, undone.skipped) == ("@ann", "@anna", 3, [])
    assert texts(renames) == THREE
    with pytest.raises(EntryError, match="no renaming to undo"):
        renames.undo()


def test_renamings_are_undone_one_after_the_other_in_another_process(make: Make) -> None:
    renames = make(**THREE)
    renames.apply(renames.plan("@ann", "@bea"))
    after_one = texts(renames)
    renames.apply(renames.plan("@bea", "@anna"))
    again = make("")
    again.undo()
    assert texts(again) == after_one
    again.undo()
    assert texts(again) == THREE


def test_an_entry_that_changed_since_the_plan_is_left_as_it_is(make: Make) -> None:
    renames = make(**THREE)
    plan = renames.plan("@ann", "@jo")
    file(renames, "2014-10-08").write_text("@ann is back\n")
    file(renames, "2014-W41").unlink()
    done = renames.apply(plan)
    assert done.changed == 1
    assert [tuple(one) for one in done.skipped] == [
        ("2014-10-08.md", "it has changed since"),
        ("2014-W41.md", "it has changed since"),
    ]
    assert texts(renames)["2014-10-08"] == "@ann is back\n"
    # What wasn't renamed isn't undone either.
    undone = renames.undo()
    assert undone.changed == 1
    assert [tuple(one) for one in undone.skipped] == [("2014-W41.md", "it is gone")]
    assert texts(renames) == {
        **{name: text for name, text in THREE.items() if name != "2014-W41"},
        "2014-10-08": "@ann is back\n",
    }


def test_what_was_written_after_a_renaming_stays_when_it_is_undone(make: Make) -> None:
    renames = make(**THREE)
    renames.apply(renames.plan("@ann", "@anna"))
    with file(renames, "2014-10-06").open("ab") as out:
        out.write(b"\r\nMore about @anna.\r\n")
    file(renames, "2014-10-08").write_text("@anna and @anna too\n")
    undone = renames.undo()
    assert undone.changed == 2
    assert [tuple(one) for one in undone.skipped] == [
        ("2014-10-08.md", "it has changed since, in the same lines")
    ]
    assert texts(renames)["2014-10-06"] == THREE["2014-10-06"] + "\r\nMore about @anna.\r\n"
    assert texts(renames)["2014-10-08"] == "@anna and @anna too\n"


def test_what_cannot_be_saved_when_it_is_undone_can_be_undone_later(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    renames = make(**THREE)
    renames.apply(renames.plan("@ann", "@jo"))
    library = type(renames.journal.entries)
    save = library.replace_text

    def fails(entries: Library, path: str, *arguments: Any) -> object:
        if path == "2014-10-08.md":
            raise SaveError("The disk is full: nothing was saved.")
        return save(entries, path, *arguments)

    monkeypatch.setattr(library, "replace_text", fails)
    undone = renames.undo()
    assert (undone.changed, undone.failed) == (2, 1)
    assert [tuple(one) for one in undone.skipped] == [
        ("2014-10-08.md", "The disk is full: nothing was saved")
    ]
    monkeypatch.undo()
    again = renames.undo()
    assert (again.changed, again.failed, again.skipped) == (1, 0, [])
    assert texts(renames) == THREE and renames.undoable() is None


def test_one_that_was_stopped_is_finished_or_undone(make: Make) -> None:
    for finish in (True, False):
        renames = make(**THREE)
        done = renames.apply(renames.plan("@ann", "@jo"), stop=iter([False, True]).__next__)
        assert (done.changed, done.untried) == (1, 2)
        stopped = Renames(renames.journal).stopped()
        assert str(stopped) == (
            "Renaming @ann to @jo stopped halfway: 1 of 3 entries has the new name."
        )
        if finish:
            renames.apply(renames.plan("@ann", "@jo"))
            assert renames.stopped() is None
            assert not any("Saw @ann" in text for text in texts(renames).values())
        # Both parts are undone together.
        assert renames.undo().changed == (3 if finish else 1)
        assert texts(renames) == THREE and renames.undoable() is None


def test_one_that_was_killed_knows_what_it_changed(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    renames = make(**THREE)
    plan = renames.plan("@ann", "@jo")
    library = renames.journal.entries
    save, calls = type(library).replace_text, iter([1, 2, 0])

    def dies(*arguments: object) -> object:
        if next(calls) == 0:
            raise KeyboardInterrupt
        return save(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(type(library), "replace_text", dies)
    with pytest.raises(KeyboardInterrupt):
        renames.apply(plan)
    monkeypatch.undo()
    again = make("")
    stopped = again.stopped()
    assert stopped and (stopped.changed, stopped.entries) == (2, 3)
    assert again.undo().changed == 2
    assert texts(again) == THREE


def test_a_damaged_log_is_passed_over(make: Make) -> None:
    renames = make(**THREE)
    renames.apply(renames.plan("@ann", "@bea"))
    renames.apply(renames.plan("@bea", "@jo"))
    logs = sorted((renames.journal.state / "renames").iterdir())
    assert [log.stat().st_mode & 0o777 for log in logs] == [0o600, 0o600]
    assert (renames.journal.state / "renames").stat().st_mode & 0o777 == 0o700
    # A note that was cut off isn't damage.
    logs[1].write_text(logs[1].read_text().replace('"done"\n', '"do'))
    last = renames.undoable()
    assert last and last.new == "@jo" and not last.is_finished
    logs[1].write_text("{")
    last = renames.undoable()
    assert last and last.new == "@bea"


def test_only_the_latest_renamings_are_kept(make: Make) -> None:
    renames = make(**{"2014-10-06": "@p0\n"})
    for number in range(23):
        renames.apply(renames.plan(f"@p{number}", f"@p{number + 1}"))
    assert len(list((renames.journal.state / "renames").iterdir())) == 20
    for _ in range(20):
        renames.undo()
    assert texts(renames) == {"2014-10-06": "@p3\n"}


def test_entries_that_may_not_be_written_are_named(make: Make) -> None:
    renames = make(**THREE, **{"2014-10-01": "caf\xe9 @ann\n".encode("latin-1")})
    plan = renames.plan("@ann", "@jo")
    assert [one.path for one in plan.skipped] == ["2014-10-01.md"]
    assert "isn't UTF-8" in plan.skipped[0].why or "not UTF-8" in plan.skipped[0].why
    assert renames.apply(plan).changed == 3
    assert file(renames, "2014-10-01").read_bytes() == "caf\xe9 @ann\n".encode("latin-1")


def test_a_sample_is_planned_but_not_changed(make: Make) -> None:
    renames = make("sample = true\n", **THREE)
    plan = renames.plan("@ann", "@jo")
    assert len(plan.entries) == 3
    with pytest.raises(EntryError, match="sample"):
        renames.apply(plan)
    assert texts(renames) == THREE and renames.undoable() is None


def test_nothing_is_changed_if_the_way_back_cannot_be_written(make: Make) -> None:
    renames = make(**THREE)
    plan = renames.plan("@ann", "@jo")
    renames.journal.make_state_folder()
    (renames.journal.state / "renames").write_text("in the way")
    with pytest.raises(SaveError, match="Nothing was changed, because the way to undo it"):
        renames.apply(plan)
    assert texts(renames) == THREE


def test_a_name_in_every_entry(make: Make) -> None:
    files = {f"20{year:02d}-10-06": f"Day {year} with @ann\n" for year in range(60)}
    renames = make(**files)
    assert renames.apply(renames.plan("@ann", "@jo")).changed == 60
    assert renames.undo().changed == 60
    assert texts(renames) == files
