"""Find out from a sample of texts how a person writes: headings, ratings and front matter."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from journal_tui.entry.markdown_lines import (
    block_kinds,
    heading,
    list_item,
    opening,
    text_of,
    without_pasted_marker,
)
from journal_tui.entry.model import FEEDBACK, FOLLOW_UP, LEARNING
from journal_tui.entry.vocabulary import english
from journal_tui.period import MONTHS, WEEKDAYS

MANY_DAYS = 0.25
"""The share of texts that a heading must be in to be shown although its meaning is unknown."""
SOME_DAYS = 0.02
"""The share of texts that must have a rating, or a heading that may be a section's, to be shown."""
OFTEN = 0.1
"""The share of texts that must have a heading for journal.toml to name it although it is read anyway."""
NEARLY_ALL = 0.9
"""The share of ratings with a scale that must have the same one for it to be the writer's."""
FEWEST_DAYS = 3
"""How many texts must have a heading, whatever their share, if its meaning isn't clear."""
MAX_NAMES = 6
FEWEST_RATINGS = 10
LONGEST_LINE = 300
LONGEST_HEADING = 60

# What people call these sections. The English forms that are always read needn't be here.
_NAMES = {
    LEARNING: """
        learned; learnt; takeaways; key takeaways; insights; til; today i learned; new today
        gelernt; gelerntes; heute gelernt; was ich gelernt habe; was ich heute gelernt habe
        was habe ich gelernt; was habe ich heute gelernt; das habe ich gelernt; lernpunkte
        erkenntnisse; erkenntnisse des tages; erkenntnis des tages; lehren; lehren des tages; learnings des tages
        ce que j'ai appris; ce que j'ai appris aujourd'hui; appris; appris aujourd'hui; leçons; leçons apprises
        apprentissages; enseignements; points d'apprentissage; leçons du jour
        aprendizajes; aprendizaje; aprendido; lo aprendido; lo que aprendí; lo que aprendí hoy; lo que he aprendido
        lecciones; lecciones aprendidas; qué aprendí; qué aprendí hoy
        aprendizados; aprendizado; aprendizagens; o que aprendi; o que aprendi hoje; lições; lições aprendidas
        cosa ho imparato; cosa ho imparato oggi; imparato; lezioni; lezioni apprese; apprendimenti
        geleerd; vandaag geleerd; wat ik geleerd heb; wat heb ik geleerd; leerpunten; lessen; geleerde lessen; inzichten
        lärdomar; lärdom; vad jag lärt mig; vad jag lärde mig; insikter; lærdom; lærdomme; lærdommer; læring
        læringspunkter; hvad jeg lærte; hva jeg lærte; det lærte jeg; indsigter; innsikter
        czego się nauczyłem; czego się nauczyłam; czego się dziś nauczyłem; wnioski; lekcje; nauczyłem się
        co jsem se naučil; co jsem se naučila; poučení; čo som sa naučil; ponaučenia; mit tanultam; tanulságok
        mitä opin; mitä opin tänään; opit; opittua; ce am învățat; lecții; öğrendiklerim; bugün ne öğrendim
        чему я научился; чему я научилась; чему научился; что я узнал; что я узнала; уроки; выводы; чого я навчився
        уроки дня; висновки; τι έμαθα; μαθήματα; naučio sam; naučeno; kaj sem se naučil; научих; какво научих
        学び; 今日の学び; 学んだこと; わかったこと; 分かったこと; 気づき; 収穫; 收获; 今日收获; 学到的; 学到了什么; 今天学到了什么; 心得; 经验教训; 学習
        배운 점; 배운 것; 오늘 배운 것; 오늘 배운 점; ما تعلمته; ماذا تعلمت; מה למדתי; pelajaran; apa yang saya pelajari
        bài học; मैंने क्या सीखा
    """,
    FEEDBACK: """
        feedback received; feedback given; rückmeldung; rückmeldungen; retour; retours; retour d'expérience
        retroalimentación; comentarios; comentários; riscontro; riscontri; terugkoppeling; återkoppling
        tilbakemelding; tilbakemeldinger; tilbagemelding; tilbagemeldinger; informacja zwrotna; zpětná vazba
        spätná väzba; visszajelzés; palaute; palautetta; geri bildirim; обратная связь; отзывы; зворотний зв'язок
        ανατροφοδότηση; povratne informacije; обратна връзка; フィードバック; 反馈; 回饋; 피드백; umpan balik; phản hồi
    """,
    FOLLOW_UP: """
        tasks; task list; action items; action points; next steps; next actions; open items; open points; to do list
        aufgaben; offene punkte; offenes; nächste schritte; zu erledigen; maßnahmen; massnahmen; wiedervorlage
        à faire; tâches; prochaines étapes; suivi; points ouverts
        tareas; pendientes; por hacer; próximos pasos; seguimiento; acciones
        tarefas; pendências; a fazer; próximos passos; acompanhamento; ações
        da fare; attività; compiti; prossimi passi; azioni
        taken; te doen; actiepunten; acties; volgende stappen; opvolging
        uppgifter; att göra; nästa steg; åtgärder; uppföljning; opgaver; næste skridt; opfølgning; oppgaver; å gjøre
        neste steg; oppfølging; zadania; do zrobienia; następne kroki; kolejne kroki; úkoly; další kroky; úlohy
        ďalšie kroky; teendők; feladatok; következő lépések; tehtävät; seuraavat askeleet; sarcini; de făcut
        yapılacaklar; görevler; sonraki adımlar; задачи; дела; сделать; следующие шаги; завдання; наступні кроки
        εργασίες; επόμενα βήματα; zadaci; sljedeći koraci; naloge; naslednji koraki; задачи за деня; следващи стъпки
        やること; タスク; 次のステップ; 次のアクション; 宿題; 待办; 待办事项; 待辦事項; 任务; 下一步; 할 일; 다음 단계
        المهام; משימות; tugas; langkah berikutnya; việc cần làm
    """,
}
_RATINGS = """
    enjoyment; enjoyment level; enjoyment rating; rating; day rating; rating of the day; overall rating; overall
    score; day score; mood; mood today; happiness; satisfaction; fun; joy; how was today; how was the day
    stimmung; laune; freude; spaß; zufriedenheit; bewertung; tagesbewertung; bewertung des tages; humeur; plaisir
    joie; note; note du jour; évaluation; ánimo; estado de ánimo; humor; disfrute; valoración; puntuación; nota
    satisfacción; satisfação; avaliação; prazer; umore; voto; valutazione; soddisfazione; stemming; plezier
    beoordeling; tevredenheid; humör; glädje; betyg; humør; glæde; glede; vurdering; nastrój; ocena; radość; nálada
    hodnocení; hangulat; értékelés; mieliala; fiilis; arvosana; dispoziție; ruh hali; puan; keyif; настроение; оценка
    радость; удовольствие; настрій; оцінка; διάθεση; raspoloženje; ocjena; razpoloženje; настроение; оценка на деня
    気分; 評価; 満足度; 心情; 评分; 評分; 기분; 평점; المزاج; מצב רוח; suasana hati; tâm trạng
"""
_MARKUP = re.compile(r"[*_`~=]{1,3}|\[\[|\]\]")
# These patterns are matched after the signs that a line begins with.
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<text>[^*_]+)(?P=mark)[ \t]*[:：]?[ \t]*")
_LABEL = re.compile(
    r"[*_]{0,3}(?P<text>[^\W_][^:：;,.!?*_\[\]|]{0,60})[*_]{0,3}[:：][*_]{0,3}(?P<rest>.*)"
)
# Such as 2024, 6th or W41.
_NUMBER = re.compile(r"[^\W\d_]{0,2}\d+[^\W\d_]{0,2}")
_TRIMMED = " \t:：.–—-#*_"
_STARS = "★⭐🌟✭✮"
_NO_STARS = "☆✩"
_RATING = re.compile(
    r"(?:\|[ \t]*)?[*_]{0,3}[\[(]?"
    r"(?P<label>[^\W\d_][^:：|=\[\]()*_/0-9]{0,40}?)[*_]{0,3}[ \t]*(?:\([^)\n]{0,20}\))?[ \t]*"
    r"(?:[:：]{1,2}|[=|–—]|-(?=[ \t]))[ \t]*[*_]{0,3}[:：]?[ \t]*[\"']?"
    rf"(?P<value>(?P<stars>[{_STARS}][{_STARS}{_NO_STARS}\ufe0f ]*)"
    r"|(?P<number>[0-9]{1,3}(?:[.,][0-9]{1,2})?)(?![0-9:])"
    r"(?:[ \t]*(?:[/⁄∕]|out of|of|von|sur|sobre|su|de|van|av|af|uit|na)[ \t]*(?P<of>[0-9]{1,3})(?![0-9/.-])"
    # Without a scale, a word after the number means that it counts something else.
    r"|(?=[ \t]*(?:$|[^\w \t%°€$£]))))"
)


