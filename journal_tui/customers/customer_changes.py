"""Name another customer in an entry whose customer is in its front matter or in its file's name.

Tags such as `#customer/lab` are renamed as all tags are, by `entry/mention_changes`.
"""

import re

from journal_tui.customers.customer import customer_key
from journal_tui.customers.visit import TAG
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.edit import TextEdit, apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.line_map import LINE_END
from journal_tui.errors import EntryError

_KEY = re.compile(r"^customers?\s*:", re.MULTILINE | re.IGNORECASE)


def name_customer(entry: Entry, kind: str, old: str, new: str) -> list[TextEdit]:
    """Return the edits of an entry that replace the customer with the key `old` by the one with the key `new`.

    In the front matter the name is replaced; where only the file is named after the customer, the tag is added
    below the title. Return an empty list for an entry of other customers. Raise EntryError if it can't be done.
    """
    named = [name for name in entry.outline.customers if customer_key(name.lstrip("#")) == old]
    if named:
        edits = [_in_front(entry, name, new) for name in dict.fromkeys(named)]
    elif read_visit(entry, kind).customers == (old,) and f"{TAG}{old}" not in _tags(entry):
        edits = [_below_title(entry, f"#{TAG}{new}")]
    else:
        return []
    changed = Entry(entry.day, apply(entry.text, edits), entry.vocabulary)
    before, after = read_visit(entry, kind), read_visit(changed, kind)
    wanted = tuple(dict.fromkeys(new if key == old else key for key in before.customers))
    if after.customers != wanted or len(after.feedback) != len(before.feedback):
        raise EntryError(f"it names the customer in a way that can't be changed; write #{TAG}{new}")
    return edits


def _tags(entry: Entry) -> set[str]:
    return {tag.casefold() for tag in entry.tags}


def _in_front(entry: Entry, name: str, new: str) -> TextEdit:
    """Return the edit that replaces a name after the key of the customers."""
    front = entry.text[: entry.outline.body]
    key = _KEY.search(front)
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", front[key.end() :]) if key else None
    if key is None or found is None:
        raise EntryError(
            f"its front matter names the customer in an unusual way; write {new} there"
        )
    return TextEdit(key.end() + found.start(), key.end() + found.end(), new)


def _below_title(entry: Entry, tag: str) -> TextEdit:
    """Return the edit that adds a paragraph with a tag after the title, or before everything."""
    text, outline = entry.text, entry.outline
    ending = LINE_END.search(text)
    newline = ending.group() if ending else "\n"
    if outline.title_at < 0:
        return TextEdit(outline.body, outline.body, f"{tag}{newline}{newline}")
    end = LINE_END.search(text, outline.title_at)
    at = end.start() if end else len(text)
    return TextEdit(at, at, f"{newline}{newline}{tag}")
