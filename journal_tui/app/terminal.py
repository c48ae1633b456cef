"""The terminal on Linux and macOS: written to without waiting, read to its end, and always restored."""

import os
import select
import signal
import termios
import threading
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

BEHIND_BYTES = 128 * 1024
"""So much unwritten output means that the terminal is stuck or slow: painting waits until it is written."""
MOST_BYTES = 16 * 1024 * 1024
"""More output than this is thrown away: a terminal that is stuck for hours must not take all memory."""
FINISH_SECONDS = 0.3
"""How long the last output may take; what a stuck terminal has not read by then is thrown away."""
PASTE_SECONDS = 2.0
"""A bracketed paste that stops for so long is taken to be complete: its end was lost."""
PASTE_BEGIN, PASTE_END = "\x1b[200~", "\x1b[201~"

CUT_OFF = "\x1b\\"
"""Ends a sequence that may have been cut off."""
RESTORE = "".join(
    (
        "\x1b[?2026l",  # synchronised output
        "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l",  # mouse
        "\x1b[?2004l",  # bracketed paste
        "\x1b[?2048l",  # sizes told in the input
        "\x1b[?1004l",  # focus
        "\x1b[<u",  # the Kitty keyboard protocol, which belongs to the alternate screen
        "\x1b[?7h",  # line wrap
        "\x1b[?1049l",  # the main screen
        "\x1b[?25h",  # the cursor
        "\x1b[0m",
    )
)
"""Undoes all that Textual's driver, or a frame that was cut off, may have set."""


class OutputThread(threading.Thread):
    """Write to a terminal in the background; `write` never waits, whatever the terminal does.

    Textual 8.2's own thread has a queue of 30 writes: a terminal that isn't read fills it, and the
    app waits in `put`, for ever once the thread has died of a closed terminal.
    """

    def __init__(self, file: Any, caught_up: Callable[[], object] = lambda: None) -> None:
        super().__init__(daemon=True, name="textual-output")
        self._file = file
        self._descriptor = _open_without_waiting(file.fileno())
        self._caught_up = caught_up
        self._waiting: deque[bytes] = deque()
        self._unwritten = 0
        self._changed = threading.Condition()
        self._is_ending = self._wants_to_know = False
        self.is_broken = False
        """Whether the terminal is gone."""

    @property
    def is_behind(self) -> bool:
        """Whether the terminal takes less than it is given; `caught_up` is called once it has it all."""
        with self._changed:
            if self._unwritten <= BEHIND_BYTES:
                return False
            self._wants_to_know = True
            return True

    def write(self, text: str) -> None:
        """Write a text soon, unless far too much is waiting already."""
        data = text.encode("utf-8", "replace")
        with self._changed:
            if not self.is_broken and not self._is_ending and self._unwritten < MOST_BYTES:
                self._put(data)

    def _put(self, data: bytes) -> None:
        self._waiting.append(data)
        self._unwritten += len(data)
        self._changed.notify_all()

    def isatty(self) -> bool:
        """Say that it is a terminal, as Textual expects."""
        return True

    def fileno(self) -> int:
        """Return the terminal's descriptor."""
        return int(self._file.fileno())

    def flush(self) -> None:
        """Do nothing: all that is written is on its way."""

    def run(self) -> None:
        """Write until told to end, or until the terminal is gone."""
        try:
            while data := self._next():
                self._write_all(data)
        except OSError:
            with self._changed:
                self.is_broken = True
                self._throw_away()
        finally:
            os.close(self._descriptor)

    def _next(self) -> bytes:
        """Wait for output and take all of it, since a frame comes in several writes; b"" at the end."""
        with self._changed:
            while not self._waiting and not self._is_ending:
                self._changed.wait()
            data = b"".join(self._waiting)
            self._waiting.clear()
            return data

    def _write_all(self, data: bytes) -> None:
        while data:
            try:
                written = os.write(self._descriptor, data)
            except (BlockingIOError, InterruptedError):
                written = 0
                select.select([], [self._descriptor], [], 0.05)
            with self._changed:
                if not self._unwritten:
                    # What was waiting has been thrown away meanwhile.
                    return
                data = data[written:]
                self._unwritten -= written
                is_told = self._wants_to_know and not self._unwritten
                if not self._unwritten:
                    self._wants_to_know = False
                    self._changed.notify_all()
        if is_told:
            self._caught_up()

    def _throw_away(self) -> None:
        self._waiting.clear()
        self._unwritten = 0
        self._changed.notify_all()

    def finish(self, last: str) -> None:
        """Write `last` after all else, and end; from a stuck terminal, throw away what waits for it."""
        data = last.encode()
        with self._changed:
            if self._is_ending:
                return
            if data and not self.is_broken:
                self._put(data)
            self._is_ending = True
            self._changed.notify_all()
            if self._changed.wait_for(lambda: not self._unwritten, FINISH_SECONDS):
                return
            self._throw_away()
        self.join(FINISH_SECONDS)
        with suppress(termios.error, OSError):
            # Also what the system holds: this makes room for the few bytes that matter.
            termios.tcflush(self.fileno(), termios.TCOFLUSH)
        with suppress(OSError):
            descriptor = _open_without_waiting(self.fileno())
            try:
                os.write(descriptor, CUT_OFF.encode() + data)
            finally:
                os.close(descriptor)

    def stop(self) -> None:
        """End without anything more to say."""
        self.finish("")