class HeadingUse(NamedTuple):
    """A heading or label: its usual spelling, and the number of texts that have it.

    `kind` is the section that its words mean, or "" if they mean something else. `is_read` is
    whether it is recognised without being named in journal.toml. `has_boxes` is whether most list
    items below it have a box. `maybe` is the section that it may mean, though its words aren't clear.
    """

    text: str
    texts: int
    kind: str
    is_read: bool
    has_boxes: bool
    maybe: str = ""

    @property
    def is_unclear(self) -> bool:
        """Whether the items below it may be meant as those of a section, but aren't read."""
        return bool(self.maybe) and not (self.maybe == FOLLOW_UP and self.has_boxes)


class RatingForm(NamedTuple):
    """How ratings are written: the label, an example, the scale, and in how many texts.

    `scale` is the highest value, or 0 if it isn't known; `low` is the lowest one. `is_in_front_matter`
    is true if the label is only in front matter.
    """

    label: str
    example: str
    low: int
    scale: int
    texts: int
    is_in_front_matter: bool = False


class Conventions(NamedTuple):
    """How a person writes, from a sample of `texts` texts.

    `headings` are those in many texts and those whose meaning is known, the most used first.
    `front_matter` is the number of texts that begin with front matter.
    """

    texts: int
    headings: tuple[HeadingUse, ...]
    ratings: tuple[RatingForm, ...]
    front_matter: int

    def of_kind(self, kind: str) -> tuple[HeadingUse, ...]:
        """Return the headings of a kind of section, "" for those of unknown meaning."""
        return tuple(heading for heading in self.headings if heading.kind == kind)

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The names of sections and the rating to write to journal.toml, most used first.

        A kind is left out if its headings are read without being named. Follow-ups are named only
        where their items have boxes: otherwise items of many years would become open follow-ups.
        """
        names: dict[str, tuple[str, ...]] = {}
        for kind in (LEARNING, FEEDBACK, FOLLOW_UP):
            found = [h for h in self.of_kind(kind) if kind != FOLLOW_UP or h.has_boxes]
            others = [h.text for h in found[1:MAX_NAMES] if not h.is_read]
            # New items are written under the first name, which must be that of the most used heading.
            given = [
                h.text
                for h in found[:1]
                if others or not h.is_read or h.texts >= self.texts * OFTEN
            ] + others
            if given and given != [english().heading(kind)]:
                names[kind] = tuple(given)
        if self.ratings and _key(self.ratings[0].label) != _key(english().rating_label):
            names["rating"] = (self.ratings[0].label,)
        return names

    @property
    def scale(self) -> tuple[int, int] | None:
        """The lowest and the highest rating; None if they aren't known, or are 0 and 10."""
        if not self.ratings or self.ratings[0].scale in (0, 10):
            return None
        return self.ratings[0].low, self.ratings[0].scale


