"""The kinds of notes: what each is called, what its file is named after, and its template."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class NoteKind(NamedTuple):
    """A kind of note, such as a service review.

    `key` begins the names of the files, so `kind:service-review` finds them. `template` is the text
    of a new note, unless `file` is the path of a file in the journal that has it.
    """

    key: str
    name: str
    template: str
    file: str = ""


class NoteRequest(NamedTuple):
    """A note to open or make: of a kind, and about `words`, or without a kind and called `words`."""

    words: str
    kind: NoteKind | None = None

    @property
    def about(self) -> str:
        """The words as one line, without control characters."""
        plain = "".join(
            " " if c.isspace() else c for c in self.words if c.isspace() or _is_plain(c)
        )
        return " ".join(plain.split())

    @property
    def title(self) -> str:
        """The title of the note: Service review – Depot."""
        name = self.kind.name if self.kind else ""
        return " – ".join(filter(None, (name, self.about)))

    @property
    def file_title(self) -> str:
        """The words that the file is named after."""
        return f"{self.kind.key} {self.about}" if self.kind else self.about


def _is_plain(character: str) -> bool:
    """Return whether a character can be seen, or joins those beside it."""
    return character.isprintable() or character in "\u200c\u200d"


BUILT_IN = (
    NoteKind(
        "meeting",
        "Meeting",
        "# {title}\n\n{cursor}\n\n## What was decided\n\n- \n\n## {follow-up}\n\n- [ ] \n",
    ),
    NoteKind(
        "one-to-one",
        "One-to-one",
        "# {title}\n\n{cursor}\n\n## What is on their mind\n\n- \n\n## What I wanted to say\n\n- \n\n"
        "## What we agreed\n\n- [ ] \n",
    ),
    NoteKind(
        "service-review",
        "Service review",
        "# {title}\n\n{cursor}\n\n## How they find dealing with us\n\n- \n\n## {feedback}\n\n- \n\n"
        "## What they value\n\n- \n\n## What we will improve\n\n- [ ] \n\n## {learning}\n\n- \n",
    ),
    NoteKind(
        "after-event",
        "After-event review",
        "# {title}\n\n## What was intended\n\n{cursor}\n\n## What happened\n\n- \n\n"
        "## Two explanations\n\n1. \n2. \n\n## {learning}\n\n- \n",
    ),
    NoteKind(
        "incident",
        "Incident",
        "# {title}\n\n{cursor}\n\n## Who was affected\n\n- \n\n## What happened when\n\n- \n\n"
        "## {learning}\n\n- \n\n## {follow-up}\n\n- [ ] \n",
    ),
)
"""The kinds that every journal has, unless its journal.toml changes or removes them."""


def kinds(given: Mapping[str, Mapping[str, str] | None]) -> tuple[NoteKind, ...]:
    """Return a journal's kinds of notes: its own, then the built-in ones that it leaves as they are.

    `given` has what journal.toml says by the key of the kind, or None for one that it removes.
    """
    known = {kind.key: kind for kind in BUILT_IN}
    own = [_own(key, said, known.get(key)) for key, said in given.items() if said is not None]
    return (*own, *(kind for kind in BUILT_IN if kind.key not in given))


def _own(key: str, said: Mapping[str, str], built_in: NoteKind | None) -> NoteKind:
    usual = built_in or NoteKind(key, key.replace("-", " ").capitalize(), "")
    name = " ".join(said.get("name", usual.name).split())
    file = said.get("file", "")
    return NoteKind(key, name, "" if file else said.get("template", usual.template), file)


def kind_called(words: str, among: Iterable[NoteKind]) -> NoteKind | None:
    """Return the kind with this name or key, in any case; None if there is none."""
    wanted = " ".join(words.split()).casefold()
    return next(
        (kind for kind in among if wanted in (kind.name.casefold(), kind.key.casefold())), None
    )
