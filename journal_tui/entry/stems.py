"""What a text is about, as stems: "asked" and "asking" are one, and "the" is nothing.

English words are stemmed as Snowball's English stemmer does (M. F. Porter, "Snowball: a language
for stemming algorithms", 2001); words with other letters than a to z stay as they are.
"""

from functools import lru_cache

from journal_tui.entry.words import fold, words

# Snowball's list of English stop words, as our words fold (an apostrophe divides), and numbers:
# how many there were says nothing about what was learned.
STOP_WORDS = frozenset(
    """
    i me my myself we us our ours ourselves you your yours yourself yourselves he him his himself
    she her hers herself it its itself they them their theirs themselves what which who whom this
    that these those am is are was were be been being have has had having do does did doing would
    should could ought will shall can may might must a an the and but if or because as until while
    of at by for with about against between into through during before after above below to from
    up down in out on off over under again further then once here there when where why how all any
    both each few more most other some such no nor not only own same so than too very
    ll ve re don isn aren wasn weren hasn haven hadn doesn didn won wouldn shan shouldn
    mustn couldn ain one every least less many now ever never just put say says said
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand half
    """.split()  # noqa: SIM905 - a list of as many lines would say no more
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word; "" for a stop word, a single letter and a number."""
    if word in STOP_WORDS or word.isdigit() or (len(word) == 1 and word.isascii()):
        return ""
    if not (word.isascii() and word.isalpha()):
        return word
    # It loads every language there is, which takes 20 ms, and a stemmer is no two threads' own.
    from snowballstemmer import stemmer

    return str(stemmer("english").stemWord(word))


def beginning(stem: str) -> str:
    """How each word begins that has this stem, a few irregular ones ("dying") left out.

    "nobodi" is the stem of nobody, "hope" that of hoping, "visibl" that of visibility.
    """
    return stem[:-1] if len(stem) > 2 and stem.endswith(("e", "i", "bl")) else stem


def stems(text: str) -> list[str]:
    """The stems of a text's words in their order, without stop words and numbers."""
    return [found for word in words(text) if (found := stem(word))]


def topics(text: str) -> frozenset[str]:
    """What a point is about: its stems, and its tags as `#a/b`; tags and names give no stems."""
    if "#" not in text and "@" not in text:
        return frozenset(stems(text))
    from journal_tui.entry.mentions import PERSON, TAG, mentions

    tags, _ = mentions(text)
    plain = PERSON.sub(" ", TAG.sub(" ", text))
    return frozenset(stems(plain)) | {"#" + fold(tag) for tag in tags}
