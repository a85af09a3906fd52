"""What whoever runs the bot types: it writes no secret over, and says faults in sentences."""

import base64
import io
import os
import stat
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import KNOWN, load
from bot.vault import new_key


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, in an account of its own, with nothing said in the environment and no answer."""
    for name in KNOWN:
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return here


def test_init_writes_what_migrate_and_run_can_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--operator", "Ana's collective"]) == 0
    settings = load(folder, {}, needs_token=False)
    assert (settings.operator, settings.token) == ("Ana's collective", None)
    assert len({settings.key, settings.pepper}) == 2
    written = (folder / ".env").read_text()
    for name, why in KNOWN.items():
        assert f"# {why}\n" in written
        assert f"{name}=" in written
    told = capsys.readouterr().out
    assert "trellis check" in told
    assert not [line for line in written.splitlines() if line.startswith("TRELLIS") and line.partition("=")[2] in told]


def test_every_init_makes_its_own_keys(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["init", "--operator", "Ana"])
    first = load(folder, {}, needs_token=False)
    monkeypatch.chdir(tmp_path)
    main(["init", "--operator", "Ana"])
    second = load(tmp_path, {}, needs_token=False)
    assert len({first.key, first.pepper, second.key, second.pepper}) == 4


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file modes")
def test_only_the_account_that_wrote_it_can_read_it(folder: Path) -> None:
    mask = os.umask(0)
    try:
        main(["init", "--operator", "Ana"])
    finally:
        os.umask(mask)
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600


def test_init_never_writes_over_what_is_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / ".env").write_text("TRELLIS_KEY=precious\n")
    assert main(["init", "--operator", "Ana"]) == 1
    assert (folder / ".env").read_text() == "TRELLIS_KEY=precious\n"
    assert ".env" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_init_writes_through_no_link(folder: Path, tmp_path: Path) -> None:
    (folder / ".env").symlink_to(tmp_path / "elsewhere")
    assert main(["init", "--operator", "Ana"]) == 1
    assert not (tmp_path / "elsewhere").exists()


def test_the_operator_is_who_is_named_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("  Cem  of the garden \n"))
    monkeypatch.setenv("OPERATOR", "Ben")
    for arguments, name in ((["--operator", "Ana"], "Ana"), ([], "Ben")):
        main(["init", *arguments])
        assert load(folder, {}, needs_token=False).operator == name
        (folder / ".env").unlink()
    monkeypatch.delenv("OPERATOR")
    main(["init"])
    assert load(folder, {}, needs_token=False).operator == "Cem of the garden"


def test_without_any_name_the_account_is_named_and_that_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "gardener")
    assert main(["init"]) == 0
    assert load(folder, {}, needs_token=False).operator == "gardener"
    assert "gardener" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    [
        "Río & co. $HOME",
        "Ana\\n",
        "Ana # the gardener",
        '"Ana" and Ben',
        "'Ana",
    ],
)
def test_a_name_with_signs_is_kept_as_it_is(folder: Path, name: str) -> None:
    main(["init", "--operator", name])
    assert load(folder, {}, needs_token=False).operator == name


def test_migrate_brings_the_database_up_to_date_and_can_be_run_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "--operator", "Ana"])
    database = tmp_path / "data" / "trellis.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    for _ in range(2):
        assert main(["migrate"]) == 0
        assert database.exists()
    assert "up to date" in capsys.readouterr().out


def test_faults_in_the_settings_are_sentences(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "trellis init" in told.err
    assert "TRELLIS_KEY" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("address", ["sqlite:///{file}/trellis.db", "postgresql://127.0.0.1:1/trellis"])
def test_a_database_that_is_not_there_is_a_sentence_and_no_traceback(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    (tmp_path / "file").touch()
    main(["init", "--operator", "Ana"])
    monkeypatch.setenv("DATABASE_URL", address.format(file=tmp_path / "file"))
    assert main(["migrate"]) == 1
    told = capsys.readouterr().err
    assert told.strip()
    assert "Traceback" not in told


def test_without_a_command_the_commands_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_a_pepper_of_another_database_is_refused_and_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--operator", "Ana"])
    assert main(["rekey"]) == 0
    written = (folder / ".env").read_text()
    other = base64.urlsafe_b64encode(new_key()).decode()
    changed = [
        f"TRELLIS_PEPPER={other}" if line.startswith("TRELLIS_PEPPER") else line for line in written.splitlines()
    ]
    (folder / ".env").write_text("\n".join(changed))
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "TRELLIS_PEPPER isn't the one" in capsys.readouterr().out
    assert main(["forget", "--server", "1", "--user", "2"]) == 1
    assert "TRELLIS_PEPPER isn't the one" in capsys.readouterr().err
