"""The kinds of notes: the name of each, the key that begins the names of its files, and its template."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from journal_tui.entry.markdown_lines import heading
from journal_tui.entry.model import FEEDBACK, FOLLOW_UP, LEARNING
from journal_tui.entry.vocabulary import Vocabulary

CUSTOMER_TAG = "customer"
"""The tag in which the customers are nested: `#customer/lab`."""
ASKS_FOR_CUSTOMER = "{customer}"
"""The placeholder by which a template asks for a customer."""


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
    """A note to open or create: of a kind and about `words`, or without a kind and titled `words`.

    `customer` is the key of the customer whom it is about, as in the tag `#customer/lab`, and
    `customer_name` is the customer's name, which is used if there are no words.
    """

    words: str
    kind: NoteKind | None = None
    customer: str = ""
    customer_name: str = ""

    @property
    def about(self) -> str:
        """The words, or else the customer's name, as one line without control characters."""
        return _one_plain_line(self.words) or _one_plain_line(self.customer_name)

    @property
    def title(self) -> str:
        """The title of the note: Service review – Depot."""
        name = self.kind.name if self.kind else ""
        return " – ".join(filter(None, (name, self.about)))

    @property
    def file_title(self) -> str:
        """The words that the file is named after."""
        about = _one_plain_line(self.words) or self.customer or self.about
        return f"{self.kind.key} {about}" if self.kind else about

    @property
    def customer_tag(self) -> str:
        """The tag that names the customer in the note's text, or ""."""
        return f"#{CUSTOMER_TAG}/{self.customer}" if self.customer else ""


def _one_plain_line(words: str) -> str:
    plain = "".join(" " if c.isspace() else c for c in words if c.isspace() or _is_plain(c))
    return " ".join(plain.split())


def _is_plain(character: str) -> bool:
    """Return whether a character can be seen, or joins those beside it."""
    return character.isprintable() or character in "\u200c\u200d"


_NAMED_HEADINGS = tuple(f"{{{kind}}}" for kind in (LEARNING, FEEDBACK, FOLLOW_UP))

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
        "# {title}\n\nMet: {cursor}\n\n{customer}\n\n{agenda}\n\n"
        "## How they find dealing with us\n\n- \n\n"
        "## Frustrations with applications and services\n\n- \n\n"
        "## What they value\n\n- \n\n## What we will improve\n\n- [ ] \n\n## {learning}\n\n- \n",
    ),
    NoteKind(
        "after-event",
        "After-event review",
        "# {title}\n\n## What was intended\n\n{cursor}\n\n## What happened\n\n- \n\n"
        "## Two explanations\n\n1. \n2. \n\n## When … then …\n\n- \n",
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


def sections_of(template: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return the headings below a template's title, each with the kind of its items, or ""."""
    found = [title.text for line in template.splitlines() if (title := heading(line))]
    filled = [
        vocabulary.heading(text[1:-1]) if text in _NAMED_HEADINGS else text for text in found[1:]
    ]
    return [(text, vocabulary.section_of_heading(text) or "") for text in filled]
