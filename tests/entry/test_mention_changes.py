"""Renaming a tag or a person in an entry: what changes, and what never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.edit import apply
from journal_tui.entry.mention_changes import check_name, check_pair, is_mentioned, rename
from journal_tui.entry.parser import read_mentions
from journal_tui.entry.tokenizer import term_of
from journal_tui.errors import EntryError, UsageError
from tests.entry.invariants import assert_consistent, read
from tests.entry.markdown_texts import FRAGMENTS


def renamed(text: str, old: str, new: str) -> str:
    """Return a text in which a folded name was renamed."""
    return apply(text, rename(read(text), old, new))


@pytest.mark.parametrize(
    ("text", "old", "new", "after"),
    [
        ("Saw @ann and @Ann.", "@ann", "@jo", "Saw @jo and @jo."),
        ("@ÄNN, (@ann) @ann's *@ann*", "@ann", "@Zoë", "@Zoë, (@Zoë) @Zoë's *@Zoë*"),
        ("@anna @ann-lee foo@ann @ann.b", "@ann", "@jo", "@anna @ann-lee foo@ann @ann.b"),
        ("#ann and @ann", "@ann", "@jo", "#ann and @jo"),
        ("#ann and @ann", "#ann", "#jo", "#jo and @ann"),
        ("`@ann` ``x @ann``\n\n    @ann\n\n```\n@ann\n```\n", "@ann", "@jo", None),
        ("[@ann](b) https://a.b/@ann a@ann.org <a@ann> [[@ann]]", "@ann", "@jo", None),
        ("#job/lab #Job #jobs #a/job", "#job", "#work", "#work/lab #work #jobs #a/job"),
        ("#job/lab #job", "#job/lab", "#lab", "#lab #job"),
        ("- [ ] a waiting:@ann,@Bob\n  b @bob", "@bob", "@jo", "- [ ] a waiting:@ann,@jo\n  b @jo"),
        ("# @ann\r\n\r\n> @ann\r\n@ann", "@ann", "@jo", "# @jo\r\n\r\n> @jo\r\n@jo"),
        ("| a | @ann |\n|---|---|\n", "@ann", "@jo", "| a | @jo |\n|---|---|\n"),
        ("#[[old machines]] #[[a/b c]]", "#old machines", "#pcs", "#pcs #[[a/b c]]"),
        ("#[[a/b c]]", "#a", "#x", "#[[x/b c]]"),
        ("#c++, #c+", "#c++", "#cpp", "#cpp, #c+"),
        ("@o\u2019brien's @o'brien", "@o'brien", "@obrien", "@obrien's @obrien"),
        ("@Zoe @zoë", "@zoe", "@Zoë", "@Zoë @Zoë"),
        ("#end-, #end.", "#end", "#stop", "#stop-, #stop."),
        ("\ufeff@ann", "@ann", "@jo", "\ufeff@jo"),
        ("@ann\0 @ann", "@ann", "@jo", "@jo\0 @jo"),
        (
            "---\ntags: [one, 'x y', \"#One\"]\nkeywords: two, one\nnote: one\n---\n#one one\n",
            "#one", "#1st",
            "---\ntags: [1st, 'x y', \"#1st\"]\nkeywords: two, 1st\nnote: one\n---\n#1st one\n",
        ),
        ("---\ntags:\n- x y\n- {a: one}\n---", "#x y", "#xy", "---\ntags:\n- xy\n- {a: one}\n---"),
        ("---\ntag: ann\nperson: '@ann'\n---\n", "@ann", "@jo", None),
        ("---\ntags: [one\n---\n#one\n", "#one", "#two", "---\ntags: [one\n---\n#two\n"),
    ],
)  # fmt: skip
def test_only_what_is_read_as_the_name_is_renamed(
    text: str, old: str, new: str, after: str | None
) -> None:
    assert renamed(text, old, new) == (text if after is None else after)


@pytest.mark.parametrize("tags", ["|\n  plan", '["pl\\x61n"]', ">-\n  plan, x"])
def test_what_cannot_be_edited_where_it_is_read_is_refused(tags: str) -> None:
    entry = read(f"---\ntags: {tags}\n---\n#plan\n")
    assert "plan" in entry.tags
    with pytest.raises(EntryError, match="would be read as something else"):
        rename(entry, "#plan", "#plans")


@pytest.mark.parametrize("text", ["@ann/x", "due:@ann", "TODO @ann", "#a@ann"])
def test_what_is_around_a_name_stays(text: str) -> None:
    assert renamed(text, "@ann", "@jo") in (text, text.replace("@ann", "@jo"))


def test_a_name_must_be_one_that_an_entry_can_have() -> None:
    assert check_name(" #a/b-c ") == "#a/b-c"
    assert check_name("@o'brien") == "@o'brien"
    for name in (
        "ann",
        "@",
        "#",
        "#a#b",
        "@ann,",
        "#12",
        "#a-",
        "@ann @bob",
        "`#a`",
        "",
    ):
        with pytest.raises(UsageError, match="can't be a tag or a person"):
            check_name(name)
    for name, better in {
        "#old machines": "#old-machines",
        "@anna  lena": "@anna-lena",
        "# remote access": "#remote-access",
    }.items():
        with pytest.raises(UsageError, match=f"has a space.* Write {better}\\.$"):
            check_name(name)
    check_pair("#a", "#ab")
    with pytest.raises(UsageError, match="the same sign"):
        check_pair("#a", "@a")
    with pytest.raises(UsageError, match="nested in"):
        check_pair("#a", "#A/b")
    assert term_of("@Zoë") == "@zoe"


PIECES = st.sampled_from(
    [
        *FRAGMENTS, "@ann", "@Ann", "#job", "#job/lab", "#JOB", "@anna", "#[[job]]", "`@ann`", "waiting:@ann",
        "---\n", "tags: [job, x]\n", "keywords: job\n", "@ann's", "\r\n", "- [ ] ", "> ", "    ", "| ", "\t", "[#job]",
    ]
)  # fmt: skip


@given(
    st.lists(PIECES, max_size=14).map("".join),
    st.sampled_from([("@ann", "@bob"), ("#job", "#Work")]),
)
def test_a_renaming_touches_nothing_but_mentions(text: str, names: tuple[str, str]) -> None:
    old, new = names
    entry = read(text)
    outline, spans = read_mentions(text, entry.vocabulary, entry.day)
    assert outline == entry.outline
    for span in spans:
        listed = entry.tags if span.sign == "#" else entry.people
        assert span.name in listed
    try:
        edits = rename(entry, old, new)
    except EntryError:
        return
    for edit in edits:
        inside = [it for it in spans if it.start <= edit.start <= edit.end <= it.end]
        assert len(inside) == 1 and term_of(inside[0].sign + inside[0].name).startswith(old)
    after = read(apply(text, edits))
    assert_consistent(after)
    assert not is_mentioned(after, old)
    assert is_mentioned(after, term_of(new)) or not edits
    assert rename(after, old, new) == []
