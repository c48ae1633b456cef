"""The terminal driver for Linux and macOS, which never blocks and always restores the terminal."""

import os
import re
import select
import signal
import termios
import threading
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

SLOW_BYTES = 128 * 1024
"""Bytes of unwritten output from which the terminal counts as slow and painting pauses."""
MAX_QUEUED_BYTES = 16 * 1024 * 1024
"""The most bytes of unwritten output: a terminal that is stuck for hours must not fill the memory."""
FINISH_SECONDS = 0.3
"""Seconds that the last output may take before what a stuck terminal hasn't read is dropped."""
PASTE_SECONDS = 2.0
"""Seconds without input after which a bracketed paste counts as complete: its end was lost."""
PASTE_BEGIN, PASTE_END = "\x1b[200~", "\x1b[201~"
BURST_SECONDS = 0.01
"""Seconds within which more input belongs to a burst: keys that come faster than anyone types."""
_BURST_CHARACTERS, _BURST_LINES = 40, 3
"""The fewest characters, or lines, of a burst that can be a paste."""
_PASTE_GAP = 0.1
"""Seconds after a paste within which another burst belongs to the same paste."""
_MAX_READS = 1_000
"""The most reads that are joined to one burst."""

CUT_OFF = "\x1b\\"
"""The escape sequence that ends another one that may have been cut off."""
RESTORE = "".join(
    (
        "\x1b[?2026l",  # synchronised output
        "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l",  # mouse
        "\x1b[?2004l",  # bracketed paste
        "\x1b[?2048l",  # in-band window resize notifications
        "\x1b[?1004l",  # focus
        "\x1b[<u",  # the Kitty keyboard protocol, which belongs to the alternate screen
        "\x1b[?7h",  # line wrap
        "\x1b[?1049l",  # the main screen
        "\x1b[?25h",  # the cursor
        "\x1b[0m",
    )
)
"""Escape sequences that undo all that Textual's driver, or an unfinished frame, may have set."""


class OutputThread(threading.Thread):
    """A thread that writes to a terminal, so that `write` never blocks.

    The queue of Textual 8.2's own thread holds 30 writes. When the terminal accepts no output, the
    queue fills up and the app blocks in `put`, without end if the terminal was closed and the thread
    has stopped.
    """

    def __init__(self, file: Any, on_drained: Callable[[], object] = lambda: None) -> None:
        super().__init__(daemon=True, name="textual-output")
        self._file = file
        self._descriptor = _open_nonblocking(file.fileno())
        self._on_drained = on_drained
        self._waiting: deque[bytes] = deque()
        self._unwritten = 0
        self._changed = threading.Condition()
        self._is_ending = self._must_report_drained = False
        self.is_broken = False
        """Whether the terminal is gone."""

    @property
    def is_behind(self) -> bool:
        """Whether much output is unwritten; if so, `on_drained` is called once all is written."""
        with self._changed:
            if self._unwritten <= SLOW_BYTES:
                return False
            self._must_report_drained = True
            return True

    def write(self, text: str) -> None:
        """Queue a text for output; drop it if too much is queued already."""
        data = text.encode("utf-8", "replace")
        with self._changed:
            if not self.is_broken and not self._is_ending and self._unwritten < MAX_QUEUED_BYTES:
                self._put(data)

    def _put(self, data: bytes) -> None:
        self._waiting.append(data)
        self._unwritten += len(data)
        self._changed.notify_all()

    def isatty(self) -> bool:
        """Return True, as Textual expects of a terminal."""
        return True

    def fileno(self) -> int:
        """Return the terminal's descriptor."""
        return int(self._file.fileno())

    def flush(self) -> None:
        """Do nothing: the thread writes all output as soon as it can."""

    def run(self) -> None:
        """Write output until `finish` is called or the terminal is gone."""
        try:
            while data := self._next():
                self._write_all(data)
        except OSError:
            with self._changed:
                self.is_broken = True
                self._discard()
        finally:
            os.close(self._descriptor)

    def _next(self) -> bytes:
        """Wait for output and return all that is queued, or b"" at the end.

        Textual sends a frame in several writes, which are joined here.
        """
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
                    # `_discard` was called during the write.
                    return
                data = data[written:]
                self._unwritten -= written
                must_report = self._must_report_drained and not self._unwritten
                if not self._unwritten:
                    self._must_report_drained = False
                    self._changed.notify_all()
        if must_report:
            self._on_drained()

    def _discard(self) -> None:
        self._waiting.clear()
        self._unwritten = 0
        self._changed.notify_all()

    def finish(self, last: str) -> None:
        """Write `last` after all other output and end; drop output that a stuck terminal holds."""
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
            self._discard()
        self.join(FINISH_SECONDS)
        with suppress(termios.error, OSError):
            # Dropping the system's buffer too makes room for the few bytes that matter.
            termios.tcflush(self.fileno(), termios.TCOFLUSH)
        with suppress(OSError):
            descriptor = _open_nonblocking(self.fileno())
            try:
                os.write(descriptor, CUT_OFF.encode() + data)
            finally:
                os.close(descriptor)

    def stop(self) -> None:
        """End without further output."""
        self.finish("")


