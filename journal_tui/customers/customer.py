"""A customer: the key by which entries name it, its name, and how often it is to be visited."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from journal_tui.customers.visit import TAG
from journal_tui.entry.tokenizer import fold_name

_DASH = re.compile(r"\s[–—-]\s|:\s")


class Customer(NamedTuple):
    """A customer: its key, as in the tag `#customer/depot`, its name, and how often to visit it.

    `every` is the number of days that may pass between two visits, or None if none is set.
    """

    key: str
    name: str = ""
    every: int | None = None

    @property
    def shown(self) -> str:
        """The name, or else the key."""
        return self.name or self.key


def customer_key(name: str) -> str:
    """Return the key of a customer as it is written in a tag: `Westmere Lab` is `westmere-lab`."""
    return "-".join(fold_name(name).replace("/", " ").split())


def name_in_title(title: str, key: str) -> str:
    """Return the part of a note's title that is the name of the customer with a key; "" without one.

    For `tern-ferry`, it is “Tern Ferry” in “Service review – Tern Ferry”.
    """
    for part in reversed(_DASH.split(title)):
        name = " ".join(part.split())
        if key and _spelling(key) in (_spelling(name), _spelling(name).removeprefix("the-")):
            return name
    return ""


def find_customer(customers: Iterable[Customer], name: str) -> Customer | None:
    """Return the customer with a key, a tag or a name, in any spelling; None if there is none.

    If `schools` has the name “Schools office”, then `The Schools office`, `schools-office` and
    `#customer/schools` all find it.
    """
    known = list(customers)
    wanted = _spelling(fold_name(name).strip().lstrip("#").removeprefix(TAG))
    for spelling in (wanted, wanted.removeprefix("the-")):
        for one in known:
            if spelling and spelling in (_spelling(one.key), _spelling(one.name)):
                return one
    return None


def _spelling(name: str) -> str:
    """Return the letters and digits of a name, folded, with hyphens between its words."""
    return "-".join(re.findall(r"[^\W_]+", fold_name(name)))


def keys_by_spelling(known: Mapping[str, Customer]) -> dict[str, str]:
    """Return the key of each customer, such as `depot`, by the key that its name would have: `kelby-depot`."""
    return {customer_key(it.name): key for key, it in known.items() if it.name and key != it.name}
