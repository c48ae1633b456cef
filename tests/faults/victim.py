"""A process that does one thing again and again, each time in a fork, for strace to kill or fail.

It does it once itself, so that all is imported, and says `ready`. Then each byte of standard input
starts a fork, which waits for a second one. Said are: `pid N`, what the verb says, `end STATUS`.
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
# From Linux's prctl.h; anyone may trace the process that asks so.
PR_SET_PTRACER, ANYONE = 0x59616D61, ctypes.c_ulong(-1)


def say(line: str) -> None:
    """Print at once: nothing said before a kill is lost in a buffer."""
    os.write(1, f"{line}\n".encode())


def typed(session: EditSession, text: str) -> bool:
    """Type as the screen does; whether the entry can be typed in."""
    if session.locked:
        say(f"refused {session.locked}")
        return False
    session.edit(text)
    say(f"fault {session.draft_fault}" if session.draft_fault else f"typed {len(text)}")
    return True


def written(journal: Journal, day: date) -> int:
    """An entry is opened, typed in and saved, as the screen does."""
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
            journal.indexed(outcome.opened, outcome.saved)
    finally:
        session.leave_draft()
    return 0


def drafted(journal: Journal) -> int:
    """Five words are typed and never saved."""
    session = EditSession(journal, DAY)
    for length in range(len(NEW) - 5, len(NEW)):
        if not typed(session, NEW[:length]):
            return 1
        session.sync_draft()
    session.leave_draft()
    return 0


def indexed(journal: Journal) -> int:
    """The index takes in what another program changed."""
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
    """Do it on the journal that the environment names; gives the exit code."""
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
    """Until nothing is asked any more."""
    prctl = ctypes.CDLL(None).prctl
    run(verb)
    sys.stdout.flush()
    say("ready")
    while os.read(0, 1):
        child = os.fork()
        if not child:
            prctl(PR_SET_PTRACER, ANYONE, 0, 0, 0)
            say(f"pid {os.getpid()}")
            # Not read: the calls of `read` are counted from here.
            select.select([0], [], [])
            code = run(verb)
            sys.stdout.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        os.read(0, 1)
        # What it printed last may have been cut before its end of line.
        say(f"\nend {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    serve(sys.argv[1])
