"""The pages, the feed and the site map of a blog, and what is made for generators."""

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from journal_tui.entry.vocabulary import english
from journal_tui.errors import SettingsError
from journal_tui.pseudonyms import Pseudonyms
from journal_tui.publish.generators import generator_files
from journal_tui.publish.image_metadata import CleanImage
from journal_tui.publish.options import PublishingOptions
from journal_tui.publish.redaction import PublishedLink, Redacted, Redactor, SourceEntry
from journal_tui.publish.site import Blog, Site, addresses, slug

BLOG = Blog("Work & <progress>", "en-GB", "A head", "https://example.org/days/", "Days")
TEXTS = {
    date(
        2014, 10, 6
    ): "# Day 168 – Monday 6 October 2014\n\nText with a [link](2014-10-07.md) & <b>more</b>.\n\n"
    "![A van](a.png)\n\n# One\n\n### Two\n\n## Learning points\n\n- Ask *first* #visit\n",
    date(2014, 10, 7): "Second, of #visit and #a/b.\n\n| a | b |\n|---|--:|\n| c | 1 |\n",
    date(2015, 1, 2): "# {{ title }} {% raw %}\n\n`{{< x >}}` and {{ site.title }}\n",
}
ATOM = "{http://www.w3.org/2005/Atom}"
VOID = {"meta", "link", "img", "br", "hr"}


