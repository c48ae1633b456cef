"""Run the command `journal` as `python -m journal_tui`."""

from journal_tui.cli.main import console

if __name__ == "__main__":
    console()
