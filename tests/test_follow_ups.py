"""FollowUps: what is listed, what a change writes, and what is undone or refused."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui.entry.follow_ups import FollowUp, grouped
from journal_tui.errors import EntryError, QueryError
from journal_tui.follow_ups import FollowUps
from journal_tui.journal import Journal
from journal_tui.settings import Places

# A Wednesday.
NOW = datetime(2014, 10, 8, 18, 0)
Make = Callable[..., FollowUps]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that makes a journal of files by their names and returns its follow-ups."""

    def make(**files: str) -> FollowUps:
        root = tmp_path / "journal"
        root.mkdir()
        (root / "journal.toml").touch()
        for name, text in files.items():
            (root / f"{name}.md").write_text(text, "utf-8", newline="")
        places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
        journal = Journal(root, places, lambda: NOW)
        journal.refresh()
        return FollowUps(journal)

    return make


def file(follow_ups: FollowUps, name: str) -> Path:
    """Return a file of the journal."""
    return follow_ups.journal.root / f"{name}.md"


def text(follow_ups: FollowUps, name: str) -> str:
    """Return the text of a file of the journal."""
    return file(follow_ups, name).read_bytes().decode()


def named(follow_ups: FollowUps, words: str) -> FollowUp:
    """Return the one follow-up with these words."""
    (found,) = (one for one in follow_ups.find() if words in one.text)
    return found


def test_open_ones_of_all_years_are_listed_and_closed_ones_of_two_weeks(make: Make) -> None:
    follow_ups = make(
        **{
            "2003-01-01": "- [ ] old\n- [x] long done\n- [x] done late done:2014-10-07\n",
            "2014-09-24": "- [x] just in time\n- [-] dropped – why\n",
            "2014-09-23": "- [x] too long ago\n- [x] dated done:2014-09-23\n",
            "2014-10-08": "- [ ] far due:9999-12-31\n- [ ] plan waiting:@ann\n",
            "2014-10-07-note": "- [/] in a note\n",
            "2014-W40": "- [ ] of a week\n- [x] done in a week\n",
            "2015-01-01": "- [x] done in the future\n",
        }
    )
    listed = follow_ups.find()
    assert sorted(one.text for one in listed) == [
        "done in a week", "done in the future", "done late", "dropped – why", "far", "in a note",
        "just in time", "of a week", "old", "plan",
    ]  # fmt: skip
    assert [group.title for group in grouped(listed, NOW.date())] == [
        "Later", "Without a date", "Waiting", "Done lately",
    ]  # fmt: skip
    assert named(follow_ups, "of a week").written == "2014-W40"
    assert [one.text for one in follow_ups.find("waiting:ann")] == ["plan"]
    assert [one.text for one in follow_ups.find("date:2003 ol")] == ["old"]
    assert [one.text for one in follow_ups.find("wh")] == ["dropped – why"]
    assert follow_ups.find("in:learning") == []
    with pytest.raises(QueryError):
        follow_ups.find("rating:x")


def test_a_filter_by_number_counts_entries_that_were_written_since(make: Make) -> None:
    follow_ups = make(**{"2014-10-07": "- [ ] plan\n"})
    (follow_ups.journal.root / "journal.toml").write_text('start = 2014-10-01\ncount = "entries"\n')
    journal = Journal(follow_ups.journal.root, follow_ups.journal.places, lambda: NOW)
    journal.refresh()
    follow_ups = FollowUps(journal)
    assert [one.text for one in follow_ups.find("day:1")] == ["plan"]
    (journal.root / "2014-10-02.md").write_text("earlier\n")
    journal.refresh()
    assert follow_ups.find("day:1") == []
    assert [one.text for one in follow_ups.find("day:2")] == ["plan"]


def test_late_ones_are_counted(make: Make) -> None:
    follow_ups = make(
        **{
            "2014-10-01": "- [ ] a due:2014-10-07\n- [ ] b due:2014-10-08\n- [x] c due:2014-10-01\n",
            "2014-10-02": "- [ ] d waiting:@ann due:2014-10-03\n- [ ] e\n",
        }
    )
    assert follow_ups.journal.follow_ups.late() == 2
    follow_ups.close(named(follow_ups, "a"))
    assert follow_ups.journal.follow_ups.late() == 1


