"""The person's settings: read with plain sentences, written without touching other lines."""

import os
import sys
from pathlib import Path

import pytest

from journal_tui import settings
from journal_tui.errors import SettingsError
from journal_tui.settings import FILE, Settings, load, remember

OWN = """\
# My settings
theme = "nord"   # dark
#journal = "commented out"

editor = "vim"

[keys]
# keys of mine
find = "f3"
journal = "f9"
"""


def put(folder: Path, source: str | bytes) -> Path:
    """The file of settings with this content."""
    path = folder / FILE
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    return path


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings("", "", "", {}) == load(tmp_path / "none")


def test_all_keys_are_read(tmp_path: Path) -> None:
    put(tmp_path, "\ufeff" + OWN)
    assert load(tmp_path) == Settings("", "nord", "vim", {"find": "f3", "journal": "f9"})


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("theme = ", "is not valid TOML"),
        ("theme = 5", "`theme` should be text in quotes"),
        ("editor = []", "`editor` should be text in quotes"),
        ("keys = 5", "[keys] should contain lines such as"),
        ("[keys]\nfind = 3", "[keys] should contain lines such as"),
        (b"theme = '\xff'", "is not UTF-8 text"),
        ("x = " + "[" * 5_000, "is not valid TOML"),
    ],
)
def test_unusable_settings_are_reported_and_left_alone(
    tmp_path: Path, source: str | bytes, part: str
) -> None:
    path = put(tmp_path, source)
    before = path.read_bytes()
    with pytest.raises(SettingsError) as caught:
        load(tmp_path)
    assert str(path) in str(caught.value)
    assert part in str(caught.value)
    with pytest.raises(SettingsError):
        remember(tmp_path, "theme", "nord")
    assert path.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_fifo_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE)
    with pytest.raises(SettingsError, match="not a plain file"):
        load(tmp_path)


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(SettingsError, match="not a plain file"):
        remember(tmp_path, "theme", "nord")
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(SettingsError):
        remember(tmp_path / "file", "theme", "nord")


def test_remember_makes_a_private_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    remember(folder, "journal", "/x")
    assert (folder / FILE).read_text("utf-8") == 'journal = "/x"\n'
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_remember_keeps_all_other_lines(tmp_path: Path) -> None:
    path = put(tmp_path, OWN)
    remember(tmp_path, "journal", "/x")
    assert path.read_text("utf-8") == OWN.replace('"vim"\n', '"vim"\njournal = "/x"\n')
    remember(tmp_path, "journal", "/y")
    assert path.read_text("utf-8") == OWN.replace('"vim"\n', '"vim"\njournal = "/y"\n')
    remember(tmp_path, "editor", "nano -w")
    assert 'editor = "nano -w"\njournal = "/y"\n\n[keys]' in path.read_text("utf-8")
    assert load(tmp_path).keys == {"find": "f3", "journal": "f9"}


def test_remember_of_what_is_known_writes_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, 'theme   =   "nord"')
    before = path.stat().st_mtime_ns
    remember(tmp_path, "theme", "nord")
    assert (path.read_text("utf-8"), path.stat().st_mtime_ns) == ('theme   =   "nord"', before)


@pytest.mark.parametrize(
    "source", ["", "# only words", 'theme = "x"', "\r\n# a\r\n[keys]\r\nx = 'y'\r\n"]
)
def test_line_endings_stay(tmp_path: Path, source: str) -> None:
    path = put(tmp_path, source)
    remember(tmp_path, "journal", "/x")
    text = path.read_bytes().decode()
    assert load(tmp_path).journal == "/x"
    assert text.replace('journal = "/x"', "").split() == source.split()
    assert text.count("\r\n") == (source.count("\r\n") + 1 if "\r" in source else 0)


@pytest.mark.parametrize(
    "value", ['a "b" \\c\\1 \\n', "tab\tdel\x7f\x1b", "Zoë 日本 😀", "", "'''"]
)
def test_any_text_comes_back(tmp_path: Path, value: str) -> None:
    put(tmp_path, OWN)
    remember(tmp_path, "journal", value)
    assert load(tmp_path).journal == value
    assert load(tmp_path).theme == "nord"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("[[x]]\n[y]\n[[x]]\n", "/x"),
        ("", "Zo\udceb"),
    ],
)
def test_what_cannot_be_set_is_left_to_the_person(tmp_path: Path, source: str, value: str) -> None:
    path = put(tmp_path, source)
    with pytest.raises(SettingsError, match="was left as it is"):
        remember(tmp_path, "journal", value)
    assert path.read_text("utf-8") == source


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('"jour\\u006eal" = "a"\n', '"jour\\u006eal" = "/x"\n'),
        ("theme = '''\njournal = 1\n'''\n", "theme = '''\njournal = 1\n'''\njournal = \"/x\"\n"),
        ("journal = '''\na\n''' # c\r\n", 'journal = "/x" # c\r\n'),
        ("\ufeffjournal='a'\r\n", '\ufeffjournal="/x"\r\n'),
    ],
)
def test_a_setting_is_replaced_however_its_line_is_written(
    tmp_path: Path, source: str, wanted: str
) -> None:
    path = put(tmp_path, source)
    remember(tmp_path, "journal", "/x")
    assert path.read_bytes().decode() == wanted


def test_a_link_to_the_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    real = put(tmp_path / "dotfiles", 'theme = "nord"\n')
    (tmp_path / FILE).symlink_to(real)
    remember(tmp_path, "journal", "/x")
    assert (tmp_path / FILE).is_symlink()
    assert real.read_text("utf-8") == 'theme = "nord"\njournal = "/x"\n'


def test_the_places_are_this_persons(home: Path) -> None:
    assert all(place.is_relative_to(home) for place in settings.places())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked itself")
def test_a_user_without_a_home_folder_is_told_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    for name in names:
        monkeypatch.setenv(name, str(tmp_path))

    def unknown(path: str) -> str:
        return path

    monkeypatch.setattr(os.path, "expanduser", unknown)
    assert settings.places().cache.is_relative_to(tmp_path)
    monkeypatch.delenv(names[1])
    with pytest.raises(SettingsError, match=f"Set HOME, or {', '.join(names)}."):
        settings.places()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked itself")
@pytest.mark.parametrize("value", ["", "relative", "{tmp}/x", "  "])
def test_the_folders_on_linux_match_platformdirs(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from platformdirs import PlatformDirs

    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, value.format(tmp=tmp_path))
    dirs = PlatformDirs(settings.NAME, appauthor=False)
    wanted = (dirs.user_config_path, dirs.user_cache_path, dirs.user_state_path)
    assert tuple(settings.places()) == wanted
