"""Strategies for texts: typical parts of an entry, and hostile characters."""

from hypothesis import strategies as st

FRAGMENTS = [
    "\n", "\n\n", "\r\n", "\r", "\r\n\r\n", "  ", "    ", "\t", " ", "\ufeff", "\0", "\u2028", "\x0b", "\x85", "\u00a0",
    "# Day 168 – Monday", "## Learning points", "### Lessons learned", "## Feedback", "## Follow-ups",
    "**Learning points:**", "Learning points:", "Learning points for today: one; two; and three.", "Lesson: never",
    "Enjoyment: 9/10 – good day", "Enjoyment: ", "**Enjoyment**: 7,5", "Enjoyment rating 11/10", "## Enjoyment",
    "Enjoyment was great", "Enjoyment", "9/10", "8 – fine", "/10", "½",
    "- ", "- a point", "  - nested", "* star", "1. first", "2) second", "- [ ] task", "- [x] done due:2014-10-13",
    "  - [ ] sub due:2014-02-30", "- [ ]", "-", "> ", "> quoted", "> - [ ] quoted task",
    "```", "~~~", "`code`", "`", "<!--", "-->", "<div>", "<pre>", "---", "***", "===", "title: x", "tags: [a, b]",
    "rating: 8/10", "enjoyment: &a *a", "#tag", "#a/b", "@anna", "bob@example.org", "https://x.org/#y", "[l #x](u)",
    "[[page#x]]", "prose of the day", "and", ";", ":", "\\", "\\#", "**", "_", "*", "é", "e\u0301", "日本", "\ud800",
    "\u202e", "\x1b[31m", "💡 ", "|a|b|", "[x]: http://x", "!", "%", "10", "today's ",
]  # fmt: skip

fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)
lines = st.lists(
    st.tuples(
        st.sampled_from(FRAGMENTS), st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r", "\n  "])
    ).map("".join),
    max_size=16,
).map("".join)
anything = st.text(st.characters(exclude_categories=()), max_size=200)
texts = st.one_of(fragments, lines, lines, anything)
"""Any text: Markdown in pieces, Markdown in lines, or any characters, lone surrogates included."""

sentences = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60
).filter(lambda text: text.strip() != "")
"""A line as a person may type it."""
