"""The commands publish and pack: the preview, the question, what is written, and the pages on this computer."""

import json
import threading
from http.client import HTTPConnection
from pathlib import Path

import pytest

from journal_tui.cli.local_server import make_server
from tests.cli.command_shell import Shell, on_a_terminal

MARKED = "---\npublish: true\n---\n"


@pytest.fixture
def blog(shell: Shell, tmp_path: Path) -> Path:
    """Return the folder of a blog, beside a journal with a marked day and another."""
    shell.write(
        f"{MARKED}# Day 1 – A day\n\nSaw @ann; ann@example.org, 07700 900123. Then [a page](https://example.org/).\n\n"
        "## Learning points\n\n- Ask %%secret%% first\n\nEnjoyment: 7/10 – secret\n"
    )  # fmt: skip
    shell.write("Private: secret.\n", "2026-11-19")
    return tmp_path / "blog"


def test_the_plan_names_what_would_leave_and_writes_nothing(shell: Shell, blog: Path) -> None:
    out = shell.good("publish", str(blog), "--plan")
    for said in (
        "1 entry leaves the journal:", "new      Day 1 – A day (2026/2026-11-20.md)", "@ann, ann → Person 1", "07700 900123",
        "example.org", "https://example.org/", "text marked as private", "the rating", "Files: ",
    ):  # fmt: skip
        assert said in out
    assert "secret" not in out
    assert not blog.exists()
    assert "1 entry leaves the journal:" in shell.good("publish", "--plan")


def test_it_is_written_only_if_that_is_agreed_to(shell: Shell, blog: Path) -> None:
    result = shell("publish", str(blog), stdin=b"y\n")
    assert result.code == 1 and "add --yes" in result.err and not blog.exists()
    assert f"Published: {blog}" in shell.good("publish", str(blog), "--yes")
    page = (blog / "2026" / "2026-11-20.html").read_text("utf-8")
    assert "Person 1" in page and "secret" not in page
    assert shell.good("publish", str(blog)) == "Nothing has changed since it was published.\n"


def test_a_terminal_is_asked(shell: Shell, blog: Path) -> None:
    code, seen = on_a_terminal(["publish", str(blog)], shell.root, piped="stdin")
    assert code == 1 and "Nothing was written." in seen


def test_what_is_new_is_marked_the_next_time(shell: Shell, blog: Path) -> None:
    shell.good("publish", str(blog), "--yes")
    shell.write(f"{MARKED}With @zoe.\n", "2026-11-21")
    out = shell.good("publish", str(blog), "--plan")
    assert "* @zoe → Person 2" in out
    assert "1 as before" in out
    shell.write("No longer.\n", "2026-11-21")
    shell.write("No longer.\n")
    out = shell.good("publish", str(blog), "--yes")
    assert "1 entry is no longer published:" in out and "No entry is marked" in out
    assert not (blog / "2026").exists()


def test_pages_are_removed_without_a_record_of_the_last_publication(
    shell: Shell, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.good("publish", str(blog), "--yes")
    shell.write("No longer.\n")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    out = shell.good("publish", str(blog), "--yes")
    assert "No entry is marked" in out and "2 removed" in out
    assert not (blog / "2026").exists()


def test_what_is_not_from_journal_is_named(shell: Shell, blog: Path) -> None:
    blog.mkdir()
    (blog / "index.html").write_bytes(b"mine")
    code, out, err = shell("publish", str(blog), "--yes")
    assert (code, err) == (1, "") and "  index.html" in out
    assert (blog / "index.html").read_bytes() == b"mine"


def test_the_plan_as_json(shell: Shell, blog: Path) -> None:
    data = json.loads(shell.good("publish", str(blog), "--plan", "--json"))
    assert {*data} == {
        "folder",
        "generator",
        "title",
        "query",
        "entries",
        "withdrawn",
        "refused",
        "found",
        "files",
    }
    assert data["entries"] == [
        {"path": "2026/2026-11-20.md", "title": "Day 1 – A day", "address": "2026/2026-11-20.html", "by_query": False, "state": "new"}
    ]  # fmt: skip
    assert {
        "kind": "person",
        "text": "@ann",
        "leaves_as": "Person 1",
        "paths": ["2026/2026-11-20.md"],
        "new": False,
    } in data["found"]
    assert "index.html" in data["files"]["added"]


@pytest.mark.parametrize("generator", ["hugo", "jekyll", "pelican"])
def test_markdown_for_a_generator(shell: Shell, blog: Path, generator: str) -> None:
    shell.good("publish", str(blog), "--for-generator", generator, "--yes")
    (file,) = blog.rglob("*.md")
    text = file.read_text("utf-8")
    assert "A day" in text and "- Ask" in text and "secret" not in text


def test_a_journal_without_a_mark_says_how_to_mark(shell: Shell, tmp_path: Path) -> None:
    shell.write("Text.\n")
    assert "publish: true" in shell.good("publish", str(tmp_path / "x"), "--plan")
    assert shell("publish", str(tmp_path / "x"), "--yes").code == 1
    assert shell("publish", "--serve").code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "journal publish DIR"),
        (["x", "--json"], "--plan"),
        (["x", "--serve"], "--serve"),
        (["x", "--port", "1"], "--serve"),
    ],
)
def test_what_cannot_be_used_together_is_refused(shell: Shell, words: list[str], said: str) -> None:
    assert said in shell.refused(2, "publish", *words)


