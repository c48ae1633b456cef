"""Change what an entry says about customers: name another customer, or write that one knows what was done.

Tags such as `#customer/lab` are renamed like all tags, by `entry/mention_changes`. Every change is read
back: unless the changed entry says exactly what was meant, and everything else as before, there is no edit.
"""

import re
from datetime import date

from journal_tui.customers.customer import customer_key
from journal_tui.customers.loop import Loop
from journal_tui.customers.visit import CONFIRMED, TAG, TOLD, Feedback, LoopMark, Promise, Visit
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.answer_changes import add_below
from journal_tui.entry.changes import has_same_tasks, reads_same
from journal_tui.entry.edit import TextEdit, apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.line_map import LINE_END
from journal_tui.entry.model import DONE
from journal_tui.errors import EntryError

_KEY = re.compile(r"^customers?\s*:", re.MULTILINE | re.IGNORECASE)


def name_customer(entry: Entry, kind: str, old: str, new: str) -> list[TextEdit]:
    """Return the edits of an entry that replace the customer with the key `old` by the one with the key `new`.

    If the front matter names the customer, the name is replaced there; if only the file's name does, the new tag
    is added below the title. Return an empty list if neither does. Raise EntryError if the name can't be found or
    the edited entry would be misread.
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
    """Return the edit that replaces a name in the front matter, after `customer:`."""
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


def why_no_mark(loop: Loop, what: str, day: date) -> str:
    """Return a sentence about why a loop can't be marked on a day; "" if it can. `what` is `told` or `confirmed`."""
    closed = loop.closed
    if what == CONFIRMED and loop.reached == CONFIRMED:
        return "It is confirmed already."
    if what == TOLD and loop.is_told:
        return "The customer was told already."
    if any(made.promise.is_open for made in loop.promises):
        return "It is promised and not done yet. Tick the promise first."
    if not loop.promises:
        return "Nothing was promised for it, so the customer can’t have been told. Write a promise under it."
    if what == CONFIRMED and not any(made.promise.state == DONE for made in loop.promises):
        return "It was refused, so the customer can’t confirm that it helped."
    since = max(closed or loop.place.day, loop.place.day)
    if day < since:
        done = "done or refused" if closed else "said"
        return f"It was {done} on {since}. Give that day or a later one."
    return ""


def add_mark(entry: Entry, kind: str, loop: Loop, mark: LoopMark) -> list[TextEdit]:
    """Return the edits that write a mark under the text of a loop; `kind` is the note's kind.

    Raise EntryError if the line was edited since it was listed, or if the mark would be misread there.
    """
    before = read_visit(entry, kind)
    items = _items(before)
    at = _find(items, loop)
    edits = [add_below(entry.text, items[at].line, f"{mark.what} {mark.day}")]
    after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary)
    now = _items(read_visit(after, kind))
    is_read = (
        len(now) == len(items)
        and _values(now[:at]) == _values(items[:at])
        and _values(now[at + 1 :]) == _values(items[at + 1 :])
        and now[at].text == items[at].text
        and now[at].marks == (*items[at].marks, mark)
        and has_same_tasks(entry, after, items[at].line, f"{mark.what} {mark.day}")
        and reads_same(entry, after, tasks=False, feedback=False)
    )
    if not is_read:
        raise EntryError(
            "The mark would be misread below this line, so nothing was changed."
            " Write it in the entry yourself."
        )
    return edits


def _items(visit: Visit) -> list[Feedback | Promise]:
    return sorted((*visit.feedback, *visit.promises), key=lambda one: one.line)


def _find(items: list[Feedback | Promise], loop: Loop) -> int:
    wanted = Feedback if loop.is_feedback else Promise
    same = [at for at, one in enumerate(items) if isinstance(one, wanted) and one.text == loop.text]
    for at in same:
        if items[at].line == loop.place.line:
            return at
    if len(same) == 1:
        return same[0]
    raise EntryError("This has been edited since it was listed, so nothing was changed.")


def _values(items: list[Feedback | Promise]) -> list[tuple[str, tuple[LoopMark, ...]]]:
    return [(one.text, one.marks) for one in items]
