"""The table of the app's commands, from which bindings, footer, palette and help are made."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character
from textual.widgets import Input, TextArea


class Command(NamedTuple):
    """A command of the app, run by the method `action_<id>` of the screen or widget it belongs to.

    `where` is the place in which the command works: "app" (everywhere), "write" (the page),
    "editor" (its text), "find", "follow-ups", "people", "subject" (everything about a person or
    tag), "customers", "customer" (everything about a customer or theme), "review", "settings" or
    "closing" (closing a week; each step has a place of its own, such as "closing-points"). `keys`
    are Textual's names of keys, separated by commas; a command without keys is in the palette, and
    a key can be set for it in the settings. `reading_key` works only while the day is read. `group`
    is the command's heading in the help, and `words` are other words by which the palette finds it.
    `footer` is a shorter title for the footer. A command that switches between two states has
    `back`: its title in the footer while it would switch back. Its method then gets the argument
    "back".
    """

    id: str
    keys: str
    title: str
    help: str
    where: str
    group: str
    in_footer: bool = False
    reading_key: str = ""
    words: str = ""
    footer: str = ""
    back: str = ""


class PaletteCommand(NamedTuple):
    """A line of the palette: a command's title, help and key, what runs it, and words to find it.

    `id` is the name by which its uses are counted; "" if they aren't. `is_elsewhere` means that it
    leaves the screen from which the palette was opened, and `is_searched` that it is listed only
    once letters are typed, after the commands without `is_searched`.
    """

    title: str
    help: str
    callback: Callable[[], object]
    key: str = ""
    words: str = ""
    id: str = ""
    is_elsewhere: bool = False
    is_searched: bool = False


# The footer shows the commands in this order, and the palette and the help within each group.
COMMANDS = (
    Command("save", "ctrl+s", "Save", "Save now (it also saves automatically)", "write", "Essentials", in_footer=True, words="store keep write"),
    Command("find", "ctrl+l,f3", "Find", "Search learning points and days", "write", "Essentials", in_footer=True, reading_key="slash", words="search look query filter customer words statistics review"),
    Command("point", "ctrl+n", "Learning point", "Add a learning point to this day", "write", "Essentials", in_footer=True, words="lesson learned learnt insight takeaway new add", footer="Point"),
    Command("rate", "ctrl+r", "Rate", "Rate how much you enjoyed this day", "write", "Essentials", in_footer=True, words="rating enjoyment score mood stars"),
    Command("go_to", "ctrl+g,f4", "Date", "Go to a date, week, month or year: yesterday, 3 mar, last week", "write", "Essentials", in_footer=True, words="day goto jump open quarter period"),
    Command("read", "f2", "Read", "Read the day as a page, or go back to writing", "write", "Essentials", in_footer=True, reading_key="e", words="view preview markdown page print edit", back="Write"),
    Command("text", "escape", "Continue writing", "Go back to writing", "write", "While writing", words="edit type close"),
    Command("journals", "", "Another journal …", "Open another journal or the sample, or make a new one", "app", "App", words="open switch begin own create folder welcome workspace"),
    Command("help", "f1", "Help", "Show this help", "app", "Essentials", in_footer=True, reading_key="question_mark", words="keys shortcuts manual guide about"),
    Command("settings", "", "Settings", "Change the theme, editor, keys, headings, templates and how days are numbered", "app", "App", words="options preferences configuration configure colours midnight scale day ends"),
    Command("today", "ctrl+t", "Today", "Go to today", "write", "Essentials", words="now"),
    Command("previous_day", "alt+left", "Previous day", "Go to the previous day", "write", "Days", reading_key="left", words="yesterday back"),
    Command("next_day", "alt+right", "Next day", "Go to the next day", "write", "Days", reading_key="right", words="tomorrow forward"),
    Command("previous_written", "alt+up", "Previous entry", "Go to the previous day with an entry", "write", "Days"),
    Command("next_written", "alt+down", "Next entry", "Go to the next day with an entry", "write", "Days"),
    Command("calendar", "f9", "Calendar", "Pick a day from the month, or the note of its week, month, quarter or year", "write", "Days", words="day date overview week quarter year"),
    Command("files", "f8", "Notes", "Go through the notes of this day, or make one from a template", "write", "Days", in_footer=True, words="files new add meeting visit template one-to-one review incident minutes"),
    Command("brief", "", "At a glance", "Go to what is due, your last day, and what you wrote a month and a year ago", "write", "Look back", words="brief overview today morning late waiting agenda last month year week coverage reminders"),
    Command("review", "f5", "Review", "Look back on a week, month, quarter, year or any other days", "write", "Look back", words="week month quarter year statistics heat map heatmap chart graph look back retrospective ratings enjoyment coverage overview summary document html markdown pdf print export appraisal"),
    Command("point_again", "", "A point from earlier", "Look again at a learning point, and say whether it is still true", "write", "Look back", words="returning lesson learned remember verdict still true acted on expectation review"),
    Command("random_day", "", "Random day", "Open the entry of a random day", "write", "Look back", words="random surprise lucky dip"),
    Command("close_week", "", "Close the week", "Look at the days, keep up to three points, settle promises, and write the week's note", "write", "Look back", words="weekly review friday close month quarter year retrospective note end"),
    Command("learned", "ctrl+b", "Learned before?", "Show earlier learning points like the one under the cursor", "write", "Look back", words="similar repeated again lesson"),
    Command("find_in_text", "ctrl+f", "Find in text", "Find words in this entry", "editor", "Look back", words="search replace"),
    Command("links", "", "Links in this entry", "Follow the link at the cursor, or choose one from this entry", "write", "Look back", reading_key="enter", footer="Links", words="url web address browser mail open follow note"),
    Command("link_back", "", "Back from a linked entry", "Go back to the entry whose link you followed", "write", "Look back", reading_key="backspace", words="return previous follow history"),
    Command("editor", "ctrl+o", "External editor", "Write in your own editor ($EDITOR)", "write", "Write", words="vim nano emacs program"),
    Command("undo", "ctrl+z", "Undo", "Undo the last change to the text", "editor", "Essentials", words="revert back mistake"),
    Command("redo", "ctrl+y", "Redo", "Repeat the change that you undid", "editor", "Write", words="repeat again"),
    Command("follow_ups", "f7", "Follow-ups", "List the follow-ups of all entries", "write", "Essentials", words="todo to-do tasks due late wait waiting promises list agenda followups hand over delegate assign postpone"),
    Command("people", "", "People and tags", "List people and tags, see everything about one, and rename or merge them", "write", "Look back", words="colleague person who tag mention name rename merge owe everything about statistics"),
    Command("customers", "", "Customers", "List customers: what they said by theme, visits, open promises, and what they don't know yet", "write", "Look back", words="customer client visit service review feedback frustrations promises told theme sheet you said we did"),
    Command("select_all", "", "Select all", "Select the whole text", "write", "Now and then", words="mark everything copy"),
    Command("tick", "f12", "Tick follow-up", "Tick or untick the follow-up on this line", "write", "Write", words="todo to-do task action check box done complete followup"),
    Command("history", "", "Earlier versions", "Compare, copy or restore an earlier version of this entry", "write", "Write", words="history backup restore revert compare saved old undo"),
    Command("delete", "", "Delete this entry …", "Move this entry to the trash (kept for 30 days)", "write", "Write", words="remove erase bin"),
    Command("save_elsewhere", "", "Save this text elsewhere …", "Save a copy in another folder, to print it or pass it on, or when it cannot be saved here", "write", "Now and then", words="export print copy share backup send"),
    Command("publish_preview", "", "What would be published", "List everything that would leave the journal with journal publish; nothing is written", "write", "Now and then", words="blog publish preview share website public"),
    Command("import", "", "Import …", "Bring days from a blog, WordPress, Day One, jrnl, Obsidian, a table or a folder", "write", "Now and then", words="bring load migrate blog wordpress day one dayone jrnl obsidian logseq csv json"),
    Command("undo_import", "", "Undo the latest import …", "Move what was imported last to the trash; entries that you edited since stay", "write", "Now and then", words="revert remove bring back"),
    Command("export", "", "Export …", "Write entries as a page, Markdown, JSON, a table, or for jrnl or Day One", "write", "Now and then", words="backup print html markdown json csv pdf jrnl day one copy save as download"),
    Command("trash", "", "Trash", "Bring back a deleted entry or a discarded draft", "write", "Look back", words="bin undelete recover restore removed"),
    Command("convert", "", "Make this entry editable", "Convert an entry whose letters are wrong (another encoding) to UTF-8", "write", "Now and then", words="convert encoding utf-8 latin umlauts read-only locked"),
    Command("conflicts", "", "Conflicts", "Compare and merge the conflict copies that sync tools leave", "write", "Now and then", words="sync copies merge duplicate"),
    Command("problems", "f10", "Problems", "List what could not be understood in this entry", "write", "Write", words="errors check warnings mistakes"),
    Command("suspend_process", "ctrl+backslash", "Go to the shell", "Leave journal for a moment; type fg to return", "app", "Now and then", words="suspend terminal background command line"),
    Command("command_palette", "ctrl+p", "Commands", "Show all commands and themes", "app", "Essentials"),
    Command("quit", "ctrl+q", "Quit", "Save and quit", "app", "Essentials", words="exit close leave end"),
    Command("open", "enter", "Open", "Open the entry at this line", "find", "Results", in_footer=True),
    Command("switch", "f3,ctrl+l,tab", "Days", "Switch between learning points and whole days", "find", "Find", in_footer=True, back="Points"),
    Command("order", "ctrl+o", "Order", "Show the newest or the best matches first", "find", "Find", in_footer=True),
    Command("group", "ctrl+g", "Group", "Show one result for each day, or all results", "find", "Find", in_footer=True),
    Command("read", "f2", "Read", "Read the whole entry; ← → move between results", "find", "Results", in_footer=True),
    Command("back", "escape", "Back", "Close the entry, or go back to the page; alt+← brings the search back", "find", "Find", in_footer=True),
    Command("context", "f6", "Context", "Show or hide the lines around the match", "find", "Results"),
    Command("next_day", "alt+down", "Next day", "Go to the next day in the list", "find", "Results"),
    Command("previous_day", "alt+up", "Previous day", "Go to the previous day in the list", "find", "Results"),
    Command("copy_point", "ctrl+c", "Copy", "Copy this result", "find", "Results"),
    Command("copy_all", "f8", "Copy all", "Copy all results as a Markdown list", "find", "Results"),
    Command("tick", "f12", "Tick", "Tick this follow-up, or open it again", "find", "Results", words="todo task done"),
    Command("about", "f5", "All about", "Show everything about the person or tag in the search", "find", "Results", words="person people colleague tag everything"),
    Command("year", "f9", "This year", "Show only the year of this result, or all years", "find", "Find"),
    Command("save_query", "ctrl+s", "Save search", "Save this search under a name", "find", "Searches"),
    Command("recall", "ctrl+r", "Recall", "Choose a saved or recent search", "find", "Searches"),
    Command("earlier", "alt+left", "Earlier search", "Go back to the previous search", "find", "Searches"),
    Command("later", "alt+right", "Later search", "Go forward to the next search", "find", "Searches"),
    Command("help", "f1", "Help", "Show this help", "find", "Find", in_footer=True),
    Command("tick", "space", "Tick", "Tick the selected follow-up, or open it again", "follow-ups", "Change", in_footer=True, words="done complete check"),
    Command("due", "d", "Date", "Set its due date in words, or remove it", "follow-ups", "Change", in_footer=True, words="due postpone move later"),
    Command("waiting", "w", "Hand over", "Say who has to act next (waiting:@name), or that it is yours again", "follow-ups", "Change", in_footer=True, words="wait waiting person delegate assign give", footer="Hand over"),
    Command("drop", "x", "Drop", "Drop it, with the reason", "follow-ups", "Change", in_footer=True, words="cancel delete remove"),
    Command("add", "a", "Add", "Add a follow-up to today", "follow-ups", "Change", in_footer=True, words="new todo task"),
    Command("filter", "slash", "Filter", "Show only the follow-ups that match a search, as in Find", "follow-ups", "List", in_footer=True, words="search find"),
    Command("back", "escape", "Back", "Show all follow-ups again, or go back to the page", "follow-ups", "List", in_footer=True),
    Command("open", "enter", "Open", "Open the entry at its line", "follow-ups", "List", in_footer=True),
    Command("undo", "ctrl+z", "Undo", "Undo the last change made here", "follow-ups", "Change", in_footer=True, words="revert mistake"),
    Command("help", "f1", "Help", "Show this help", "follow-ups", "List", in_footer=True),
    Command("open", "enter", "Open", "Open the days of this number, bar or day", "review", "Panels", in_footer=True, words="days entry"),
    Command("panel", "tab", "Panel", "Go to the next panel: the list, the chart, the days", "review", "Panels", in_footer=True, words="focus heat map chart list"),
    Command("panel_back", "shift+tab", "Previous panel", "Go to the previous panel", "review", "Panels"),
    Command("previous", "left,alt+left", "Earlier", "Show the period before this one; among bars and days, the one before", "review", "Period", words="previous step back"),
    Command("next", "right,alt+right", "Later", "Show the period after this one; among bars and days, the one after", "review", "Period", words="next step"),
    Command("day", "d", "Day", "Show the day at the cursor", "review", "Period"),
    Command("week", "w", "Week", "Show the week around the cursor", "review", "Period"),
    Command("month", "m", "Month", "Show the month around the cursor", "review", "Period", words="calendar"),
    Command("quarter", "q", "Quarter", "Show the quarter around the cursor", "review", "Period"),
    Command("year", "y", "Year", "Show the year around the cursor", "review", "Period", words="heat map"),
    Command("latest", "l", "90 days", "Show the 90 days up to the day at the cursor", "review", "Period", words="last latest"),
    Command("all", "a", "All days", "Show all days", "review", "Period", words="everything years"),
    Command("period", "g", "Go to", "Show the days that you name: last month, 2014-Q3, 2014-09..2014-11", "review", "Period", in_footer=True, words="range go to custom dates between"),
    Command("today", "t", "Today", "Show the period with today", "review", "Period", words="now"),
    Command("year_before", "less_than_sign", "A year earlier", "Show the same days a year earlier", "review", "Period"),
    Command("year_after", "greater_than_sign", "A year later", "Show the same days a year later", "review", "Period"),
    Command("note", "n", "Note", "Open the note of the week, month, quarter or year at the cursor", "review", "Panels", in_footer=True, words="write period"),
    Command("document", "e", "Save as a document …", "Save these days as one page to print, as Markdown or as JSON", "review", "Panels", in_footer=True, footer="Save as", words="export print html markdown json year talk report"),
    Command("find", "ctrl+l,f3", "Find", "Search in these days", "review", "Panels", words="search"),
    Command("back", "escape", "Back", "Show the wider period again, or go back to the page", "review", "Panels", in_footer=True),
    Command("help", "f1", "Help", "Show this help", "review", "Panels", in_footer=True),
    Command("change", "enter", "Change", "Change the selected setting", "settings", "Settings", in_footer=True),
    Command("reset", "d", "Default", "Reset the selected setting to its default", "settings", "Settings", in_footer=True, words="remove delete unset"),
    Command("filter", "slash", "Find a setting", "Find a setting by its name or by what it does", "settings", "Settings", in_footer=True, words="filter search look settings options preferences", footer="Find"),
    Command("undo", "ctrl+z", "Undo", "Undo the last change made here", "settings", "Settings", in_footer=True, words="revert mistake"),
    Command("back", "escape", "Back", "Go back to the page", "settings", "Settings", in_footer=True),
    Command("help", "f1", "Help", "Show this help", "settings", "Settings", in_footer=True),
    Command("open", "enter", "Open", "Show everything about the selected name", "people", "List", in_footer=True, words="about everything"),
    Command("switch", "tab", "Tags", "Switch between people and tags", "people", "List", in_footer=True, words="people tags", back="People"),
    Command("rename", "f2", "Rename", "Rename it in all entries, or merge it with another", "people", "Change", in_footer=True, words="merge join spelling"),
    Command("filter", "slash", "Filter", "Show only the names that contain what you type; typing a name does so, too", "people", "List", in_footer=True, words="search find"),
    Command("sort", "ctrl+o", "Sort", "Sort by name, or most used first", "people", "List", in_footer=True, words="order alphabet"),
    Command("back", "escape", "Back", "Show all names again, or go back to the page", "people", "List", in_footer=True),
    Command("undo", "ctrl+z", "Undo", "Undo the latest renaming", "people", "Change", in_footer=True, words="revert mistake"),
    Command("help", "f1", "Help", "Show this help", "people", "List", in_footer=True),
    Command("open", "enter", "Open", "Open the entry at this line", "subject", "About one", in_footer=True),
    Command("find", "ctrl+l,f3", "Find", "Find the days with this name, or those with a person's name without @", "subject", "About one", in_footer=True, words="search plain without sign"),
    Command("rename", "f2", "Rename", "Rename it in all entries, or merge it with another", "subject", "About one", in_footer=True, words="merge join spelling"),
    Command("back", "escape", "Back", "Go back to the list", "subject", "About one", in_footer=True),
    Command("undo", "ctrl+z", "Undo", "Undo the latest renaming", "subject", "About one", in_footer=True, words="revert mistake"),
    Command("help", "f1", "Help", "Show this help", "subject", "About one", in_footer=True),
    Command("open", "enter", "Open", "Show everything about the selected customer or theme", "customers", "List", in_footer=True, words="about everything visits sheet you said we did"),
    Command("not_told", "n", "Not yet told", "List what was done or refused but not yet told, of all customers", "customers", "List", in_footer=True, words="untold done refused know", footer="Not told"),
    Command("returning", "r", "Returns", "List what returns: themes of several visits, and what was said again after it was done", "customers", "List", in_footer=True, words="recurs again repeated themes alike"),
    Command("sort", "s", "Sort", "Sort by the most overdue visit, what is not yet told, what was said most, or name", "customers", "List", in_footer=True, words="order late overdue alphabet"),
    Command("period", "p", "Period", "Count themes in another period: 365 days, the quarter, the year, all days", "customers", "List", in_footer=True, words="year quarter all time"),
    Command("find", "ctrl+l,f3", "Find", "Find the entries about this customer or theme", "customers", "List", in_footer=True, words="search"),
    Command("back", "escape", "Back", "Go back to the page", "customers", "List", in_footer=True),
    Command("help", "f1", "Help", "Show this help", "customers", "List", in_footer=True),
    Command("open", "enter", "Open", "Open the entry at this line", "customer", "About one", in_footer=True),
    Command("told", "t", "Told", "Write that the customer has been told today", "customer", "About one", in_footer=True, words="heard informed know"),
    Command("confirmed", "c", "Confirmed", "Write that the customer confirmed today that it helped", "customer", "About one", in_footer=True, words="helped agreed better"),
    Command("sheet", "e", "Save the sheet …", "Save “You said, we did” for this customer, one page to send before the next visit", "customer", "About one", in_footer=True, words="you said we did export print html page document", footer="Sheet"),
    Command("undo", "ctrl+z", "Undo", "Remove the mark that was written last", "customer", "About one", in_footer=True, words="revert mistake"),
    Command("find", "ctrl+l,f3", "Find", "Find the entries about this customer or theme", "customer", "About one", in_footer=True, words="search"),
    Command("back", "escape", "Back", "Go back to the list", "customer", "About one", in_footer=True),
    Command("help", "f1", "Help", "Show this help", "customer", "About one", in_footer=True),
    Command("keep", "space", "Keep", "Keep the selected point, or stop keeping it", "closing-points", "Close the week", in_footer=True, words="choose select learning"),
    Command("tick", "space", "Tick", "Tick the selected promise, or open it again", "closing-promises", "Close the week", in_footer=True, words="done complete check"),
    Command("due", "d", "Date", "Set its due date in words, or remove it", "closing-promises", "Close the week", in_footer=True, words="due postpone move later"),
    Command("waiting", "w", "Hand over", "Say who has to act next (waiting:@name), or that it is yours again", "closing-promises", "Close the week", in_footer=True, words="wait waiting person delegate assign give", footer="Hand over"),
    Command("drop", "x", "Drop", "Drop it, with the reason", "closing-promises", "Close the week", in_footer=True, words="cancel delete remove"),
    Command("undo", "ctrl+z", "Undo", "Undo the last change of a promise", "closing-promises", "Close the week", in_footer=True, words="revert mistake"),
    Command("finish", "enter", "Write the note", "Write the note, and show it", "closing-line", "Close the week", in_footer=True, words="save end done"),
    Command("open", "enter", "Read", "Read the whole entry", "closing", "Close the week", in_footer=True),
    Command("next", "tab,right", "Next step", "Go to the next step", "closing", "Close the week", in_footer=True, footer="Next"),
    Command("previous", "shift+tab,left", "Previous step", "Go back to the previous step", "closing", "Close the week", in_footer=True, footer="Previous"),
    Command("back", "escape", "Back", "Leave; changes to promises are already saved", "closing", "Close the week", in_footer=True),
    Command("help", "f1", "Help", "Show this help", "closing", "Close the week", in_footer=True),
)  # fmt: skip

WRITE_PLACES = ("write", "editor", "app")
"""The values of `where` whose commands the page offers."""
CLOSING_PLACES = ("closing", "closing-points", "closing-promises", "closing-line")
"""The values of `where` for closing a week and its steps."""
KEY_TABLES: Mapping[str, tuple[str, ...]] = {"keys": WRITE_PLACES, "find-keys": ("find",)}
"""The tables of settings.toml that change keys, each with the places of its commands."""

KEYS_TAKEN_FROM_TEXT = ("f7",)
"""Keys of Textual's text area that the editor gives up, because commands of the page use them."""
# The commands whose reading keys the footer joins under one label, and that label.
_READING_GROUP = ("previous_day", "next_day")
_DAY_KEYS = Binding.Group("Day", compact=True)
# Other commands whose reading keys are in the footer.
_READING_FOOTER = ("links",)
# Commands whose keys work even where the text, Find or a dialog uses the same key.
_EVERYWHERE = ("quit", "command_palette")
# Keys in the help that belong to no command: (where, group, keys, help).
_KEYS_WITHOUT_COMMAND = (
    ("write", "While writing", "enter", "Continue a list; on an empty item, end it"),
    ("write", "While writing", "tab shift+tab", "Indent a list item, or move it back"),
    ("write", "While writing", "home end", "Go to the beginning or end of the row; again, of the whole line"),
    ("write", "While writing", "#… @… [[…", "Suggest tags and people you have used, and entries to link to; tab or enter accepts"),
    ("find", "Find", "ctrl+u", "Clear the search"),
    ("find", "Find", "tab", "While a field, tag or person is suggested: accept it"),
    ("follow-ups", "List", "↑↓ pgup pgdn", "Move through the list"),
    ("follow-ups", "List", "tab shift+tab", "Go to the next or previous group"),
    ("review", "Panels", "↑↓ ←→", "Move among rows, bars and days"),
    ("review", "Panels", "s S", "Go to the next or previous section of the list"),
    ("review", "Panels", "pgup pgdn", "Move through the list; among bars and days, show the period before or after"),
    ("people", "List", "↑↓ pgup pgdn", "Move through the list"),
    ("subject", "About one", "tab shift+tab", "Go to the next or previous group"),
    ("customers", "List", "↑↓ pgup pgdn", "Move through the list"),
    ("customer", "About one", "tab shift+tab", "Go to the next or previous group"),
    ("find", "Results", "↑↓ pgup pgdn", "Move through the results"),
    ("find", "Results", "ctrl+home ctrl+end", "Go to the first or last result"),
)  # fmt: skip
# The order of the groups in the help, from the most to the least needed.
_GROUPS = ("Essentials", "While writing", "Write", "Days", "Look back", "App", "Now and then")
_MODIFIERS = frozenset(("ctrl", "alt", "shift", "super", "hyper", "meta"))
# Terminals send the same bytes for these as for tab, enter, backspace, newline or escape.
_INDISTINGUISHABLE_KEYS = ("ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+left_square_bracket")
# The search's own keys, which never reach the commands of Find.
_KEYS_OF_RESULTS = (
    "up",
    "down",
    "pageup",
    "pagedown",
    "ctrl+home",
    "ctrl+end",
    "alt+up",
    "alt+down",
    "shift+tab",
)
_KEY_LABELS = {
    "slash": "/", "question_mark": "?", "left_square_bracket": "[", "right_square_bracket": "]",
    "ctrl+backslash": "ctrl+\\", "alt+left": "alt+←", "alt+right": "alt+→", "alt+up": "alt+↑", "alt+down": "alt+↓",
    "escape": "esc", "enter": "enter", "left": "←", "right": "→",
    "less_than_sign": "<", "greater_than_sign": ">",
}  # fmt: skip


