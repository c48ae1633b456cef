"""What a year's tables say, and how a change of some files changes that; nothing is read or written.

To work it out for a whole year takes some tenths of a second: whoever asks the index meanwhile is
not made to wait for it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from journal_tui.index import forward
from journal_tui.index.forward import Forward
from journal_tui.index.intake import Taken
from journal_tui.index.postings import EMPTY, code, rewritten
from journal_tui.index.terms import PAIRS, PARTS, TRIPLES

LISTED = (*PARTS, PAIRS, TRIPLES)


class Texts(NamedTuple):
    """The stamp lines of the files a year knows, the postings of each part, and the words' order."""

    stamps: str
    postings: dict[str, str]
    order: Forward


NOTHING = Texts("", dict.fromkeys(LISTED, EMPTY), forward.NOTHING)


class Change(NamedTuple):
    """The texts before and after, the ISO days that are said anew, and their files in order."""

    before: Texts
    after: Texts
    days: set[str]
    files: list[Taken]

    @property
    def differs(self) -> bool:
        """Whether anything but the records becomes another; stamps may come in any order."""
        same = self.before.postings == self.after.postings and self.before.order == self.after.order
        return not same or set(self.before.stamps.split("\n")) != set(self.after.stamps.split("\n"))


def change(
    before: Texts,
    stamps: Mapping[str, str],
    days: set[str],
    taken: Mapping[str, Taken | None],
    characters: dict[str, str],
    rest: Callable[[], None],
) -> Change:
    """What comes of the texts when these ISO days are what the files taken in say.

    `stamps` are those of all files by path; `characters` those of known words, which are added to;
    `rest` is called every few ms.
    """
    files = sorted(filter(None, taken.values()), key=lambda file: (file.day, file.number))
    # In the folder's order, so that the next refresh can compare them as one string.
    now = {**stamps, **{path: file.line if file else "" for path, file in taken.items()}}
    lines = "\n".join([line for line in now.values() if line])
    codes = [code(date.fromisoformat(day)) for day in days]
    postings = {}
    for part in LISTED:
        found = [(file.day, file.terms.found.get(part, ())) for file in files]
        postings[part] = rewritten(before.postings[part], codes, found, rest)
    said = [forward.File(code(file.day), file.terms.order, file.terms.prose) for file in files]
    order = forward.rewritten(before.order, set(codes), said, characters, rest)
    return Change(before, Texts(lines, postings, order), days, files)
