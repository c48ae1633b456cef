"""Find customers that may be the same one, spelt in different ways."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from journal_tui.customers.loop import Place
from journal_tui.entry.edit_distance import distance, letters_of

_SHORTEST, _ONE_EDIT = 3, 5


class OtherSpelling(NamedTuple):
    """A customer's key that may be another's, with the place where it was written first."""

    key: str
    usual: str
    place: Place

    @property
    def sentence(self) -> str:
        """A sentence about what looks wrong, and what to write."""
        return (
            f"the customer “{self.key}” may be “{self.usual}”; write #customer/{self.usual}, "
            "or name both under [customers] in journal.toml"
        )


def other_spellings(
    uses: Mapping[str, Sequence[Place]], known: Collection[str]
) -> list[OtherSpelling]:
    """Return the keys that look like a more frequent one; `known` are those in journal.toml.

    Two that journal.toml names are two customers. A customer that it names is the usual spelling.
    """
    ordered = sorted(uses, key=lambda key: (key not in known, -len(uses[key]), key))
    found: list[OtherSpelling] = []
    for number, key in enumerate(ordered):
        if key in known:
            continue
        usual = next((other for other in ordered[:number] if is_like(key, other)), None)
        if usual is not None:
            found.append(OtherSpelling(key, usual, min(uses[key])))
    return sorted(found, key=lambda it: it.place)


def is_like(one: str, other: str) -> bool:
    """Return whether two keys may mean one customer: `lab` and `laboratory`, `depot` and `depots`."""
    first, second = sorted((letters_of(one), letters_of(other)), key=len)
    if first == second or (len(first) >= _SHORTEST and second.startswith(first)):
        return True
    return len(first) >= _ONE_EDIT and distance(first, second, 1) <= 1