def test_each_change_is_an_edit_of_its_line_and_is_undone(make: Make) -> None:
    before = "# Title\r\n\r\n- [ ] one due:friday\r\n- [ ] two  \r\nEnjoyment: 7\r\n"
    follow_ups = make(**{"2014-10-06": before})

    def after(*lines: str) -> str:
        return "\r\n".join(["# Title", "", *lines, "Enjoyment: 7", ""])

    follow_ups.close(named(follow_ups, "two"))
    assert text(follow_ups, "2014-10-06") == after(
        "- [ ] one due:friday", "- [x] two done:2014-10-08  "
    )
    follow_ups.set_due(named(follow_ups, "one"), date(2014, 10, 20))
    follow_ups.set_waiting(named(follow_ups, "one"), "ann")
    assert text(follow_ups, "2014-10-06") == after(
        "- [ ] one due:2014-10-20 waiting:@ann since:2014-10-08", "- [x] two done:2014-10-08  "
    )
    follow_ups.drop(named(follow_ups, "one"), "not needed")
    follow_ups.reopen(named(follow_ups, "two"))
    assert text(follow_ups, "2014-10-06") == after(
        "- [-] one due:2014-10-20 waiting:@ann since:2014-10-08 dropped:2014-10-08 – not needed",
        "- [ ] two  ",
    )
    said = [follow_ups.undo().what for _ in range(5)]
    assert said == [
        "opened “two” again", "dropped “one”", "set whom “one” waits for: @ann",
        "set the due date of “one”", "ticked “two”",
    ]  # fmt: skip
    assert text(follow_ups, "2014-10-06") == before
    assert {(one.text, one.state) for one in follow_ups.find()} == {
        ("one", "open"),
        ("two", "open"),
    }
    with pytest.raises(EntryError, match="nothing to undo"):
        follow_ups.undo()


def test_what_a_change_was_names_its_item_in_few_words(make: Make) -> None:
    long = "Ask about the old machines in the corner of the depot, once more"
    follow_ups = make(**{"2014-10-06": f"- [ ] {long} waiting:@ann due:2014-10-08\n"})
    follow_ups.set_due(named(follow_ups, "Ask"), None)
    follow_ups.set_waiting(named(follow_ups, "Ask"), "")
    follow_ups.add("Ring\x1b Bo\nand Zoe")
    said = [follow_ups.undo().what for _ in range(3)]
    cut = "Ask about the old machines in the corner of the…"
    assert said == [
        "added “Ring\N{SYMBOL FOR ESCAPE} Bo and Zoe”", f"removed whom “{cut}” waits for",
        f"removed the due date of “{cut}”",
    ]  # fmt: skip
    assert "\x1b" not in text(follow_ups, "2014-10-08")


def test_one_is_added_to_today_and_taken_back(make: Make) -> None:
    follow_ups = make(**{"2014-10-08": "# Today\n\n- [ ] one\n"})
    follow_ups.add("two", date(2014, 10, 20), "ann")
    added = "# Today\n\n- [ ] one\n- [ ] two waiting:@ann due:2014-10-20\n"
    assert text(follow_ups, "2014-10-08") == added
    assert named(follow_ups, "two").waiting == "@ann"
    follow_ups.undo()
    assert text(follow_ups, "2014-10-08") == "# Today\n\n- [ ] one\n"


def test_one_is_added_to_a_day_without_an_entry(make: Make) -> None:
    follow_ups = make()
    follow_ups.add("one")
    assert [one.text for one in follow_ups.find()] == ["one"]
    follow_ups.undo()
    assert follow_ups.find() == []


