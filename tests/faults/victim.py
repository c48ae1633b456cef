"""Run one verb repeatedly, each time in a fork, in which strace kills it or makes a call fail.

The process runs the verb once itself, so that everything is imported, and prints `ready`. Each byte
of standard input then starts a fork, which waits for a second byte. The fork prints `pid N` and the
verb's output; the process then prints `end STATUS`.
"""

import ctypes
import os
import select
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from traceback import extract_tb

from journal_tui import settings
from journal_tui.cli.main import main
from journal_tui.errors import JournalError
from journal_tui.journal import Journal
from journal_tui.session import EditSession

DAY, NEW_DAY, GONE_DAY = date(2014, 10, 6), date(2015, 1, 2), date(2014, 10, 5)
NEW = "# Day\n\nnew prose, and more of it\n\n## Learning points\n\n- one\n- two\n"
# From Linux's prctl.h: lets any process trace this one.
PR_SET_PTRACER, ANYONE = 0x59616D61, ctypes.c_ulong(-1)


def say(line: str) -> None:
    """Print a line without buffering, so that a kill doesn't lose it."""
    os.write(1, f"{line}\n".encode())


def typed(session: EditSession, text: str) -> bool:
    """Type a text as the screen does; return whether the entry can be edited."""
    if session.read_only_reason:
        say(f"refused {session.read_only_reason}")
        return False
    session.edit(text)
    say(f"fault {session.draft_fault}" if session.draft_fault else f"typed {len(text)}")
    return True


def written(journal: Journal, day: date) -> int:
    """Open an entry, type and save as the screen does; return an exit code."""
    session = EditSession(journal, day)
    try:
        if not typed(session, NEW):
            return 1
        session.sync_draft()
        outcome = session.save()
        if outcome.fault:
            say(f"refused {outcome.fault}")
            return 1
        say("saved")
        if outcome.saved and outcome.opened:
            journal.update_index(outcome.opened, outcome.saved)
    finally:
        session.leave_draft()
    return 0


def drafted(journal: Journal) -> int:
    """Type five times without saving; return an exit code."""
    session = EditSession(journal, DAY)
    for length in range(len(NEW) - 5, len(NEW)):
        if not typed(session, NEW[:length]):
            return 1
        session.sync_draft()
    session.leave_draft()
    return 0


def indexed(journal: Journal) -> int:
    """Refresh the index after another program's changes; return an exit code."""
    journal.refresh()
    return 0


VERBS: dict[str, Callable[[Journal], int]] = {
    "saving": lambda journal: written(journal, DAY),
    "creating": lambda journal: written(journal, NEW_DAY),
    "deleting": lambda journal: main(["delete", str(DAY)]),
    "restoring": lambda journal: main(["restore", str(DAY), "2"]),
    "bringing back": lambda journal: main(["trash", "--restore", "1"]),
    "adding": lambda journal: main(["add", "added by a command", "--on", str(DAY)]),
    "indexing": indexed,
    "draft writing": drafted,
}


def run(verb: str) -> int:
    """Run a verb on the journal that $JOURNAL names; return its exit code."""
    try:
        return VERBS[verb](Journal(Path(os.environ["JOURNAL"]), settings.places()))
    except JournalError as error:
        say(f"refused {error}")
        return 1
    except Exception as error:
        places = [f"{Path(f.filename).name}:{f.lineno}" for f in extract_tb(error.__traceback__)]
        say(f"raised {error!r} at {' '.join(places)}")
        return 3


def serve(verb: str) -> None:
    """Run a verb in a fork for each byte of standard input, until it ends."""
    prctl = ctypes.CDLL(None).prctl
    run(verb)
    sys.stdout.flush()
    say("ready")
    while os.read(0, 1):
        child = os.fork()
        if not child:
            prctl(PR_SET_PTRACER, ANYONE, 0, 0, 0)
            say(f"pid {os.getpid()}")
            # Waits without reading, because the calls of `read` are counted from here.
            select.select([0], [], [])
            code = run(verb)
            sys.stdout.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        os.read(0, 1)
        # Its last line may have been cut off before the line feed.
        say(f"\nend {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    serve(sys.argv[1])
