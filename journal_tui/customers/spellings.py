"""Find customers that may be the same one, spelt in different ways."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from journal_tui.customers.customer import Customer, customer_key
from journal_tui.customers.loop import Place
from journal_tui.customers.visit import TAG
from journal_tui.entry.edit_distance import distance, letters_of

# The fewest letters that a key needs: for a longer key that begins with it, and for one edit, to be
# taken as another spelling of it.
_SHORTEST, _ONE_EDIT = 3, 5


class OtherSpelling(NamedTuple):
    """A key that may be another spelling of the `usual` key, and the place where it was written first."""

    key: str
    usual: str
    place: Place

    @property
    def sentence(self) -> str:
        """What to report: which customer it may be, and how to merge the two."""
        return (
            f"the customer “{self.key}” may be “{self.usual}”; to merge them, run {self.command}, "
            "or name both under [customers] in journal.toml"
        )

    @property
    def command(self) -> str:
        """The command that merges the two after a plan."""
        return f"journal rename '#{TAG}{self.key}' '#{TAG}{self.usual}'"


def other_spellings(
    uses: Mapping[str, Sequence[Place]], known: Mapping[str, Customer]
) -> list[OtherSpelling]:
    """Return the keys that look like a more frequent key, or like the name of its customer.

    `uses` has the places of each key in entries, and `known` the customers of journal.toml. These
    are spelt as usual, and are never taken as two spellings of one.
    """
    # A customer of journal.toml may be in no entry yet.
    everything = {*uses, *known}
    ordered = sorted(everything, key=lambda key: (key not in known, -len(uses.get(key, ())), key))
    found: list[OtherSpelling] = []
    for number, key in enumerate(ordered):
        if key in known:
            continue
        usual = next((it for it in ordered[:number] if _is_like_one(key, it, known.get(it))), None)
        if usual is not None:
            found.append(OtherSpelling(key, usual, min(uses[key])))
    return sorted(found, key=lambda it: it.place)


def _is_like_one(key: str, other: str, customer: Customer | None) -> bool:
    """Return whether a key looks like another key, or like the name of that key's customer."""
    name = customer_key(customer.name) if customer else ""
    return may_be_same_key(key, other) or bool(name and may_be_same_key(key, name))


def may_be_same_key(one: str, other: str) -> bool:
    """Return whether two keys may mean one customer: `lab` and `laboratory`, `depot` and `depots`."""
    first, second = sorted((letters_of(one), letters_of(other)), key=len)
    if first == second or (len(first) >= _SHORTEST and second.startswith(first)):
        return True
    return len(first) >= _ONE_EDIT and distance(first, second, 1) <= 1