def test_a_folder_in_the_journal_is_refused(shell: Shell, blog: Path) -> None:
    assert "outside it" in shell.refused(1, "publish", str(shell.root / "blog"), "--yes")


def test_settings_are_set_and_refused(shell: Shell, blog: Path) -> None:
    shell.good("settings", "publish.title", "Our work")
    shell.good("settings", "publish.named", "@ann")
    shell.good("settings", "publish.ratings", "yes")
    out = shell.good("publish", "--plan")
    assert "“Our work”" in out and "the rating" not in out and "→ Person 1" not in out
    assert "https://" in shell.refused(1, "settings", "publish.base-url", "example")
    assert "en-GB" in shell.refused(1, "settings", "publish.language", "English")


def answer(port: int, path: str, host: str = "127.0.0.1", method: str = "GET") -> tuple[int, bytes]:
    """Return the status and the content of an answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": f"{host}:{port}"})
    found = connection.getresponse()
    content = found.read()
    connection.close()
    return found.status, content


def test_pages_are_shown_on_this_computer_and_nothing_else_is() -> None:
    with make_server(
        {"index.html": b"first", "2014/index.html": b"year", "feed.xml": b"<feed/>"}, None
    ) as server:
        assert server.server_address[0] == "127.0.0.1"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        port = server.server_port
        try:
            assert answer(port, "/") == (200, b"first")
            assert answer(port, "/2014/") == (200, b"year")
            assert answer(port, "/feed.xml?x=1")[0] == 200
            assert answer(port, "/", method="HEAD") == (200, b"")
            for path in ("/2014", "/../etc/passwd", "/%2e%2e/etc/passwd", "//etc/passwd", "/x"):
                assert answer(port, path)[0] == 404
            assert answer(port, "/", host="elsewhere.example")[0] == 403
            assert answer(port, "/", host="localhost")[0] == 200
            assert answer(port, "/", method="POST")[0] == 501
        finally:
            server.shutdown()
            thread.join()


def test_a_page_that_is_left_before_it_is_complete_is_no_fault(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with make_server({}, None) as server:
        try:
            raise ConnectionResetError("what is on a page")
        except ConnectionError:
            server.handle_error(None, ("127.0.0.1", 1))  # type: ignore[arg-type]
    assert capsys.readouterr().err == ""


def test_a_pack_has_a_handover_and_a_personal_half(shell: Shell, blog: Path) -> None:
    shell.write(
        "# Day 2\n\nMet #customer/lab.\n\n- [ ] Ring @ann due:2026-12-01 %%secret%%\n- [x] Rang Bea\n\n"
        "## Learning points\n\n- Two\n\nEnjoyment: 4/10 – rain\n",
        "2026-11-18",
    )  # fmt: skip
    out = shell.good("pack", str(blog), "--handover", "#customer/lab", "--plan")
    assert "Handover: 2 entries, also by the search" in out and "Personal: 1 entry" in out
    assert not blog.exists()
    shell.good("pack", str(blog), "--handover", "#customer/lab", "--personal", "rain", "--yes")
    files = {
        str(it.relative_to(blog)): it.read_text("utf-8") for it in blog.rglob("*") if it.is_file()
    }
    assert "Ring Person 1 (from Wednesday 18 November 2026, due 1 December 2026)" in files[
        "handover/promises.md"
    ].replace(" due:2026-12-01", "")
    assert "Rang" not in files["handover/promises.md"]
    assert "- Two" in files["personal/learning-points.md"]
    assert "4/10" in files["personal/ratings.md"] and "rain" in files["personal/ratings.md"]
    assert "4/10" not in files["handover/index.html"]
    assert {"handover/index.html", "personal/index.html", "handover/customers.md"} <= {*files}
    # What is marked as private, and the marked day's remark, which is one's own, are apart.
    assert not any("%%" in text for text in files.values())
    assert [
        name for name, text in files.items() if "secret" in text and name.startswith("handover")
    ] == []
    shell.good("pack", str(blog), "--handover", "#customer/lab", "--names", "--yes")
    assert "Ring Ann" in (blog / "handover" / "promises.md").read_text("utf-8")


def test_a_pack_of_nothing_says_what_to_do(shell: Shell, tmp_path: Path) -> None:
    shell.write("Text.\n")
    code, out, err = shell("pack", str(tmp_path / "pack"), "--yes")
    assert (code, err) == (1, "") and "--handover QUERY" in out
    data = json.loads(shell.good("pack", str(tmp_path / "pack"), "--plan", "--json"))
    assert {*data} == {"folder", "halves", "refused", "files"}
    assert "--plan" in shell.refused(2, "pack", str(tmp_path / "pack"), "--json")
