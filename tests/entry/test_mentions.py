"""Tags and people: found in prose, never in code, links, URLs or e-mail addresses."""

import pytest

from journal_tui.entry.mentions import code_spans
from tests.entry.invariants import assert_consistent, read


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
        ("---\ntag: one\n---\n", ["one"]),
        ("---\nTag: [one, two words, 'three']\n---\n", ["one", "two words", "three"]),
        ("---\nkeywords:\n  - '#one'\n  - \"two\"\n---\n#three", ["one", "two", "three"]),
        ("---\nTAGS: one two, three\n---\n", ["one", "two", "three"]),
        ("---\ntags: |\n  one\n  two\n---\n", ["one", "two"]),
        ("---\ntags: >-\n  one,\n  two\n---\n", ["one", "two"]),
        ("---\ntags: !!set {one, two}\n---\n", []),
        ("---\ntags: ~\ntag: null\nkeywords:\n---\n", []),
        ("---\ntags: []\n---\n", []),
        ("---\ntags: [c++, o’brien, v1.2]\n---\n", ["c++", "o'brien", "v1.2"]),
        ("<!-- #no -->\n\n#yes", ["yes"]),
        (
            "#c++ #C++, #g++. #c# #f#, #.net #.NET #v1.2 #v1.2.3. #node.js #asp.net/core",
            [
                "c++",
                "C++",
                "g++",
                "c#",
                "f#",
                ".net",
                ".NET",
                "v1.2",
                "v1.2.3",
                "node.js",
                "asp.net/core",
            ],
        ),
        ("#r&d #Q&A #a&amp; #tag&", ["r&d", "Q&A", "a", "tag"]),
        (
            "#end.Next #end... #a+b #a+++ #tag# #multi word# #1.2 #... #.",
            ["end", "a", "tag", "multi"],
        ),
        ("#anna's #don't #don’t #l’été", ["anna", "don't", "l'été"]),
        ("- TODO [#A] one [#b] two", ["b"]),
        ("#two\u2011words #two-words", ["two-words"]),
        ("### One {#one}\n\n#two {: #three .four}\n{:#five}\n\n{#six} too", ["two", "six"]),
        ("a line\n[here]: #one\n#two", ["two"]),
        ("{% link #one %} #two", ["two"]),
        ("[to [#one] and](http://a.b) #two", ["two"]),
        ("#[[two words]] [[#no]] #[[one]] #[[]] `#[[code]]`", ["two words", "one"]),
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
        (
            "@anna/@bob, @carl&@dora’s and **@eve+@fay/@guy**",
            ["anna", "bob", "carl", "dora", "eve", "fay", "guy"],
        ),
        ("x.org/@no, a/@no &@no +@no @@no/@no `@no`/@no @anna/@due(friday)", ["anna"]),
        (
            "@o'brien @o’neill @D’Angelo @jean-luc @jean\u2011luc",
            ["o'brien", "o'neill", "D'Angelo", "jean-luc"],
        ),
        ("@o'brien, @o’brien! @oʼbrien; (@o‘brien)", ["o'brien"]),
        (
            "@bob's @bob’s @bob'S @james' @james’ '@carl' ‘@dora’ “@eve”",
            ["bob", "james", "carl", "dora", "eve"],
        ),
        ("@o'brien's and @o’brien’s", ["o'brien"]),
        ("@anna'll @bob’d @carl've @dora're @eve'm", ["anna", "bob", "carl", "dora", "eve"]),
        (
            "@o'sullivan @sant'anna @d'are @n’golo-kanté @m'd",
            ["o'sullivan", "sant'anna", "d'are", "n'golo-kanté", "m"],
        ),
        (
            "@anna. @bob? @carl: @dora… @eve/ @fay- @guy_",
            ["anna", "bob", "carl", "dora", "eve", "fay", "guy_"],
        ),
        ("@due(2014-10-13) @done(friday) @anna(sales)", ["anna"]),
        ("o'brien@x.org @brien@x.org `@o'no` [x](@o'no) https://x.org/@o'no", []),
        ("waiting:@o'brien", ["o'brien"]),
        ("@Åse @Ørjan_B @李", ["Åse", "Ørjan_B", "李"]),
        ("@A\u030ase", ["Åse"]),
        ("bob@example.org bob@host @ @1 @@no \\@no", []),
        ("`@no` [@no](u) <bob@x.org> https://x.org/@no https://@no #a@no", []),
        ("mail bob.b+x@mail.example.org or @bob", ["bob"]),
        ("{% highlight rb %}\n@no = 1\n\n  @no\n{% endhighlight %}\n\n@ann", ["ann"]),
        (
            "{% raw %}\n@no\n\n@no\n{%- endraw -%}\r\n\r\n@ann {% raw %}@no{% endraw %} @bob",
            ["ann", "bob"],
        ),
        ("{% comment %}\n\n@ann", ["ann"]),
        ("```\n{% raw %}\n```\n\n@ann\n\n```\n{% endraw %}\n```", ["ann"]),
        ("<code>@no</code> <b>@ann</b> <kbd>@no", ["ann", "no"]),
    ],
    ids=repr,
)
def test_people(text: str, people: list[str]) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert list(entry.people) == people


def test_code_spans_pair_runs_of_one_length() -> None:
    assert code_spans("`a` ``b ` c`` `d") == [(0, 3), (4, 13)]