def _open_nonblocking(descriptor: int) -> int:
    """Open a terminal a second time, so that writing never blocks; duplicate other descriptors.

    Setting the flag on the descriptor itself would set it for the shell as well, which shares it.
    """
    try:
        name = os.ttyname(descriptor)
        return os.open(name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return os.dup(descriptor)


class _Parser(XTermParser):
    """Textual's parser, also for terminals that report a size of 0 pixels: it would divide by 0."""

    def parse_mouse_code(self, code: str) -> Message | None:
        if self.terminal_pixel_size is not None and not all(self.terminal_pixel_size):
            self.terminal_pixel_size = None
        return super().parse_mouse_code(code)


def _restore_escape(message: Message, text: str) -> Message:
    """Return the escape key if Textual's parser has turned it into `^`, which would be typed.

    The parser does so if the bytes right after an escape don't form a sequence with it.
    """
    if isinstance(message, events.Key) and message.character == "^" and "^" not in text:
        return events.Key("escape", "\x1b")
    return message


class Terminal(LinuxDriver):
    """Textual's driver for Linux and macOS, with known faults of version 8.2.8 corrected.

    The faults: writes that block on a stuck terminal; an end of input that keeps a processor busy
    or ends the app with a traceback; a second reader after SIGCONT; bytes that aren't UTF-8; a
    paste whose end is lost, or that the terminal doesn't mark as one; a parser that fails; terminal
    modes that are left on.

    The driver calls the app's `output_drained`, `terminal_closed` and `quit_pressed`.
    """

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._journal_app = app
        self._is_active = False
        self._is_processing = self._is_closed = False

    @property
    def has_unread_keys(self) -> bool:
        """Whether there is input that hasn't been passed to the app yet."""
        if self._is_processing:
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

    def start_application_mode(self) -> None:
        """Take over the terminal."""
        # Textual's driver creates its thread from the name in its module.
        setattr(linux_driver, "WriterThread", self._output_thread)  # noqa: B010
        self._is_active = True
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _output_thread(self, file: Any) -> OutputThread:
        return OutputThread(file, self._journal_app.output_drained)

    def write(self, data: str) -> None:
        """Write to the terminal while the app has control of it."""
        output = self._writer_thread
        if self._is_active and output is not None:
            output.write(data)

    def stop_application_mode(self) -> None:
        """Restore the terminal; do nothing if that was done before."""
        self.disable_input()
        self.restore()

    def restore(self) -> None:
        """Restore the terminal from any thread, whatever state the app is in."""
        if not self._is_active:
            return
        self._is_active = False
        if self.attrs_before is not None:
            # tcsetattr would stop a process in the background with this signal.
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
        """Start reading again only if stopping the process ended it: two readers would split the keys."""
        if self._must_signal_resume:
            super()._sigcont_application()
        elif self._is_active:
            self._journal_app.output_drained()

    def process_message(self, message: Message) -> None:
        """Pass a message to the app; report a quit key to the app at once as well."""
        if isinstance(message, events.Key) and message.key in self._journal_app.quit_keys:
            self._journal_app.quit_pressed()
        super().process_message(message)

    def run_input_thread(self) -> None:
        """Read the terminal until it is closed or input is disabled."""
        parser = _Parser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        paste, bursts = _UnfinishedPaste(), UnmarkedPastes()
        while not self.exit_event.is_set():
            self._is_processing = False
            try:
                is_ready = bool(select.select([self.fileno], [], [], 0.1)[0])
                self._is_processing = is_ready
                data = os.read(self.fileno, 4096) if is_ready else None
            except (InterruptedError, BlockingIOError):
                continue
            except OSError:
                data = b""
            if data == b"":
                self._is_closed, self._is_processing = True, False
                self._journal_app.terminal_closed()
                return
            if data:
                text = decode(data)
                if not paste.is_open and is_typeable(text):
                    text = bursts.mark(text + self._read_burst(decode))
                paste.read(text)
            else:
                text = PASTE_END if paste.is_stalled() else ""
            parser = self._parse(parser, text)

    def _read_burst(self, decode: Callable[[bytes], str]) -> str:
        """Return the characters that arrive right after others as part of the same burst."""
        pieces: list[str] = []
        with suppress(OSError, ValueError):
            while len(pieces) < _MAX_READS:
                if not select.select([self.fileno], [], [], BURST_SECONDS)[0]:
                    break
                data = os.read(self.fileno, 4096)
                pieces.append(decode(data))
                if not data or _CONTROL.search(pieces[-1]):
                    break
        return "".join(pieces)

    def _parse(self, parser: _Parser, text: str) -> _Parser:
        """Pass on the messages in a text; return the parser for the next text.

        If Textual's parser fails, parse the text again without the character at which it failed.
        """
        passed = 0
        try:
            for message in parser.feed(text) if text else ():
                self.process_message(_restore_escape(message, text))
                passed += 1
            for message in parser.tick():
                self.process_message(_restore_escape(message, text))
            return parser
        except Exception:
            parser = _Parser(self._debug)
        for character in text:
            try:
                for message in parser.feed(character):
                    passed -= 1
                    if passed < 0:
                        self.process_message(_restore_escape(message, text))
            except Exception:
                parser = _Parser(self._debug)
        return parser


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def is_typeable(text: str) -> bool:
    """Return whether a text has several characters, and of control characters only tabs and line breaks."""
    return len(text) > 1 and not _CONTROL.search(text)


class UnmarkedPastes:
    """Put the escape sequences of a bracketed paste around pastes that the terminal doesn't mark.

    Taken as keys, line breaks in a paste would continue a list, and add markers to items that have
    them already. Typed keys arrive together only if a slow connection has delayed them, and then
    only a few.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._pasted_at = float("-inf")

    def mark(self, text: str) -> str:
        """Return the text of a burst, marked as a bracketed paste if it seems to be pasted."""
        control = _CONTROL.search(text)
        end = control.start() if control else len(text)
        pasted = text[:end].replace("\r\n", "\n").replace("\r", "\n")
        # A line break at the end may be the enter key after a few words.
        lines = pasted.rstrip("\n").count("\n") + 1
        is_long = len(pasted) >= _BURST_CHARACTERS or lines >= _BURST_LINES
        goes_on = self._clock() - self._pasted_at < _PASTE_GAP
        if not goes_on and not (is_long and (lines > 1 or "\t" in pasted)):
            return text
        self._pasted_at = self._clock()
        return f"{PASTE_BEGIN}{pasted}{PASTE_END}{text[end:]}"


class _UnfinishedPaste:
    """Detect a bracketed paste whose end never comes: all later keys would count as its text."""

    def __init__(self) -> None:
        self.is_open = False
        self._tail = ""
        self._waits = 0

    def read(self, text: str) -> None:
        """Update the state from input that was read."""
        self._waits = 0
        seen = self._tail + text
        begin, end = seen.rfind(PASTE_BEGIN), seen.rfind(PASTE_END)
        if begin != end:
            self.is_open = begin > end
        self._tail = seen[1 - len(PASTE_BEGIN) :]

    def is_stalled(self) -> bool:
        """Return True once when a paste has stopped without an end; call it every 0.1 seconds."""
        if not self.is_open:
            return False
        self._waits += 1
        if self._waits * 0.1 < PASTE_SECONDS:
            return False
        self.is_open = False
        self._tail = ""
        return True
