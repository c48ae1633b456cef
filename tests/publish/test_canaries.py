"""What isn't marked never leaves: 500 private words, looked for in the bytes and names of all that is made."""

from pathlib import Path

import pytest

from journal_tui.customers.sheet_markdown import sheet_markdown
from journal_tui.customers.sheet_page import sheet_page
from journal_tui.journal import Journal
from journal_tui.leavers_pack import LeaversPack
from journal_tui.publications import Publications
from journal_tui.publish.generators import GENERATORS
from journal_tui.settings import Places
from tests.publish.canaries import PLACES, Canaries, leaks, make_canaries


def journal_of(root: Path, tmp_path: Path) -> Journal:
    places = Places(*(tmp_path / name for name in ("config", "cache", "state")))
    journal = Journal(root, places)
    journal.refresh()
    return journal


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Canaries:
    return make_canaries(tmp_path_factory.mktemp("canaries") / "journal")


@pytest.mark.promise("What isn't marked for publishing is in nothing that is published")
@pytest.mark.parametrize("generator", ["", *GENERATORS])
def test_no_private_word_is_published(canaries: Canaries, tmp_path: Path, generator: str) -> None:
    found = Publications(journal_of(canaries.root, tmp_path))
    target = tmp_path / "blog"
    plan = found.plan(target, generator)
    found.apply(plan)
    assert leaks(target, canaries.private) == []
    # The test would find them, and nothing else is left out.
    assert {word.split()[0] for word in leaks(target, canaries.public)} == set(canaries.public)
    assert len(plan.entries) == len(canaries.public)
    assert any(path.suffix == ".jpg" for path in target.rglob("*"))


@pytest.mark.promise("What isn't marked is in no leaver's pack")
@pytest.mark.parametrize("names", [False, True])
def test_no_private_word_is_packed(tmp_path: Path, names: bool) -> None:
    canaries = make_canaries(tmp_path / "journal", has_items=False)
    found = LeaversPack(journal_of(canaries.root, tmp_path))
    target = tmp_path / "pack"
    found.apply(found.plan(target, names=names))
    assert leaks(target / "personal", canaries.private) == []
    # Whom published entries name is named in the handover, if that is asked for.
    named = {word for word in canaries.private if is_name(canaries, word)} if names else set()
    seen = {word.split()[0] for word in leaks(target / "handover", canaries.private)}
    assert seen <= named and bool(seen) is names
    assert {word.split()[0] for word in leaks(target / "handover", canaries.public)} == set(
        canaries.public
    )


def is_name(canaries: Canaries, word: str) -> bool:
    """Return whether a private word is the name of a person or a customer."""
    return PLACES[canaries.private.index(word) % len(PLACES)] in ("name", "customer's name")


@pytest.mark.promise(
    "What is private in a visit, and who is named in it, is not on the customer's sheet"
)
def test_no_private_word_is_on_a_sheet(tmp_path: Path) -> None:
    canaries = make_canaries(tmp_path / "journal")
    names = [word for word in canaries.private if is_name(canaries, word)]
    said = "".join(f"- {word.capitalize()} said so, %% {word} %%\n" for word in names)
    hidden = "".join(f"- {word}\n" for word in canaries.private)
    (canaries.root / "2016" / "2016-02-01-service-review.md").write_text(
        f"---\ncustomer: pelham\n---\n## Frustrations\n\n- Slow\n{said}\n<!-- private -->\n\n{hidden}\n"
        f"<!-- /private -->\n\n## What we will improve\n\n- [ ] Faster, says {names[0].capitalize()} <!-- {names[1]} -->\n",
        "utf-8",
    )
    one, other = names[0], next(it for it in canaries.private if it not in names)
    (canaries.root / "2016" / "2016-02-02-service-review.md").write_text(
        "---\ncustomer: pelham\n---\n## Frustrations\n\n"
        f"- Later <!-- {one} --> and ％％ {one} ％％ and <!— private —> {one} <!— /private —>\n"
        f"- Later [page](https://x.example/{one} '{one}') <span hidden>{one}</span> https://x.example/{one}\n"
        f"- Later [[{one}.pdf|file]] ![]({one}.png) <b title='{one}'>x</b>\n\n## What we will improve\n\n"
        f"- [-] Later – because ％％ {other} ％％ of cost\n- [-] Later %% {other} – {other} %%\n",
        "utf-8",
    )
    sheet = journal_of(canaries.root, tmp_path).customer_sheet("pelham")
    for text in (sheet_page(sheet), sheet_markdown(sheet)):
        assert "Slow" in text and "Faster" in text and "Customer" in text and "of cost" in text
        assert [word for word in canaries.private if word in text.lower()] == []


def test_a_sheet_with_names_of_people_names_no_other_customer(tmp_path: Path) -> None:
    canaries = make_canaries(tmp_path / "journal")
    names = [word for word in canaries.private if is_name(canaries, word)]
    customers = [
        it for it in names if f"[customers.{it}]" in (canaries.root / "journal.toml").read_text()
    ]
    (canaries.root / "2016" / "2016-02-01-service-review.md").write_text(
        "---\ncustomer: pelham\n---\n## Frustrations\n\n- Slow, says @helen\n"
        + "".join(f"- {word.capitalize()} Works is faster\n" for word in customers),
        "utf-8",
    )
    text = sheet_markdown(journal_of(canaries.root, tmp_path).customer_sheet("pelham", names=True))
    assert "Slow, says Helen" in text and "is faster" in text
    assert [word for word in customers if word in text.lower()] == []
