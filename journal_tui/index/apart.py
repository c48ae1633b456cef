"""A process of its own that reads whole years: `python -m journal_tui.index.apart`.

It reads from its standard input, pickled, the journal's place and vocabulary and then the stamps of
one year after the other, and answers each with what the year's tables are to say. It ends when its
input does, hence with the process that asks.
"""

import contextlib
import os
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from journal_tui.index import rewriting
from journal_tui.index.intake import day_of_path, reading, take
from journal_tui.index.postings import no_rest
from journal_tui.index.rewriting import NOTHING, Change
from journal_tui.index.terms import Terms
from journal_tui.library.library import Library

# Whoever types comes first.
_NICENESS = 10
_NO_TERMS = Terms({}, {}, [])


def made(library: Library, stamps: Mapping[str, str]) -> Change:
    """What the tables of a year come to that knows nothing of these files (path → stamp line) yet."""
    days = set(map(day_of_path, stamps))
    taken = take(stamps, days, reading(library), "", no_rest)
    change = rewriting.change(NOTHING, stamps, days, taken, {}, no_rest)
    # The terms have gone into the texts.
    return change._replace(files=[file._replace(terms=_NO_TERMS) for file in change.files])


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until there are no more questions; they come from the process that started this one."""
    root, state, vocabulary = pickle.load(questions)
    library = Library(Path(root), Path(state))
    library.vocabulary = vocabulary
    with contextlib.suppress(EOFError):
        while True:
            pickle.dump(made(library, pickle.load(questions)), answers)
            answers.flush()


def main() -> None:
    """Be such a process; nothing that is printed gets among the answers."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
