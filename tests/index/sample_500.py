"""A journal of 500 random entries, the same each time, with everything that an entry may contain.

The last of them are the notes of weeks, months, quarters and years.

It has few different words, so that phrases are found and several conditions are met at once.
"""

from datetime import date, timedelta
from random import Random

from tests.index.index_fixture import Place

START = date(2011, 3, 1)
TODAY = date(2015, 11, 20)
COUNT = 500
TOML = 'name = "Five hundred"\nstart = 2011-03-01\ncount = "workdays"\n'
WORDS = [
    "plan", "planning", "plans", "vendor", "vendors", "the", "a", "of", "in", "depot", "machines", "report", "airport",
    "silence", "contract", "late", "Åse", "ase", "été", "Straße", "don't", "well-known", "x_y", "10%", "2014", "7",
    "漢字", "かな", "Привет", "हिन्दी", "ﷺ", "½", "x²", "naïve", "ﬁne", "İstanbul", "Søren", "Łódź", "æra",
    "Daten\u00adschutz", "datenschutz", "lodz", "zero\u200bwidth", "wellknown", "follow-up", "followup", "C++", "C#",
    "c", ".NET", "foo.py", "86,000", "86000", "86.000", "1,234.56", "£86,000", "86.000 €", "👍", "50 %", "3.11", "re-read-it",
]  # fmt: skip
PHRASES = [
    "the old machines at the depot",
    "the plan of the vendor",
    "silence of the vendor",
    "a late report",
    "in the",
    "don't plan the plan",
    "漢字 かな plan",
    "Åse was late",
    "ﷺ the report",
]
MENTIONS = [
    "#plan", "#plan/q3", "#plan/q3/deep", "#planning", "#site-visit", "#late", "#x", "#Été", "#हिन्दी", "@jo", "@jo.m", "@Åse", "@colm",
]  # fmt: skip
CUSTOMERS = ["#customer/depot", "#customer/lab", "#customer/Åse", "#customer/lab/north"]
# Texts that look like mentions and aren't, or only in part.
TRAPS = [
    "`#code`", "<x@y.org>", "https://a.org/#plan", "[#plan](b)", "[[#plan]]", "`a; #plan`", "a@b.org", "\\#plan",
    "[plan; #late](x)", "#jo;@plan", "&amp; #1", "**#plan**", "_@jo_", "#plan-", "*plan*", "## plan", "10)",
]  # fmt: skip
SLUGS = [
    "-service-review",
    "-service-review-autumn",
    "-visit",
    "-visitors",
    " Monday",
    " The Depot",
    "-Übung",
    "-service",
]
KINDS = [
    "service-review",
    "service",
    "visit",
    "monday",
    "übung",
    "retro",
    "one-to-one",
    "the-depot",
    "nothing",
    "week",
    "month",
    "period",
]
PERIODS = [
    *(f"2012/2012-W{week:02d}" for week in range(1, 53, 3)),
    *(f"weekly/2013W{week:02d}" for week in range(1, 53, 4)),
    *(
        "2012/2012-01",
        "2012-01 plan",
        "2012_06",
        "2013-10",
        "2013-12 the plan",
        "2014-01",
        "2014-02",
    ),
    *(
        "2012-Q1",
        "2013-Q4",
        "a/b/2013-Q4",
        "2014Q2",
        "2012",
        "2013",
        "2014",
        "2015-W01",
        "2011-W52",
    ),
]


