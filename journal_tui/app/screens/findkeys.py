"""Every action of the Find screen once, with its key, its name in footer and palette, and its line in the help."""

from textual.binding import Binding

from journal_tui.app.actions import Action, key_names

ACTIONS = (
    Action("back", "escape", "Back", "Close the entry, clear the search, or go back to the page", "Find", True),
    Action("open", "enter", "Open", "Open the entry at this line", "Rows", True),
    Action("switch", "f3,ctrl+l,tab", "Days", "Switch between learning points and whole days", "Find", True),
    Action("order", "ctrl+o", "Order", "Sort by newest or by best match", "Find", True),
    Action("group", "ctrl+g", "Group", "Show one row for each day, or every match", "Find", True),
    Action("read", "f2", "Read", "Read the whole entry; ← → move between rows", "Rows", True),
    Action("context", "f6", "Context", "Show or hide the lines around the match", "Rows"),
    Action("next_day", "alt+down", "Next day", "Go to the next day in the list", "Rows"),
    Action("previous_day", "alt+up", "Previous day", "Go to the previous day in the list", "Rows"),
    Action("copy_point", "ctrl+c", "Copy", "Copy this point", "Rows"),
    Action("copy_all", "f8", "Copy all", "Copy all rows as a Markdown list", "Rows"),
    Action("year", "f9", "This year", "Show only the year of this row, or all years", "Find"),
    Action("save_query", "ctrl+s", "Save search", "Save this search under a name", "Searches"),
    Action("recall", "ctrl+r", "Recall", "Choose a saved or recent search", "Searches"),
    Action("earlier", "alt+left", "Earlier search", "Go back to the previous search", "Searches"),
    Action("later", "alt+right", "Later search", "Go forward to the next search", "Searches"),
    Action("help", "f1", "Help", "Show this help", "Find", True),
)  # fmt: skip

HELP_TEXT = (
    "Results appear as you type, learning points first. Case and accents do not matter, and each "
    "result contains all the words you type. Tab completes a field, a tag or a person while the "
    "suggestions are open. Saved searches are in journal.toml, so they travel with the journal; "
    "the palette (ctrl+p) lists them as “Find: …”."
)
MOVING = (
    ("↑↓ pgup pgdn", "Move through the rows"),
    ("ctrl+home ctrl+end", "Go to the first or last row"),
)


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
