"""The guide to journal, a page for each topic, to read in the app and in a terminal."""

import re
from pathlib import Path
from typing import NamedTuple

from journal_tui.errors import UsageError
from journal_tui.query.parser import language


class Topic(NamedTuple):
    """A page of the guide: its name in `journal help NAME`, its title, and a line about it."""

    name: str
    title: str
    about: str


TOPICS = (
    Topic("writing", "Writing", "Today's page, its keys, and getting something back."),
    Topic("finding", "Finding", "Find a learning point or a day, from all years."),
    Topic("follow-ups", "Follow-ups", "What you promised, and what others promised you."),
    Topic(
        "people-and-tags",
        "People and tags",
        "Everything about a person or tag; rename or merge them.",
    ),
    Topic(
        "visiting-customers",
        "Visiting customers",
        "What customers say, and what became of it.",
    ),
    Topic(
        "bringing", "Bringing your journal", "Days from other programs, and taking them elsewhere."
    ),
    Topic("looking-back", "Looking back", "A week or a year at a glance; points that return."),
    Topic("publishing", "Publishing", "Marked days as a blog; a pack for a successor."),
    Topic("command-line", "Command line", "Use journal without the app, or in a script."),
    Topic("understood", "What is understood", "Ways to write lessons, ratings and follow-ups."),
    Topic("settings", "Settings", "Your theme, editor and keys; your own headings."),
)
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```\n", re.DOTALL | re.MULTILINE)
_PICTURE = re.compile(r"^!\[[^\]\n]*\]\([^)\n]*\)\n\n", re.MULTILINE)
_KEYS = re.compile(r"^## Keys\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)


class GuidePage(NamedTuple):
    """The Markdown of a page: its title and introduction, its section “Keys”, and the rest."""

    introduction: str
    keys: str
    rest: str


def topic(words: str) -> Topic:
    """Return the topic with this name or title. Raise UsageError if there is none."""
    wanted = " ".join(words.split()).casefold()
    for known in TOPICS:
        if wanted in (known.name, known.title.casefold()):
            return known
    names = ", ".join(known.name for known in TOPICS)
    raise UsageError(f"There is no help about “{words}”. Choose a topic: {names}.")


def markdown(name: str) -> str:
    """Return a page as Markdown, for a terminal: without pictures, which only a browser shows.

    A block of code marked `query` shows the forms of a search as the parser describes them.
    """
    text = Path(__file__).with_name(f"{name}.md").read_text("utf-8")
    return _FENCED.sub(_with_forms, _PICTURE.sub("", text))


def page(name: str) -> GuidePage:
    """Return a page in three parts, for a screen that shows its own keys in place of the section “Keys”."""
    text = markdown(name)
    keys = _KEYS.search(text)
    if keys is None:
        return GuidePage(text, "", "")
    return GuidePage(text[: keys.start()], keys[1].strip("\n"), text[keys.end() :])


def plain(name: str) -> str:
    """Return a page to be printed: as Markdown, with examples indented instead of fenced."""
    return _FENCED.sub(lambda found: indented(found[2]), markdown(name))


def indented(text: str) -> str:
    """Return the lines four columns to the right."""
    return re.sub(r"^(?=.)", "    ", text, flags=re.MULTILINE)


def _with_forms(fenced: re.Match[str]) -> str:
    if fenced[1] != "query":
        return fenced[0]
    forms = language().strip("\n").partition("\n\n")[0]
    return f"```query\n{re.sub('^    ', '', forms, flags=re.MULTILINE)}\n```\n"
