"""The list of what may pass: what of a text leaves, in all forms that Markdown has."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from journal_tui.entry.vocabulary import english
from journal_tui.pseudonyms import Pseudonyms
from journal_tui.publish.findings import EMAIL, IMAGE, LEFT_OUT, LINK, PERSON, PHONE, PLATE
from journal_tui.publish.image_metadata import CleanImage
from journal_tui.publish.options import PublishingOptions
from journal_tui.publish.page_markdown import markdown
from journal_tui.publish.redaction import (
    PublishedLink,
    Redacted,
    Redactor,
    SourceEntry,
    plain_text,
    publish_mark,
)

DAY = date(2014, 10, 6)
PEOPLE = ("ann", "o'brien", "facilities")
CUSTOMERS = (("depot", "Kelby Depot"), ("harbour", "Harbour Office"), ("schools", "Schools Office"))
PUBLISHED = "2014/2014-10-07.md"


def place(target: str, source: SourceEntry) -> PublishedLink | None:
    if "10-07" in target:
        return PublishedLink("7 October 2014", PUBLISHED)
    return PublishedLink("8 October 2014", "") if "10-08" in target else None


def image(target: str, source: SourceEntry) -> CleanImage | str:
    return CleanImage(b"picture", "png", 4, 3) if target == "a.png" else "there is no such file"


def redact(text: str, options: PublishingOptions | None = None) -> Redacted:
    allowed = options or PublishingOptions()
    pseudonyms = Pseudonyms(
        PEOPLE,
        CUSTOMERS,
        allowed.named,
        are_people_named=allowed.people,
        are_customers_named=allowed.customers,
    )
    files = {"2014-10-08-ann-leaves": "8 October 2014"}
    redactor = Redactor(allowed, pseudonyms, english(), place, image, files)
    return redactor.redact(SourceEntry(DAY, "2014/2014-10-06.md", text, "Monday 6 October 2014"))


def html_of(entry: Redacted) -> str:
    parser = MarkdownIt()
    return parser.renderer.render(entry.tokens, parser.options, {})


def left(text: str, options: PublishingOptions | None = None) -> str:
    """Return as Markdown what leaves of a text, with the addresses of the redaction."""
    return markdown(redact(text, options).tokens, lambda address: address).rstrip("\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Saw @ann and Ann's desk", "Saw Person 1 and Person 1's desk"),
        ("`@ann` in code", "`Person 1` in code"),
        ("**Ann** and *O’Brien*", "**Person 1** and *Person 2*"),
        ("A**nn** and <b>A</b>nn, but a**nn**", "Person 1 and Person 1, but a**nn**"),
        ("At the kelby\ndepot, <b>kelby</b> *depot* and kelby<br>depot", "At Customer 1, Customer 1 and Customer 1"),
        ("[kelby](https://x.example/) depot", "[Customer 1](https://x.example/)"),
        ("kelby\ndepot\nand kelby\ndepot", "Customer 1\nand Customer 1"),
        ("Mr **Pell** said, and Mrs\nGrey; Pell", "Mr **Person 4** said, and Mrs\nPerson 5; Person 4"),
        ("In Depot2", "In Customer 1 2"),
        ("#anns-desk https://x.example/~anns", "x.example"),
        ("A\u200bnn, An\u00adn and @\u200bann", "Person 1, Person 1 and Person 1"),
        ("```ann\nx\n```\n\n```python\nx\n```", "```\nx\n```\n\n```python\nx\n```"),
        ("Words\n\nOne\\\ntwo<br>three\n---", "Words\n\n## One two three"),
        ("| a<br>b |\n|---|\n| c<br>d |", "| a b |\n| --- |\n| c d |"),
        ("#KelbyDepot [x](https://kelbydepot.example/)", "x"),
        ("<private>secret</private> <dialog>secret</dialog> a", "a"),
        ("&#64;ann and &commat;ann", "Person 1 and Person 1"),
        ("At #customer/depot, the Kelby Depot, the depot and KELBY", "At Customer 1, Customer 1, Customer 1 and Customer 1"),
        ("An office, the Office and Harbour", "An office, the Office and Customer 2"),
        ("A #site-visit and #ann-review", "A [#site-visit](tag:site-visit) and"),
        ("[it](2014-10-07.md) and [that](2014-10-08.md 'title')", "[it](entry:2014/2014-10-07.md) and that"),
        ("[[2014-10-07]] and [[2014-10-08]]", "[7 October 2014](entry:2014/2014-10-07.md) and 8 October 2014"),
        ("[[2014-10-08|then]] ![[2014-10-08]] [[Another]]", "then 8 October 2014 Another"),
        ("[a][b]\n\n[b]: 2014-10-08.md 'secret'", "a"),
        ("[a](https://x.example/ 'secret')", "[a](https://x.example/)"),
        ("https://x.example/a. And <https://x.example>", "[https://x.example/a](https://x.example/a). And [https://x.example](https://x.example)"),
        ("https://x.example/ann", "x.example"),
        ("[her page](https://ann.example/)", "her page"),
        ("<https://ann.example/>", "a web page"),
        ("https://me:word@x.example/", "x.example"),
        ("[m](mailto:a@x.example) [f](file:///home/ann) [j](javascript:x)", "m f j"),
        ("![A van](a.png 'secret')", "![A van](image:{picture})"),
        ("![Ann](a.png)", "![Person 1](image:{picture})"),
        ("![[a.png|120]]", "![](image:{picture})"),
        ("a ![van](b.png) b", "a  b"),
        ("![van](https://x.example/a.png)", "[van](https://x.example/a.png)"),
        ("a ![](data:image/png;base64,secret) b", "a  b"),
        ("a <!-- secret --> b", "a  b"),
        ("a <!-- secret\n\nsecret --> b", "a\n\nb"),
        ("a <!-- secret", "a"),
        ("a <b title='secret'>b</b> <span hidden>secret</span> c", "a b  c"),
        ("<div class='secret' data-a='>secret'>\nwords\n</div>", "words"),
        ("<div hidden><div>a</div>secret</div>\n\nb", "b"),
        ("<script>\nsecret\n</script>\n\nb", "b"),
        ("<a title='secret", "\\<a title='secret"),
        ("see 2014/2014-10-08-ann-leaves.md", "see 8 October 2014"),
        ("- a\n- [ ] secret\n  - secret\n- b", "- a\n- b"),
        ("- [ ] secret\n\n> b", "> b"),
        ("```\n8/10\na\n```\n\n[b](2014-10-08-secret.md)", "```\n8/10\na\n```\n\nb"),
        ("8/10\n```\na\n\nb\n```\n\n[c](2014-10-08-secret.md)", "```\na\n\nb\n```\n\nc"),
        ("- [ ] secret\nsecret lazily\n\nb", "b"),
        ("- [ ] secret\n\n  secret\n\n  > secret\n\n- b", "- b"),
        ("> - [ ] secret\n>   secret\n> - b", "> - b"),
        ("> - [x] secret\n> - b", "> - b"),
        ("- TODO secret\n- b", "- b"),
        ("a\n\nEnjoyment: 9/10 – secret\nsecret", "a"),
        ("a\n\nMood: 6/10 secret\n\nb", "a\n\nb"),
        ("a\n\n8/10\n\n[enjoyment:: 7]", "a"),
        ("a\n\n## Feedback\n\nsecret\n\n- secret\n\nsecret\n\n## B\n\nb", "a\n\n## B\n\nb"),
        ("a\n\n## Feedback from the lab\n\nsecret\n\n## B\n\nb", "a\n\n## B\n\nb"),
        ("a\n\n- Customer feedback: secret\n  - secret\n- b\n\nThe feedback of Ann: secret\nsecret\n\nc", "a\n\n- b\n\nc"),
        ("a\n\nCustomer feedback:\n\n- secret\n  - secret\n\nb", "a\n\nb"),
        ("a\n\n**Feedback from the lab**\n\n- secret\n\nb", "a\n\nb"),
        ("Feedback from the lab:\n\nsecret\n\nb", "b"),
        ("I gave feedback to Bob at 10:30 and left", "I gave feedback to Bob at 10:30 and left"),
        ("Good feedback: it helps\n\nThe team asked for feedback. It came: late", "The team asked for feedback. It came: late"),
        ("a\n\n[//]: # (secret (secret) secret)\n\nb\n\n[comment]: secret secret", "a\n\nb"),
        ("a\n\n<b>Enjoyment</b>: 7/10 secret", "a"),
        ("a\n\n## Follow-ups\n\nsecret", "a"),
        ("## Learning points\n\n- a\n  - still true 2014-11-01\n  - acted on 2014-11-02 – secret", "## Learning points\n\n- a"),
        ("a\n\n**Feedback**\n\nsecret\n\nb", "a\n\nb"),
        ("a\n\nFeedback: secret; secret.\n\nb", "a\n\nb"),
        ("a\n\nFeedback:\n- secret\n\n- secret\n\nb", "a\n\nb"),
        ("a\n\nNext steps:\n\n- secret\n\nb", "a\n\nb"),
        ("a\n\nNext step: secret\n\nTODO: secret\n\nb", "a\n\nb"),
        ("a\n\nsecret due:2014-10-13\n\nb", "a\n\nb"),
        ("a\n\n## Enjoyment\n\n7/10\n\nsecret\n\n## B", "a\n\n## B"),
        ("> Enjoyment: 7/10 – secret\n> secret\n\nb", "b"),
        ("a\n\nEnjoyment: 5/10 – secret\nsecret\n\nb\n\nEnjoyment: 6/10 – secret", "a\n\nb"),
        ("| Enjoyment | 7/10 | secret |\n|---|---|---|\n\nb", "b"),
        ("mood:: secret\n\n- id:: secret\n- b", "- b"),
        ("- expect: secret check:2014-12-01\n  - happened 2014-12-02: secret\n- b", "- b"),
        ("---\nsecret: x\n---\nb", "b"),
        ("---\n\na", "* * *\n\na"),
        ("```secret=1\nAnn\n```", "```secret\nPerson 1\n```"),
        ("| a | b |\n|---|--:|\n| Ann | 2 |", "| a | b |\n| --- | ---: |\n| Person 1 | 2 |"),
        ("1. a\n2. b\n\n   c", "1. a\n\n2. b\n\n   c"),
        ("a  \nb\\\nc", "a\\\nb\\\nc"),
        ("\u202eabc\x07", "\ufffdabc\u2407"),
    ],
)  # fmt: skip
def test_what_leaves_of_a_text(text: str, said: str) -> None:
    entry = redact(text)
    (picture,) = entry.images or ("{picture}",)
    assert left(text).replace(picture, "{picture}") == said
    if "secret=1" not in text and "title='secret" not in text[-16:]:
        html = html_of(entry)
        assert "secret" not in html


def test_the_title_is_not_repeated_and_is_redacted() -> None:
    entry = redact("# Day 168 – With Ann\n\nText.")
    assert entry.title == "Day 168 – With Person 1"
    assert left("# Day 168 – With Ann\n\nText.") == "Text."
    assert redact("No title.").title == "Monday 6 October 2014"
    assert redact("---\ntitle: Of Ann\n---\nText.").title == "Of Person 1"


def test_only_a_title_a_description_and_tags_of_the_front_matter_leave() -> None:
    text = "---\npublish: true\ntitle: A\ndescription: About Ann\ntags: [visit, ann]\nmood: secret\n---\nText."
    entry = redact(text)
    assert (entry.title, entry.summary, entry.tags) == ("A", "About Person 1", ("visit",))
    assert "secret" not in repr(entry._replace(source=None))  # type: ignore[arg-type]


def test_tags_of_the_front_matter_that_are_private_stay() -> None:
    text = "---\ntags: [a, '%%secret%%', '%%b', secret, 'c%%', '<b>', d, KelbyDepot]\n---\nWords"
    assert redact(text).tags == ("a", "d")


def test_learning_points_leave_as_lines() -> None:
    text = "## Learning points\n\n- Ask **Ann** #visit %%secret%%\n- [ ] secret\n- b\n  - still true 2014-11-01\n"
    text += "\n## Feedback\n\n### Learning points\n\n- secret\n"
    assert [plain_text(point) for point in redact(text).points] == ["Ask Person 1 #visit", "b"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (PublishingOptions(people=True), "Ann, Ann, Mrs Pell and Customer 1"),
        (PublishingOptions(customers=True), "Person 1, Person 1, Mrs Person 4 and Kelby Depot"),
        (PublishingOptions(named=("@ann",)), "Ann, Ann, Mrs Person 4 and Customer 1"),
        (PublishingOptions(named=("depot", "ann")), "Ann, Ann, Mrs Person 4 and Kelby Depot"),
    ],
)
def test_who_may_be_named_is(options: PublishingOptions, said: str) -> None:
    assert left("@ann, Ann, Mrs Pell and #customer/depot", options) == said


def test_ratings_follow_ups_and_feedback_leave_if_allowed() -> None:
    text = "- [ ] call due:2014-10-13\n\n## Feedback\n\n- good\n\nEnjoyment: 9/10 – well"
    options = PublishingOptions(ratings=True, follow_ups=True, feedback=True)
    assert left(text) == ""
    for word in ("call", "good", "9/10 – well"):
        assert word in left(text, options)


def test_what_was_found_is_told() -> None:
    text = (
        "Ann, ann@example.org, 07700 900123, AB12 CDE, [a](https://x.example), [b](2014-10-08.md), "
        "![](a.png) ![](b.png) <!-- x --> %%y%%\n\n- [ ] z"
    )
    found = {(it.kind, it.text): it.leaves_as for it in redact(text).found}
    assert found[(PERSON, "Ann")] == "Person 1"
    assert any(kind == EMAIL for kind, _ in found)
    assert found[(PHONE, "07700 900123")] == "07700 900123"
    assert found[(PLATE, "AB12 CDE")] == "AB12 CDE"
    assert found[(LINK, "https://x.example")] == "https://x.example"
    assert found[(LINK, "2014-10-08.md")].startswith("its words")
    assert found[(IMAGE, "a.png")].startswith("images/")
    assert found[(IMAGE, "b.png")] == "nothing, because there is no such file"
    said = " ".join(text for kind, text in found if kind == LEFT_OUT)
    assert "a comment" in said and "private" in said and "a follow-up" in said


def test_open_promises_leave_if_follow_ups_may_also_below_feedback() -> None:
    text = "- [ ] one %%secret%% due:2014-10-13 waiting:@ann\n- [x] two\n\n## Feedback\n\n- secret\n  - [ ] three\n"
    assert redact(text).promises == ()
    found = redact(text, PublishingOptions(follow_ups=True))
    said = [(plain_text(it.tokens), it.due, it.waiting) for it in found.promises]
    assert said == [("one", date(2014, 10, 13), "Person 1"), ("three", None, "")]
    assert "secret" not in html_of(found) and found.rating is None


@pytest.mark.parametrize(
    ("text", "is_marked"),
    [
        ("---\npublish: true\n---\n", True),
        ("\ufeff---\r\npublish: True\r\n---\r\n", True),
        ("---\nPublish: yes\n---\n", True),
        ("---\npublish: 'true'\n---\n", True),
        ("---\npublish: false\n---\n", False),
        ("---\npublish: maybe\n---\n", False),
        ("---\npublish: true\npublish: true\n---\n", False),
        ("---\npublish: true\na: [\n---\n", False),
        ("---\npublish: [true]\n---\n", False),
        ("---\npublish:\n---\n", False),
        ("---\na:\n  publish: no\n---\n", False),
        ("\n---\npublish: false\n---\n", False),
        ("+++\npublish = false\n+++\n", False),
        ("\u200b---\npublish: false\n", False),
        (f"---\na: {'b' * 70_000}\npublish: false\n---\n", False),
        ("---\nother: true\n---\npublish: true", None),
        ("---\npublish: true\n", None),
        ("publish: true", None),
        ("", None),
    ],
)
def test_an_entry_is_marked_in_its_front_matter(text: str, is_marked: bool | None) -> None:
    assert publish_mark(text) is is_marked


PUBLIC = st.sampled_from(
    [
        "{0}", "**{0}**", "*{0}* _{0}_", "`{0}`", "- {0}", "1. {0}", "> {0}", "## {0}", "```\n{0}\n```", "| {0} | b |\n|---|---|\n| c | d |",
        "[{0}](https://x.example)", "[{0}](2014-10-08.md)", "~~{0}~~", "<b>{0}</b>", "<div>\n{0}\n</div>", "{0} #tag", "a\\\n{0}",
    ]
)  # fmt: skip
PRIVATE = st.sampled_from(
    [
        "%% {0} %%", "<!-- private -->\n{0}\n<!-- /private -->", "<!-- {0} -->", "![x](a.png '{0}')", "[a](2014-10-08-{0}.md '{0}')",
        "[r]: 2014-10-08.md '{0}'", "<span title='{0}'>a</span>", "- [ ] {0}", "Enjoyment: 5/10 – {0}", "<script>{0}</script>",
        "<div hidden>\n\n{0}\n\n</div>", "[[2014-10-08|a]] %%{0}%%", "- expect: {0} check:2014-12-01", "## Feedback\n\n{0}\n\n## B",
        "```%% {0}\n```\n%%", "<!-- private --><!-- private -->{0}<!-- /private -->{0}<!-- /private -->",
    ]
)  # fmt: skip


@given(
    st.lists(
        st.one_of(st.tuples(st.just(True), PUBLIC), st.tuples(st.just(False), PRIVATE)), max_size=10
    )
)
def test_no_private_word_remains_and_every_public_one_does(pieces: list[tuple[bool, str]]) -> None:
    words = [
        f"{'open' if is_public else 'hush'}{chr(97 + number)}"
        for number, (is_public, _) in enumerate(pieces)
    ]
    text = "\n\n".join(form.format(word) for word, (_, form) in zip(words, pieces, strict=True))
    entry = redact(f"First.\n\n{text}")
    html = html_of(entry)
    written = markdown(entry.tokens, lambda address: address)
    for said in (html, written, entry.title, entry.summary, repr(entry.tags), repr(entry.points)):
        assert "hush" not in said
    for word in words:
        if word.startswith("open"):
            assert word in html
            assert word in written


@given(st.text(alphabet="ab @#[]()!<>`*_-\n%\"'|:/.&;~1=\\{}", max_size=80))
def test_any_text_is_redacted_and_its_markdown_says_the_same(text: str) -> None:
    entry = redact(text)
    written = markdown(entry.tokens, lambda address: address)
    again = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written)
    before = [plain_text(it.children or ()) for it in entry.tokens if it.type == "inline"]
    after = [plain_text(it.children or ()) for it in again if it.type == "inline"]
    assert [it.replace(" ", "") for it in before if it] == [
        it.replace(" ", "") for it in after if it
    ]


SIGNS = st.sampled_from(
    [
        "open", "**open**", "`open`", "[open](https://x.example)", "[open](2014-10-08.md)", "<b>", "#tag", "open\\", "![open](a.png)", "> ",
        "- ", "1. ", "# ", "```", "~~~", "| a | b |\n|---|---|\n| c | d |", "<div>", "</div>", "    ", "***", "[", "](", "<", "`", "``",
        "[[2014-10-08|a]]", "![[a.png]]", "<![x", "&lt;!--", "\\`",
    ]
)  # fmt: skip
MARKED = st.sampled_from(
    [
        "%% hush %%", "<!-- private -->hush<!-- /private -->", "<!-- private -->\n\nhush\n\n<!-- /private -->", "<!-- hush -->",
        "<script>hush</script>", "<p hidden>hush</p>", "%%\n\nhush\n\n%%",
    ]
)  # fmt: skip
JOINTS = st.sampled_from(["\n\n", "\n", " ", "\n> ", "\n- ", "\n  ", "\n    ", ""])


@given(st.lists(st.tuples(st.one_of(SIGNS, MARKED), JOINTS), max_size=9))
def test_nothing_that_is_marked_remains_whatever_is_around_it(
    pieces: list[tuple[str, str]],
) -> None:
    entry = redact("".join(piece + joint for piece, joint in pieces))
    written = markdown(entry.tokens, lambda address: address)
    for said in (html_of(entry), written, entry.title, entry.summary, repr(entry.points)):
        assert "hush" not in said
