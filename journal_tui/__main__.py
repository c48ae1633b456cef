"""`python -m journal_tui` is the command `journal`."""

import sys

from journal_tui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
