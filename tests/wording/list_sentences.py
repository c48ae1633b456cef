"""Print every sentence that a user may see, with its file and line.

Run it from anywhere: `python tests/wording/list_sentences.py [FOLDER]`. A sentence is a string with a
space in it that isn't a docstring; the expressions of an f-string are shown in braces.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[2] / "journal_tui"


class Sentence(NamedTuple):
    """A string of the code, with the path of its file below the package and its line."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        """The sentence as a line of the list."""
        return f"{self.path}:{self.line}: {self.text!r}"


def docstrings(tree: ast.Module) -> set[ast.expr]:
    """Return all docstrings, except a module's docstring that the code prints."""
    found: set[ast.expr] = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    is_shown = any(isinstance(node, ast.Name) and node.id == "__doc__" for node in ast.walk(tree))
    if is_shown and isinstance(first := tree.body[0], ast.Expr):
        found.discard(first.value)
    return found


def written(node: ast.AST) -> str | None:
    """Return the text of a string or f-string, or None for any other node."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"{{{filled(part)}}}"
            for part in node.values
        )
    return None


def filled(part: ast.expr) -> str:
    """Return the expression in a replacement field, without its format."""
    return ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else ast.unparse(part)


def strings(node: ast.AST, skipped: set[ast.expr]) -> Iterator[tuple[int, str]]:
    """Yield the line and text of every string below a node; an f-string is one string."""
    if node in skipped:
        return
    text = written(node)
    if text is not None:
        yield node.lineno, text  # type: ignore[attr-defined]
    for child in ast.iter_child_nodes(node):
        # The constant parts of an f-string are in its text already.
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from strings(child, skipped)


def sentences(package: Path = PACKAGE) -> list[Sentence]:
    """Return the strings of all modules that contain a space, sorted by path and line."""
    found: list[Sentence] = []
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for line, text in strings(tree, docstrings(tree)):
            if " " in text.strip():
                found.append(Sentence(path.relative_to(package).as_posix(), line, text))
    return found


if __name__ == "__main__":
    for sentence in sentences(Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE):
        print(sentence)
