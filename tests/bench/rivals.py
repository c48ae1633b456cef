"""The programs that `journal find` is measured against, each with the same entries, prepared once."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

_JRNL = """\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ""
encrypt: false
highlight: false
indent_character: "|"
journals: {{default: {{journal: {file}}}}}
linewrap: 79
tagsymbols: "#@"
template: false
timeformat: "%F %H:%M"
version: v4.0
"""
_TINYDB = """\
import sys
from tinydb import TinyDB, where
wanted = sys.argv[2]
found = TinyDB(sys.argv[1]).search(where("text").test(lambda text: wanted in text))
for document in found[-50:]:
    print(document["date"], document["text"][:80])
"""


def entries(journal: Path) -> Iterator[tuple[str, str]]:
    """Yield the dates and texts of a journal's entries, the oldest first."""
    for path in sorted(journal.glob("*/*.md")):
        yield path.stem, path.read_text("utf-8")


def ripgrep(journal: Path, words: str) -> list[str] | None:
    """Return the command that runs rg on the journal's folder; None if rg isn't installed."""
    program = shutil.which("rg")
    return [program, "-n", "--no-heading", "--", words, str(journal)] if program else None


class Jrnl:
    """jrnl with the entries imported into a journal of its own, in `folder`."""

    def __init__(self, program: str, journal: Path, folder: Path) -> None:
        self.program = program
        self.config = folder / "jrnl.yaml"
        file = folder / "jrnl.txt"
        self.config.write_text(_JRNL.format(file=file), "utf-8")
        with open(file, "w", encoding="utf-8") as out:
            for day, text in entries(journal):
                title, _, body = text.removeprefix("# ").partition("\n")
                out.write(f"[{day} 09:00] {title}\n{body.strip()}\n\n")

    def find(self, words: str) -> list[str]:
        """Return the command that shows the newest 50 entries with these words."""
        return [self.program, "--config-file", str(self.config), "-contains", words, "-n", "50"]


class PlainTinyDB:
    """All texts in one TinyDB file as it is used by default."""

    def __init__(self, journal: Path, folder: Path) -> None:
        self.file = folder / "plain.json"
        documents = enumerate(entries(journal), 1)
        table = {str(number): {"date": day, "text": text} for number, (day, text) in documents}
        self.file.write_text(json.dumps({"_default": table}), "utf-8")

    def find(self, words: str) -> list[str]:
        """Return the command that shows the newest 50 documents with these words."""
        return [sys.executable, "-c", _TINYDB, str(self.file), words]