class _Count:
    """The counts of one heading in all texts."""

    def __init__(self) -> None:
        self.texts = self.items = self.boxes = self.titles = 0
        self.spellings: Counter[str] = Counter()


class _Ratings:
    """The ratings with one label in all texts; `stars` is the highest number of stars."""

    def __init__(self) -> None:
        self.texts = self.stars = self.in_body = 0
        self.has_zero = False
        self.bare: list[float] = []
        self.labels: Counter[str] = Counter()
        self.examples: Counter[str] = Counter()
        self.scales: Counter[int] = Counter()

    def form(self) -> RatingForm:
        label, example = self.labels.most_common(1)[0][0], self.examples.most_common(1)[0][0]
        # In front matter a label is usually written in lower case.
        label, high = label[:1].upper() + label[1:], self._scale()
        low = 0 if self.has_zero or high > 10 else 1
        return RatingForm(label, example, low, high, self.texts, not self.in_body)

    def _scale(self) -> int:
        most = max(self.bare, default=0.0)
        if self.scales:
            scale, number = self.scales.most_common(1)[0]
            is_usual = number >= self.scales.total() * NEARLY_ALL and most <= scale
            return scale if is_usual else 0
        if self.stars:
            return 5 if self.stars <= 5 and most <= 5 else 10 if most <= 10 else 0
        if len(self.bare) < FEWEST_RATINGS:
            return 0
        # Ratings without a scale show which one is meant only if its upper half is used.
        if most == 5 and all(value == int(value) for value in self.bare):
            return 5
        return 10 if 5 < most <= 10 else 0


