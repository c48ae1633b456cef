"""Where in a text a change goes, and the edit that puts it there with the text's own habits."""

import re
from collections.abc import Iterable

from journal_tui.entry import rating as ratings
from journal_tui.entry.edit import TextEdit
from journal_tui.entry.entry import Entry
from journal_tui.entry.model import Section, Slot
from journal_tui.errors import EntryError

_EMPTY_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])?\s*")


def newline(text: str) -> str:
    """The line ending that new lines of this text get: `\\r` only where there is no other."""
    crlf = text.count("\r\n")
    lf = text.count("\n") - crlf
    if crlf or lf:
        return "\r\n" if crlf > lf else "\n"
    return "\r" if "\r" in text else "\n"


def tidy(text: str) -> str:
    """One line; NUL, which Markdown does not allow, as it is read."""
    return " ".join(text.split()).replace("\0", "\ufffd")


def one_line(text: str, what: str) -> str:
    """The text as one line; raises EntryError, naming `what`, where it has no words."""
    words = tidy(text)
    if not words:
        raise EntryError(f"{what} needs some words.")
    return words


def line_start(text: str, at: int) -> int:
    """Where the line of this place begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def sections(entry: Entry, kind: str) -> list[Section]:
    """The sections of one kind, in the order of the text."""
    return [section for section in entry.outline.sections if section.kind == kind]


def ends(entry: Entry) -> list[int]:
    """Where a block may go at the end: behind all, else before what swallows it, else on top."""
    outline = entry.outline
    return [len(entry.text), outline.last_block, outline.body]


def prose_end(entry: Entry) -> int:
    """Where the prose ends: before the first section, or before the rating if no prose follows."""
    outline = entry.outline
    end = min((section.start for section in outline.sections), default=len(entry.text))
    start, slot = outline.rating_start, outline.slot
    if start is not None and slot and start < end and not entry.text[slot.remark_end : end].strip():
        return line_start(entry.text, start)
    return end


def lead(text: str, at: int) -> str:
    """What has to stand between a rating's label and a value put at this place."""
    label = text[line_start(text, at) : at]
    if label[-1:].isspace() or not label:
        return ""
    return " " if label.rstrip("*_ \t").endswith((":", "：", "-", "–", "—")) else ": "


def blank_end(text: str, at: int) -> int:
    """The end of the line where only blanks follow, else the place itself."""
    end = at
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    return end if text[end : end + 1] in ("", "\r", "\n") else at


def into_slot(entry: Entry, slot: Slot, value: float, wanted: str) -> list[TextEdit]:
    """The least that changes value and remark where they stand."""
    text = entry.text
    edits: list[TextEdit] = []
    if not text[slot.value_start : slot.value_end].strip():
        whole = lead(text, slot.value_start) + ratings.canonical(value, wanted)
        return [TextEdit(slot.value_start, blank_end(text, slot.value_end), whole)]
    if entry.rating is None or entry.rating.value != value:
        edits.append(TextEdit(slot.value_start, slot.value_end, f"{ratings.shown(value)}/10"))
    if wanted != slot.remark:
        if slot.remark and wanted:
            edits.append(TextEdit(slot.remark_start, slot.remark_end, wanted))
        elif slot.remark:
            edits.append(TextEdit(slot.separator, slot.remark_end, ""))
        else:
            edits.append(TextEdit(slot.separator, slot.remark_end, f" – {wanted}"))
    return edits


def add_item(entry: Entry, section: Section, *texts: str) -> list[TextEdit]:
    """List items, one for each text, at the end of a section, the first in the place of an empty one."""
    gap = newline(entry.text) * (2 if _is_loose(entry.text, section) else 1)
    filled = [number for number, item in enumerate(section.items, 1) if item.text]
    for item in section.items[filled[-1] if filled else 0 :]:
        if _EMPTY_ITEM.fullmatch(entry.text, item.start, item.end):
            marker = item.marker if item.marker.endswith((" ", "\t")) else item.marker + " "
            return [TextEdit(item.start, item.end, _items(marker, texts, gap))]
    if not section.items:
        return [block(entry.text, section.head_end, _items("- ", texts, gap))]
    last = next((i for i in reversed(section.items) if i.text), section.items[-1])
    return [TextEdit(last.end, last.end, gap + _items(_next_marker(last.marker), texts, gap))]


def _items(marker: str, texts: Iterable[str], gap: str) -> str:
    pieces = []
    for text in texts:
        pieces.append(marker + text)
        marker = _next_marker(marker)
    return gap.join(pieces)


def _is_loose(text: str, section: Section) -> bool:
    pairs = zip(section.items, section.items[1:], strict=False)
    return any(len(text[a.end : b.start].splitlines()) > 1 for a, b in pairs)


def _next_marker(marker: str) -> str:
    number = re.match(r"(\s*)([0-9]+)(.*)", marker, re.DOTALL)
    if number:
        marker = f"{number.group(1)}{int(number.group(2)) + 1}{number.group(3)}"
    return marker if marker.endswith((" ", "\t")) else marker + " "


def block(text: str, at: int, content: str) -> TextEdit:
    """Put a block of its own at `at`, with one blank line before and behind it."""
    ending = newline(text)
    place = len(text[:at].rstrip("\r\n \t"))
    if not text[:place].strip("\ufeff"):
        rest = text[place:].lstrip("\r\n")
        return TextEdit(place, len(text) - len(rest), content + ending + (ending if rest else ""))
    content = ending * 2 + content
    # Blanks at the end of the line before stay where they are.
    place += len(text[place:at]) - len(text[place:at].lstrip(" \t"))
    if not text[place:].strip():
        return TextEdit(place, len(text), content + ending)
    rest = text[place:]
    gap = len(re.findall(r"\r\n|\r|\n", rest[: len(rest) - len(rest.lstrip())]))
    return TextEdit(place, place, content + ending * max(0, 2 - gap))
