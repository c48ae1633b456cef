"""Every action once: its key, its name in footer and palette, its line in the help."""

from collections.abc import Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType
from textual.widgets import TextArea


class Action(NamedTuple):
    """What the person can do. `keys` go through Textual's names; `plain` only work outside a text.

    Without `keys` it is done from the palette, and by a key of the person's settings.
    `in_footer` actions stand in the footer, in this order.
    """

    name: str
    keys: str
    label: str
    help: str
    group: str
    in_footer: bool = False
    plain: str = ""


ACTIONS = (
    Action("save", "ctrl+s", "Save", "Save now (it also saves by itself)", "Write", True),
    Action(
        "find",
        "ctrl+l,f3",
        "Find",
        "Find learning points and days by their words",
        "Look back",
        True,
        "slash",
    ),
    Action("point", "ctrl+n", "Point", "Add a learning point to this day", "Write", True),
    Action("rate", "ctrl+r", "Rate", "Rate the enjoyment of this day", "Write", True, "r"),
    Action(
        "go_to",
        "ctrl+g,f4",
        "Date",
        "Go to a date in words: yesterday, 3 mar, -7",
        "Days",
        True,
        "g",
    ),
    Action("read", "f2", "Read", "Read the day as a page, or write again", "Write", True, "e"),
    Action("text", "escape", "Text", "Back to the text, to write", "Write"),
    Action("help", "f1", "Help", "This help", "App", True, "question_mark"),
    Action("today", "ctrl+t", "Today", "Go to today", "Days", False, "t"),
    Action("previous_day", "alt+left", "Previous day", "The day before", "Days", False, "h"),
    Action("next_day", "alt+right", "Next day", "The day after", "Days", False, "l"),
    Action(
        "previous_written",
        "alt+up",
        "Previous entry",
        "The written day before",
        "Days",
        False,
        "left_square_bracket",
    ),
    Action(
        "next_written",
        "alt+down",
        "Next entry",
        "The written day after",
        "Days",
        False,
        "right_square_bracket",
    ),
    Action("calendar", "f9", "Calendar", "Pick a day in the month", "Days"),
    Action("files", "f8", "Notes", "The other notes of this day, or a new one", "Days"),
    Action(
        "learned",
        "ctrl+b",
        "Learned before?",
        "Earlier learning points like the one the cursor is in",
        "Look back",
        False,
        "b",
    ),
    Action("find_in_text", "ctrl+f", "Find in text", "Find words in this entry", "Look back"),
    Action(
        "links",
        "",
        "Links of this entry",
        "Open a link of this entry in the browser or mail program",
        "Look back",
        False,
        "o",
    ),
    Action("editor", "ctrl+o", "External editor", "Write in your own editor ($EDITOR)", "Write"),
    Action("tick", "f12", "Tick", "Tick or untick the follow-up on this line", "Write"),
    Action(
        "history",
        "",
        "Earlier versions of this entry",
        "What this entry said before: compare it, copy it, bring it back",
        "Write",
        False,
        "v",
    ),
    Action(
        "delete", "", "Delete this entry …", "Move this entry to the trash, for 30 days", "Write"
    ),
    Action(
        "save_elsewhere",
        "",
        "Save this text elsewhere …",
        "A copy of this text in another folder, for when it cannot be saved here",
        "Write",
    ),
    Action(
        "trash", "", "Trash", "Deleted entries and discarded drafts: bring one back", "Look back"
    ),
    Action(
        "convert",
        "",
        "Convert to UTF-8",
        "Make an entry in another encoding one that can be edited",
        "Write",
    ),
    Action(
        "conflicts",
        "",
        "Conflicts",
        "Copies that sync tools set aside: compare them, bring them together",
        "Look back",
    ),
    Action("problems", "f10", "Problems", "What could not be read as meant in this entry", "Write"),
    Action(
        "suspend_process",
        "ctrl+backslash",
        "Suspend",
        "Back to the shell for a moment (fg returns)",
        "App",
    ),
    Action("command_palette", "ctrl+p", "Palette", "All commands and themes", "App"),
    Action("quit", "ctrl+q", "Quit", "Save and leave", "App"),
)

