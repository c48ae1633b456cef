"""The settings of publishing: the blog's title, which entries it has, and who may be named."""

from typing import NamedTuple


class PublishingOptions(NamedTuple):
    """The table [publish] of journal.toml.

    `query` selects entries besides those that are marked. `named` are people, and keys of customers, that
    may be named; with `people` or `customers`, all people or customers may be. `ratings`, `follow_ups` and
    `feedback` allow these parts of entries to leave.
    """

    base_url: str = ""
    title: str = ""
    language: str = "en-GB"
    author: str = ""
    description: str = ""
    query: str = ""
    people: bool = False
    customers: bool = False
    named: tuple[str, ...] = ()
    ratings: bool = False
    follow_ups: bool = False
    feedback: bool = False
