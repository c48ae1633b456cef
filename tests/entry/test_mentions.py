"""Tags and people: found in prose, never in code, links, URLs or e-mail addresses."""

import pytest
from invariants import assert_consistent, read

from journal_tui.entry.mentions import code_spans


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#word", ["word"]),
        ("a #two-words b", ["two-words"]),
        ("#a/b and #a/b/c", ["a/b", "a/b/c"]),
        ("#one #two,#three.#four", ["one", "two", "three"]),
        ("(#in) “#quoted” *#strong* **#bold**", ["in", "quoted", "strong", "bold"]),
        ("#twice #twice", ["twice"]),
        ("#end- #end/ #end.", ["end"]),
        ("#Grüße #日本 #q3_2014", ["Grüße", "日本", "q3_2014"]),
        ("#cafe\u0301 and #café", ["café"]),
        ("#हिन्दी", ["हिन्दी"]),
        ("#2014 #1 #- ##no a#no &#39; \\#no", []),
        ("#2014-plan", ["2014-plan"]),
        ("# Title #tag", ["tag"]),
        ("`#no` ``a ` #no`` #yes", ["yes"]),
        ("`open #yes", ["yes"]),
        ("```\n#no\n```\n\n    #no\n\n#yes", ["yes"]),
        ("https://x.org/#no www.x.org/#no <https://x.org/#no> #yes", ["yes"]),
        ("[#no](u) [a](b#no) ![#no](u) [[#no]] [[page#no|x]] #yes", ["yes"]),
        ("- [ ] #task\n> #quote", ["task", "quote"]),
        ("---\ntags: [one, '#two']\n---\n#one #three", ["one", "two", "three"]),
        ("---\ntags: one, #two\n---\n", ["one"]),
        ("---\ntags: '#one two,three'\n---\n", ["one", "two", "three"]),
        ("---\nTags:\n- one\n- '#'\n- {a: b}\n---\n", ["one"]),
        ("<!-- #no -->\n\n#yes", ["yes"]),
    ],
    ids=repr,
)
def test_tags(text: str, tags: list[str]) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert list(entry.tags) == tags


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@anna", ["anna"]),
        ("with @anna, @bob.b and (@carl-c).", ["anna", "bob.b", "carl-c"]),
        ("@anna's idea, @anna again", ["anna"]),
        ("@Åse @Ørjan_B @李", ["Åse", "Ørjan_B", "李"]),
        ("@A\u030ase", ["Åse"]),
        ("bob@example.org bob@host @ @1 @@no \\@no", []),
        ("`@no` [@no](u) <bob@x.org> https://x.org/@no https://@no #a@no", []),
        ("mail bob.b+x@mail.example.org or @bob", ["bob"]),
    ],
    ids=repr,
)
def test_people(text: str, people: list[str]) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert list(entry.people) == people


def test_code_spans_pair_runs_of_one_length() -> None:
    assert code_spans("`a` ``b ` c`` `d") == [(0, 3), (4, 13)]
