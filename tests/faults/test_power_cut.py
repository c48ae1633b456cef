"""The power goes after “saved”: what was saved is on the disk, on ext4 and on xfs."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.faults.counting import Scale, Tally

if sys.platform != "linux":
    pytest.skip("needs loop devices", allow_module_level=True)

import fcntl

from journal_tui.library.library import Library
from journal_tui.library.trash import Trash

pytestmark = pytest.mark.promise("What was saved survives a power cut")

# EXT4_IOC_SHUTDOWN, which is XFS_IOC_GOINGDOWN: 1 writes the log first, 2 writes nothing more.
SHUTDOWN, LOG_WRITTEN, NOTHING_WRITTEN = 0x8004587D, 1, 2
SYSTEMS = {"ext4": ("-q", "-F"), "xfs": ("-q", "-f")}
MEGABYTES = 320
PATH, OLD, NEW = "2014/2014-10-06.md", "the old text\n" * 50, "the new text\n" * 50
NOW = datetime(2014, 10, 6, 14, 32, 5)


class Disk:
    """A file system in a file, mounted at `at`."""

    def __init__(self, folder: Path, system: str, options: str) -> None:
        self.image, self.at, self._options = folder / "disk", folder / "mounted", options
        self.at.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(MEGABYTES * 1024 * 1024)
        _run(f"mkfs.{system}", *SYSTEMS[system], str(self.image))
        self.mount()

    def mount(self) -> None:
        """Also plays back its log."""
        _run("mount", "-o", f"loop{self._options}", str(self.image), str(self.at))

    def cut(self, how: int) -> None:
        """The power is gone; then it is there again."""
        handle = os.open(self.at, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", how))
        finally:
            os.close(handle)
        self.unmount()
        self.mount()

    def unmount(self) -> None:
        """Unmount and detach the image."""
        _run("umount", str(self.at))


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{' '.join(words)}: {done.stderr.strip()}")


@pytest.fixture(params=["ext4", "ext4,noauto_da_alloc", "xfs"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk of its own, if the system can make one."""
    system, comma, option = request.param.partition(",")
    if os.geteuid():
        pytest.skip("mounting a disk needs root")
    if not shutil.which(f"mkfs.{system}"):
        pytest.skip(f"needs mkfs.{system}, which is not installed")
    try:
        made = Disk(tmp_path, system, comma + option)
    except OSError as error:
        pytest.skip(f"no loop mount here: {error}")
    yield made
    made.unmount()


@pytest.mark.parametrize("how", [LOG_WRITTEN, NOTHING_WRITTEN])
def test_what_was_saved_is_there(disk: Disk, how: int, scale: Scale, tally: Tally) -> None:
    root = disk.at / "journal"
    for number in range(scale(2, 5)):
        library = Library(root, disk.at / "state")
        root.mkdir(exist_ok=True)
        opened = None if not number else library.load(PATH)
        base = opened.text if opened else ""
        if not number:
            # The journal's folder itself has been there for long.
            os.sync()
        text = f"{NEW}{number}\n"
        saved = library.save(PATH, text, opened, base, NOW)
        assert not saved.warning
        disk.cut(how)
        found = library.load(PATH).text if (root / PATH).exists() else ""
        paths = [line.split("\t")[0] for line in library.scan().years.get("2014", [])]
        tally(
            "power cuts after “saved”",
            cuts=1, damaged=found not in (base, text), false_saved=found != text,
        )  # fmt: skip
        assert found == text
        assert paths == [PATH]


def test_a_file_without_fsync_is_not_there(disk: Disk) -> None:
    """The cut is one: what was only written, and not confirmed, is gone."""
    file = disk.at / "file"
    file.write_text(OLD)
    disk.cut(NOTHING_WRITTEN)
    assert not file.exists() or file.read_text() != OLD


def test_a_deleted_entry_is_in_its_place_or_in_the_trash(disk: Disk, tally: Tally) -> None:
    root = disk.at / "journal"
    for how in (LOG_WRITTEN, NOTHING_WRITTEN):
        root.mkdir(exist_ok=True)
        library = Library(root, disk.at / "state")
        os.sync()
        library.save(PATH, OLD, None, "", NOW)
        Trash(library).delete(PATH, NOW)
        disk.cut(how)
        texts = [one.file.read_text() for one in Trash(library).items()]
        file = root / PATH
        texts += [file.read_text()] if file.exists() else []
        tally("power cuts after deleting", cuts=1, lost=OLD not in texts)
        assert OLD in texts
        file.unlink(missing_ok=True)