def conventions(texts: Iterable[str]) -> Conventions:
    """Find out how the writer of these texts writes; never raise."""
    headings: defaultdict[str, _Count] = defaultdict(_Count)
    ratings: defaultdict[str, _Ratings] = defaultdict(_Ratings)
    total = front_matter = 0
    for text in texts:
        total += 1
        lines = text.removeprefix("\ufeff").splitlines()
        kinds = block_kinds(lines)
        front_matter += "front-matter" in kinds[:1]
        _count_headings(lines, kinds, headings)
        _count_ratings(lines, kinds, ratings)
    return Conventions(
        total, _chosen_headings(headings, total), _chosen_ratings(ratings, total), front_matter
    )


def _count_headings(lines: list[str], kinds: list[str], headings: dict[str, _Count]) -> None:
    seen: set[str] = set()
    title = _title(lines, kinds)
    count: _Count | None = None
    for number, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind != "text" or len(line) > LONGEST_LINE or not line.strip():
            continue
        if label := _heading_of(line):
            key = _key(label)
            count = headings[key]
            if key not in seen:
                seen.add(key)
                count.texts += 1
                count.titles += number == title
                count.spellings[label] += 1
        elif count and (item := list_item(line)):
            count.items += 1
            count.boxes += bool(item.box)


def _title(lines: list[str], kinds: list[str]) -> int:
    """Return the number of the line that is the text's title, or -1.

    A title is the first line of the text and its only heading of the highest level.
    """
    title = -1
    for number, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind == "front-matter" or not line.strip():
            continue
        is_highest = kind == "text" and line.startswith("#") and opening(line).level == 1
        if title < 0:
            if not is_highest:
                return -1
            title = number
        elif is_highest:
            return -1
    return title


def _heading_of(line: str) -> str:
    """Return the words of a line that is a heading or a label, or ""."""
    signs = opening(line)
    text = line[signs.text :]
    if signs.level:
        return _plain(text)
    if outlined := heading(text):
        return _plain(outlined.text)
    if bold := _BOLD.fullmatch(text):
        return _plain(bold["text"])
    found = _LABEL.match(text)
    if not found or signs.box >= 0:
        return ""
    label = _plain(found["text"])
    if _kind(label)[0]:
        # "Lessons: one; two" has a label, too.
        return label
    # Other words before a colon are prose, unless they begin like a label and nothing follows.
    return label if not found["rest"].strip() and not label[:1].islower() else ""


def _plain(text: str) -> str:
    """Return a heading's words without markup, a number, an addition in brackets and a tag."""
    text = re.sub(r"(?:\s+#[^\s#]+)+\s*$", "", text)
    text = without_pasted_marker(_MARKUP.sub("", text).strip(), with_number=True)
    text = re.sub(r"\s*\([^()]{0,60}\)\s*:?\s*$", "", text)
    # An emoji at either end is decoration.
    text = re.sub(r"^[^\w(]+|[^\w)]+$", "", text.strip(_TRIMMED))
    return " ".join(text.split())[: LONGEST_HEADING + 1]