class Writer:
    """A writer of random entries."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.number = 1

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def line(self, most: int = 8) -> str:
        """Return a few words, sometimes with a phrase, a mention or a trap among them."""
        found = self.random.choices(WORDS, k=self.random.randint(1, most))
        for share, listed in ((0.4, PHRASES), (0.3, MENTIONS), (0.08, TRAPS)):
            if self.chance(share):
                found.insert(self.random.randint(0, len(found)), self.random.choice(listed))
        sign = self.random.choice(["", "", ".", "!", ",", " –"])
        return " ".join(found) + sign

    def items(self, most: int, nested: float = 0.2) -> str:
        """Return a list, in which some items have nested items or a continuation line."""
        marker = self.random.choice(["- ", "- ", "* ", "1. "])
        listed = []
        for _ in range(self.random.randint(1, most)):
            listed.append(marker + self.line())
            if self.chance(0.1):
                listed.append(" " * len(marker) + self.line(3))
            if self.chance(nested):
                listed.append(
                    " " * len(marker) + "- " + (self.task() if self.chance(0.6) else self.line())
                )
        return "\n".join(listed)

    def task(self) -> str:
        """Return a follow-up, open or done, with or without a due date."""
        due = TODAY + timedelta(self.random.randint(-400, 100))
        box = "[x]" if self.chance(0.3) else "[ ]"
        said = self.random.choice(
            [f" due:{due}", f" due:{due}", "", "", " due:friday", " due:2014-02-31"]
        )
        return f"{box} {self.line(4)}{said}"

    def rating(self) -> str:
        value = self.random.choice(
            ["9", "8", "7.5", "7,5", "0", "10", "3½", "6", "9.25", "6.123456789", "11", "?"]
        )
        label = self.random.choice(
            [
                "Enjoyment: ",
                "Enjoyment ",
                "**Enjoyment:** ",
                "Today's enjoyment rating: ",
                "## Enjoyment: ",
                "- Enjoyment: ",
            ]
        )
        behind = self.random.choice(["/10", "/10", " out of 10", "", "/5"])
        remark = self.random.choice(
            ["", f" – {self.line(4)}", f", {self.line(4)}", f" – {self.line(3)}\n{self.line(3)}"]
        )
        return label + value + behind + remark

    def front(self) -> str:
        """Return front matter, which is sometimes broken."""
        tags = self.random.choice(
            ["[plan, 'two words']", "\n- Été\n- 'a!b'", "plan late", "['&~', \"#x y\", UP]"]
        )
        lines = [f"tags: {tags}"] * self.chance(0.6)
        kinds = ["service-review", "Service Review", "retro", "one-to-one", "[a]", "Übung", "''"]
        lines += [f"kind: {self.random.choice(kinds)}"] * self.chance(0.5)
        lines += [
            f"{self.random.choice(['rating', 'enjoyment'])}: {self.random.choice(['8', '4.5 – slow', 'good', '12'])}"
        ] * self.chance(0.4)
        lines += ["broken: ["] * self.chance(0.05)
        return "---\n" + "\n".join(lines) + "\n---\n\n"

    def title(self) -> str:
        """Return a title as a heading or first line, with or without a number, long, or none."""
        self.number += self.random.randint(1, 3)
        said = self.random.choice(
            [
                f"Day {self.number} – {self.line(3)}",
                f"Day {self.number}",
                self.line(4),
                self.line(60),
                "Day 168",
            ]
        )
        return self.random.choice(
            [f"# {said}", f"# {said}", f"## {said}", said, f"{said}\n====", ""]
        )

    def paragraph(self) -> str:
        return self.random.choice(
            [
                lambda: "\n".join(self.line() for _ in range(self.random.randint(1, 3))),
                lambda: "\n".join(self.line() for _ in range(self.random.randint(1, 3))),
                lambda: f"## {self.line(3)}\n\n{self.line()}",
                lambda: "- " + self.task(),
                lambda: f"> {self.line()}\n> - {self.task()}",
                lambda: f"```\n{self.line()}\n# plan\n- [ ] the\n```",
                lambda: self.items(3),
                lambda: f"    {self.line()}",
                lambda: f"| {self.line(2)} | {self.line(2)} |",
            ]
        )()

    def section(self) -> str:
        listed = "; ".join(self.line(4) for _ in range(self.random.randint(1, 3)))
        return self.random.choice(
            [
                lambda: f"## Learning points\n\n{self.items(4)}",
                lambda: f"## Learning points\n\n{self.items(4)}",
                lambda: f"**Learning points for today:**\n{self.items(3)}",
                lambda: f"Learning points: {listed}; and {self.line(3)}.",
                lambda: f"Learning points: {listed}\n{self.line(3)}; {self.line(3)}",
                lambda: f"## Feedback\n\n{self.items(3)}",
                lambda: f"## Follow-ups\n\n{self.items(3)}\n- {self.task()}",
                lambda: f"## Lessons learned\n\n{self.line()}\n\n{self.items(2)}\n\n{self.line()}",
            ]
        )()

    def text(self) -> str:
        """Return the text of an entry of any form."""
        if self.chance(0.03):
            return self.random.choice(["", "\n", " \n\t\n", "#", "- [ ]", "---\n---\n", "\ufeff"])
        pieces = [self.title()]
        pieces += [self.paragraph() for _ in range(self.random.randint(0, 4))]
        pieces += [self.section() for _ in range(self.random.choice([0, 1, 1, 1, 2, 3]))]
        pieces += [self.rating()] * self.chance(0.7)
        pieces += [self.paragraph()] * self.chance(0.15)
        if self.chance(0.1):
            self.random.shuffle(pieces)
        between = self.random.choice(["\n\n"] * 6 + ["\n", "\n\n\n"])
        text = between.join(filter(None, pieces)) + self.random.choice(["\n", "", "\n\n"])
        text = self.front() + text if self.chance(0.25) else text
        ending = self.random.choice(["\n"] * 12 + ["\r\n"] * 3 + ["\r"])
        return self.random.choice([""] * 30 + ["\ufeff"]) + text.replace("\n", ending)

    def customer(self, day: date) -> str:
        """Return what a customer said, in any stage."""
        name, theme = (self.random.choice(listed) for listed in (CUSTOMERS, MENTIONS))
        stages = [
            "",
            "  - [ ] plan",
            f"  - [x] plan done:{day}",
            f"  - told {day}",
            "  - [-] no – late",
        ]
        stages += [f"  - [x] a report\n  - confirmed {day + timedelta(9)}"]
        said = [f"- {self.line(5)} {theme}\n{self.random.choice(stages)}" for _ in range(2)]
        return f"\n\n{name}\n\n## Frustrations\n\n" + "\n".join(said) + "\n"


def write(place: Place) -> None:
    """Write the 500 entries and journal.toml."""
    writer, day, count = Writer(2014), START - timedelta(20), 0
    visits = Writer(2015)
    (place.root / "journal.toml").write_text(TOML, "utf-8")
    while count < COUNT - len(PERIODS):
        day += timedelta(writer.random.choice([1, 1, 2, 3, 5, 9]))
        folder = writer.random.choice([f"{day.year}/"] * 9 + ["", "a/b/"])
        first = writer.random.choice([""] * 12 + SLUGS)
        files = [first]
        if writer.chance(0.15):
            files += writer.random.sample(
                [slug for slug in SLUGS if slug != first], writer.random.randint(1, 2)
            )
        for rest in files[: COUNT - len(PERIODS) - count]:
            text = writer.text()
            if count % 9 == 0:
                text += visits.customer(day)
            data = text.encode()
            if writer.chance(0.01):
                data += b" plan \xff\xfe late\n"
            place.put(f"{folder}{day.isoformat()}{rest}.md", data)
            count += 1
    for name in PERIODS:
        place.put(f"{name}.md", writer.text())


def number(day: date) -> int | None:
    """Count the days from Monday to Friday since the start, as journal.toml asks for."""
    if day < START or day.weekday() > 4:
        return None
    return sum((START + timedelta(n)).weekday() < 5 for n in range((day - START).days + 1))
