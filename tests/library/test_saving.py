"""The safe save: its sequence, and a fault at each of its steps."""

import errno
import os
from pathlib import Path

import pytest

from journal_tui.errors import SaveError
from journal_tui.library import atomic_write
from journal_tui.library.atomic_write import failure_sentence
from journal_tui.library.library import Library, SaveResult
from journal_tui.library.scan import scan
from tests.library.save_fixtures import NOW, OLD, PATH, names, save


def test_a_new_entry(root: Path, library: Library) -> None:
    saved = library.save(PATH, "words\r\n漢", None, "", NOW)
    assert (root / PATH).read_bytes() == "words\r\n漢".encode()
    assert (root / PATH).stat().st_mode & 0o777 == 0o600
    assert (root / "2014").stat().st_mode & 0o777 == 0o700
    assert names(root) == [PATH]
    assert scan(str(root)).years["2014"] == [saved.stamp]
    assert saved == SaveResult("words\r\n漢", library.load(PATH).digest, saved.stamp)


def test_an_old_entry_keeps_its_mode(root: Path, written: Library) -> None:
    for mode in (0o644, 0o640, 0o600, 0o664):
        (root / PATH).chmod(mode)
        saved = save(written, f"text {mode}")
        assert (root / PATH).read_text() == f"text {mode}"
        assert (root / PATH).stat().st_mode & 0o777 == mode
        assert scan(str(root)).years["2014"] == [saved.stamp]
    assert names(root) == [PATH]


def test_the_umask_does_not_matter(root: Path, written: Library) -> None:
    (root / PATH).chmod(0o644)
    before = os.umask(0o277)
    try:
        save(written, "text")
        written.save("2014/2014-10-07.md", "x", None, "", NOW)
    finally:
        os.umask(before)
    assert (root / PATH).stat().st_mode & 0o777 == 0o644


class Recorder:
    """Notes the calls that a save makes of the system, and fails one of them when told to."""

    CALLS = ("open", "write", "fchmod", "fsync", "fstat", "close", "replace", "link", "mkdir")

    def __init__(self, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
        self.log: list[str] = []
        self.root = str(root)
        self.fail: tuple[str, int] | None = None
        self.names: dict[int, str] = {}
        self.real = {name: getattr(os, name) for name in self.CALLS}
        for name in self.CALLS:
            monkeypatch.setattr(atomic_write.os, name, self._replacement(name))

    def _replacement(self, name: str):  # type: ignore[no-untyped-def]
        def call(first, *rest, **named):  # type: ignore[no-untyped-def]
            if isinstance(first, int):
                place = self.names.get(first, "")
            else:
                place = str(first) if str(first).startswith(self.root) else ""
            if not place:
                return self.real[name](first, *rest, **named)
            kind = "folder" if os.path.isdir(place) else "temporary" if ".tmp" in place else "entry"
            step = f"{name} {kind}"
            if name == "open" and rest and rest[0] & os.O_CREAT:
                step += " exclusively" if rest[0] & os.O_EXCL else ""
                assert os.path.dirname(place) == os.path.join(self.root, "2014")
            self.log.append(step)
            if self.fail and self.fail[0] == step:
                if name == "close":
                    self.real[name](first)
                raise OSError(self.fail[1], os.strerror(self.fail[1]))
            done = self.real[name](first, *rest, **named)
            if name == "open":
                self.names[done] = place
            if name == "close":
                self.names.pop(first, None)
            return done

        return call


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch, root: Path) -> Recorder:
    return Recorder(monkeypatch, Path(os.path.realpath(root)))


def test_the_sequence_of_a_save(written: Library, recorder: Recorder) -> None:
    opened = written.load(PATH)
    recorder.log.clear()
    written.save(PATH, "new", opened, opened.text, NOW)
    steps = [step for step in recorder.log if step.partition(" ")[0] not in ("fstat", "close")]
    assert steps == [
        "open entry",
        "open temporary exclusively",
        "write temporary",
        "fchmod temporary",
        "fsync temporary",
        "replace temporary",
        "open folder",
        "fsync folder",
    ]
    log = recorder.log
    assert (
        log.index("fsync temporary") < log.index("close temporary") < log.index("replace temporary")
    )