def _open_without_waiting(descriptor: int) -> int:
    """Open a terminal once more, so that writing to it never waits; other output is only duplicated.

    A flag set on the descriptor itself would be set for the shell as well, which shares it.
    """
    try:
        name = os.ttyname(descriptor)
        return os.open(name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return os.dup(descriptor)


class _Parser(XTermParser):
    """Textual's parser, for terminals that tell a size of no pixels: it would divide by them."""

    def parse_mouse_code(self, code: str) -> Message | None:
        if self.terminal_pixel_size is not None and not all(self.terminal_pixel_size):
            self.terminal_pixel_size = None
        return super().parse_mouse_code(code)


def _as_pressed(message: Message, text: str) -> Message:
    """Return the escape key where Textual's parser made a `^` of it, which would be typed.

    It does so for an escape that is followed at once by what makes no sequence with it.
    """
    if isinstance(message, events.Key) and message.character == "^" and "^" not in text:
        return events.Key("escape", "\x1b")
    return message


class Terminal(LinuxDriver):
    """Textual's driver for Linux and macOS, with its known faults (8.2.8) mended:

    writes that wait for a stuck terminal; an end of input that keeps a processor busy or ends the app
    with a traceback; a second reader after SIGCONT; bytes that aren't UTF-8; a paste whose end is
    lost; a parser that fails; modes of the terminal that are left on.

    The app tells what to do by `terminal_caught_up`, `terminal_closed`, `quit_pressed`.
    """

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._journal_app = app
        self._is_active = False
        self._is_passing_on = self._is_closed = False

    @property
    def has_unread_keys(self) -> bool:
        """Whether something was typed that the app has not been given yet."""
        if self._is_passing_on:
            return True
        try:
            return not self._is_closed and bool(select.select([self.fileno], [], [], 0)[0])
        except (OSError, ValueError):
            return False

    @property
    def is_behind(self) -> bool:
        """Whether painting has to wait for the terminal."""
        output = self._writer_thread
        return isinstance(output, OutputThread) and output.is_behind

    # -- modes ------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take over the terminal."""
        # Textual's driver makes its thread itself, of the class that its module names so.
        setattr(linux_driver, "WriterThread", self._output_thread)  # noqa: B010
        self._is_active = True
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _output_thread(self, file: Any) -> OutputThread:
        return OutputThread(file, self._journal_app.terminal_caught_up)

    def write(self, data: str) -> None:
        """Write to the terminal while it is this app's."""
        output = self._writer_thread
        if self._is_active and output is not None:
            output.write(data)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was; harmless when that was done before."""
        self.disable_input()
        self.restore()

    def restore(self) -> None:
        """Restore the terminal from any thread, whatever state the app is in."""
        if not self._is_active:
            return
        self._is_active = False
        if self.attrs_before is not None:
            # A process in the background would be stopped by this; only its terminal is meant here.
            with suppress(ValueError):
                signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            with suppress(termios.error, OSError):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        output = self._writer_thread
        if isinstance(output, OutputThread):
            output.finish(RESTORE)

    def close(self) -> None:
        """End the thread that writes."""
        if self._writer_thread is not None:
            self._writer_thread.stop()

    def _sigcont_application(self, *_: object) -> None:
        """Begin to read again only where a stop had ended the reading: two readers share the keys."""
        if self._must_signal_resume:
            super()._sigcont_application()
        elif self._is_active:
            self._journal_app.terminal_caught_up()

    # -- input ------------------------------------------------------------------------------

    def process_message(self, message: Message) -> None:
        """Pass on what was read; a key that quits is also told to the watchdog."""
        if isinstance(message, events.Key) and message.key in self._journal_app.quit_keys:
            self._journal_app.quit_pressed()
        super().process_message(message)

    def run_input_thread(self) -> None:
        """Read the terminal until it is closed, or no input is wanted."""
        parser = _Parser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        paste = _UnfinishedPaste()
        while not self.exit_event.is_set():
            self._is_passing_on = False
            try:
                is_ready = bool(select.select([self.fileno], [], [], 0.1)[0])
                self._is_passing_on = is_ready
                data = os.read(self.fileno, 4096) if is_ready else None
            except (InterruptedError, BlockingIOError):
                continue
            except OSError:
                data = b""
            if data == b"":
                self._is_closed, self._is_passing_on = True, False
                self._journal_app.terminal_closed()
                return
            if data:
                text = decode(data)
                paste.read(text)
            else:
                text = PASTE_END if paste.is_stalled() else ""
            parser = self._parse(parser, text)

    def _parse(self, parser: _Parser, text: str) -> _Parser:
        """Pass on what a text says; gives the parser for the next one.

        Where Textual's parser fails, the text is read again without the character that it fails at.
        """
        passed = 0
        try:
            for message in parser.feed(text) if text else ():
                self.process_message(_as_pressed(message, text))
                passed += 1
            for message in parser.tick():
                self.process_message(_as_pressed(message, text))
            return parser
        except Exception:
            parser = _Parser(self._debug)
        for character in text:
            try:
                for message in parser.feed(character):
                    passed -= 1
                    if passed < 0:
                        self.process_message(_as_pressed(message, text))
            except Exception:
                parser = _Parser(self._debug)
        return parser


class _UnfinishedPaste:
    """Notice a bracketed paste whose end never comes: all keys after it would be taken for text."""

    def __init__(self) -> None:
        self._is_open = False
        self._tail = ""
        self._waits = 0

    def read(self, text: str) -> None:
        """Take note of what was read."""
        self._waits = 0
        seen = self._tail + text
        begin, end = seen.rfind(PASTE_BEGIN), seen.rfind(PASTE_END)
        if begin != end:
            self._is_open = begin > end
        self._tail = seen[1 - len(PASTE_BEGIN) :]

    def is_stalled(self) -> bool:
        """Say once, about ten times a second asked, that the paste has stopped without an end."""
        if not self._is_open:
            return False
        self._waits += 1
        if self._waits * 0.1 < PASTE_SECONDS:
            return False
        self._is_open = False
        self._tail = ""
        return True