_OF_APP = ("help", "quit", "suspend_process", "command_palette")
_OF_EDITOR = ("find_in_text",)
# Terminals send the same for these and for tab, enter, backspace or escape.
_NOT_DISTINCT = ("ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+left_square_bracket")
_SHOWN = {
    "slash": "/", "question_mark": "?", "left_square_bracket": "[", "right_square_bracket": "]",
    "ctrl+backslash": "ctrl+\\",
}  # fmt: skip


def bindings(of_app: bool) -> list[Binding]:
    """The bindings of the app, or those of the screen that one writes on."""
    made = []
    for action in ACTIONS:
        if (action.name in _OF_APP) is not of_app or action.name in _OF_EDITOR:
            continue
        if action.name == "command_palette":
            continue
        made.append(
            Binding(
                # A name that no key has: a key of the settings takes its place.
                action.keys or f"palette.{action.name}",
                action.name,
                action.label,
                show=action.in_footer,
                id=action.name,
                priority=action.name == "quit",
                tooltip=action.help,
            )
        )
        if action.plain:
            made.append(Binding(action.plain, action.name, action.label, show=False))
    return made


def usable_keys(keys: Mapping[str, str]) -> dict[str, str]:
    """The person's keys by the ids of bindings; those of actions that there are not are left out."""
    names = {action.name for action in ACTIONS}
    return {
        f"editor.{name}" if name in _OF_EDITOR else name: ",".join(_split(given))
        for name, given in keys.items()
        if name in names and _split(given)
    }


def key_faults(keys: Mapping[str, str]) -> list[str]:
    """A sentence for each of the person's keys that would not do what it says."""
    names = [action.name for action in ACTIONS]
    owned = {key for binding in TextArea.BINDINGS for key in _keys_of(binding)}
    faults = []
    for name, given in keys.items():
        if name not in names:
            faults.append(
                f"settings.toml: there is no action {name}. There are {', '.join(names)}."
            )
        for key in _split(given):
            if key in owned or key in _NOT_DISTINCT or len(key) == 1:
                faults.append(f"settings.toml: {key} does not reach {name} while one writes.")
    return faults


def _split(keys: str) -> list[str]:
    return [key for key in keys.replace(" ", "").split(",") if key]


def _keys_of(binding: BindingType) -> list[str]:
    return _split(binding.key if isinstance(binding, Binding) else binding[0])


def key_names(action: Action) -> str:
    """The keys of an action as the help shows them: `ctrl+l f3 /`; `ctrl+p …` for the palette."""
    keys = [key for key in (*action.keys.split(","), action.plain) if key]
    return " ".join(_SHOWN.get(key, key) for key in keys) or "ctrl+p …"


def help_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The groups of the help screen with keys and descriptions."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in ACTIONS:
        groups.setdefault(action.group, []).append((key_names(action), action.help))
    groups["While writing"] = [
        ("enter", "Goes on with a list; on an empty item it ends the list"),
        ("tab shift+tab", "Indents a list item, and back"),
        ("#… @…", "Offer tags and people in use; tab or enter takes one"),
        ("ctrl+z ctrl+y", "Undo and redo"),
    ]
    return list(groups.items())


HELP_TEXT = (
    "Write the day in your own words; it is saved as you go, as a plain Markdown file. "
    "Items under the heading “Learning points” can be found again for years. A line such as "
    "“Enjoyment: 9/10 – good day” rates the day. “- [ ] Ask Colm due:2026-11-27” is a follow-up; "
    "items under “Feedback” are what customers said; "
    "#tags and @people work anywhere. Keys with one letter work while reading (F2)."
)