def test_the_sequence_of_a_new_entry(library: Library, recorder: Recorder) -> None:
    library.save(PATH, "new", None, "", NOW)
    steps = [step for step in recorder.log if step.partition(" ")[0] not in ("fstat", "close")]
    assert steps == [
        "mkdir entry",
        "open folder",
        "fsync folder",
        "open temporary exclusively",
        "write temporary",
        "fsync temporary",
        "link temporary",
        "open folder",
        "fsync folder",
    ]


STEPS = [
    "open temporary exclusively",
    "write temporary",
    "fchmod temporary",
    "fsync temporary",
    "fstat temporary",
    "close temporary",
    "replace temporary",
]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT, errno.EACCES])
def test_a_fault_before_the_replace_leaves_the_old_text(
    root: Path, written: Library, recorder: Recorder, step: str, code: int
) -> None:
    opened = written.load(PATH)
    recorder.fail = (step, code)
    with pytest.raises(SaveError) as caught:
        written.save(PATH, "new", opened, opened.text, NOW)
    assert step in recorder.log
    assert "othing was saved" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (root / PATH).read_text() == OLD
    assert names(root) == [PATH]
    recorder.fail = None
    assert written.save(PATH, "new", opened, opened.text, NOW).text == "new"


@pytest.mark.parametrize("step", ["mkdir entry", *STEPS[:2], *STEPS[3:6]])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_fault_of_a_new_entry_leaves_nothing(
    root: Path, library: Library, recorder: Recorder, step: str, code: int
) -> None:
    recorder.fail = (step, code)
    with pytest.raises(SaveError):
        library.save(PATH, "new", None, "", NOW)
    assert step in recorder.log
    assert names(root) == []


@pytest.mark.parametrize("step", ["open folder", "fsync folder"])
def test_a_fault_after_the_replace_is_a_warning(
    root: Path, written: Library, recorder: Recorder, step: str
) -> None:
    opened = written.load(PATH)
    recorder.fail = (step, errno.EIO)
    saved = written.save(PATH, "new", opened, opened.text, NOW)
    assert (root / PATH).read_text() == "new"
    assert "the disk did not confirm it (Input/output error)" in saved.warning
    assert names(root) == [PATH]


def test_a_write_may_take_several_calls(
    root: Path, written: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(
        atomic_write.os, "write", lambda handle, data: real(handle, bytes(data)[:7])
    )
    save(written, OLD * 3)
    assert (root / PATH).read_text() == OLD * 3


def test_without_hard_links(
    root: Path, library: Library, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder.fail = ("link temporary", errno.EPERM)
    library.save(PATH, "new", None, "", NOW)
    assert (root / PATH).read_text() == "new"
    assert names(root) == [PATH]


def test_a_temporary_file_that_stays_does_not_make_a_save_fail(
    root: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the link the entry is there, whatever becomes of the other name."""

    def refuse(path: str) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(atomic_write.os, "unlink", refuse)
    assert library.save(PATH, "new", None, "", NOW).text == "new"
    assert (root / PATH).read_text() == "new"


@pytest.mark.parametrize(
    "name",
    ["ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EIO", "EACCES", "EPERM", "ENOENT", "ENODEV", "ELOOP"],
)
def test_each_error_is_a_sentence_that_says_what_to_do(name: str) -> None:
    code = getattr(errno, name)
    said = failure_sentence(OSError(code, os.strerror(code)))
    assert "othing was saved" in said and "save it elsewhere" in said
    assert said[0].isupper() and said.endswith(".") and "\n" not in said and "Errno" not in said


def test_a_new_entry_in_folders_of_months(root: Path, library: Library) -> None:
    (root / "journal.toml").write_text('file = "{yyyy}/{mm}/{dd}.md"\n')
    library.save("2014/10/06.md", "New.\n", None, "", NOW)
    assert (root / "2014/10/06.md").read_text() == "New.\n"
    assert (root / "2014/10").stat().st_mode & 0o777 == 0o700
