"""The items read from another program's files: texts with their days, whole files, and counts of things left out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple

from journal_tui.entry import front_matter
from journal_tui.period import long_date

Facts = Mapping[str, "str | Sequence[str]"]
"""The keys of an imported entry's front matter, each with a value or a list of values."""


class Attachment(NamedTuple):
    """A file that a piece shows: the target of its link in the text, and its path in the source."""

    reference: str
    path: str


class Piece(NamedTuple):
    """A text to import, with what identifies it: `key`, which is the same in a second import.

    `day` is None if the source doesn't say it; `why` then tells the user the reason. `time`, such as
    14:23 or "", orders the pieces of one day. `addresses` are the targets of links to this piece in
    other pieces. A piece with a `path` is a whole entry, which is written to that path byte for byte.
    """

    key: str
    text: str
    day: date | None = None
    why: str = ""
    time: str = ""
    title: str = ""
    facts: Facts = MappingProxyType({})
    addresses: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    path: str = ""


class LeftOut(NamedTuple):
    """Things of one kind that aren't imported: `what` they are, such as "comment", their number, and an example."""

    what: str
    number: int = 1
    example: str = ""


class WholeFile(NamedTuple):
    """A file of a journal that isn't an entry: its path and its bytes."""

    path: str
    data: bytes


ImportItem = Piece | LeftOut | WholeFile
"""An item that a format's `read` yields."""


def digest_key(source: str, *parts: str) -> str:
    """Return a key for a piece without an identifier in its source: a digest of its date, title or text."""
    check = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=12)
    return f"{source} {check.hexdigest()}"


# A string that YAML reads as itself without quotes, also in a list.
_PLAIN = re.compile(r"[^\W\d_][\w./-]*(?: [\w./-]+)*", re.ASCII)
_WORDS_OF_YAML = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n)*?)---[ \t]*(?:\n|\Z)")
_LONGEST_FACT = 1000
_HEADING = re.compile(r"(#{1,6})[ \t]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def entry_text(piece: Piece) -> str:
    """Return the text of a new entry for a piece: front matter, its title as heading, its text."""
    if piece.path:
        return piece.text
    body = clean(piece.text)
    title = _title(piece, body)
    own = _FRONT.match(body)
    if own and _is_mapping(whole := own[1] + _facts(piece.facts, own[1])):
        rest = body[own.end() :]
        if title := _title(piece, rest):
            rest = f"\n# {title}\n\n{rest.lstrip()}"
        return f"---\n{whole}{body[own.end(1) : own.end()]}{rest}"
    if title:
        body = f"# {title}\n\n{body}" if body else f"# {title}\n"
    facts = _facts(piece.facts)
    # A line `---` at the beginning would open front matter.
    return (
        f"---\n{facts}---\n\n{body}" if facts else f"\n{body}" if body.startswith("---") else body
    )


def _is_mapping(source: str) -> bool:
    """Return whether the lines between two lines `---` are front matter, not prose between two rules."""
    try:
        return bool(front_matter.read(source).values)
    except front_matter.FrontMatterError:
        return False


def _title(piece: Piece, body: str) -> str:
    """Return the title for a new entry, or "" if the text begins with the title or the title is only the date."""
    title = _one_line(piece.title)
    if piece.day and title in (long_date(piece.day), piece.day.isoformat()):
        return ""
    first = body.lstrip("\n").partition("\n")[0]
    words = _words(title)
    # A title may consist only of signs, such as an emoji.
    is_there = _words(first) == words if words else first.strip("# \t") == title
    return "" if is_there else title


def _words(text: str) -> str:
    """Return the letters and digits of a line, folded in case, to compare titles."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def section_text(piece: Piece) -> str:
    """Return a piece as a section, to be added to an existing entry."""
    body = clean(piece.text)
    title = _one_line(piece.title) or piece.time or "Imported"
    said = [f"{key}: {_shown(value)}" for key, value in piece.facts.items() if value]
    facts = f"\n({'; '.join(said)})\n" if said else ""
    highest = min((level for _, level in _levels(body) if level), default=3)
    return f"## {title}\n\n{lower_headings(body, max(0, 3 - highest))}{facts}"


def clean(text: str) -> str:
    """Return a text without control characters, its lines ended by line feeds, with just one at the end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _CONTROL.sub("", text).strip("\n").rstrip()
    return f"{text}\n" if text else ""


def _facts(facts: Facts, known: str = "") -> str:
    """Return lines of front matter for facts, except empty ones and those whose key is in the lines `known`."""
    lines = []
    for key, value in facts.items():
        if re.search(rf"^{re.escape(key)}[ \t]*:", known, re.MULTILINE):
            continue
        if isinstance(value, str):
            if value := _one_line(value, _LONGEST_FACT):
                lines.append(f"{key}: {_scalar(value)}")
        elif values := [_scalar(it) for one in value if (it := _one_line(one, _LONGEST_FACT))]:
            lines.append(f"{key}: [{', '.join(values)}]")
    return "".join(f"{line}\n" for line in lines)


PUBLISH = "publish"
"""The key in front matter whose value says whether an entry may be published."""


def tags_of(names: Iterable[str]) -> list[str]:
    """Return the names of tags, each once, without `#` or `@`, and with hyphens for spaces and punctuation."""
    found = (
        re.sub(r"[\s,;:\[\]{}'\"]+", "-", name.strip().lstrip("#@")).strip("-") for name in names
    )
    return [*dict.fromkeys(name for name in found if name)]


def _scalar(value: str) -> str:
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _one_line(text: str, most: int | None = None) -> str:
    return _CONTROL.sub("", " ".join(text.split()))[:most].strip()


def _shown(value: "str | Sequence[str]") -> str:
    return _one_line(value if isinstance(value, str) else ", ".join(value), _LONGEST_FACT)


def lower_headings(text: str, by: int) -> str:
    """Return a text with its headings `by` levels lower, at most at level 6; code blocks are kept."""
    return "\n".join(
        f"{'#' * min(by, 6 - level)}{line}" if level else line for line, level in _levels(text)
    )


def _levels(text: str) -> Iterator[tuple[str, int]]:
    """Yield the lines of a text, each with its level if it is a heading, else 0."""
    fence = ""
    for line in text.split("\n"):
        if found := _FENCE.match(line):
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
        mark = None if fence else _HEADING.match(line)
        yield line, len(mark[1]) if mark else 0