def commands(*places: str) -> list[Command]:
    """Return the commands whose `where` is one of these places, in the order of the table."""
    return [command for command in COMMANDS if command.where in places]


def binding_id(command: Command) -> str:
    """Return the binding id by which a keymap changes the keys of a command."""
    is_prefixed = command.where not in ("write", "app")
    return f"{command.where}.{command.id}" if is_prefixed else command.id


def bindings(where: str) -> list[Binding]:
    """Return the bindings of a place's commands."""
    made = []
    for command in commands(where):
        made.append(
            Binding(
                # A placeholder that no key matches; the settings can replace it by a key.
                command.keys or f"palette.{command.id}",
                command.id,
                command.footer or command.title,
                show=command.in_footer,
                id=binding_id(command),
                priority=command.id in _EVERYWHERE,
                tooltip=command.help,
            )
        )
        if command.back:
            action = f"{command.id}('back')"
            made += [
                # The footer names the reading key instead, if there is one.
                replace(
                    binding,
                    action=action,
                    description=command.back,
                    show=binding.show and not command.reading_key,
                )
                for binding in made
                if binding.action == command.id
            ]
    return made


def reading_bindings() -> list[Binding]:
    """Return the bindings of the reading view, which run commands of the page or the app."""
    made = []
    for command in commands(*WRITE_PLACES):
        if not command.reading_key:
            continue
        target = "app" if command.where == "app" else "screen"
        action = f"{command.id}('back')" if command.back else command.id
        made.append(
            Binding(
                command.reading_key,
                f"{target}.{action}",
                command.back or command.footer or command.title,
                show=bool(command.back) or command.id in (*_READING_GROUP, *_READING_FOOTER),
                key_display=_KEY_LABELS.get(command.reading_key),
                tooltip=command.help,
                group=_DAY_KEYS if command.id in _READING_GROUP else None,
            )
        )
    made += [
        # Not shown: the footer has room only for keys that are needed while reading.
        replace(binding, action=f"screen.{binding.action}", show=False)
        for binding in bindings("write")
        if binding.action == "save"
    ]
    # The key that goes back to writing comes first in the footer.
    return sorted(made, key=lambda binding: not binding.action.endswith("('back')"))


