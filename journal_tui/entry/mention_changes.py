"""Rename a tag or a person in an entry, wherever it is read as one; every change is a text edit.

Code, links, addresses and words that only contain the name are never touched, because they aren't
read as mentions. The edits are read back before they are returned.
"""

from journal_tui.entry.edit import TextEdit, apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.mentions import MentionSpan, mentions
from journal_tui.entry.model import Outline
from journal_tui.entry.parser import read_mentions
from journal_tui.entry.tokenizer import fold, term_of
from journal_tui.errors import EntryError, UsageError

_MISREAD = "with the new name, a line of it would be read as something else"


def check_name(name: str) -> str:
    """Return a new tag or person with its sign. Raise UsageError if an entry can't have it."""
    name = " ".join(name.split())
    if not _is_mention(name):
        hyphenated = name[:1] + name[1:].strip().replace(" ", "-")
        if " " in name and _is_mention(hyphenated):
            raise UsageError(
                f"“{name}” has a space, which a tag or a person can't have. Write {hyphenated}."
            )
        raise UsageError(
            f"“{name}” can't be a tag or a person. Write # or @, and then letters, digits and hyphens: "
            "#site-visit, @ann."
        )
    return name


def _is_mention(name: str) -> bool:
    """Return whether a text is one tag or person, with its sign."""
    tags, people = mentions(name)
    return name[:1] in ("#", "@") and [name[1:]] == tags + people


def check_pair(term: str, new: str) -> None:
    """Raise UsageError if a folded tag or person can't be renamed to `new` because of their signs or nesting."""
    if term[:1] != new[:1]:
        raise UsageError(
            "A tag can't become a person, nor a person a tag. Begin both names with the same sign."
        )
    if term_of(new).startswith(f"{term}/"):
        raise UsageError(
            f"{new} is nested in {term}, so it can't be its new name. Choose another name."
        )


def rename(entry: Entry, term: str, new: str) -> list[TextEdit]:
    """Return the edits that write `new` for each mention of a folded `#tag` or `@name`.

    All its spellings are renamed, and so are the tags nested in it. Return an empty list if there is
    nothing to change. Raise EntryError if anything else in the entry would then be read differently.
    """
    outline, spans = read_mentions(entry.text, entry.vocabulary, entry.day)
    edits = [
        edit
        for span in spans
        if (name := _renamed(span.sign, span.name, term, new)) != span.name
        for edit in [_edit(entry.text, span, name)]
    ]
    after = outline
    if edits:
        after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary).outline
    if _facts(outline, term, new) != _facts(after, term, new, is_done=True):
        raise EntryError(_MISREAD)
    return edits


def _renamed(sign: str, name: str, term: str, new: str) -> str:
    """Return a name without its sign after the renaming; any other name as it is."""
    if sign != term[0]:
        return name
    parts = name.split("/") if sign == "#" else [name]
    depth = term.count("/") + 1
    if fold("/".join(parts[:depth])) != term[1:] or (sign == "@" and fold(name) != term[1:]):
        return name
    return "/".join([new[1:], *parts[depth:]])


def is_mentioned(entry: Entry, term: str) -> bool:
    """Return whether an entry mentions a folded tag, or one nested in it, or a person."""
    names = entry.tags if term[0] == "#" else entry.people
    return any(_renamed(term[0], name, term, f"{term[0]}\0") != name for name in names)


def _edit(text: str, span: MentionSpan, name: str) -> TextEdit:
    """Return the edit that writes a name in place of a mention, as `#[[name]]` only if necessary."""
    if span.is_page:
        tag = f"#{name}"
        return TextEdit(span.start, span.end, tag if mentions(tag)[0] == [name] else f"#[[{name}]]")
    has_sign = text[span.start : span.start + 1] == span.sign
    return TextEdit(span.start + has_sign, span.end, name)


def _facts(outline: Outline, term: str, new: str, *, is_done: bool = False) -> tuple[object, ...]:
    """Return the facts that a renaming must keep, with mentions renamed unless the renaming `is_done`."""
    rating = outline.rating

    def renamed(sign: str, names: tuple[str, ...]) -> list[str]:
        if is_done:
            return list(names)
        return list(dict.fromkeys(_renamed(sign, name, term, new) for name in names))

    def waiting(people: str) -> list[str]:
        named = people.split(",")
        return named if is_done else [it[:1] + _renamed(it[:1], it[1:], term, new) for it in named]

    return (
        renamed("#", outline.tags),
        renamed("@", outline.people),
        [(point.kind, point.line) for point in outline.points],
        [(it.line, it.state, it.due, it.since, waiting(it.waiting)) for it in outline.tasks],
        rating and (rating.value, rating.line),
        outline.title_at >= 0,
        len(outline.headings),
        [section.kind for section in outline.sections],
    )
