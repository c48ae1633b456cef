"""Publishing to a folder: what is written, what stays, what is removed, and what the plan says."""

import errno
import json
import os
from pathlib import Path

import pytest

from journal_tui.errors import SaveError, SettingsError
from journal_tui.journal import Journal
from journal_tui.leavers_pack import LeaversPack
from journal_tui.library.locks import open_locked
from journal_tui.publications import PublicationPlan, Publications
from journal_tui.publish.findings import PERHAPS_NAME, PERSON
from journal_tui.settings import Places
from tests.publish.canaries import jpeg

LIST = ".journal-published.json"


class Desk:
    """A journal of a few days, and the folder of its blog."""

    def __init__(self, folder: Path) -> None:
        self.root, self.target = folder / "journal", folder / "blog"
        self.places = Places(*(folder / name for name in ("config", "cache", "state")))
        self.root.mkdir()
        self.settings("")
        for number in range(1, 5):
            self.write(
                number, f"# Day {number}\n\nText {number} with @ann.\n", is_marked=number != 3
            )

    def settings(self, more: str) -> None:
        (self.root / "journal.toml").write_text(f'name = "Work"\n{more}', "utf-8")

    def write(self, number: int, text: str, *, is_marked: bool = True) -> Path:
        file = self.root / f"2014-10-0{number}.md"
        file.write_text(f"---\npublish: true\n---\n{text}" if is_marked else text, "utf-8")
        return file

    @property
    def publications(self) -> Publications:
        journal = Journal(self.root, self.places)
        journal.refresh()
        return Publications(journal)

    def plan(self) -> PublicationPlan:
        return self.publications.plan(self.target)

    def publish(self) -> PublicationPlan:
        found = self.publications
        plan = found.plan(self.target)
        found.apply(plan)
        return plan

    def files(self) -> dict[str, bytes]:
        return {
            str(it.relative_to(self.target)): it.read_bytes()
            for it in sorted(self.target.rglob("*"))
            if it.is_file()
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_marked_days_are_published_and_no_others(desk: Desk) -> None:
    plan = desk.publish()
    assert [it.path for it in plan.entries] == ["2014-10-01.md", "2014-10-02.md", "2014-10-04.md"]
    files = desk.files()
    assert "2014/2014-10-02.html" in files and "2014/2014-10-03.html" not in files
    assert b"Text 3" not in b"".join(files.values())
    assert b'rel="next" href="../2014/2014-10-04.html"' in files["2014/2014-10-02.html"]
    assert {(it.text, it.leaves_as) for it in plan.found if it.kind == PERSON} == {
        ("@ann", "Person 1")
    }


def test_a_run_without_a_change_writes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish()
    before = {it: it.stat().st_mtime_ns for it in desk.target.rglob("*")}
    assert desk.publications.is_up_to_date(desk.target)
    monkeypatch.setattr(Publications, "redactor", None)
    assert desk.publications.is_up_to_date(desk.target)
    monkeypatch.undo()
    plan = desk.publish()
    assert plan.is_empty and plan.summary() == "No file would change."
    assert {it: it.stat().st_mtime_ns for it in desk.target.rglob("*")} == before


@pytest.mark.parametrize("change", ["text", "mark", "settings", "template", "person", "folder"])
def test_any_change_is_seen(desk: Desk, change: str) -> None:
    desk.publish()
    if change == "text":
        desk.write(1, "Other.\n")
    elif change == "mark":
        desk.write(3, "Now marked.\n")
    elif change == "settings":
        desk.settings('[publish]\ntitle = "Other"\n')
    elif change == "template":
        (desk.root / "publish").mkdir()
        (desk.root / "publish" / "style.css").write_text("p {}", "utf-8")
    elif change == "person":
        desk.write(3, "With @zoe and text.\n", is_marked=False)
        (desk.root / "2014-09-01.md").write_text("@mei", "utf-8")
    else:
        (desk.target / "index.html").unlink()
    assert not desk.publications.is_up_to_date(desk.target)
    desk.publish()
    assert desk.publications.is_up_to_date(desk.target)


def test_an_image_that_changes_is_seen(desk: Desk) -> None:
    (desk.root / "van.jpg").write_bytes(jpeg("secret"))
    desk.write(1, "![A van](van.jpg)\n")
    desk.publish()
    assert desk.publications.is_up_to_date(desk.target)
    (desk.root / "van.jpg").write_bytes(jpeg("secret", 6))
    assert not desk.publications.is_up_to_date(desk.target)
    desk.publish()
    images = [name for name in desk.files() if name.startswith("images/")]
    assert len(images) == 1 and b"secret" not in desk.files()[images[0]]


def test_an_entry_that_gets_the_title_of_a_link_is_seen(desk: Desk) -> None:
    desk.write(1, "# Day 1\n\nSee [[Visit to the quay]].\n")
    desk.publish()
    assert desk.publications.is_up_to_date(desk.target)
    (desk.root / "2014-11-20.md").write_text("# Visit to the quay\n", "utf-8")
    assert not desk.publications.is_up_to_date(desk.target)
    desk.publish()
    assert b"See Visit to the quay." not in desk.files()["2014/2014-10-01.html"]
    assert desk.publications.is_up_to_date(desk.target)


def test_a_day_that_is_withdrawn_is_removed(desk: Desk) -> None:
    desk.publish()
    desk.write(4, "# Day 4\n\nText 4.\n", is_marked=False)
    plan = desk.publish()
    assert plan.withdrawn == ["Day 4"]
    assert "2014/2014-10-04.html" not in desk.files()
    assert b"Text 4" not in b"".join(desk.files().values())
    for number in (1, 2):
        desk.write(number, "No.\n", is_marked=False)
    desk.publish()
    assert not (desk.target / "2014").exists()


def test_what_is_not_ours_is_neither_replaced_nor_removed(desk: Desk) -> None:
    desk.target.mkdir()
    (desk.target / "2014").mkdir()
    foreign = {
        "index.html": b"mine",
        "CNAME": b"example.org",
        "2014/notes.txt": b"mine",
        "2014/2014-10-01.html": b"x",
    }
    for name, data in foreign.items():
        (desk.target / name).write_bytes(data)
    plan = desk.publish()
    assert plan.changes is not None
    assert plan.changes.foreign == ("2014/2014-10-01.html", "index.html")
    for number in range(1, 5):
        desk.write(number, "No.\n", is_marked=False)
    desk.publish()
    files = desk.files()
    assert {name: files[name] for name in foreign} == foreign


def test_what_was_changed_since_it_was_published_stays(desk: Desk) -> None:
    desk.publish()
    page = desk.target / "2014" / "2014-10-04.html"
    page.write_bytes(b"by hand")
    desk.write(4, "No.\n", is_marked=False)
    plan = desk.publish()
    assert plan.changes is not None and plan.changes.altered == ("2014/2014-10-04.html",)
    assert page.read_bytes() == b"by hand"
    # It is said again the next time.
    again = desk.plan()
    assert again.changes is not None and again.changes.altered == ("2014/2014-10-04.html",)


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/outside.txt", "a/../../outside.txt"])
def test_a_list_that_leads_out_of_the_folder_removes_nothing(desk: Desk, path: str) -> None:
    outside = desk.target.parent / "outside.txt"
    outside.write_bytes(b"x")
    desk.publish()
    listed = json.loads((desk.target / LIST).read_text("utf-8"))
    listed["files"][path] = ["2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"]
    (desk.target / LIST).write_text(json.dumps(listed), "utf-8")
    desk.publish()
    assert outside.read_bytes() == b"x"


def test_a_link_in_the_folder_is_not_followed(desk: Desk) -> None:
    elsewhere = desk.target.parent / "elsewhere"
    elsewhere.mkdir()
    desk.target.mkdir()
    (desk.target / "2014").symlink_to(elsewhere)
    plan = desk.plan()
    assert plan.changes is not None
    assert all(it.startswith("2014/") for it in plan.changes.foreign) and plan.changes.foreign
    desk.publish()
    assert list(elsewhere.iterdir()) == []


def test_a_damaged_list_stops_it(desk: Desk) -> None:
    desk.publish()
    (desk.target / LIST).write_text("{", "utf-8")
    with pytest.raises(SaveError, match="damaged"):
        desk.plan()


@pytest.mark.parametrize("where", ["in", "at", "above", "file"])
def test_a_folder_that_cannot_be_used_is_refused(desk: Desk, where: str) -> None:
    folder = {
        "in": desk.root / "blog",
        "at": desk.root,
        "above": desk.root.parent,
        "file": desk.root / "x",
    }[where]
    if where == "file":
        folder = desk.root.parent / "file"
        folder.write_bytes(b"")
    with pytest.raises(SaveError, match="Nothing was written"):
        desk.publications.plan(folder)


def test_a_full_disk_leaves_the_old_or_the_new_files_and_a_second_run_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish()
    before = desk.files()
    for number in range(1, 5):
        desk.write(number, f"# Day {number}\n\nOther {number}.\n")
    plan = desk.plan()
    for failing in ("write", "replace"):
        calls = 0
        real = getattr(os, failing)
        for last in range(0, 40, 3):
            calls = 0

            def fail(
                *args: object, _real: object = real, _last: int = last, **more: object
            ) -> object:
                nonlocal calls
                calls += 1
                if calls > _last:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return _real(*args, **more)  # type: ignore[operator]

            monkeypatch.setattr(os, failing, fail)
            try:
                desk.publications.journal.published_folder(desk.target).write(plan.files.items())
            except SaveError:
                pass
            monkeypatch.undo()
            now = desk.files()
            assert not any(".journal-publishing" in name for name in now)
            for name, data in now.items():
                assert name == LIST or data in (before.get(name), plan.files.get(name))
            assert {*before} <= {*now}
    assert desk.publish().changes is not None
    assert {name: data for name, data in desk.files().items() if name != LIST} == plan.files


def test_a_search_takes_days_in_and_a_day_can_refuse(desk: Desk) -> None:
    desk.settings('[publish]\nquery = "text"\n')
    desk.write(2, "---\npublish: false\n---\nText 2.\n", is_marked=False)
    plan = desk.plan()
    assert [(it.path[-5:-3], it.is_by_query) for it in plan.entries] == [
        ("01", False),
        ("03", True),
        ("04", False),
    ]
    desk.settings('[publish]\nquery = "rating:"\n')
    with pytest.raises(SettingsError, match=r"publish\.query"):
        desk.plan()


def test_a_mark_that_cannot_be_read_is_told(desk: Desk) -> None:
    desk.write(3, "---\npublish: true\ntags: [\n---\nText.\n", is_marked=False)
    desk.write(2, "---\npublish: false\n---\npublish: true\n", is_marked=False)
    assert [it.path for it in desk.plan().refused] == ["2014-10-03.md"]


def test_the_plan_says_what_is_new_since_last_time(desk: Desk) -> None:
    desk.publish()
    assert [it.state for it in desk.plan().entries] == ["same"] * 3
    assert not any(it.is_new for it in desk.plan().found)
    desk.write(1, "# Day 1\n\nText 1 with @ann and @zoe, near Kelby.\n")
    plan = desk.plan()
    assert [it.state for it in plan.entries] == ["changed", "same", "same"]
    assert {(it.kind, it.text) for it in plan.found if it.is_new} == {
        (PERSON, "@zoe"),
        (PERHAPS_NAME, "Kelby"),
    }


def test_pseudonyms_stay_as_the_journal_grows(desk: Desk) -> None:
    desk.publish()
    before = desk.files()["2014/2014-10-01.html"]
    (desk.root / "2014-11-01.md").write_text("With @bea and @zoe.", "utf-8")
    desk.publish()
    assert desk.files()["2014/2014-10-01.html"] == before


def test_customers_keep_their_pseudonyms_as_the_journal_grows(desk: Desk) -> None:
    desk.write(1, "# Day 1\n\nTo #customer/lab.\n")
    desk.write(2, "# Day 2\n\nTo #customer/depot, not to the lab.\n")
    desk.publish()
    before = desk.files()["2014/2014-10-02.html"]
    assert b"To Customer 2, not to Customer 1." in before
    desk.settings('[customers.abbey]\nname = "Abbey"\n')
    (desk.root / "2014-11-01-service-review.md").write_text(
        "# Review\n\n#customer/abbey\n", "utf-8"
    )
    desk.publish()
    assert desk.files()["2014/2014-10-02.html"] == before


def test_a_customer_that_only_a_tag_names_is_masked_without_the_tag_too(desk: Desk) -> None:
    desk.write(1, "# Day 1\n\nAt #customer/kelby-depot today.\n")
    desk.write(2, "# Day 2\n\nThe Kelby Depot rang, and kelby-depot wrote.\n")
    desk.publish()
    assert b"Customer 1 rang, and Customer 1 wrote" in desk.files()["2014/2014-10-02.html"]


def test_notes_and_periods_are_published_too(desk: Desk) -> None:
    for name, text in (
        ("2014-10-01-lab-visit", "# Lab visit of Ann\n\nx"),
        ("2014-W40", "# Week 40\n\nx"),
    ):
        (desk.root / f"{name}.md").write_text(f"---\npublish: true\n---\n{text}", "utf-8")
    desk.write(1, "See [[2014-10-01-lab-visit]] and @ann.\n")
    desk.publish()
    files = desk.files()
    assert {"2014/2014-10-01-lab-visit-of-person-1.html", "2014/2014-W40.html"} <= {*files}
    assert b'href="../2014/2014-10-01-lab-visit-of-person-1.html"' in files["2014/2014-10-01.html"]


def test_published_files_can_be_read_by_a_server(desk: Desk) -> None:
    before = os.umask(0o022)
    try:
        desk.publish()
    finally:
        os.umask(before)
    if os.name == "posix":
        assert (desk.target / "index.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
@pytest.mark.parametrize("name", ["index.html", LIST])
def test_a_pipe_in_the_folder_is_not_read(desk: Desk, name: str) -> None:
    desk.target.mkdir()
    os.mkfifo(desk.target / name)
    if name == LIST:
        with pytest.raises(SaveError, match=r"damaged|can't be read"):
            desk.plan()
    else:
        changes = desk.plan().changes
        assert changes and changes.foreign == (name,)


def test_a_list_that_is_nested_too_deep_is_a_damaged_one(desk: Desk) -> None:
    desk.target.mkdir()
    (desk.target / LIST).write_text("[" * 100_000, "utf-8")
    with pytest.raises(SaveError, match="damaged"):
        desk.plan()


def test_what_a_run_left_that_was_ended_is_removed_and_what_another_is_writing_is_not(
    desk: Desk,
) -> None:
    ended, other, foreign = (
        desk.target / f".journal-publishing{name}" for name in ("-ended", "-other", "")
    )
    for folder in (ended, other, foreign):
        folder.mkdir(parents=True)
        (folder / "0").write_text("page", "utf-8")
        (folder / "lock").touch()
    held = open_locked(str(other / "lock"), 0)
    desk.publish()
    os.close(held)
    left = sorted(it.name for it in desk.target.glob(".journal-publishing*"))
    assert left == [foreign.name, other.name]


def test_a_file_that_appears_while_it_is_written_stays(desk: Desk) -> None:
    plan = desk.plan()
    foreign = desk.target / "index.html"

    def appear(done: int, total: int) -> None:
        foreign.write_text("not ours", "utf-8")

    with pytest.raises(SaveError, match="has just changed"):
        desk.publications.apply(plan, appear)
    assert foreign.read_text("utf-8") == "not ours"
    desk.publish()
    assert foreign.read_text("utf-8") == "not ours" and len(desk.files()) > 5


def test_a_pack_and_a_blog_do_not_take_the_place_of_each_other(desk: Desk) -> None:
    desk.publish()
    before = desk.files()
    with pytest.raises(SaveError, match="a blog was published"):
        LeaversPack(desk.publications.journal).plan(desk.target)
    assert desk.files() == before
    pack = LeaversPack(desk.publications.journal)
    desk.target = desk.target.with_name("pack")
    pack.apply(pack.plan(desk.target))
    with pytest.raises(SaveError, match="a pack is in"):
        desk.plan()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_pack_is_for_its_owner_only(desk: Desk) -> None:
    (desk.root / "a.jpg").write_bytes(jpeg())
    (desk.root / "2014-W41.md").write_text("---\npublish: true\n---\n![](a.jpg)\n", "utf-8")
    desk.target.mkdir(mode=0o755)
    pack = LeaversPack(desk.publications.journal)
    pack.apply(pack.plan(desk.target))
    modes = {it.stat().st_mode & 0o777 for it in desk.target.rglob("*") if it.is_dir()}
    assert (desk.target / "personal" / "images").is_dir() and modes == {0o700}


def test_a_folder_that_cannot_be_made_is_named(desk: Desk) -> None:
    plan = desk.plan()
    desk.target.parent.joinpath("file").touch()
    inside = plan._replace(folder=desk.target.parent / "file" / "blog")
    with pytest.raises(SaveError, match=r"can't be (made|read)"):
        desk.publications.apply(inside)


def test_someone_with_a_title_is_masked_in_earlier_entries_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write(1, "Pell was here.\n")
    desk.write(2, "Mrs Jane Pell was here.\n")
    desk.publish()
    files = desk.files()
    assert b"Person 2 was here" in files["2014/2014-10-01.html"]
    assert b"Mrs Person 2 was here" in files["2014/2014-10-02.html"]
