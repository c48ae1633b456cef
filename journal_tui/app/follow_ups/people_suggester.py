"""Complete the names of people in the questions about a follow-up."""

from collections.abc import Callable, Sequence

from textual.suggester import Suggester


class PeopleSuggester(Suggester):
    """Complete the last of the people in a line; `complete` gets what is typed of a name."""

    def __init__(self, complete: Callable[[str], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with the last name completed, or None."""
        typed = value.rpartition(",")[2]
        name = typed.strip()
        if not name or typed != typed.rstrip():
            return None
        sign = "" if name.startswith("@") else "@"
        found = next(iter(self._complete(sign + name)), "")
        rest = found[len(sign + name) :]
        return value + rest if rest else None
