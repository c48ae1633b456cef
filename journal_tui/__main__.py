"""`python -m journal_tui` is the command `journal`."""

from journal_tui.cli.main import console

if __name__ == "__main__":
    console()
