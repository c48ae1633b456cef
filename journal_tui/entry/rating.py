"""The enjoyment rating: what people write after its label, and what the app writes."""

import re
from typing import NamedTuple

_VALUE = re.compile(
    r"(?P<number>-?[0-9]{1,4}(?:[.,][0-9]{1,9})?)(?P<half>\s?½|\s1/2(?![0-9/]))?|(?P<bare>½)"
)
_OUT_OF = re.compile(
    r"[*_]{0,3}\s*(?:[/⁄∕]\s*|(?:points?\s+)?"
    r"(?:out\s+of|of|von|van|uit|av|af|sur|sobre|su|de|na|auf)\s+)"
    r"(?P<of>[0-9]{1,4}|ten)(?![^\W_])",
    re.IGNORECASE,
)
_RANGE = re.compile(r"[-\u2010-\u2015\u2212][0-9]{1,4}(?:[.,][0-9]{1,9})?(?:\s*/\s*10(?![0-9]))?")
_NOTHING = re.compile(r"[-\u2010-\u2015\u2212_?….\s]*(?:/\s*10)?\s*")
_MARKS = re.compile(r"[*_]{0,3}")
_RUN = re.compile(r"\*{1,3}|_{1,3}")
_DIVIDER = re.compile(r"\s*(?:--+|[-\u2010-\u2015\u2212:：,;]|\.{1,3}|…|!+)\s*|\s+")


class Parsed(NamedTuple):
    """A rating read from a text: `value` is None when it is no rating, and `fault` says why.

    Offsets in the text read: the value ends at `end`, what divides it from the remark begins at
    `separator`, the remark is `[remark_start, remark_end)`.
    """

    value: float | None
    remark: str
    end: int
    separator: int
    remark_start: int
    remark_end: int
    fault: str = ""


def parse(text: str, announced: bool = True, before: str = "") -> Parsed | None:
    """Read `9/10 – good day`, `7.5`, `9 out of 10, fine`; None when no number stands there.

    `announced` is False after a label without a colon: then a bare number needs a separator
    or the end of the text behind it, so that "Enjoyment 9 people came" is prose. `before` is
    what the line says before `text`: emphasis begun there and closed behind the remark is no
    part of the remark.
    """
    found = _VALUE.match(text)
    if not found:
        return None
    end = found.end()
    value, fault = _value(found)
    of = _OUT_OF.match(text, end)
    if of:
        end = of.end()
        if of.group("of").lower() not in ("10", "ten"):
            fault = f"a rating is out of 10, not out of {of.group('of')}"
    elif several := _RANGE.match(text, end):
        end = several.end()
        fault = f"a rating is one number, not {text[:end]}"
    elif text.startswith("%", end):
        end += 1
        fault = "a rating is out of 10, not a percentage"
    elif text[end : end + 1].isalnum() or re.match(r":[0-9]", text[end:]):
        return None
    separator = end + len(_MARKS.match(text, end).group())  # type: ignore[union-attr]
    divider = _DIVIDER.match(text, separator)
    start = divider.end() if divider else separator
    rest = text[start:].rstrip()
    if rest and not text[separator:start].strip() and not (of or announced):
        return None
    closing = unclosed(before + text[:start])
    if closing and rest.endswith(closing):
        rest = rest[: -len(closing)].rstrip()
    remark = " ".join(rest.split())
    return Parsed(None if fault else value, remark, end, separator, start, start + len(rest), fault)


def _value(found: re.Match[str]) -> tuple[float, str]:
    number = found.group("number")
    value = float(number.replace(",", ".")) if number else 0.0
    if found.group("half") or found.group("bare"):
        value += 0.5
    if 0 <= value <= 10:
        return value, ""
    return value, f"the rating {found.group()} is not between 0 and 10"


def is_nothing(text: str) -> bool:
    """Whether behind a rating's label only a place for it is kept: nothing, `?`, `–`, `/10`."""
    return _NOTHING.fullmatch(text.strip("*_")) is not None


def unclosed(text: str) -> str:
    """The marks that end the emphasis which the text begins and does not end."""
    opened: list[str] = []
    for run in _RUN.findall(text):
        if opened and opened[-1] == run:
            opened.pop()
        else:
            opened.append(run)
    return "".join(reversed(opened))


def shown(value: float) -> str:
    """The value as people write it: 9, 7.5; at most four decimals."""
    return f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".")


def canonical(value: float, remark: str = "") -> str:
    """What the app writes after the label: `9/10 – good day`."""
    remark = " ".join(remark.split())
    return f"{shown(value)}/10 – {remark}" if remark else f"{shown(value)}/10"
