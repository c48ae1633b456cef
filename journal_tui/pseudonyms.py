"""Replace the names of people and customers by pseudonyms: each has the same one everywhere.

Both are numbered in the order in which entries first mention them, so the numbers stay the same as the journal
grows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise

from journal_tui.entry.mentions import mention_spans
from journal_tui.entry.sanitize import without_unseen
from journal_tui.entry.tokenizer import APOSTROPHES, SIGNS, fold_name
from journal_tui.period import MONTHS, WEEKDAYS

_APOSTROPHES = f"'{APOSTROPHES}\u00b4"
# In scripts such as Devanagari, vowels are signs after the letters. The blocks of signs also contain letters, so the
# group is atomic: otherwise, a long word could be matched in very many ways.
_RUN = rf"(?>(?:[^\W\d_][{SIGNS}]*+)+)"
_WORD = re.compile(rf"{_RUN}(?:[-\u2010\u2011{_APOSTROPHES}.](?=[^\W\d_]){_RUN})*")
_PART = re.compile(rf"{_RUN}(?:[{_APOSTROPHES}]{_RUN})*")
_LETTERS = re.compile(_RUN)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}](?:s|ll|d|m|re|ve)\Z", re.IGNORECASE)
_PLURAL = re.compile(r"(?:(?<=[sxz])es|(?<=[cs]h)es|s)\Z", re.IGNORECASE)
_FEWEST_BEFORE_PLURAL = 3
_AT = ("@", "\uff20", "\ufe6b")
# If emphasis isn't closed correctly, its signs stay in the text: **North **Yard.
_GAP = r"[\s_.\u2010\u2011\u2013/*~\\-]"
_TITLE = re.compile(
    r"\b(?:(?:(?:Mrs?|Ms|Mx|Dr|Prof|Cllr)\b(?P<stop>\.?)|(?:Miss|Sir|Dame|Councillor)\b)[\s*_]{1,9})+"
    r"(?=(?:[^\W\d_]\.?[ \u00a0]|[^\W\d_]\.){0,3}"
    r"(?:(?:van|von|de|der|den|du|la|le|di|da|del|ter|ten|zu)[ \u00a0]){0,3}"
    rf"(?P<name>{_WORD.pattern})(?:[ \u00a0]{{1,3}}(?P<surname>{_WORD.pattern}))?)"
)
"""A title with the name after it, of one or two words."""
_WAITING = re.compile(rf"\bwaiting: ?(?=[^\W\d_])(?P<name>{_WORD.pattern})")
_NOT_SURNAMES = frozenset(
    word.lower() for word in (*WEEKDAYS, *MONTHS, "and", "or", "the", "person")
)
_FIRST_WORDS = (
    "a after all an and as at before but by everyone for from he her his i if in is it its my no not of on "
    "our she so that the their then there they this to today was we when with yes yesterday you your"
)
_BEGIN_SENTENCES = frozenset(_FIRST_WORDS.split())
"""Words that begin a sentence after an abbreviated title such as “saw the Dr.” far more often than they are names."""
_ADDRESS = re.compile(
    r"(?<![\w@./-])(?:www\.[^\s<>]+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}(?:/[^\s<>]*|(?=:\d))"
    r"|[\w.-]+\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|txt|csv|md|jpe?g|png|heic|zip|eml|msg|html?)\b)",
    re.IGNORECASE,
)
"""A web address without `https://`, or the name of a file."""
_HOME = re.compile(r"[/\\](?:home|users)[/\\]\Z", re.IGNORECASE)
"""The part of a path directly before a user's name, such as `/home/`."""
_LONGEST_HOME = 7
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1100-\u11ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]{2,}"
)
"""A name in a script without blanks between words (Thai, Lao, Japanese, Chinese), or with endings (Korean)."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_AND = frozenset(("&", "and", "und", "et"))
_FEWEST_LETTERS = 2
"""A single letter of a name, such as the J in j.smith, would be found in too many other places."""
_FEWEST_LETTERS_OF_CUSTOMER = 3
_FEWEST_LETTERS_IN_ONE = 6
"""A name of several words is also recognised with its words joined, as in an address, if it has as many letters."""
CUSTOMER_TAG = "customer/"


class Pseudonyms:
    """The pseudonyms of people and customers: Person 1, Customer 1 and so on, in the given order.

    A person who isn't in the table gets the next number when first met. `customers` are pairs of a key,
    as in the tag `#customer/depot`, and a name or "". `named` are the people, with or without the sign @,
    and the keys of customers that may be named.
    """

    def __init__(
        self,
        people: Iterable[str] = (),
        customers: Iterable[tuple[str, str]] = (),
        named: Iterable[str] = (),
        *,
        are_people_named: bool = False,
        are_customers_named: bool = False,
    ) -> None:
        self._are_people_named, self._are_customers_named = are_people_named, are_customers_named
        self._numbers: dict[str, int] = {}
        self._by_word: dict[str, int] = {}
        self._customers: dict[str, int] = {}
        self._customer_names: dict[str, str] = {}
        self._by_customer_word: dict[str, int] = {}
        self._people_without_blanks: dict[str, int] = {}
        for name in people:
            self._number(name)
        customers = list(customers)
        for key, name in customers:
            self._customers.setdefault(key, len(self._customers) + 1)
            self._customer_names.setdefault(key, name)
        self._customer_pattern, self._spellings = self._spelt(customers)
        self._by_joined: dict[str, int] = {}
        for spelling, number in self._spellings.items():
            self._by_joined.setdefault(_joined(spelling), number)
        self._customers_without_blanks = {
            form: number
            for spelling, number in self._spellings.items()
            if _WITHOUT_BLANKS.fullmatch(form := _folded(spelling))
        }
        self._customer_beginnings = {
            found[0] for it in self._spellings if (found := re.search(r"[^\W_]+", it))
        }
        wanted = {fold_name(name.lstrip("@#").removeprefix(CUSTOMER_TAG)) for name in named}
        self._named = {number for name, number in self._numbers.items() if name in wanted}
        self._named_customers = {it for key, it in self._customers.items() if key in wanted}

    def of(self, name: str) -> str:
        """Return the pseudonym of a person, who is named with or without the sign @."""
        return f"Person {self._number(name)}"

    def of_customer(self, key: str) -> str:
        """Return the pseudonym of a customer, by its key."""
        return f"Customer {self._customers.setdefault(key, len(self._customers) + 1)}"

    def may_name(self, name: str) -> bool:
        """Return whether a person may be named, by the name with or without the sign @."""
        return self._may_name(self._number(name))

    def may_name_customer(self, key: str) -> bool:
        """Return whether a customer may be named, by its key."""
        return self._may_name_customer(self._customers.get(key))

    def customer_name(self, key: str) -> str:
        """Return the name of a customer, or else its key."""
        return self._customer_names.get(key) or key

    def masked(self, text: str) -> str:
        """Return a text in which people and customers have their pseudonyms.

        A person is recognised by a mention such as `@ann`, by the same name, or a part of it, with a capital
        and without the sign, and by a title such as Mrs before the name. A customer is recognised by its tag,
        by its key or name in any case, and by a part of its name with a capital. Other names aren't recognised.
        """
        text = without_unseen(text)
        return _replaced(text, self.spans(text))

    def note_names(self, text: str) -> None:
        """Note whom a text names after a title such as Mrs, or after `waiting:`, so that they are masked everywhere."""
        for found in _WAITING.finditer(text) if "waiting:" in text else ():
            if found["name"][0].isupper() and not found["name"].isupper():
                self._number(_POSSESSIVE.sub("", found["name"]))
        for found in _TITLE.finditer(without_unseen(text)):
            name, surname = found["name"], found["surname"] or ""
            if found["stop"] and name.lower() in _BEGIN_SENTENCES:
                continue
            words = [name] if name[0].isupper() and name.lower() not in _NOT_SURNAMES else []
            if words and surname[:1].isupper() and not surname.isupper():
                words += [surname] if surname.lower() not in _NOT_SURNAMES else []
            words = [_POSSESSIVE.sub("", word) for word in words]
            known = next(filter(None, map(self._person, words)), None)
            number = known or (self._number(" ".join(words)) if words else 0)
            for word in words:
                self._note_word(_folded(word), number)

    def has_name(self, text: str) -> bool:
        """Return whether a text such as an address or a tag, with or without capitals, names anyone to be masked."""
        text = without_unseen(text)
        if self._customer_pattern:
            for match in self._customer_pattern.finditer(text.replace("+", " ")):
                if not self._may_name_customer(self._spelling_number(match["name"])):
                    return True
        if any(label for *_, label in self._names_without_blanks(text)):
            return True
        for found in _LETTERS.finditer(text):
            for start, end in (found.span(), *_humps(text, *found.span())):
                if any(map(self._is_masked, _with_and_without_plural(text[start:end]))):
                    return True
        return False

    def _is_masked(self, word: str) -> bool:
        """Return whether a word, with or without capitals, is part of the name of anyone to be masked."""
        person = _known(self._by_word, word)
        if person is not None and not self._may_name(person):
            return True
        customer = self._spellings.get(_spelling(fold_name(word)))
        customer = customer or _known(self._by_customer_word, word)
        return customer is not None and not self._may_name_customer(customer)

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Return the spans of the names that `masked` replaces, in order, with their pseudonyms."""
        found: list[tuple[int, int, str]] = []
        taken: list[tuple[int, int]] = []
        self.note_names(text)
        for span in mention_spans(text):
            if span.sign == "@":
                taken.append((span.start, span.end))
                number = self._number(span.name)
                if not self._may_name(number):
                    found.append((span.start, span.end, f"Person {number}"))
            elif key := customer_of_tag(span.name):
                taken.append((span.start, span.end))
                label = self.of_customer(key)
                if not self.may_name_customer(key):
                    found.append((span.start, span.end, label))
        if self._customer_pattern and not self._are_customers_named:
            lowered = text.lower()
            lowered += fold_name(text) if not text.isascii() else ""
            is_likely = any(word in lowered for word in self._customer_beginnings)
            for match in self._customer_pattern.finditer(text) if is_likely else ():
                start, end = match.span("name")
                if any(a < end and start < b for a, b in taken):
                    continue
                taken.append((start, end))
                number = self._spelling_number(match["name"])
                if not self._may_name_customer(number):
                    found.append((match.start(), end, f"Customer {number}"))
        for start, end, label in self._names_without_blanks(text):
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                found += [(start, end, label)] if label else []
        covered = bytearray(len(text)) if taken else None
        for start, end in taken if covered is not None else ():
            covered[start:end] = b"\1" * (end - start)  # type: ignore[index]
        addresses = [it.span() for it in _ADDRESS.finditer(text)] if "." in text else []
        for word in _WORD.finditer(text):
            start, end = word.span()
            # This includes names in code and in addresses, which aren't mentions.
            has_sign = text[max(start - 1, 0) : start] in _AT or text[end : end + 1] in _AT
            has_sign = has_sign or bool(_HOME.search(text, max(start - _LONGEST_HOME, 0), start))
            has_sign = has_sign or any(a <= start < b for a, b in addresses)
            may_be_name = (has_sign or _may_begin_a_name(text[start])) and not (
                covered and any(covered[start:end])
            )
            end -= len(possessive[0]) if (possessive := _POSSESSIVE.search(word[0])) else 0
            if may_be_name and (name := self._span_of_name(text, start, end, has_sign)):
                found.append(name)
                continue
            # A part of the word may be a name, as in l'Ann or AnnSmith, also if another part names a customer.
            for part in _LETTERS.finditer(text, start, end):
                for a, b in (part.span(), *_humps(text, *part.span())):
                    if b - a == end - start or (covered and any(covered[a:b])):
                        continue
                    is_hump = (a, b) != part.span()
                    if (has_sign or is_hump or _may_begin_a_name(text[a])) and (
                        name := self._span_of_name(text, a, b, has_sign)
                    ):
                        found.append(name)
                        if not is_hump:
                            break
        return sorted(found)

    def _names_without_blanks(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the spans and pseudonyms of names in scripts that don't put blanks between words.

        The pseudonym is "" for those who may be named. The longest names come first.
        """
        people, customers = self._people_without_blanks, self._customers_without_blanks
        if text.isascii() or not (people or customers):
            return
        folded = [*map(_folded, text)]
        # A name must begin and end with a whole character: folding divides a Korean one into several letters.
        offsets = {offset: at for at, offset in enumerate(accumulate(map(len, folded), initial=0))}
        whole = "".join(folded)
        for name in sorted({*people, *customers}, key=len, reverse=True):
            for match in re.finditer(re.escape(name), whole):
                start, end = (offsets.get(at) for at in match.span())
                if start is None or end is None:
                    continue
                if (number := people.get(name)) is not None:
                    yield start, end, "" if self._may_name(number) else f"Person {number}"
                else:
                    is_named = self._may_name_customer(number := customers[name])
                    yield start, end, "" if is_named else f"Customer {number}"

    def _span_of_name(
        self, text: str, start: int, end: int, has_sign: bool
    ) -> tuple[int, int, str] | None:
        """Return the span of a name, without the ending of its plural, and its pseudonym; or None."""
        if label := self._label(text, start, end, has_sign):
            return start, end, label
        if end - start > _FEWEST_BEFORE_PLURAL and (plural := _PLURAL.search(text[start:end])):
            for cut in {len(plural[0]), 1}:
                if label := self._label(text, start, end - cut, has_sign):
                    return start, end - cut, label
        return None

    def _spelling_number(self, name: str) -> int:
        """Return the number of the customer whose name the pattern has found."""
        number = self._spellings.get(_spelling(name)) or self._by_joined.get(_joined(name))
        if number is None:
            # The pattern ignores case, and so takes the long s for an s, which `lower` doesn't.
            number = next(
                it
                for form, it in self._spellings.items()
                if form and re.fullmatch(_pattern_of(form), name, re.IGNORECASE)
            )
        return number

    def _may_name(self, number: int) -> bool:
        return self._are_people_named or number in self._named

    def _may_name_customer(self, number: int | None) -> bool:
        return self._are_customers_named or number in self._named_customers

    def _label(self, text: str, start: int, end: int, has_sign: bool) -> str:
        """Return the pseudonym of the person or customer that a word names; "" if it names none, or one that may be named."""
        word = text[start:end]
        if number := self._person(word):
            return "" if self._may_name(number) else f"Person {number}"
        if self._by_customer_word and (has_sign or _may_begin_a_name(word[0])):
            for one in (word, *_PART.findall(word)):
                if (known := _known(self._by_customer_word, one)) is not None:
                    return "" if self._may_name_customer(known) else f"Customer {known}"
        return ""

    def _person(self, word: str) -> int | None:
        """Return the number of the person whom a word means, or None."""
        known = _known(self._by_word, word)
        if known is None and (parts := _PART.findall(word))[1:]:
            known = next(filter(None, (_known(self._by_word, one) for one in parts)), None)
        return known

    def _number(self, name: str) -> int:
        folded = _folded(name.lstrip("@"))
        number = self._numbers.setdefault(folded, len(self._numbers) + 1)
        self._note_word(folded, number)
        return number

    def _note_word(self, folded: str, number: int) -> None:
        """Note a folded name, its parts, and its parts joined, as words that mean a person."""
        parts = _PART.findall(folded)
        for word in (folded, *parts, "".join(parts), "".join(_LETTERS.findall(folded))):
            if len(word) >= _FEWEST_LETTERS:
                self._by_word.setdefault(word, number)
        if _WITHOUT_BLANKS.fullmatch(folded):
            self._people_without_blanks.setdefault(folded, number)

    def _spelt(
        self, customers: Iterable[tuple[str, str]]
    ) -> tuple[re.Pattern[str] | None, dict[str, int]]:
        """Return the pattern of the customers' keys and names, and their numbers by spelling."""
        spelt: dict[str, int] = {}
        uses: dict[str, set[int]] = {}
        for key, said in customers:
            number, name = self._customers[key], without_unseen(said)
            for form in filter(None, (key, name, fold_name(name))):
                spelt.setdefault(_spelling(form), number)
                for part in _PART.findall(_folded(form)):
                    for word in {part, _POSSESSIVE.sub("", part), "".join(_LETTERS.findall(part))}:
                        if len(word) >= _FEWEST_LETTERS_OF_CUSTOMER:
                            uses.setdefault(word, set()).add(number)
        # A word that two customers share, such as “Office”, names neither of them.
        self._by_customer_word = {part: min(its) for part, its in uses.items() if len(its) == 1}
        for form, number in spelt.items():
            joined = "".join(_LETTERS.findall(fold_name(form)))
            if len(joined) >= _FEWEST_LETTERS_IN_ONE:
                self._by_customer_word.setdefault(joined, number)
        forms = sorted(filter(None, spelt), key=len, reverse=True)
        if not forms:
            return None, spelt
        any_of = "|".join(_pattern_of(form) for form in forms)
        pattern = rf"(?<![^\W_])(?:the\s+)?(?P<name>{any_of})"
        return re.compile(pattern, re.IGNORECASE), spelt


def customer_of_tag(tag: str) -> str:
    """Return the key of the customer that a tag without its sign names: `lab` for `customer/lab/north`; or ""."""
    folded = fold_name(tag)
    return folded.split("/")[1] if folded.startswith(CUSTOMER_TAG) else ""


def _spelling(name: str) -> str:
    """Return the words of a customer's name or key with blanks between them, in lower case."""
    straight = name.lower().strip().translate(_STRAIGHT)
    return " ".join(re.split(r"[\s_-]+", straight))


def _joined(name: str) -> str:
    return re.sub(_GAP, "", name.lower())


def _pattern_of(spelling: str) -> str:
    """Return the pattern of a name, whose words may also be joined if it is long enough.

    A name of several words may be in the plural.
    """
    gap = f"{_GAP}*" if len(_joined(spelling)) >= _FEWEST_LETTERS_IN_ONE else f"{_GAP}+"
    words = spelling.split()
    plural = "(?:e?s)?" if words[1:] else ""
    return f"{gap.join(map(_pattern_of_word, words))}(?={plural}(?![^\\W_]))"


def _pattern_of_word(word: str) -> str:
    if word in _AND:
        return f"(?:{'|'.join(sorted(_AND))})"
    # Many write St Marys for St Mary's.
    return f"[{_APOSTROPHES}]?".join(map(re.escape, word.split("'")))


def _may_begin_a_name(letter: str) -> bool:
    """Return whether a letter is a capital, or belongs to a script without capitals."""
    return not letter.islower()


def _folded(name: str) -> str:
    return fold_name(name.translate(_STRAIGHT))


def _known(table: Mapping[str, int], word: str) -> int | None:
    """Return the number of a word in a table, however its umlauts and apostrophes are spelt; None if it isn't there."""
    return next(filter(None, map(table.get, _forms(word))), None)


def _forms(word: str) -> Iterator[str]:
    """Yield the forms in which a word is looked up: Müller is also mueller, and Mueller also muller."""
    folded = _folded(word)
    yield folded
    if not word.isascii():
        yield _folded(word.lower().translate(_UMLAUTS))
    if "ae" in folded or "oe" in folded or "ue" in folded:
        yield re.sub("([aou])e", r"\1", folded)
    if not folded.isalpha():
        yield "".join(_LETTERS.findall(folded))


def _with_and_without_plural(word: str) -> Iterator[str]:
    yield word
    if len(word) > _FEWEST_BEFORE_PLURAL and (plural := _PLURAL.search(word)):
        yield from {word[: -len(plural[0])], word[:-1]}


def _humps(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the parts of a joined word, such as AnnSmith; [] for a single word."""
    if text[start + 1 : end].islower():
        return []
    cuts = [at for at in range(start + 1, end) if text[at].isupper() and text[at - 1].islower()]
    return [*pairwise([start, *cuts, end])] if cuts else []


def _replaced(text: str, spans: list[tuple[int, int, str]]) -> str:
    """Return a text with the pseudonyms; consecutive words with the same one get it once."""
    pieces: list[str] = []
    position = 0
    last = ""
    for start, end, label in spans:
        between = text[position:start]
        if label == last and pieces and not between.strip():
            position = end
            continue
        pieces += apart(between, last), label
        position, last = end, label
    return "".join([*pieces, apart(text[position:], last)])


def apart(text: str, label: str) -> str:
    """Return the text that follows a pseudonym, so that `Lab2` becomes “Customer 1 2” and not “Customer 12”."""
    return f" {text}" if text[:1].isdigit() and label[-1:].isdigit() else text