class Page(HTMLParser):
    """The links, scripts and open elements of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[str] = []
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an opening tag."""
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        said = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := said.get(name))]
        self.ids += [said["id"] or ""] if "id" in said else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take in a closing tag, which closes the last that was opened."""
        assert self.open.pop() == tag


def entries(texts: dict[date, str] | None = None) -> list[tuple[str, Redacted]]:
    known = texts if texts is not None else TEXTS

    def place(target: str, source: SourceEntry) -> PublishedLink | None:
        return PublishedLink("7 October 2014", "2014-10-07.md") if "10-07" in target else None

    redactor = Redactor(
        PublishingOptions(),
        Pseudonyms(),
        english(),
        place,
        lambda target, source: CleanImage(b"picture", "png", 4, 3),
    )
    found = [
        redactor.redact(SourceEntry(day, f"{day}.md", text)) for day, text in sorted(known.items())
    ]
    return [
        *zip(addresses([(it.source.day, "", it.title, False) for it in found]), found, strict=True)
    ]


def site(own: dict[str, str] | None = None, blog: Blog = BLOG) -> dict[str, str]:
    made = Site(entries(), blog, english(), own)
    return {path: data.decode("utf-8", "replace") for path, data in made.files()}


def test_every_link_leads_to_a_page_or_elsewhere() -> None:
    files = site()
    pages = {path: Page(text) for path, text in files.items() if path.endswith(".html")}
    assert {
        "index.html",
        "2014/index.html",
        "2014/2014-10-06.html",
        "tags/index.html",
        "learning-points.html",
    } <= {*pages}
    for path, page in pages.items():
        assert page.open == []
        assert len(page.ids) == len({*page.ids})
        for link in page.links:
            target, _, anchor = (
                urljoin(f"https://x/{path}", link).removeprefix("https://x/").partition("#")
            )
            if target.startswith("https://"):
                assert target.startswith(BLOG.base_url)
                continue
            assert target in files, (path, link)
            assert not anchor or anchor in pages[target].ids


def test_a_page_has_no_script_and_nothing_from_elsewhere() -> None:
    for path, text in site().items():
        if path.endswith(".html"):
            page = Page(text)
            assert not {"script", "iframe", "object", "embed", "form"} & {*page.tags}
            assert not any(name.startswith("on") or name == "style" for name in page.attributes)
            assert all(
                "//" not in link for link in page.links if link not in (BLOG.base_url + path,)
            )
    assert "url(" not in site()["style.css"]


def test_days_have_the_days_beside_them_among_the_published() -> None:
    files = site()
    assert 'rel="next" href="../2014/2014-10-07.html"' in files["2014/2014-10-06.html"]
    assert 'rel="prev"' not in files["2014/2014-10-06.html"]
    assert 'rel="prev" href="../2014/2014-10-07.html"' in files["2015/2015-01-02.html"]


def test_headings_leave_out_no_level_and_words_are_escaped() -> None:
    for path, text in site().items():
        levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
        if path.endswith(".html"):
            assert levels[0] == 1 and levels.count(1) == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))
            assert "Work &amp; &lt;progress&gt;" in text
    assert "{{ title }} {% raw %}" in site()["2015/2015-01-02.html"]


def test_the_learning_points_are_on_a_page_of_their_own() -> None:
    text = site()["learning-points.html"]
    assert "Ask <em>first</em>" in text
    assert 'href="2014/2014-10-06.html"' in text


def test_the_feed_is_one_by_the_rules_of_rfc_4287() -> None:
    for blog in (BLOG, BLOG._replace(base_url="")):
        feed = ElementTree.fromstring(site(blog=blog)["feed.xml"].encode())
        assert feed.tag == f"{ATOM}feed"
        for element in (feed, *feed.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{name}")) == 1
            assert re.fullmatch(
                r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated") or ""
            )
            assert (element.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
            links = element.findall(f"{ATOM}link")
            assert all(link.get("href") for link in links)
            alternates = [
                (link.get("type"), link.get("hreflang"))
                for link in links
                if link.get("rel") == "alternate"
            ]
            assert len(alternates) == len({*alternates}) == 1
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "A head"
        listed = feed.findall(f"{ATOM}entry")
        assert len({item.findtext(f"{ATOM}id") for item in listed}) == len(listed) == len(TEXTS)
        for item in listed:
            assert item.find(f"{ATOM}content") is not None
            assert item.find(f"{ATOM}content").get("type") == "html"  # type: ignore[union-attr]
            assert len(item.findall(f"{ATOM}summary")) <= 1
    assert "sitemap.xml" not in site(blog=BLOG._replace(base_url=""))


def test_a_feed_has_no_character_that_xml_forbids() -> None:
    redactor = Redactor(PublishingOptions(), Pseudonyms(), english())
    entry = redactor.redact(
        SourceEntry(date(2014, 10, 6), "a.md", "a \ufffe [b](https://x.example/\x01)\n")
    )
    feed = dict(Site([("2014/a.html", entry)], BLOG, english()).files())["feed.xml"]
    assert "a \ufffd" in (ElementTree.fromstring(feed).findtext(f".//{ATOM}content") or "")


def test_the_site_map_has_every_day() -> None:
    found = ElementTree.fromstring(site()["sitemap.xml"].encode())
    urls = [it.text for it in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"{BLOG.base_url}2014/2014-10-06.html" in urls
    assert len(urls) == len(TEXTS) + 1


def test_a_blog_without_entries_says_so() -> None:
    files = dict(Site([], BLOG, english()).files())
    assert b"Nothing is published yet" in files["index.html"]
    ElementTree.fromstring(files["feed.xml"])


def test_a_template_of_the_journal_takes_the_place_of_one() -> None:
    own = {
        "day.html": '{% extends "built-in/base.html" %}{% block content %}<h1>Mine: {{ post.heading }}</h1>{% endblock %}'
    }
    assert "<h1>Mine: Monday 6 October 2014</h1>" in site(own)["2014/2014-10-06.html"]
    assert site({"style.css": "body { color: red }"})["style.css"] == "body { color: red }"


@pytest.mark.parametrize(
    "source",
    [
        "{% if %}",
        "{{ nothing }}",
        "{{ ''.__class__.__mro__ }}",
        "{% include 'passwd' %}",
        "{{ range(10 ** 9) }}",
        "{{ 1 / 0 }}",
        "{% include 'day.html' %}",
        "{{ 'x'.encode('nothing') }}",
        "{{ '{}'.format() }}",
        "{{ 'a'|truncate(-1) }}",
        "{{ cycler() }}",
    ],
)
def test_a_template_that_cannot_be_used_is_named(source: str) -> None:
    with pytest.raises(SettingsError, match=r"The template .*day\.html|The template passwd"):
        site({"day.html": source})


def test_addresses_are_neutral_and_different() -> None:
    day = date(2014, 10, 6)
    listed = [
        (day, "", "x", False),
        (day, "", "Lab visit", True),
        (day, "", "Lab visit", True),
        (day, "2014-W41", "x", False),
    ]
    assert addresses(listed) == [
        "2014/2014-10-06.html", "2014/2014-10-06-lab-visit.html", "2014/2014-10-06-lab-visit-2.html", "2014/2014-W41.html",
    ]  # fmt: skip
    assert slug("Łódź & 日本") == "lodz"
    # A third with the address that a second would get, and thousands of the same.
    same = [(day, "", title, True) for title in ("a 2", *["a"] * 3000)]
    assert len(set(addresses(same))) == 3001


def test_each_tag_has_a_page_of_its_own() -> None:
    tags = ("index", "a/b", "a-b", "a_b", "a-b-2", "日本", "tag-6")
    redactor = Redactor(PublishingOptions(), Pseudonyms(), english())
    text = "---\ntags: [" + ", ".join(f"'{tag}'" for tag in tags) + "]\n---\nWords\n"
    entry = redactor.redact(SourceEntry(date(2014, 10, 6), "a.md", text))
    pages = dict(Site([("2014/a.html", entry)], BLOG, english()).files())
    assert sum(it.startswith("tags/") for it in pages) == len(tags) + 1


@pytest.mark.parametrize(
    ("generator", "path", "front", "link", "image"),
    [
        ("hugo", "content/posts/2014-10-06/index.md", 'title: "Day 168', "](../2014-10-07/)", "content/posts/2014-10-06/"),
        ("jekyll", "_posts/2014-10-06-day.md", "permalink: \"/2014/2014-10-06/\"", "](../../2014/2014-10-07/)", "images/"),
        ("pelican", "content/2014-10-06.md", "Title: Day 168", "]({filename}/2014-10-07.md)", "content/images/"),
    ],
)  # fmt: skip
def test_generators_are_given_front_matter_links_and_images(
    generator: str, path: str, front: str, link: str, image: str
) -> None:
    files = dict(generator_files(generator, entries()))
    text = files[path].decode()
    assert front in text and link in text
    assert any(name.startswith(image) and data == b"picture" for name, data in files.items())
    # No sign of the generator's own is left in what was written.
    third = next(data.decode() for name, data in files.items() if "2015-01-02" in name)
    body = third.split("---\n" if generator != "pelican" else "\n\n")[-1]
    assert "{{" not in body and "{%" not in body
