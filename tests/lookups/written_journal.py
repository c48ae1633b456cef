"""Make a journal from texts by their days."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from journal_tui.journal import Journal
from journal_tui.settings import Places


def write_journal(folder: Path, files: Mapping[str, str], toml: str, now: datetime) -> Journal:
    """Return a journal in a folder, with a journal.toml and texts by day or name, and its index.

    More files can be added by calling this again; `now` is the time that it is.
    """
    root = folder / "journal"
    root.mkdir(exist_ok=True)
    (root / "journal.toml").write_text(toml, "utf-8")
    for name, text in files.items():
        path = root / f"{name[:4]}/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    places = Places(*(folder / name for name in ("config", "cache", "state")))
    journal = Journal(root, places, lambda: now)
    journal.refresh()
    return journal