@pytest.mark.parametrize(
    ("outside", "after"),
    [
        ("new line\n\n- [ ] b\n- [ ] a\n", "new line\n\n- [ ] b\n- [x] a done:2014-10-08\n"),
        ("- [ ] a\n- [ ] b\n", "- [x] a done:2014-10-08\n- [ ] b\n"),
        ("- [ ] b\n", ""),
        ("- [ ] a!\n- [ ] b\n", ""),
        ("- [x] a\n", ""),
        ("", ""),
    ],
)
def test_a_line_that_changed_outside_is_found_again_or_left_alone(
    make: Make, outside: str, after: str
) -> None:
    follow_ups = make(**{"2014-10-06": "- [ ] a\n- [ ] b\n"})
    listed = named(follow_ups, "a")
    file(follow_ups, "2014-10-06").write_text(outside, "utf-8")
    if after:
        follow_ups.close(listed)
    else:
        with pytest.raises(EntryError, match="nothing was changed"):
            follow_ups.close(listed)
    assert text(follow_ups, "2014-10-06") == (after or outside)


def test_a_file_that_is_gone_is_not_made_again(make: Make) -> None:
    follow_ups = make(**{"2014-10-06": "- [ ] a\n"})
    listed = named(follow_ups, "a")
    file(follow_ups, "2014-10-06").unlink()
    with pytest.raises(EntryError, match="nothing was changed"):
        follow_ups.close(listed)
    assert not file(follow_ups, "2014-10-06").exists()


def test_undo_finds_a_line_that_moved_and_refuses_one_that_changed(make: Make) -> None:
    follow_ups = make(**{"2014-10-06": "- [ ] a\n- [ ] b\n"})
    follow_ups.close(named(follow_ups, "a"))
    path = file(follow_ups, "2014-10-06")
    path.write_text("# Title\n\n" + path.read_text("utf-8"), "utf-8")
    follow_ups.undo()
    assert text(follow_ups, "2014-10-06") == "# Title\n\n- [ ] a\n- [ ] b\n"
    follow_ups.journal.refresh()
    follow_ups.close(named(follow_ups, "b"))
    changed = path.read_text("utf-8").replace("- [x] b", "- [x] b, and more")
    path.write_text(changed, "utf-8")
    for _ in range(2):
        with pytest.raises(EntryError, match="nothing was undone"):
            follow_ups.undo()
    assert path.read_text("utf-8") == changed


def test_undo_never_takes_the_beginning_of_a_longer_line(make: Make) -> None:
    follow_ups = make(**{"2014-10-06": "- [ ] a"})
    follow_ups.close(named(follow_ups, "a"))
    path = file(follow_ups, "2014-10-06")
    longer = path.read_text("utf-8") + "0, and more"
    path.write_text(longer, "utf-8")
    with pytest.raises(EntryError, match="nothing was undone"):
        follow_ups.undo()
    assert path.read_text("utf-8") == longer


def test_undo_never_takes_one_of_two_lines_like_it(make: Make) -> None:
    follow_ups = make(**{"2014-10-06": "- [ ] a\n"})
    follow_ups.close(named(follow_ups, "a"))
    path = file(follow_ups, "2014-10-06")
    twice = "x\n\n" + path.read_text("utf-8") * 2
    path.write_text(twice, "utf-8")
    with pytest.raises(EntryError, match="nothing was undone"):
        follow_ups.undo()
    assert path.read_text("utf-8") == twice


def test_a_change_that_is_there_already_is_nothing_to_undo(make: Make) -> None:
    follow_ups = make(**{"2014-10-06": "- [ ] a due:2014-10-20\n"})
    follow_ups.set_due(named(follow_ups, "a"), date(2014, 10, 20))
    assert follow_ups.last_change is None


def test_a_name_that_is_none_changes_nothing(make: Make) -> None:
    follow_ups = make(**{"2014-10-06": "- [ ] a\n"})
    with pytest.raises(EntryError, match="Try @Ann-Smith"):
        follow_ups.set_waiting(named(follow_ups, "a"), "Ann Smith")
    assert text(follow_ups, "2014-10-06") == "- [ ] a\n"
