"""No regular expression of the package repeats a group possessively.

Python before 3.11.5 matches such a pattern too far, as in "@anna." (gh-106052). A set or a single
character may be repeated so, and an atomic group does the same: (?>(?:…)*).
"""

import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import cast

import pytest

import journal_tui
from journal_tui.entry.lazy_pattern import LazyPattern
from journal_tui.entry.vocabulary import Vocabulary

PACKAGE = Path(journal_tui.__file__).parent
SINGLE = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY}
MODULES = [
    module.name
    for module in pkgutil.walk_packages([str(PACKAGE)], "journal_tui.")
    if not module.name.endswith("__main__")
]


def repeats_a_group(pattern: str, flags: int = 0) -> bool:
    """Return whether a possessive repeat of a pattern has more in it than one character."""

    def is_faulty(part: object) -> bool:
        if not isinstance(part, _parser.SubPattern | tuple | list):
            return False
        if isinstance(part, tuple) and part and part[0] == _constants.POSSESSIVE_REPEAT:
            body = part[1][2]
            if len(body) != 1 or body[0][0] not in SINGLE:
                return True
        return any(map(is_faulty, part))

    return is_faulty(_parser.parse(pattern, flags))


def returns_patterns(function: object) -> bool:
    """Return whether a function says that it returns patterns, and takes at most flags."""
    if not inspect.isroutine(function) and not hasattr(function, "__wrapped__"):
        return False
    signature = inspect.signature(function)
    kinds = {parameter.annotation for parameter in signature.parameters.values()}
    return "re.Pattern" in str(signature.return_annotation) and kinds <= {bool, "bool"}


def patterns(value: object, module: str) -> Iterator[re.Pattern[str] | str]:
    """Yield what a value of a module holds or compiles: patterns, and texts that may be some."""
    if isinstance(value, re.Pattern | str):
        yield value
    elif isinstance(value, LazyPattern):
        yield re.compile(value.pattern, cast(int, value.flags))
    elif isinstance(value, dict):
        for item in value.items():
            yield from patterns(item, module)
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from patterns(item, module)
    elif getattr(value, "__module__", "") == module and returns_patterns(value):
        count = len(inspect.signature(value).parameters)  # type: ignore[arg-type]
        for flags in product((False, True), repeat=count):
            yield from patterns(value(*flags), module)  # type: ignore[operator]


def found_in(module: str) -> Iterator[tuple[str, int]]:
    """Yield each pattern of a module with its flags."""
    values = list(vars(import_module(module)).values())
    if module == Vocabulary.__module__:
        vocabulary = Vocabulary()
        values += [getattr(vocabulary, name) for name in vars(Vocabulary) if name[:2] != "__"]
    for value in values:
        for found in patterns(value, module):
            if isinstance(found, re.Pattern):
                yield found.pattern, found.flags & ~re.DEBUG
            else:
                try:
                    _parser.parse(found)
                except re.error:
                    continue
                yield found, 0


@pytest.mark.filterwarnings("ignore::FutureWarning")  # a text that isn't a pattern
@pytest.mark.parametrize("module", MODULES)
def test_no_pattern_repeats_a_group_possessively(module: str) -> None:
    assert [pattern for pattern, flags in found_in(module) if repeats_a_group(pattern, flags)] == []


def test_no_line_of_the_source_does_either() -> None:
    """A pattern may also be within a function that isn't called here."""
    found = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\)(?:[*+?]|\{[0-9,{}]+\})\+", line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "pattern",
    ["(?:ab)*+", "(a)?+", "(?:a|bc)++", "x(?=(?:ab){2,3}+)", "(?:(?:ab)*+|c)", "(?:a+)++"],
)
def test_a_group_is_found_wherever_it_is(pattern: str) -> None:
    assert repeats_a_group(pattern)


@pytest.mark.parametrize("pattern", ["a*+", "[ab]++", "[^a]?+", ".*+", "(?>(?:ab)*)", "(?:ab)*"])
def test_one_character_may_be_repeated(pattern: str) -> None:
    assert not repeats_a_group(pattern)


@pytest.mark.parametrize(
    ("module", "part"),
    [
        ("entry.markdown_lines", "(?P<quote>"),
        ("entry.rating", "enjo"),
        ("entry.spellings", "(?<![0-9A-Za-z])"),
        ("entry.vocabulary", "(?P<k0>"),
        ("library.naming", "[0-9]{4}"),
    ],
)
def test_patterns_of_modules_functions_and_properties_are_looked_at(module: str, part: str) -> None:
    assert any(part in pattern for pattern, _ in found_in(f"journal_tui.{module}"))