def _key(text: str) -> str:
    """Return a text as labels are compared: without case, and with accents composed in one way."""
    key = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    # In Turkish, the capital of i is İ, and that of ı is I; here all four are the same.
    return key.replace("i\u0307", "i").replace("ı", "i")


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {_key(name): kind for kind, names in _NAMES.items() for name in _listed(names)}


@lru_cache(maxsize=1)
def _known_ratings() -> frozenset[str]:
    return frozenset(map(_key, _listed(_RATINGS)))


def _listed(names: str) -> list[str]:
    return [name.strip() for line in names.splitlines() for name in line.split(";") if name.strip()]


def _kind(label: str) -> tuple[str, bool]:
    """Return the kind of section that a heading means, or "", and whether it is always read."""
    if kind := english().section(label):
        return kind, True
    return _known().get(_key(label), ""), False


def _is_date(text: str) -> bool:
    """Whether a heading has only numbers, weekdays and months, as titles do."""
    words = re.findall(r"[^\W_]+", text.casefold())
    names = {name.casefold() for name in (*WEEKDAYS, *MONTHS)}
    names |= {name[:3] for name in names}
    return all(word in names or _NUMBER.fullmatch(word) for word in words)


def _is_rating(text: str) -> bool:
    return _key(text) in _known_ratings()


def _chosen_headings(headings: dict[str, _Count], total: int) -> tuple[HeadingUse, ...]:
    chosen = []
    for count in headings.values():
        text = count.spellings.most_common(1)[0][0]
        kind, is_read = _kind(text)
        maybe = "" if kind else english().possible_section(text) or ""
        if maybe == LEARNING and count.texts >= FEWEST_DAYS:
            # `journal check` reports the items below it in any case.
            kind, maybe = LEARNING, ""
        fewest = total * SOME_DAYS if kind or maybe else max(FEWEST_DAYS, total * MANY_DAYS)
        is_title = count.titles * 2 > count.texts or len(text) > LONGEST_HEADING or _is_date(text)
        if text and count.texts >= fewest and (kind or not (is_title or _is_rating(text))):
            has_boxes = count.boxes * 2 > count.items
            chosen.append(HeadingUse(text, count.texts, kind, is_read, has_boxes, maybe))
    return tuple(sorted(chosen, key=lambda heading: (-heading.texts, heading.text)))


def _count_ratings(lines: list[str], kinds: list[str], ratings: dict[str, _Ratings]) -> None:
    seen: set[str] = set()
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "code" or len(line) > LONGEST_LINE:
            continue
        found = _RATING.match(text_of(line))
        if not found:
            continue
        label = " ".join(found["label"].strip(_TRIMMED).split())
        key = _key(label)
        # A label of unknown meaning is a number of something else, such as steps or pages.
        if key not in _known_ratings():
            continue
        count = ratings[key]
        count.in_body += kind != "front-matter"
        if key in seen:
            continue
        seen.add(key)
        count.texts += 1
        count.labels[label] += 1
        if stars := found["stars"]:
            full, empty = sum(map(stars.count, _STARS)), sum(map(stars.count, _NO_STARS))
            count.stars = max(count.stars, full)
            if empty:
                count.scales[full + empty] += 1
        else:
            value = float(found["number"].replace(",", "."))
            count.has_zero = count.has_zero or value < 1
            if found["of"]:
                count.scales[int(found["of"])] += 1
            else:
                count.bare.append(value)
        count.examples[f"{label}: {found['value'].strip()}"] += 1


def _chosen_ratings(ratings: dict[str, _Ratings], total: int) -> tuple[RatingForm, ...]:
    forms = [count.form() for count in ratings.values() if count.texts >= total * SOME_DAYS]
    own = _key(english().rating_label)
    # The app's own label comes first: where it is used, other labels may rate something else.
    return tuple(
        sorted(forms, key=lambda form: (not _key(form.label).startswith(own), -form.texts))
    )
