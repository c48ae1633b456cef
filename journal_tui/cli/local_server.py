"""Serve pages from memory to a browser on this computer. No other computer can reach them."""

import mimetypes
import posixpath
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from journal_tui.cli.output import tell
from journal_tui.errors import UsageError

ADDRESS = "127.0.0.1"
"""The address that only this computer can reach."""
_USUAL_PORT = 8014
_HOSTS = (ADDRESS, "localhost")


def make_server(files: Mapping[str, bytes], port: int | None) -> ThreadingHTTPServer:
    """Return a server of files, which are given by path.

    Without a port, 8014 or any free port is used. Raise UsageError if the given port can't be used.
    """

    class Handler(BaseHTTPRequestHandler):
        """Answer requests with the files in memory."""

        server_version, sys_version = "journal", ""

        def do_GET(self) -> None:
            """Answer a request."""
            self._answer(with_content=True)

        def do_HEAD(self) -> None:
            """Answer a request for the headers alone."""
            self._answer(with_content=False)

        def _answer(self, *, with_content: bool) -> None:
            # Another site's name may be made to resolve to this address (DNS rebinding).
            if self.headers.get("Host", "").rpartition(":")[0] not in _HOSTS:
                self.send_error(HTTPStatus.FORBIDDEN)
                return
            path = unquote(self.path.partition("?")[0]).removeprefix("/")
            if not path or path.endswith("/"):
                path += "index.html"
            data = files.get(path)
            if data is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            kind = mimetypes.guess_type(posixpath.basename(path))[0] or "application/octet-stream"
            text = "; charset=utf-8" if kind.startswith("text/") or kind.endswith("xml") else ""
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", kind + text)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            if with_content:
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing."""

    class Server(ThreadingHTTPServer):
        """Answer in threads; ignore browsers that leave a page before it is complete."""

        def handle_error(self, request: object, client_address: object) -> None:
            """Print nothing: a traceback would hide the address, and may show what is on a page."""

    for wanted in (port,) if port is not None else (_USUAL_PORT, 0):
        try:
            return Server((ADDRESS, wanted), Handler)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
    raise UsageError(
        f"Port {port} can't be used ({why}). Leave out --port, and a free one is chosen."
    )


def serve(files: Mapping[str, bytes], port: int | None) -> int:
    """Serve files until ctrl+c is pressed; return the exit code."""
    with make_server(files, port) as server:
        tell(
            f"Open http://{ADDRESS}:{server.server_port}/ in a browser on this computer. To stop: ctrl+c"
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            tell("Stopped.")
    return 0
