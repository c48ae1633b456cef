"""Every action of the Find screen once, with its key, its name in footer and palette, and its line in the help."""

from textual.binding import Binding

from journal_tui.app.actions import Action, key_names

ACTIONS = (
    Action("back", "escape", "Back", "Close what is open; clear the search; back to the text", "Find", True),
    Action("open", "enter", "Open", "Open the entry at this line", "Rows", True),
    Action("switch", "f3,ctrl+l,tab", "Days", "Learning points, or whole days", "Find", True),
    Action("order", "ctrl+o", "Order", "Newest first, or best first", "Find", True),
    Action("group", "ctrl+g", "Group", "One row for each day, or every match", "Find", True),
    Action("read", "f2", "Read", "Read the entry in full; ← → go through the rows", "Rows", True),
    Action("context", "f6", "Context", "Show or hide the lines around the match", "Rows"),
    Action("next_day", "alt+down", "Next day", "Down to the next day", "Rows"),
    Action("previous_day", "alt+up", "Previous day", "Up to the day above", "Rows"),
    Action("copy_point", "ctrl+c", "Copy", "Copy this point", "Rows"),
    Action("copy_all", "f8", "Copy all", "Copy all rows as a Markdown list", "Rows"),
    Action("year", "f9", "This year", "Only the year of this row, or all years again", "Find"),
    Action("save_query", "ctrl+s", "Save search", "Save this search by a name", "Searches"),
    Action("recall", "ctrl+r", "Recall", "Choose a saved or an earlier search", "Searches"),
    Action("earlier", "alt+left", "Earlier search", "The search before", "Searches"),
    Action("later", "alt+right", "Later search", "The search after", "Searches"),
    Action("help", "f1", "Help", "This help", "Find", True),
)  # fmt: skip

HELP_TEXT = (
    "Rows appear as you type, learning points first of all. Case and accents do not matter, and "
    "words that stand beside each other must all be there. Tab completes the name of a field, a "
    "tag or a person while their list is open. Searches saved by a name travel in journal.toml; "
    "the command palette (ctrl+p) has them as “Find: …”."
)
MOVING = (("↑↓ pgup pgdn", "Move through the rows"), ("ctrl+home ctrl+end", "The first, the last"))


def bindings() -> list[Binding]:
    """The screen's bindings, in the order of its footer."""
    made = []
    for action in ACTIONS:
        shown, _, more = action.keys.partition(",")
        made.append(
            Binding(
                shown,
                action.name,
                action.label,
                show=action.in_footer,
                id=f"find.{action.name}",
                tooltip=action.help,
            )
        )
        if more:
            made.append(Binding(more, action.name, action.label, show=False))
    return made


def help_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The groups of the help screen with keys and descriptions."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in ACTIONS:
        groups.setdefault(action.group, []).append((key_names(action), action.help))
    groups["Rows"][:0] = MOVING
    return list(groups.items())
