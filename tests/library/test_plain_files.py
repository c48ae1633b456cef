"""Whatever is found in the place of a file is read as a plain file, or refused in a sentence."""

import ast
import os
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import journal_tui
from journal_tui import settings
from journal_tui.errors import JournalError, SaveError, SettingsError, UnreadableEntry
from journal_tui.index.table_storage import Damaged, TableFiles
from journal_tui.library import config, drafts
from journal_tui.library.atomic_write import temporary_name
from journal_tui.library.drafts import DraftLog, Drafts, read
from journal_tui.library.file_reader import LARGEST, NotPlain, TooLarge, open_plain, read_plain
from journal_tui.library.foreign_files import FolderFiles, shown_file
from journal_tui.library.integrity import Integrity
from journal_tui.library.library import Library
from journal_tui.library.locks import EditLock, lock
from journal_tui.library.orphans import Orphans
from journal_tui.library.saved_searches import RECENT, RecentSearches, SavedSearches
from journal_tui.library.trash import Trash
from tests.library.save_fixtures import NOW, OLD, PATH, save

DAY = date(2014, 10, 6)


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """A wait without end, or memory without end, is a failure of the test and not of the machine."""

    def waited(*_: object) -> None:
        raise AssertionError("it waits for ever")

    before = signal.signal(signal.SIGALRM, waited)
    limits = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (1 << 30), limits[1]))
    signal.alarm(20)
    yield
    signal.alarm(0)
    resource.setrlimit(resource.RLIMIT_AS, limits)
    signal.signal(signal.SIGALRM, before)


