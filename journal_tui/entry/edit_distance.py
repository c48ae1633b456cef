"""Compare names and words that may be the same, spelled in two ways."""

_JOINERS = dict.fromkeys(map(ord, "-_./ '\u2019"))


def letters_of(name: str) -> str:
    """Return a name without the signs that join its words, so `one-to-one` is equal to `onetoone`."""
    return name.translate(_JOINERS)


def distance(one: str, other: str, most: int) -> int:
    """Return the number of edits (optimal string alignment distance), or `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    start, short = 0, min(len(one), len(other))
    while start < short and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    earlier: list[int] = []
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, its in enumerate(other, 1):
            cost = min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != its))
            if min(row, column) > 1 and letter == other[column - 2] and its == one[row - 2]:
                cost = min(cost, earlier[column - 2] + 1)
            now.append(cost)
        earlier, before = before, now
    return min(before[-1], most + 1)
