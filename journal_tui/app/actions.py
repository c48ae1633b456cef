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
    Action("save", "ctrl+s", "Save", "Save now (it also saves automatically)", "Write", True),
    Action(
        "find",
        "ctrl+l,f3",
        "Find",
        "Search learning points and days",
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
        "Go to a date: yesterday, 3 mar, -7",
        "Days",
        True,
        "g",
    ),
    Action(
        "read", "f2", "Read", "Read the day as a page, or go back to writing", "Write", True, "e"
    ),
    Action("text", "escape", "Text", "Go back to writing", "Write"),
    Action("help", "f1", "Help", "Show this help", "App", True, "question_mark"),
    Action("today", "ctrl+t", "Today", "Go to today", "Days", False, "t"),
    Action("previous_day", "alt+left", "Previous day", "Go to the day before", "Days", False, "h"),
    Action("next_day", "alt+right", "Next day", "Go to the day after", "Days", False, "l"),
    Action(
        "previous_written",
        "alt+up",
        "Previous entry",
        "Go to the previous day with an entry",
        "Days",
        False,
        "left_square_bracket",
    ),
    Action(
        "next_written",
        "alt+down",
        "Next entry",
        "Go to the next day with an entry",
        "Days",
        False,
        "right_square_bracket",
    ),
    Action("calendar", "f9", "Calendar", "Pick a day from the calendar", "Days"),
    Action("files", "f8", "Notes", "Open another note of this day, or add one", "Days"),
    Action(
        "learned",
        "ctrl+b",
        "Learned before?",
        "Show earlier learning points like the one under the cursor",
        "Look back",
        False,
        "b",
    ),
    Action("find_in_text", "ctrl+f", "Find in text", "Find words in this entry", "Look back"),
    Action(
        "links",
        "",
        "Links in this entry",
        "Open a link from this entry in the browser or mail program",
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
        "Compare, copy or restore an earlier version of this entry",
        "Write",
        False,
        "v",
    ),
    Action(
        "delete",
        "",
        "Delete this entry …",
        "Move this entry to the trash (kept for 30 days)",
        "Write",
    ),
    Action(
        "save_elsewhere",
        "",
        "Save this text elsewhere …",
        "Save a copy in another folder, for when it cannot be saved here",
        "Write",
    ),
    Action("trash", "", "Trash", "Bring back a deleted entry or a discarded draft", "Look back"),
    Action(
        "convert",
        "",
        "Convert to UTF-8",
        "Convert an entry in another encoding so that you can edit it",
        "Write",
    ),
    Action(
        "conflicts",
        "",
        "Conflicts",
        "Compare and merge the conflict copies that sync tools leave",
        "Look back",
    ),
    Action(
        "problems", "f10", "Problems", "List what could not be understood in this entry", "Write"
    ),
    Action(
        "suspend_process",
        "ctrl+backslash",
        "Suspend",
        "Suspend journal and go to the shell (type fg to return)",
        "App",
    ),
    Action("command_palette", "ctrl+p", "Palette", "Show all commands and themes", "App"),
    Action("quit", "ctrl+q", "Quit", "Save and quit", "App"),
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
                f"settings.toml: there is no action called {name}. Choose from {', '.join(names)}."
            )
        for key in _split(given):
            if key in owned or key in _NOT_DISTINCT or len(key) == 1:
                faults.append(
                    f"settings.toml: {key} cannot be used for {name} while you are writing. Choose another key."
                )
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
        ("enter", "Continue a list; on an empty item, end it"),
        ("tab shift+tab", "Indent a list item, or move it back"),
        ("#… @…", "Suggest tags and people you have used; tab or enter accepts"),
        ("ctrl+z ctrl+y", "Undo and redo"),
    ]
    return list(groups.items())


HELP_TEXT = (
    "Write the day in your own words; it is saved as you go, as a plain Markdown file. "
    "Items under the heading “Learning points” can be found again years later. A line such as "
    "“Enjoyment: 9/10 – good day” rates the day. “- [ ] Ask Colm due:2026-11-27” is a follow-up; "
    "items under “Feedback” are what customers said; "
    "#tags and @people work anywhere. Single-letter keys work while you are reading (F2)."
)
