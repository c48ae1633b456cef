"""A second reader of visits, line by line, and a second way to decide the stages.

It uses nothing of the package except the stems of words. It reads only the canonical form that the generated
histories have: headings with `##`, items with `- `, two spaces for each level.
"""

import re
from datetime import date
from typing import NamedTuple

from journal_tui.entry.tokenizer import stems

SECTIONS = {
    "How they find dealing with us": "dealings",
    "Frustrations with applications and services": "frustrations",
    "What they value": "values",
    "Feedback": "feedback",
    "What we will improve": "improvements",
}
ISO = r"\d{4}-\d{2}-\d{2}"
BOX = re.compile(r"\[([ x/-])\] (.*)")


class Told(NamedTuple):
    """A line `told` or `confirmed` with its day, if it has one."""

    word: str
    day: date | None


class Vow:
    """A promise: a line with a box, open, done or dropped, and on which day."""

    def __init__(self, sign: str, words: str) -> None:
        self.is_open, self.is_done = sign in " /", sign == "x"
        found = re.search(rf"(?:done|dropped):({ISO})", words)
        self.day = date.fromisoformat(found[1]) if found and not self.is_open else None
        name = re.search(r"re:(\S+)", words)
        self.name = name[1] if name else ""
        self.told: list[Told] = []


class Item:
    """Something that a customer said, or a promise that belongs to nothing said."""

    def __init__(
        self, path: str, day: date, line: int, customer: str, section: str, words: str
    ) -> None:
        self.path, self.day, self.line = path, day, line
        self.customer, self.section, self.words = customer, section, words
        self.vows: list[Vow] = []
        self.told: list[Told] = []

    @property
    def themes(self) -> set[str]:
        return set(re.findall(r"#(\w+)", self.words))

    @property
    def topics(self) -> set[str]:
        if self.section == "improvements":
            return set()
        return set(stems(re.sub(r"[#@]\w+", " ", self.words)))

    def stage(self) -> tuple[str, date | None]:
        """Return the stage, and the day after which the item is reopened if it is said again, or None."""
        if any(vow.is_open for vow in self.vows):
            return "promised", None
        done = [vow for vow in self.vows if vow.is_done]
        if self.vows and not done:
            return "refused", None
        days = sorted(vow.day for vow in done if vow.day)
        last = days[-1] if days else None
        heard = self.told + [told for vow in self.vows for told in vow.told]
        counts = [told for told in heard if not (told.day and last and told.day < last)]
        stage = "done" if done else "said"
        for word in ("told", "confirmed"):
            if any(told.word == word for told in counts):
                stage = word
        if stage == "said":
            return stage, None
        return stage, last or min((told.day for told in counts if told.day), default=None)


def stages(texts: dict[str, str]) -> dict[tuple[str, int], str]:
    """Return the stage of each item by the path of its note and its line.

    The paths are such as `2026-10-06-service-review-lab.md`.
    """
    items: list[Item] = []
    loose: list[tuple[Item, Vow]] = []
    for path in sorted(texts):
        read_note(path, texts[path], items, loose)
    for own, vow in loose:
        meant = named_by(vow, own, items)
        for item in meant:
            item.vows.append(vow)
        if not meant:
            own.vows.append(vow)
            items.append(own)
    return {(item.path, item.line): final(item, items) for item in items}


def read_note(path: str, text: str, items: list[Item], loose: list[tuple[Item, Vow]]) -> None:
    """Read a note's items, and the promises outside them."""
    day, customer = date.fromisoformat(path[:10]), path.split("-")[-1].removesuffix(".md")
    section, item, vow = "", None, None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("## "):
            section, item = SECTIONS[line[3:]], None
        if not line.lstrip().startswith("- "):
            continue
        depth, words = (len(line) - len(line.lstrip())) // 2, line.lstrip()[2:]
        box = BOX.fullmatch(words)
        told = re.fullmatch(rf"(told|confirmed)(?: ({ISO}))?", words)
        if depth == 0:
            item = Item(path, day, number, customer, section, words)
            vow = Vow(*box.groups()) if box else None
            if section != "improvements":
                items.append(item)
            elif vow:
                item.words = words[4:]
                loose.append((item, vow))
        elif told and item:
            heard = Told(told[1], date.fromisoformat(told[2]) if told[2] else None)
            (vow.told if vow and (depth == 2 or section == "improvements") else item.told).append(
                heard
            )
        elif box and item and section != "improvements":
            vow = Vow(*box.groups())
            item.vows.append(vow)


def named_by(vow: Vow, own: Item, items: list[Item]) -> list[Item]:
    """Return what `re:` names: in its own note, else in the customer's latest note before it."""
    if not vow.name:
        return []
    theme = vow.name.removeprefix("#")
    word = theme if theme == vow.name else "#nothing"
    same = [
        it
        for it in items
        if it.customer == own.customer and (theme in it.themes or word in it.words.lower())
    ]
    for path in sorted({it.path for it in same if it.path <= own.path}, reverse=True):
        if path == own.path or path[:10] <= own.path[:10]:
            return [it for it in same if it.path == path and it.section != "improvements"]
    return []


def final(item: Item, items: list[Item]) -> str:
    """Return the stage, or `reopened` if the customer said it again."""
    stage, since = item.stage()
    if since is None or stage not in ("done", "told", "confirmed") or item.section == "values":
        return stage
    for other in items:
        if other.section in ("values", "improvements") or other.customer != item.customer:
            continue
        if other.day > since and (other.path, other.line) > (item.path, item.line):
            shared = len(item.topics & other.topics)
            fewest = min(len(item.topics), len(other.topics))
            if item.themes & other.themes or (shared >= 3 and shared >= 0.6 * fewest):
                return "reopened"
    return stage