def _socket(path: Path) -> None:
    here = os.open(path.parent, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(f"/proc/self/fd/{here}/{path.name}")
    finally:
        os.close(here)


def _huge(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


def _to_zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _to_fifo(path: Path) -> None:
    fifo = path.with_name(f"{path.name}-fifo")
    os.mkfifo(fifo)
    path.symlink_to(fifo)


Make = Callable[[Path], None]
KINDS: dict[str, Make] = {
    "fifo": os.mkfifo,
    "link to a fifo": _to_fifo,
    "link to a device": _to_zero,
    "folder": Path.mkdir,
    "socket": _socket,
    "huge": _huge,
}


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def make(request: pytest.FixtureRequest) -> Make:
    """What makes something else than a usable file at a path."""
    made: Make = request.param
    return made


def instead(make: Make, path: Path) -> None:
    """Put that in the place of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)


def test_only_plain_files_are_opened(tmp_path: Path, make: Make) -> None:
    make(tmp_path / "x")
    with pytest.raises(TooLarge if make is _huge else NotPlain):
        read_plain(tmp_path / "x")
    if make is not _huge:
        for flags in (os.O_WRONLY, os.O_RDWR | os.O_CREAT):
            with pytest.raises(NotPlain):
                open_plain(tmp_path / "x", flags)


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert read_plain(tmp_path / "x", 5)[0] == b"12345"
    with pytest.raises(TooLarge):
        read_plain(tmp_path / "x", 4)


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs /proc")
def test_a_file_that_does_not_say_its_size_is_read_up_to_the_limit() -> None:
    data, status = read_plain("/proc/self/status")
    assert status.st_size == 0 and data.startswith(b"Name:")
    with pytest.raises(TooLarge):
        read_plain("/proc/self/status", 10)


def test_links_are_followed_or_not(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"words")
    (tmp_path / "x").symlink_to("real")
    assert read_plain(tmp_path / "x")[0] == b"words"
    with pytest.raises(NotPlain, match="it is a link"):
        read_plain(tmp_path / "x", follow=False)
    with pytest.raises(FileNotFoundError):
        read_plain(tmp_path / "nothing", follow=False)


@pytest.mark.parametrize("follow", [True, False])
@pytest.mark.parametrize("make", [os.mkfifo, _to_fifo, _to_zero])
def test_what_is_put_there_after_the_look_is_refused_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make, follow: bool
) -> None:
    path = tmp_path / "x"
    path.touch()
    real = os.open

    def replaced(name: Path, flags: int, mode: int) -> int:
        instead(make, path)
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", replaced)
    handles = len(os.listdir("/proc/self/fd"))
    # A link that may not be followed is refused by the system itself.
    with pytest.raises(OSError, match=r"not a plain file|symbolic links"):
        read_plain(path, follow=follow)
    assert len(os.listdir("/proc/self/fd")) == handles


def test_a_link_that_is_put_there_after_the_look_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").touch()
    (tmp_path / "real").write_bytes(b"words")
    real = os.open

    def replaced(name: Path, flags: int, mode: int) -> int:
        instead(lambda path: path.symlink_to("real"), tmp_path / "x")
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", replaced)
    with pytest.raises(OSError, match="symbolic links"):
        read_plain(tmp_path / "x", follow=False)
    assert read_plain(tmp_path / "x")[0] == b"words"


def test_an_entry(written: Library, root: Path, make: Make) -> None:
    opened = written.load(PATH)
    instead(make, root / PATH)
    before = os.lstat(root / PATH)
    for reader in (written.load, written.text):
        with pytest.raises(UnreadableEntry, match=r"2014-10-06\.md"):
            reader(PATH)
    with pytest.raises(SaveError, match=r"Nothing was deleted: 2014-10-06\.md"):
        Trash(written).delete(PATH, NOW)
    assert Trash(written).items() == []
    with pytest.raises(SaveError, match="othing was saved"):
        written.save(PATH, "new", opened, opened.text, NOW)
    with pytest.raises(UnreadableEntry):
        written.convert(PATH, None, NOW)
    assert not [found for found in Integrity(written).findings() if found.mendable]
    assert os.lstat(root / PATH) == before


def test_an_entry_replaced_while_it_goes_to_the_trash(
    written: Library, root: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from journal_tui.library import trash

    sync = trash.sync_folder

    def meanwhile(folder: str) -> None:
        sync(folder)
        if not (root / PATH).is_symlink() and (root / PATH).is_file():
            instead(make, root / PATH)

    monkeypatch.setattr(trash, "sync_folder", meanwhile)
    with pytest.raises(SaveError):
        Trash(written).delete(PATH, NOW)
    assert os.path.lexists(root / PATH)
    assert Trash(written).items() == []


def test_a_file_that_is_written_in_place(
    written: Library, root: Path, tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something else is put there after it was compared."""
    from journal_tui.library import in_place_write

    os.link(root / PATH, tmp_path / "other")
    opened = written.load(PATH)
    sync = in_place_write.sync_folder

    def meanwhile(folder: str) -> None:
        # The copy of both texts is on the disk; the file is written next.
        sync(folder)
        instead(make, root / PATH)

    monkeypatch.setattr(in_place_write, "sync_folder", meanwhile)
    with pytest.raises(SaveError):
        written.save(PATH, "new", opened, opened.text, NOW)
    assert (tmp_path / "other").read_text() == OLD


def test_a_temporary_file(written: Library, root: Path, make: Make) -> None:
    place = root / "2014" / temporary_name("2014-10-06.md").replace(str(os.getpid()), "999999999")
    make(place)
    Orphans(written).clear_all(NOW)
    assert os.path.lexists(place)
    assert Trash(written).items() == []
    assert Drafts(written.state).left_behind() == []


def test_a_version(written: Library, root: Path, make: Make) -> None:
    save(written, "new")
    [version, *_] = written.history.versions(PATH)
    instead(make, version.file)
    with pytest.raises((NotPlain, TooLarge)):
        version.read()
    with pytest.raises(JournalError, match="Version 1 cannot be read"):
        written.restore(PATH, version, NOW)
    half = root / "2014" / temporary_name("2014-10-06.md").replace(str(os.getpid()), "999999999")
    half.write_text("something else")
    assert Orphans(written).clear_all(NOW) == 1
    [draft] = Drafts(written.state).left_behind()
    assert (draft.path, draft.text) == (PATH, "something else")


def test_what_is_in_the_trash(written: Library, make: Make) -> None:
    Trash(written).delete(PATH, NOW)
    [deleted] = Trash(written).items()
    instead(make, deleted.file)
    with pytest.raises((NotPlain, TooLarge)):
        deleted.text()
    with pytest.raises(SaveError, match="cannot be read in the trash"):
        Trash(written).restore(deleted, NOW)
    instead(make, deleted.file.parent / "where.json")  # type: ignore[union-attr]
    assert Trash(written).items() == []


@pytest.mark.parametrize("folder", ["drafts", "trash"])
def test_a_draft(written: Library, make: Make, folder: str) -> None:
    place = written.state / folder / "2014-10-06-0123456789ab.log"
    instead(make, place)
    assert read(place) is None
    assert Drafts(written.state).left_behind() == [] == Drafts(written.state).discarded()
    assert Trash(written).items() == []


def test_the_copy_of_a_save_in_place(written: Library, root: Path, make: Make) -> None:
    from journal_tui.library.file_reader import digest

    instead(make, written.state / "halfway" / digest(PATH.encode()))
    written.recover(NOW)
    assert save(written, "new").text == "new"
    assert (root / PATH).read_text() == "new"


def test_a_lock(written: Library, make: Make) -> None:
    if make is _huge:
        pytest.skip("a lock is not read")
    from journal_tui.library.file_reader import digest

    instead(make, written.state / "locks" / f"{digest(PATH.encode())}.lock")
    with (
        pytest.raises(SaveError, match="no lock file can be written"),
        lock(written.state / "locks", PATH),
    ):
        pass


def test_a_lock_that_is_a_link_changes_nothing(written: Library, tmp_path: Path) -> None:
    from journal_tui.library.file_reader import digest

    (tmp_path / "mine").write_text("words")
    place = written.state / "open" / f"{digest(PATH.encode())}.open"
    instead(lambda path: path.symlink_to(tmp_path / "mine"), place)
    edit = EditLock(written.state / "open", PATH, NOW)
    assert edit.since is None
    edit.release()
    assert (tmp_path / "mine").read_text() == "words"


def test_the_edit_lock_says_since_when_an_entry_is_open(written: Library, make: Make) -> None:
    from journal_tui.library.file_reader import digest

    instead(make, written.state / "open" / f"{digest(PATH.encode())}.open")
    EditLock(written.state / "open", PATH, NOW).release()


def test_the_latest_searches(written: Library, make: Make) -> None:
    instead(make, written.state / RECENT)
    assert RecentSearches(written.state).all() == []
    RecentSearches(written.state).remember("a search")
    assert RecentSearches(written.state).all() == ["a search"] or make is Path.mkdir


def test_settings(written: Library, root: Path, home: Path, make: Make) -> None:
    instead(make, root / config.FILE)
    with pytest.raises(SettingsError, match=r"journal\.toml"):
        config.read(root)
    with pytest.raises(JournalError, match=r"journal\.toml"):
        SavedSearches(written).save("name", "query")
    instead(make, home / settings.FILE)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        settings.load(home)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        settings.remember(home, "theme", "x")


def test_a_table_of_the_index(tmp_path: Path, make: Make) -> None:
    make(tmp_path / "2014.table")
    files = TableFiles(str(tmp_path))
    with pytest.raises(Damaged):
        files.load("2014")
    if make is not Path.mkdir:
        files["2014"] = {"1": {"a": 1}}
        instead(make, tmp_path / f"2014.table.{os.getpid()}")
        files.flush("2014")
        assert files.failed == ""
        assert TableFiles(str(tmp_path)).load("2014") == {"1": {"a": 1}}


def test_a_long_log_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MAX_LOGGED", 1_000)
    log = Drafts(tmp_path).log(DAY, PATH, None, "base")
    seen, longest = set(), 0
    for number in range(100):
        log.record(f"{number} " * 5)
        files = list(tmp_path.glob("drafts/*.log"))
        seen.update(files)
        assert len(files) <= 2
        assert f"{number} " * 5 in [read(file).text for file in files]  # type: ignore[union-attr]
        log.sync()
        [file] = tmp_path.glob("drafts/*.log")
        longest = max(longest, file.stat().st_size)
    assert len(seen) > 3 and longest < 2_000
    log.record("last")
    log.close()
    [draft] = Drafts(tmp_path).left_behind()
    assert (draft.text, draft.base) == ("last", "base")


def test_a_saved_text_leaves_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MAX_LOGGED", 200)
    log = DraftLog(tmp_path, DAY, PATH, None, "base")
    for number in range(20):
        log.record(f"{number} " * 5)
    log.clear()
    assert list(tmp_path.iterdir()) == []


def test_a_merge_that_is_too_long_is_kept_beside(root: Path, written: Library) -> None:
    opened = written.load(PATH)
    theirs = OLD + "x" * (LARGEST - len(OLD) - 10) + "\n"
    (root / PATH).write_text(theirs)
    saved = written.save(PATH, "mine\n" * 10 + OLD, opened, OLD, NOW)
    assert saved.conflict_path and (root / saved.conflict_path).read_text().startswith("mine\n")
    assert (root / PATH).read_text() == theirs


def test_bytes_that_are_too_many_are_not_written(root: Path, written: Library) -> None:
    (root / PATH).write_bytes(b"\xe4" * (LARGEST // 2 + 1))
    with pytest.raises(SaveError, match="too long"):
        written.convert(PATH, "latin-1", NOW)
    assert (root / PATH).read_bytes() == b"\xe4" * (LARGEST // 2 + 1)


PACKAGE = Path(journal_tui.__file__).parent
FLOORS = ("library", "cli", "query", "index", "entry", "period")
MODULES = sorted(
    [*PACKAGE.glob("*.py"), *(file for name in FLOORS for file in (PACKAGE / name).rglob("*.py"))]
)
# Where a file is made that was not there (O_EXCL), and where a folder is opened to be made durable.
MAY_OPEN = {
    "library/file_reader.py": ["open_plain", "open_to_read"],
    "library/private_files.py": [
        "private_writer",
        "_create",
        "sync_folder",
    ],
    "library/atomic_write.py": ["_write_new"],
    "library/drafts.py": ["_open"],
    "library/published_folder.py": ["_write_new"],
}
# The methods and functions that open a file, by whatever they are called on.
OPENING = {"read_bytes", "read_text", "write_bytes", "write_text", "fdopen", "mkstemp", "copyfile"}
OPENING |= {"copy", "copy2", "copyfileobj", "NamedTemporaryFile", "TemporaryFile"}


def opened_in(source: str) -> list[str]:
    """Return the functions of a module that open a file themselves."""
    found: list[str] = []

    def look(node: ast.AST, within: str) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            within = node.name
        if isinstance(node, ast.Call) and _opens(node):
            found.append(within)
        for child in ast.iter_child_nodes(node):
            look(child, within)

    look(ast.parse(source), "")
    return found


def _opens(call: ast.Call) -> bool:
    named = call.func
    if any("devnull" in ast.dump(given) for given in call.args[:1]):
        return False
    if isinstance(named, ast.Name):
        return named.id == "open"
    if not isinstance(named, ast.Attribute):
        return False
    on = named.value.id if isinstance(named.value, ast.Name) else ""
    if named.attr == "open":
        # A journal opens an entry, also one that an object has.
        is_of_object = isinstance(named.value, ast.Attribute) and named.value.attr == "journal"
        return not is_of_object and on not in ("journal", "self")
    if named.attr == "load":
        return on in ("tomllib", "json")
    if named.attr == "copy":
        return on == "shutil"
    return named.attr in OPENING and on != "file_reader"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_opened_in_one_place(path: Path) -> None:
    allowed = MAY_OPEN.get(path.relative_to(PACKAGE).as_posix(), [])
    assert opened_in(path.read_text("utf-8")) == allowed


@pytest.mark.parametrize(
    "line",
    [
        "open(path)",
        "os.open(path, os.O_RDONLY)",
        "io.open(path)",
        "path.open()",
        "Path(full).read_bytes()",
        "version.file.read_text()",
        "self.file.open()",
        "tomllib.load(file)",
        "shutil.copy(a, b)",
        "copy.write_bytes(data)",
    ],
)
def test_an_open_call_elsewhere_would_be_found(line: str) -> None:
    assert opened_in(f"def f():\n    return {line}\n") == ["f"]


@pytest.mark.parametrize(
    "line",
    ["file_reader.read_bytes(full)", "journal.open(day)", "open(os.devnull)", "json.loads(x)"],
)
def test_what_opens_nothing_itself(line: str) -> None:
    assert opened_in(f"def f():\n    return {line}\n") == []


def test_a_link_with_a_null_byte_shows_no_file(library: Library, root: Path) -> None:
    (root / "photo.png").write_bytes(b"png")
    assert library.attachment("photo.png") == b"png"
    shown = shown_file(library.root, "photo.png", 10)
    assert shown is not None
    shown.close()
    assert library.attachment("photo\0.png") is None
    assert shown_file(library.root, "photo\0.png", 10) is None


def test_a_file_that_is_deleted_while_its_folder_is_listed_is_left_out(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.md", "b.md"):
        (root / name).write_text(name)
    really = os.scandir

    def scandir(path: Path) -> "list[os.DirEntry[str]]":
        with really(path) as listing:
            found = list(listing)
        (root / "b.md").unlink()
        return found

    monkeypatch.setattr(os, "scandir", scandir)
    assert FolderFiles(root, SaveError).paths() == ["a.md"]


def test_a_file_that_is_added_later_is_found_by_its_name_after_a_scan(
    library: Library, root: Path
) -> None:
    assert library.attachment("photo.png") is None
    (root / "photos").mkdir()
    (root / "photos" / "photo.png").write_bytes(b"png")
    library.scan()
    assert library.attachment("photo.png") == b"png"