def palette_commands(
    places: tuple[str, ...], *targets: DOMNode, keymap: Mapping[str, str] | None = None
) -> Iterator[PaletteCommand]:
    """Yield the palette's commands for these places, each run by the first target that has it.

    `keymap` has the keys that were changed, by binding id.
    """
    for command in sorted(commands(*places), key=lambda command: _place_of(command.group)):
        if command.id == "command_palette":
            continue
        name = f"action_{command.id}"
        owners = [target for target in targets if hasattr(target, name)]
        if not owners:
            raise LookupError(f"No screen or app has a method {name} for the command {command.id}.")
        method = getattr(owners[0], name)
        words = f"{command.words} {command.help}"
        key = _first_key(command, keymap or {})
        yield PaletteCommand(command.title, command.help, method, key, words, binding_id(command))


def key_of(name: str, keymap: Mapping[str, str], places: tuple[str, ...] = WRITE_PLACES) -> str:
    """Return the first key of a command of the page or of other `places`, for messages.

    `keymap` has the keys that were changed, by binding id.
    """
    return next(_first_key(it, keymap) for it in commands(*places) if it.id == name)


def _first_key(command: Command, keymap: Mapping[str, str]) -> str:
    return first_key(keymap.get(binding_id(command), command.keys))


def first_key(keys: str) -> str:
    """Return the first of several keys separated by commas, as the help shows it."""
    key = keys.split(",")[0].strip()
    return _KEY_LABELS.get(key, key)


