"""A first build by several processes gives what one process gives, whatever becomes of them."""

import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from places import TEXT, Place, tables

from journal_tui.index import apart, index, processes
from journal_tui.index.intake import stamps_by_path
from journal_tui.library.library import Library

YEARS = ("2015", "2014", "2013", "2012")
ODD = {
    "2013/2013-02-03.md": b"\xff\xfe no text",
    "2013/2013-02-04.md": "# Jour – 漢字 \u202e \x1b[31m\r\n\r\n- [ ] éa #a/b @c due:2013-01-01\r\n".encode(),
    "2012/2012-02-29-service-review.md": b"---\nkind: x\nrating: 7\n---\n",
    "2012/2012-02-28.md": b"",
}  # fmt: skip


@pytest.fixture
def many(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Four years that nobody has read, enough for other processes."""
    for year in YEARS:
        for day in range(1, 5):
            place.put(f"{year}/{year}-10-0{day}.md", TEXT.replace("prose", f"prose of {year}"))
    for path, data in ODD.items():
        (place.root / path).write_bytes(data)
    for file in place.root.rglob("*.md"):
        # Not of this moment, in which they might change unseen.
        os.utime(file, (1_500_000_000, 1_500_000_000))
    monkeypatch.setattr(processes, "FEW", 1)
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    return place


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The years that this process reads itself, as they are."""
    read: list[str] = []
    take = index.take

    def noted(stamps: Mapping[str, str], *rest: object) -> object:
        read.append(next(iter(stamps))[:4])
        return take(stamps, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "take", noted)
    return read


def written(place: Place) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in tables(place)}


def in_one_process(place: Place, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The tables that a single process makes."""
    shutil.rmtree(place.folder / "cache")
    with monkeypatch.context() as patch:
        patch.setattr(processes, "_cores", lambda: 1)
        place.index().refresh()
    return written(place)


def test_the_tables_are_those_of_one_process(
    many: Place, read_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    done = many.index().refresh(lambda *at: seen.append(at))
    assert read_here == ["2015"]
    assert (done.files, done.read) == (20, 20) and seen == [(4, 20), (8, 20), (14, 20), (20, 20)]
    assert written(many) == in_one_process(many, monkeypatch)
    assert many.index().refresh().read == 0


def test_few_files_are_read_here(
    many: Place, read_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "FEW", 1_000)
    many.index().refresh()
    assert read_here == list(YEARS)


@pytest.mark.parametrize("executable", ["/nonexistent/python", shutil.which("false")])
def test_without_processes_all_is_read_here(
    many: Place, read_here: list[str], executable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", executable)
        many.index().refresh()
    assert read_here == list(YEARS)
    assert written(many) == in_one_process(many, monkeypatch)


def test_processes_that_are_killed_are_done_without(
    many: Place, read_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = processes._Processes._start

    def killed(self: processes._Processes) -> None:
        start(self)
        self._all[-1].kill()

    with monkeypatch.context() as patch:
        patch.setattr(processes._Processes, "_start", killed)
        many.index().refresh()
    assert read_here == list(YEARS)
    assert written(many) == in_one_process(many, monkeypatch)


def test_none_is_left_when_it_is_stopped(many: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = processes._Processes._start

    def noted(self: processes._Processes) -> None:
        start(self)
        started.append(self._all[-1])

    monkeypatch.setattr(processes._Processes, "_start", noted)
    seen: list[tuple[int, int]] = []
    many.index().refresh(lambda *at: seen.append(at), lambda: len(seen) == 2)
    assert len(seen) == 2 and len(started) == 2
    assert all(process.returncode is not None for process in started)


def test_what_was_saved_meanwhile_stays(many: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other processes' answer for a year that has tables by now is left aside."""
    asked = many.index()
    path = "2014/2014-10-02.md"

    def save_meanwhile(done: int, total: int) -> None:
        if done == 4:
            many.put(path, "written meanwhile")
            os.utime(many.root / path, (1_600_000_000, 1_600_000_000))
            stamp, entry = asked._read(path, date(2014, 10, 2))
            asked.saved(path, entry, stamp)

    asked.refresh(save_meanwhile)
    asked.refresh()
    assert asked.postings("2014", False).lookup("meanwhile")
    assert written(many) == in_one_process(many, monkeypatch)


def test_a_process_ends_with_the_one_that_asked(many: Place) -> None:
    command = [sys.executable, "-P", "-m", "journal_tui.index.apart"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    library = many.library
    pickle.dump((str(library.root), str(library.state), library.vocabulary), process.stdin)
    stamps = stamps_by_path(library.scan().years["2014"])
    pickle.dump(stamps, process.stdin)
    process.stdin.flush()
    assert pickle.load(process.stdout) == apart.made(library, stamps)
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def test_what_it_is_told_of_the_journal_counts(many: Place) -> None:
    """Not what journal.toml says by now: the texts of one index are all read by the same rules."""
    library = Library(many.root, Path(many.folder / "state"))
    stamps = stamps_by_path(library.scan().years["2014"])
    vocabulary = library.vocabulary
    (many.root / "journal.toml").write_text("broken [")
    questions, answers = io.BytesIO(), io.BytesIO()
    pickle.dump((str(library.root), str(library.state), vocabulary), questions)
    pickle.dump(stamps, questions)
    questions.seek(0)
    apart.serve(questions, answers)
    answers.seek(0)
    assert pickle.load(answers).after.stamps.count("\n") == 3


@pytest.mark.skipif(sys.platform != "linux", reason="tail --pid is Linux's")
def test_a_killed_build_leaves_no_process(many: Place, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from journal_tui.index import processes, index\n"
        "from journal_tui.library.library import Library\n"
        "processes.FEW, processes._cores = 1, lambda: 2\n"
        f"library = Library(Path({str(many.root)!r}), Path({str(tmp_path / 's')!r}))\n"
        f"found = index.Index(Path({str(tmp_path / 'c')!r}), library)\n"
        "start = processes._Processes._start\n"
        "def told(self):\n"
        "    start(self)\n"
        "    print(self._all[-1].pid, flush=True)\n"
        "processes._Processes._start = told\n"
        "processes._Processes._ask = lambda self, stamps: __import__('time').sleep(60)\n"
        "found.refresh()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    pids = [int(process.stdout.readline()) for _ in range(2)]
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    for pid in pids:
        ended = subprocess.run(
            ["timeout", "20", "tail", "--pid", str(pid), "-f", os.devnull], check=False
        )
        assert ended.returncode == 0
