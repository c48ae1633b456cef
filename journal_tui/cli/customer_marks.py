"""The options `customers --told` and `--confirmed`: find the loop with the given words, and mark it."""

from typing import TYPE_CHECKING

from journal_tui import answers
from journal_tui.cli.context import Options, in_other_journal, open_journal, refreshed, requested
from journal_tui.cli.write_commands import print_saved
from journal_tui.customers.changes import why_no_mark
from journal_tui.customers.visit import CONFIRMED, TOLD
from journal_tui.entry.line_map import shortened
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import EntryError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from journal_tui.customers.loop import Loop
    from journal_tui.journal import Journal

_MAX_LISTED = 5
_LONGEST = 60


def mark(name: str, options: Options) -> int:
    """Write that a customer heard of something, or confirmed that it helped."""
    what = TOLD if options.told is not None else CONFIRMED
    if not name:
        raise UsageError(f'Say which customer: journal customers NAME --{what} "part of it".')
    unfit = [
        f"--{option}"
        for option in ("period", "sort", "theme", "names", "output", "plan", "yes")
        if getattr(options, option)
    ]
    if unfit or options.form != "rows":
        other = unfit[0].replace("--output", "-o") if unfit else f"--format {options.form}"
        raise UsageError(f"--{what} can't be used with {other}. Leave that out.")
    journal = refreshed(open_journal(options))
    day = requested(journal, options.on).day
    customer = journal.customer_named(name)
    loop = _meant(journal, customer.key, what, getattr(options, what), day)
    answer = answers.tell_customer(journal, loop, what, day)
    said = shortened(one_line(loop.text), _LONGEST)
    done = f"Wrote “{what} {day}” under “{said}” of {customer.shown}"
    return print_saved(f"{done}{in_other_journal(journal)}: {loop.place.path}", answer.saved)


def _meant(journal: "Journal", key: str, what: str, words: str, day: "date") -> "Loop":
    """Return the customer's loop that contains the words.

    Of several, it is the only one that can be marked, or the only one of those with exactly these words.

    Raise EntryError if none contains them, UsageError if it isn't clear which one is meant.
    """
    wanted = " ".join(words.split()).casefold()
    if not wanted:
        raise UsageError(
            f'Give part of what is meant: journal customers {key} --{what} "how long".'
        )

    def texts(loop: "Loop") -> list[str]:
        listed = (loop.text, *(made.promise.text for made in loop.promises))
        return [" ".join(text.split()).casefold() for text in listed]

    found = [
        loop
        for loop in journal.customer_loops()
        if key in loop.customers and any(wanted in text for text in texts(loop))
    ]
    if not found:
        raise EntryError(
            f"Nothing that was said or promised contains these words. To list it: journal customers {key}"
        )
    fitting = [loop for loop in found if not why_no_mark(loop, what, day)] or found
    # The words may be the whole text of one, and a part of another.
    exactly = [loop for loop in fitting if wanted in texts(loop)]
    fitting = exactly if len(exactly) == 1 else fitting
    if len(fitting) > 1:
        listed = "; ".join(
            f"{shortened(one_line(it.text), _LONGEST)} ({it.place.day})"
            for it in fitting[-_MAX_LISTED:]
        )
        if len({loop.text for loop in fitting}) == 1:
            raise UsageError(
                f"{len(fitting)} things have the same words: {listed}. "
                f"Write “{what} {day}” under the one you mean, in its entry."
            )
        raise UsageError(
            f"{len(fitting)} things contain these words. Give more of the one you mean: {listed}."
        )
    return fitting[0]