def keymap_from_settings(keys: Mapping[str, str], table: str = "keys") -> dict[str, str]:
    """Return the keys in a table of the settings by binding id, leaving out unknown commands."""
    known = {command.id: binding_id(command) for command in commands(*KEY_TABLES[table])}
    return {
        known[name]: ",".join(usable)
        for name, given in keys.items()
        if name in known and (usable := list(filter(_is_key, _split_keys(given))))
    }


def key_faults(keys: Mapping[str, str], table: str = "keys") -> list[str]:
    """Return a message for each key in a table of the settings that would not work."""
    known = {command.id: command for command in commands(*KEY_TABLES[table])}
    is_find = table == "find-keys"
    owner = Input if is_find else TextArea
    owned = {key: _action_of(binding) for binding in owner.BINDINGS for key in _keys_of(binding)}
    for key in () if is_find else KEYS_TAKEN_FROM_TEXT:
        owned.pop(key, None)
    if is_find:
        # The key of a command that works everywhere never reaches Find.
        first = (key for c in commands("app") if c.id in _EVERYWHERE for key in c.keys.split(","))
        owned |= dict.fromkeys((*_KEYS_OF_RESULTS, *first), "")
    doing, where = ("in Find", " in Find") if is_find else ("while you are writing", "")
    faults = []
    for name, given in keys.items():
        if name not in known:
            faults.append(
                f"settings.toml: there is no command called {name}{where}. Choose from {', '.join(known)}."
            )
        usual = known[name].keys.split(",") if is_find and name in known else ()
        for key in _split_keys(given):
            if key in usual:
                continue
            is_taken = owned.get(key, name) != name or key in _INDISTINGUISHABLE_KEYS
            if is_taken or len(key) == 1 or not _is_key(key):
                faults.append(
                    f"settings.toml: {key} cannot be used for {name} {doing}. Choose another key."
                )
    return faults + _clashes(keys, known)


