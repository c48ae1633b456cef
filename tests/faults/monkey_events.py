"""The events of the monkey: generate them from a seed, and shrink a list of them that fails."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

MODES = ("anything", "find", "pace", "stuck")
LENGTHS = {"anything": (300, 900), "find": (250, 700), "pace": (120, 400), "stuck": (30, 120)}
"""The least and the greatest number of events in a session, by mode."""

Item = TypeVar("Item")


class Event(NamedTuple):
    """One thing done to the app; afterwards the terminal is read for `pause` seconds.

    start   [columns, rows, number of the day's file or None, whether the terminal answers queries]
    send    the characters; bytes that aren't valid UTF-8 are lone surrogates
    typed   the same, for keys reported as repeated or released, which the app doesn't request
    mouse   [button, x, y, "M" or "m"], x and y as parts of the size, from 0 up to 1
    resize  [columns, rows]
    stop    seconds between SIGSTOP and SIGCONT
    suspend None: the key that suspends, then SIGCONT once it is stopped
    clock   seconds by which the clock jumps; None: to a second before midnight
    outside what another program does to the file: append, rewrite, delete or conflict
    disk    "fail": nothing can be saved in the journal; "mend"
    stall   seconds during which the terminal is not read
    rest    None: the app has to become idle, and to answer
    token   whether to save after it: back to the page, then a word that is to be found again
    unseen  None: a word typed right after a token, while nothing is read
    end     [how, whether the way back to the page is walked and a word typed just before]
    """

    kind: str
    value: Any = None
    pause: float = 0.0
    label: str = ""


def dumps(events: Sequence[Event]) -> str:
    """Return the events as JSON, one a line."""
    return "[\n" + ",\n".join(json.dumps(list(event)) for event in events) + "\n]\n"


def loads(text: str) -> list[Event]:
    """Return the events in JSON that `dumps` wrote."""
    return [Event(*parts) for parts in json.loads(text)]


_ARROWS = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
_TILDES = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6} | {
    f"f{number}": code for number, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
}  # fmt: skip
_PLAIN = {"escape": (27, "\x1b"), "enter": (13, "\r"), "tab": (9, "\t"), "backspace": (127, "\x7f")}
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def encode(key: str, kitty: bool = False, event_type: int = 0) -> str:
    """Return what a terminal sends for a key such as `a`, `ctrl+a`, `alt+left` or `f3`.

    In the kitty protocol all keys are reported with their text, as the app requests.
    """
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    bits = sum(_MODIFIERS[modifier] for modifier in modifiers)
    kind = f":{event_type}" if event_type else ""
    middle = f"1;{bits + 1}{kind}" if bits or kind else ""
    if name in _ARROWS:
        return f"\x1b[{middle}{_ARROWS[name]}"
    if name in _TILDES:
        return f"\x1b[{_TILDES[name]}{middle[1:]}~"
    if name in ("f1", "f2", "f3", "f4"):
        final = "PQRS"[int(name[1]) - 1]
        return f"\x1b[{middle}{final}" if middle else f"\x1bO{final}"
    code, legacy = _PLAIN[name] if name in _PLAIN else (ord(name), name)
    if kitty or event_type:
        text = ";" + ":".join(str(ord(c)) for c in name) if name not in _PLAIN and not bits else ""
        modified = str(bits + 1) if bits or kind else ""
        return f"\x1b[{code};{modified}{kind}{text}u" if modified or text else f"\x1b[{code}u"
    if "ctrl" in modifiers:
        legacy = chr(ord(legacy.lower()) & 31)
    if key == "shift+tab":
        return "\x1b[Z"
    return "\x1b" + legacy if "alt" in modifiers else legacy


def typed(text: str, kitty: bool = False) -> str:
    """Return what a terminal sends while this text is typed."""
    return "".join(encode(c, True) for c in text) if kitty else text


_ANY_KEYS = [
    *_ARROWS, *_TILDES, *_PLAIN, "f1", "f2", "f3", "f4", "shift+tab", "alt+left", "alt+right", "alt+up",
    "alt+down", "shift+up", "shift+down", "shift+left", "shift+right", "ctrl+left", "ctrl+right",
    "ctrl+home", "ctrl+end", "shift+home", "shift+end",
]  # fmt: skip
# Without ctrl+q, which ends the app, and ctrl+\, which is an event of its own.
_ANY_CONTROLS = [f"ctrl+{c}" for c in "abcdefgklnoprstuvwxyz_^"]
_FIND_KEYS = [
    "up", "down", "pageup", "pagedown", "f2", "f3", "f4", "f6", "f7", "f8", "f9", "f10", "f12", "tab", "shift+tab",
    "alt+left", "alt+right", "alt+up", "alt+down", "ctrl+home", "ctrl+end", "f1", "enter", "enter", "left", "right",
]  # fmt: skip
_FIND_CONTROLS = [f"ctrl+{c}" for c in "bcfglnprs"]
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 -#@:;,.()[]/\"'"
_WORDS = [
    "vendor", "#site-visit", "@colm", "rating:>=8", '"old machines"', "in:learning", "date:2026", "-contract",
    "(a OR b)", "##", "- ", "- [ ] x", "Enjoyment: 9/10", "[x](http://a.b)", "`c`", "> q", "é", "日本語", "👩‍👩‍👧",
    "\u0301", "\u200b", "| a | b |", "---", "```", "1. a", "* b", "\\", "\udcff\udcfe",
]  # fmt: skip
_QUERIES = [
    "v", "e", "a", "vendor ", "#", "@", "rating:>=8 ", "in:", "in:learning ", "date:2026 ", "zz", " ", "OR ", '"',
]  # fmt: skip
_COMMANDS = [
    "theme", "earlier", "trash", "conf", "delete", "save this", "links", "problems", "notes", "find", "convert",
    "light", "dark", "calendar", "learned", "tick", "point", "rate", "date", "help", "save se", "read", "external",
]  # fmt: skip
_BREAKPOINTS = (60, 75, 76, 80, 99, 100, 101, 129, 130, 131, 140, 150)
_DRAGGED = (80, 90, 99, 100, 131, 140, 150)
_ESCAPES = "\x1b[31mred\x1b[0m\x1b]0;title\x07\x1b[2J\x1bP1q\x1b\\\x9b1m"


class _Monkey:
    """A source of random events for one session."""

    def __init__(self, mode: str, seed: int, session: int) -> None:
        self.mode = mode
        self.chance = random.Random(f"{mode}/{seed}/{session}")
        self.protocol = self.chance.choice(["legacy", "kitty", "mixed"])

    def session(self) -> list[Event]:
        """Return all events of a session, from the start to the end of the app."""
        chance, made = self.chance, [self.start()]
        length, until_token, until_rest = chance.randint(*LENGTHS[self.mode]), 40, 10
        while len(made) < length:
            done = self.anything()
            made += done
            until_rest -= len(done)
            until_token -= len(done)
            if until_rest <= 0:
                made.append(Event("rest"))
                until_rest = chance.randint(6, 15)
            if until_token <= 0:
                made.append(Event("token", chance.random() < 0.4))
                until_token = chance.randint(25, 70)
        if chance.random() < 0.8:
            made.append(Event("disk", "mend"))
        return made + self.ending()

    def start(self) -> Event:
        """Return the event that starts the app: the size of the terminal, and a day."""
        chance = self.chance
        columns = chance.choice([60, 80, 100, 120, 131, 160])
        day = chance.randrange(1000) if chance.random() < 0.4 else None
        answers = chance.random() < 0.4
        return Event("start", [columns, chance.choice([24, 36, 50]), day, answers], 0.1)

    def ending(self) -> list[Event]:
        """Return the events that end the app: by quitting or not, on the page or any screen."""
        chance = self.chance
        how = chance.choice(["quit", "quit", "kill", "hup", "close", "term"])
        is_stuck = self.mode == "stuck" and chance.random() < 0.6
        is_walked = not is_stuck and chance.random() < 0.5
        made = [Event("rest")] if not is_stuck and chance.random() < 0.7 else []
        if is_stuck:
            made += [Event("token", False), Event("stall", 60.0), Event("unseen", None, 0.1)]
            for _ in range(chance.randint(0, 20)):
                # Only events that can't delete the word again.
                made += self.filling([self.letter, self.resize, self.storm])
        return [*made, Event("end", [how, is_walked])]

    def anything(self) -> list[Event]:
        """Return the next events, drawn by the weights of the mode."""
        makers, weights = zip(*_WEIGHTS[self.mode], strict=True)
        events: list[Event] = self.chance.choices(makers, weights)[0](self)
        if self.mode == "pace":
            return [self.paced(event) for event in events]
        return events

    def paced(self, event: Event) -> Event:
        """Return an event at a person's speed; a key that is held down repeats every 33 ms."""
        if event.pause >= 0.03:
            return event
        return event._replace(pause=round(self.chance.uniform(0.03, 0.06), 3))

    def pause(self) -> float:
        return self.chance.choice([0, 0, 0.002, 0.005, 0.01, 0.02])

    def is_kitty(self) -> bool:
        return self.protocol == "kitty" or (self.protocol == "mixed" and self.chance.random() < 0.5)

    def key(self, name: str, pause: float | None = None) -> Event:
        """Return the event of one key press."""
        data = encode(name, self.is_kitty())
        return Event("send", data, self.pause() if pause is None else pause, name)

    def letter(self) -> list[Event]:
        return [self.key(self.chance.choice(_LETTERS))]

    def word(self) -> list[Event]:
        word = self.chance.choice(_WORDS)
        return [
            Event("send", typed(word, self.is_kitty() and word.isprintable()), self.pause(), word)
        ]

    def any_key(self) -> list[Event]:
        return [self.key(self.chance.choice(_ANY_KEYS))]

    def any_control(self) -> list[Event]:
        return [self.key(self.chance.choice(_ANY_CONTROLS))]

    def query(self) -> list[Event]:
        words = self.chance.choice([*_QUERIES, "\x7f", "\x15"])
        return [Event("send", words, self.pause(), words)]

    def find_key(self) -> list[Event]:
        return [self.key(self.chance.choice(_FIND_KEYS + _FIND_CONTROLS))]

    def opening(self) -> list[Event]:
        """Leave the screen, open Find or a dialog, and do something in it."""
        chance = self.chance
        made = [
            self.key("escape", chance.choice([0.02, 0.12])) for _ in range(chance.randint(0, 3))
        ]
        made.append(
            self.key(
                chance.choice(["ctrl+l", "ctrl+l", "ctrl+n", "ctrl+r", "ctrl+g", "f9", "f8", "f1"])
            )
        )
        inside = [self.query, self.find_key, self.letter, self.resize]
        for _ in range(chance.randint(1, 5)):
            made += chance.choice(inside)()
        return made

    def dialog(self) -> list[Event]:
        """Answer a dialog and press a key of the app, all at once."""
        chance = self.chance
        opened = chance.choice(["ctrl+n", "ctrl+r", "ctrl+g", "f8", "ctrl+l", "f9", "ctrl+b"])
        words = chance.choice(["hello", "7", "yesterday", "n", "zz", ""])
        made = [self.key(opened, chance.choice([0, 0.05, 0.2]))]
        made.append(Event("send", words, chance.choice([0, 0.05]), words))
        data = encode("enter") + encode(
            chance.choice(["ctrl+p", "enter", "escape", "ctrl+l", "f1", "ctrl+n", "tab"])
        )
        return [*made, Event("send", data, self.pause(), "enter and a key at once")]

    def pair(self) -> list[Event]:
        """Press two keys at once."""
        chance = self.chance
        names = [chance.choice(_ANY_KEYS + _ANY_CONTROLS + ["ctrl+p", "escape"]) for _ in range(2)]
        kitty = self.is_kitty()
        return [
            Event("send", "".join(encode(n, kitty) for n in names), self.pause(), "+".join(names))
        ]

    def repeat(self) -> list[Event]:
        """Hold down a key."""
        chance = self.chance
        name = chance.choice(
            [
                "alt+left",
                "alt+right",
                "f3",
                "down",
                "tab",
                "enter",
                "pagedown",
                "left",
                "x",
                "backspace",
                "escape",
            ]
        )
        pause = 0.033 if self.mode == "pace" else chance.choice([0, 0.005, 0.033])
        kitty = self.is_kitty()
        made = [self.key(name, pause)]
        for _ in range(chance.randint(2, 12)):
            if kitty and chance.random() < 0.1:
                made.append(Event("typed", encode(name, True, 2), pause, f"{name} repeated"))
            else:
                made.append(self.key(name, pause))
        return made

    def release(self) -> list[Event]:
        """Press a key that is reported twice: when pressed and when released."""
        name = self.chance.choice(["a", "enter", "down", "f3", "ctrl+n", "escape", "pageup"])
        return [
            Event("typed", encode(name, True, 1), self.pause(), f"{name} down"),
            Event("typed", encode(name, True, 3), self.pause(), f"{name} up"),
        ]

    def mouse(self) -> list[Event]:
        chance = self.chance
        button = chance.choice([0, 0, 0, 1, 2, 64, 65, 64, 65, 66, 67, 35, 4, 16])
        x, y = round(chance.random(), 3), round(chance.random(), 3)
        made = [Event("mouse", [button, x, y, "M"], self.pause(), f"mouse {button}")]
        if button < 32:
            made.append(Event("mouse", [button, x, y, "m"], self.pause(), f"mouse {button} up"))
        return made

    def drag(self) -> list[Event]:
        chance = self.chance
        at = [round(chance.random(), 3) for _ in range(2)]
        made = [Event("mouse", [0, *at, "M"], self.pause(), "press")]
        for _ in range(chance.randint(1, 8)):
            at = [min(0.999, max(0.0, round(c + chance.uniform(-0.15, 0.15), 3))) for c in at]
            made.append(Event("mouse", [32, *at, "M"], self.pause(), "drag"))
        return [*made, Event("mouse", [0, *at, "m"], self.pause(), "release")]

    def clicks(self) -> list[Event]:
        """Click twice at one point, 10 ms apart."""
        made = []
        at = [round(self.chance.random(), 3) for _ in range(2)]
        for _ in range(2):
            made += [
                Event("mouse", [0, *at, "M"], 0.0, "click"),
                Event("mouse", [0, *at, "m"], 0.01, "up"),
            ]
        return made

    def size(self) -> list[int]:
        chance = self.chance
        return chance.choice([
            [chance.choice(_BREAKPOINTS), chance.choice([24, 36])],
            [chance.randint(1, 200), chance.randint(1, 60)],
            [chance.randint(1, 30), chance.randint(1, 10)],
            [140, 40],
        ])  # fmt: skip

    def resize(self) -> list[Event]:
        size = self.size()
        return [Event("resize", size, self.pause(), "{}x{}".format(*size))]

    def storm(self) -> list[Event]:
        """Switch between two sizes every few milliseconds."""
        chance, sizes = self.chance, [self.size(), self.size()]
        made = []
        for number in range(chance.randint(2, 12)):
            size = sizes[number % 2]
            made.append(
                Event("resize", size, round(chance.uniform(0.0, 0.005), 4), "{}x{}".format(*size))
            )
        return made

    def typing_in_a_dragged_window(self) -> list[Event]:
        chance, rows = self.chance, self.chance.choice([24, 40])
        made = []
        for _ in range(chance.randint(8, 30)):
            columns = chance.choice(_DRAGGED)
            made.append(self.key(chance.choice("abcdefgh "), 0.0))
            made.append(
                Event(
                    "resize",
                    [columns, rows],
                    round(chance.uniform(0.004, 0.02), 4),
                    f"{columns}x{rows}",
                )
            )
        return made

    def paste(self) -> list[Event]:
        chance = self.chance
        text = chance.choice([
            "a\nb\nc", "x" * 500, "\t- [ ] y due:2026-01-01\r\n", "", "# Day 5\n\n## Learning points\n- q\n",
            "".join(chance.choice("aé日\n \t#@-*`[]") for _ in range(200)), _ESCAPES, "- one\n" * 60,
        ])  # fmt: skip
        kind = chance.choice(["bracketed", "bracketed", "raw", "unfinished", "end only"])
        if kind == "raw":
            return [Event("send", text.replace("\x1b", ""), self.pause(), "raw paste")]
        if kind == "end only":
            return [Event("send", "\x1b[201~", self.pause(), "the end of a paste")]
        made = [Event("send", "\x1b[200~" + text, 0.0, f"{kind} paste")]
        if kind == "unfinished":
            for _ in range(chance.randint(1, 5)):
                made.append(Event("send", chance.choice("abc \r"), self.pause(), "a key within"))
            made.append(Event("resize", [chance.choice(_DRAGGED), 30], 0.01, "resized within"))
        return [*made, Event("send", "\x1b[201~", self.pause(), "its end")]

    def focus(self) -> list[Event]:
        name = self.chance.choice(["I", "O"])
        return [Event("send", f"\x1b[{name}", self.pause(), f"focus {name}")]

    def answer(self) -> list[Event]:
        return [
            Event(
                "send",
                self.chance.choice(["\x1b[?2026;2$y", "\x1b[?2026;0$y", "\x1b[?2048;0$y"]),
                0.0,
                "answer",
            )
        ]

    def palette(self) -> list[Event]:
        """Search for a command by a few letters, then run it or leave the palette."""
        chance = self.chance
        words = chance.choice(_COMMANDS)
        wait = chance.choice([0.0, 0.05, 0.2, 0.4])
        made = [self.key("ctrl+p", chance.choice([0.0, 0.05, 0.2]))]
        if chance.random() < 0.2:
            made.append(
                self.key(chance.choice(["pageup", "pagedown", "down", "ctrl+p", "escape"]), 0.0)
            )
        made.append(Event("send", words, wait, f"palette {words}"))
        end = chance.choice(
            [
                "enter",
                "enter",
                "escape",
                "down enter",
                "enter enter",
                "escape ctrl+p",
                "enter ctrl+p",
            ]
        )
        return [
            *made,
            Event("send", "".join(encode(key) for key in end.split()), self.pause(), end),
        ]

    def stop(self) -> list[Event]:
        return [
            Event("stop", self.chance.choice([0.01, 0.1, 0.3]), self.pause(), "SIGSTOP SIGCONT")
        ]

    def suspend(self) -> list[Event]:
        return [Event("suspend", None, 0.05, "suspended and back")]

    def clock(self) -> list[Event]:
        value = self.chance.choice([None, None, 3600, -3600, 86_400, -86_400, 3 * 86_400])
        return [
            Event("clock", value, self.pause(), "midnight" if value is None else f"clock {value}")
        ]

    def outside(self) -> list[Event]:
        what = self.chance.choice(["append", "append", "rewrite", "delete", "conflict"])
        made = [Event("outside", what, self.pause(), f"outside {what}")]
        return made + (self.focus() if self.chance.random() < 0.5 else [])

    def disk(self) -> list[Event]:
        made = [Event("disk", "fail", 0.0, "saves fail")]
        for _ in range(self.chance.randint(1, 8)):
            made += self.chance.choice([self.letter, self.any_control, self.find_key])()
        made.append(self.key("ctrl+s"))
        return (
            [*made, Event("disk", "mend", 0.0, "saves work")]
            if self.chance.random() < 0.7
            else made
        )

    def stall(self) -> list[Event]:
        """Leave the terminal unread for a while, during other events."""
        chance = self.chance
        seconds = round(chance.uniform(0.2, 3.0), 2)
        made = [Event("stall", seconds, 0.0, f"not read for {seconds} s")]
        for _ in range(chance.randint(1, 15)):
            made += self.filling()
        return [*made, Event("rest")]

    def filling(self, makers: "Sequence[Callable[[], list[Event]]]" = ()) -> list[Event]:
        """Return events that make the app write much output."""
        any_of = [self.letter, self.resize, self.any_key, self.repeat, self.storm, self.word]
        made = self.chance.choice(makers or any_of)()
        return [event._replace(pause=max(event.pause, 0.01)) for event in made[:6]]


_Maker = Callable[[_Monkey], list[Event]]
_M = _Monkey
_WEIGHTS: dict[str, list[tuple[_Maker, float]]] = {
    "anything": [
        (_M.letter, 20), (_M.word, 8), (_M.any_key, 22), (_M.any_control, 12), (_M.mouse, 8), (_M.drag, 2),
        (_M.clicks, 1), (_M.resize, 6), (_M.storm, 1.5), (_M.typing_in_a_dragged_window, 0.7), (_M.paste, 3),
        (_M.focus, 2), (_M.answer, 0.5), (_M.palette, 2), (_M.pair, 4), (_M.dialog, 1.5), (_M.repeat, 2),
        (_M.release, 0.5), (_M.stop, 1), (_M.suspend, 0.5), (_M.clock, 1), (_M.outside, 2), (_M.disk, 0.6),
    ],
    "find": [
        (_M.opening, 20), (_M.query, 20), (_M.find_key, 22), (_M.letter, 5), (_M.resize, 10), (_M.storm, 1.5),
        (_M.mouse, 10), (_M.clicks, 1.5), (_M.focus, 3), (_M.palette, 6), (_M.pair, 3), (_M.dialog, 5),
        (_M.outside, 1), (_M.repeat, 1), (_M.clock, 0.5),
    ],
    "pace": [
        (_M.letter, 30), (_M.word, 6), (_M.any_key, 18), (_M.any_control, 6), (_M.find_key, 8), (_M.opening, 3),
        (_M.query, 3), (_M.mouse, 6), (_M.drag, 2), (_M.resize, 3), (_M.typing_in_a_dragged_window, 0.3),
        (_M.paste, 2), (_M.focus, 2), (_M.palette, 2), (_M.pair, 2), (_M.dialog, 2), (_M.repeat, 4),
        (_M.stop, 0.5), (_M.suspend, 0.5), (_M.clock, 0.5), (_M.outside, 1.5), (_M.disk, 0.4),
    ],
    "stuck": [
        (_M.letter, 20), (_M.any_key, 10), (_M.find_key, 8), (_M.mouse, 4), (_M.resize, 4), (_M.opening, 3),
        (_M.paste, 2), (_M.palette, 2), (_M.stall, 4), (_M.stop, 1), (_M.outside, 1), (_M.disk, 0.5),
    ],
}  # fmt: skip


def generate(mode: str, seed: int, session: int) -> list[Event]:
    """Return the events of one session, which depend on the arguments alone."""
    return _Monkey(mode, seed, session).session()


def shrink(items: Sequence[Item], fails: Callable[[list[Item]], bool]) -> list[Item]:
    """Return a shorter list that still fails, by leaving out ever smaller parts (ddmin).

    It no longer fails if any one item is left out. `fails` isn't called with all items.
    """
    kept, parts = list(items), 2
    while len(kept) > 1:
        for rest in _without_each(kept, parts):
            if fails(rest):
                kept, parts = rest, max(parts - 1, 2)
                break
        else:
            if parts >= len(kept):
                break
            parts = min(parts * 2, len(kept))
    return kept


def _without_each(items: list[Item], parts: int) -> Iterator[list[Item]]:
    """Yield the list without one of its `parts` parts, from the last part to the first."""
    bounds = [len(items) * n // parts for n in range(parts + 1)]
    for number in reversed(range(parts)):
        yield items[: bounds[number]] + items[bounds[number + 1] :]
