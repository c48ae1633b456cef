"""What a sample of texts says of the way a person writes: headings, ratings, front matter."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.conventions import Conventions, conventions


def of(*texts: str, times: int = 20) -> Conventions:
    """Return the conventions of texts that a person wrote many times."""
    return conventions([text.replace("{n}", str(n)) for n in range(times) for text in texts])


@pytest.mark.parametrize(
    "line",
    [
        "## Gelernt",
        "# Gelernt:",
        "###   **Gelernt**  ",
        "## 💡 Gelernt 💡",
        "## 3. Gelernt",
        "## Gelernt (heute)",
        "## Gelernt #lernen",
        "- ## Gelernt",
        "> ## Gelernt",
        "**Gelernt**",
        "**Gelernt:**",
        "Gelernt:",
        "- **Gelernt**",
        "## Gelernt ##",
    ],
)
def test_a_heading_or_label_in_any_form(line: str) -> None:
    found = of(f"# Tag {{n}}\n\nProsa.\n\n{line}\n\n- eins\n")
    assert [(h.text, h.texts, h.kind) for h in found.headings] == [("Gelernt", 20, "learning")]
    assert found.names == {"learning": ("Gelernt",)}


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("learning", "Ce que j'ai appris"),
        ("learning", "Ce que j’ai appris"),
        ("learning", "LECCIONES APRENDIDAS"),
        ("learning", "ÖĞRENDİKLERİM"),
        ("learning", "Wat ik geleerd heb"),
        ("learning", "学び"),
        ("learning", "Чему я научился"),
        ("learning", "배운 점"),
        ("learning", "Lärdomar"),
        ("feedback", "Rückmeldungen"),
        ("feedback", "反馈"),
    ],
)
def test_headings_of_other_languages(kind: str, heading: str) -> None:
    assert of(f"## {heading}\n\n- x\n").names == {kind: (heading,)}


def test_an_accent_that_is_stored_as_a_character_of_its_own() -> None:
    assert of("## La\u0308rdomar\n\n- x\n").names == {"learning": ("La\u0308rdomar",)}


def test_the_most_used_spelling_comes_first_and_english_ones_need_no_name() -> None:
    texts = ["## Gelernt\n- a\n"] * 5 + ["## Lernpunkte\n- a\n"] * 3 + ["## Lessons\n- a\n"] * 4
    assert conventions(texts).names == {"learning": ("Gelernt", "Lernpunkte")}


def test_what_is_read_anyway_is_named_only_if_it_is_the_usual_heading() -> None:
    assert of("## Learning points\n- a\n").names == {}
    assert of("## Lessons learned\n- a\n").names == {"learning": ("Lessons learned",)}
    rarely = ["## Lessons learned\n- a\n"] * 5 + ["Prose.\n"] * 95
    assert conventions(rarely).names == {}


def test_a_rarer_name_does_not_come_before_the_most_used_one() -> None:
    texts = ["## Lessons learned\n\n- a\n"] * 9 + ["## New today\n\n- b\n"] * 3
    texts += ["A day.\n"] * 100
    assert conventions(texts).names == {"learning": ("Lessons learned", "New today")}


def test_follow_ups_are_named_only_if_their_items_have_boxes() -> None:
    with_boxes, without = of("## Aufgaben\n- [ ] a\n- [x] b\n"), of("## Aufgaben\n- a\n- b\n")
    assert with_boxes.names == {"follow-up": ("Aufgaben",)}
    assert without.names == {}
    assert [h.text for h in without.of_kind("follow-up")] == ["Aufgaben"]


def test_headings_of_unknown_meaning_are_shown_if_they_are_on_many_days() -> None:
    often, rarely = "## Wetter\nRegen.\n", "## Reise\nBahn.\n"
    found = conventions([often] * 30 + [rarely] * 10 + ["Prosa.\n"] * 40)
    assert [(h.text, h.texts) for h in found.of_kind("")] == [("Wetter", 30)]
    assert found.names == {}


def test_what_may_be_learning_points_is_proposed_from_three_days_on() -> None:
    texts = ["## Some things I learned here\n- a\n"] * 3 + ["Prose.\n"] * 60
    assert conventions(texts).names == {"learning": ("Some things I learned here",)}
    assert conventions(texts[1:]).names == {}


@pytest.mark.parametrize(
    "heading",
    ["3 wins today", "5 people", "What may I improve?", "Sun and rain", "3 things I learned"],
)
def test_a_heading_with_a_number_or_a_word_that_may_be_a_month(heading: str) -> None:
    found = of(f"# Day {{n}}\n\n## {heading}\n\n- a\n")
    assert [h.text for h in found.headings] == [heading.rstrip("?")]


def test_one_of_several_highest_headings_is_no_title() -> None:
    found = of("# Weather\n\nRain.\n\n# Work\n\nDone.\n")
    assert [h.text for h in found.headings] == ["Weather", "Work"]


@pytest.mark.parametrize(
    "text",
    [
        "# Day {n} – Monday 6 October 2014\n",
        "# 2014\n",
        "# 7 October\n",
        "# 12.5 km\n",
        "# Monday\n",
        "# October\n",
        "# Day\n",
        "# Tue\n\n## 2024-W38\n\n## 6th Oct 2024\n",
        "---\na: b\n---\n\n# Journal\n\nProse.\n",
        "```\n## Gelernt\n```\n",
        "He said: nothing.\n",
        "or:\n",
        "Mood: 7\n",
        "---\ngelernt: yes\n---\n",
        "# " + "A very long sentence that somebody made a heading by mistake, " * 4 + "\n",
    ],
)
def test_titles_prose_code_and_front_matter_are_no_headings(text: str) -> None:
    assert of(text).headings == ()


@pytest.mark.parametrize(
    ("line", "label", "scale"),
    [
        ("Enjoyment: 8/10 – fine", "Enjoyment", 10),
        ("Mood: 4/5", "Mood", 5),
        ("**Mood**: 4/5", "Mood", 5),
        ("**Mood:** 4 out of 5, tired", "Mood", 5),
        ("- Stimmung – 4/5", "Stimmung", 5),
        ("Stimmung: 3 von 5", "Stimmung", 5),
        ("## Mood: 4/5", "Mood", 5),
        ("> Mood: 4/5", "Mood", 5),
        ("| Mood | 4/5 |", "Mood", 5),
        ("[mood:: 4/5]", "Mood", 5),
        ("mood:: 4/5", "Mood", 5),
        ("Rating: ★★★★☆", "Rating", 5),
        ("Rating: ⭐⭐⭐", "Rating", 5),
        ("Rating: ★★★★★★★☆☆☆", "Rating", 10),
        ("---\nmood: 4/5\n---", "Mood", 5),
        ("気分：4/5", "気分", 5),
        ("Humeur (1-5): 4/5", "Humeur", 5),
        ("Score: 80/100", "Score", 100),
    ],
)
def test_ratings_in_many_forms(line: str, label: str, scale: int) -> None:
    found = of(f"{line}\n")
    assert [(r.label, r.scale, r.texts) for r in found.ratings] == [(label, scale, 20)]
    assert found.scale == (None if scale == 10 else (0 if scale > 10 else 1, scale))
    assert found.names.get("rating") == (None if label == "Enjoyment" else (label,))


@pytest.mark.parametrize(
    "line",
    [
        "Steps: 9000",
        "Note: 3 people came",
        "Mood: 15:30",
        "Mood: good",
        "Overall: 80%",
        "Fun: 20 €",
        "```\nMood: 4/5\n```",
        "The mood was 4/5",
    ],
)
def test_other_numbers_are_no_ratings(line: str) -> None:
    assert of(f"{line}\n").ratings == ()


def test_numbers_without_a_scale_show_it_by_their_highest_value() -> None:
    def rated(*values: float) -> int:
        return conventions([f"Mood: {value:g}\n" for value in values]).ratings[0].scale

    assert rated(*(1, 2, 3, 4, 5) * 4) == 5
    assert rated(*(1, 2, 3, 4) * 4) == 0
    assert rated(*(4.5, 5, 3) * 5) == 0
    assert rated(*(3, 7, 8) * 5) == 10
    assert rated(1, 5) == 0
    assert rated(*(3, 20) * 10) == 0


@pytest.mark.parametrize(
    ("others", "scale"), [(["8/10"], 5), (["8/10"] * 9, 0), (["8"], 0), (["4"], 5)]
)
def test_the_usual_scale_is_proposed(others: list[str], scale: int) -> None:
    texts = ["Mood: 4/5\n"] * 20 + [f"Mood: {other}\n" for other in others]
    assert conventions(texts).ratings[0].scale == scale


@pytest.mark.parametrize(("lowest", "scale"), [("0", (0, 5)), ("0.5", (0, 5)), ("1", (1, 5))])
def test_the_lowest_rating(lowest: str, scale: tuple[int, int]) -> None:
    assert conventions([f"Mood: {value}/5\n" for value in (lowest, 3, 5)]).scale == scale


def test_our_own_word_for_a_rating_is_preferred() -> None:
    found = of("Mood: 3/5\n\nEnjoyment: 8/10\n")
    assert [r.label for r in found.ratings] == ["Enjoyment", "Mood"]
    assert (found.names, found.ratings[0].scale, found.scale) == ({}, 10, None)


def test_front_matter_is_counted() -> None:
    found = conventions(["---\ntags: a\n---\nText\n", "Text\n", "\ufeff---\nx: 1\n---\n"])
    assert (found.texts, found.front_matter) == (3, 2)


def test_no_texts() -> None:
    assert conventions([]) == Conventions(0, (), (), 0)


@given(
    st.lists(
        st.text(alphabet="#*_- \t\n:：|[](x)/5★☆0Mood\ud800\u0308'\"", max_size=80), max_size=6
    )
)
def test_any_text_is_taken(texts: list[str]) -> None:
    found = conventions(texts)
    assert found.texts == len(texts)
    assert all(name for names in found.names.values() for name in names)


@pytest.mark.parametrize(
    "piece", ["#", "* ", "**a", "> ", "- ", "mood", "|", "a:", "[", "★ ", "(1", "\t"]
)
def test_long_lines_take_no_long(piece: str) -> None:
    start = time.process_time()
    conventions([piece * 100_000, "\n".join([piece * (250 // len(piece))] * 2_000)])
    assert time.process_time() - start < 2