def _clashes(keys: Mapping[str, str], known: Mapping[str, Command]) -> list[str]:
    """Return a message for each key that the settings give to more than one command."""
    commands_by_key: dict[str, list[str]] = {}
    for name, command in known.items():
        for key in _split_keys(keys.get(name, "")) or _split_keys(command.keys):
            commands_by_key.setdefault(key, []).append(name)
    return [
        f"settings.toml: {key} is the key of {' and of '.join(names)}, but works for one of them only. "
        "Choose another key."
        for key, names in commands_by_key.items()
        if len(set(names)) > 1
    ]


def _is_key(key: str) -> bool:
    """Return whether Textual gives a key this name, perhaps with modifiers before it."""
    *modifiers, name = key.split("+")
    is_named = name in _key_names() or bool(key_to_character(name))
    return (
        is_named
        and key.isprintable()
        and len(set(modifiers)) == len(modifiers)
        and _MODIFIERS.issuperset(modifiers)
    )


@cache
def _key_names() -> frozenset[str]:
    names = (key.value.rpartition("+")[2] for key in Keys)
    return frozenset((*names, *KEY_NAME_REPLACEMENTS.values()))


def _split_keys(keys: str) -> list[str]:
    return [key for key in keys.replace(" ", "").split(",") if key]


def _action_of(binding: BindingType) -> str:
    return binding.action if isinstance(binding, Binding) else binding[1]


