"""The templates of self-contained pages: each is one HTML file, without scripts and without requests.

A page extends `page.html` in `templates/`, which has the head and the colours that all pages share. Everything
that is put into a template is escaped, so what is written in an entry can't become markup.
"""

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def page_templates(package: str) -> Environment:
    """Return the environment for the templates of a package, with those that all pages share."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("journal_tui")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