def _keys_of(binding: BindingType) -> list[str]:
    return _split_keys(binding.key if isinstance(binding, Binding) else binding[0])


def key_names(command: Command, keymap: Mapping[str, str] | None = None) -> str:
    """Return the keys of a command as the help shows them: `ctrl+l f3 /`, or `ctrl+p` if none."""
    own = (keymap or {}).get(binding_id(command), command.keys)
    keys = [key for key in (*_split_keys(own), command.reading_key) if key]
    return " ".join(_KEY_LABELS.get(key, key) for key in keys) or "ctrl+p"


HelpRow = tuple[str, str, str]
"""Keys, the name of their command or "", and what they do."""


def help_groups(
    *places: str, keymap: Mapping[str, str] | None = None
) -> list[tuple[str, list[HelpRow]]]:
    """Return the help for these places as groups of rows, the most needed group first.

    `keymap` has the keys that were changed, by binding id.
    """
    groups: dict[str, list[HelpRow]] = {}
    for command in commands(*places):
        row = key_names(command, keymap), command.title, command.help
        groups.setdefault(command.group, []).append(row)
    others: dict[str, list[HelpRow]] = {}
    for where, group, keys, what in _KEYS_WITHOUT_COMMAND:
        if where in places:
            others.setdefault(group, []).append((keys, "", what))
    for group, rows in others.items():
        groups[group] = rows + groups.get(group, [])
    return sorted(groups.items(), key=lambda group: _place_of(group[0]))


def _place_of(group: str) -> int:
    """Return a group's position in the help; a group that `_GROUPS` doesn't list comes last."""
    return _GROUPS.index(group) if group in _GROUPS else len(_GROUPS)
