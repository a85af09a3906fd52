"""`trellis rekey`, `forget` and `wipe`: done whole, and cut short anywhere they leave something that works."""

from pathlib import Path

import pytest

from bot.acts.privacy import exporting
from bot.operating import envfile, rekey
from bot.operating import wipe as wiping
from bot.store.keyring import Keyring, KeyringMissing, WrongKey
from bot.store.recognising import WrongPepper
from bot.store.unit import Store
from bot.vault import new_key
from tests.acts.people import refused
from tests.conftest import KEY, PEPPER

from .conftest import OPERATOR, Operator


class Killed(BaseException):
    """The process was killed here."""


async def test_a_new_master_key_opens_everything_and_the_old_one_nothing(operator: Operator) -> None:
    assert await operator.types("rekey") == 0
    settings = operator.settings
    assert (settings.key != KEY, settings.pepper == PEPPER, settings.operator) == (True, True, OPERATOR)
    assert (operator.folder / ".env").read_text().startswith("# mine\n")
    for file in (settings.keyring, Path(f"{settings.keyring}.backup")):
        with pytest.raises(WrongKey):
            await Keyring(file, KEY).open(create=False)
        await Keyring(file, settings.key).open(create=False)
    await operator.starts_again()
    await operator.the_circle_is_whole()


async def test_a_new_pepper_finds_everybody_and_the_old_one_nobody(operator: Operator) -> None:
    async with operator.home.store.unit(operator.home.id) as unit:
        secret = unit.secret
    assert await operator.types("rekey", "--pepper") == 0
    settings = operator.settings
    assert settings.pepper != PEPPER
    await operator.starts_again()
    async with operator.home.store.unit(operator.home.id) as unit:
        assert unit.secret == secret  # what is known again by it still is
    await operator.the_circle_is_whole()
    keyring = Keyring(settings.keyring, settings.key)
    old = Store(settings.database_url, keyring, PEPPER, operator.home.moments.now)
    with pytest.raises(WrongPepper):
        await old.make_ready()
    await old.close()


@pytest.mark.parametrize("pepper", [False, True])
@pytest.mark.parametrize("step", ["wrap_also", "change", "settle_on", "await_pepper", "rehash", "change pepper", "let"])
async def test_cut_short_anywhere_it_leaves_what_works_and_can_be_done_again(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, step: str, pepper: bool
) -> None:
    words = ["rekey", "--pepper"] if pepper else ["rekey"]
    with monkeypatch.context() as patch:
        _kill_at(patch, step)
        try:
            await operator.types(*words)
        except Killed:
            pass
        else:
            assert not pepper
            assert step in {"await_pepper", "rehash", "change pepper", "let"}
    await operator.starts_again()
    await operator.the_circle_is_whole()
    assert await operator.types(*words) == 0
    await operator.starts_again()
    await operator.the_circle_is_whole()
    assert operator.home.store.keyring.coming_pepper is None


def _kill_at(patch: pytest.MonkeyPatch, step: str) -> None:
    def dies(*_: object) -> None:
        raise Killed

    async def dies_later(*_: object) -> None:
        raise Killed

    before = envfile.change

    def dies_at_pepper(folder: Path, name: str, value: str) -> None:
        if name == rekey.PEPPER:
            raise Killed
        before(folder, name, value)

    keep = Keyring.await_pepper

    async def dies_at_the_end(keyring: Keyring, pepper: bytes | None) -> None:
        if pepper is None:
            raise Killed
        await keep(keyring, pepper)

    match step:
        case "wrap_also" | "settle_on" | "await_pepper":
            patch.setattr(Keyring, step, dies_later)
        case "change":
            patch.setattr(envfile, "change", dies)
        case "change pepper":
            patch.setattr(envfile, "change", dies_at_pepper)
        case "rehash":
            patch.setattr(rekey, "rehash", dies_later)
        case "let":
            patch.setattr(Keyring, "await_pepper", dies_at_the_end)


async def test_keys_that_stand_in_the_environment_are_left_alone(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRELLIS_KEY", rekey.in_text(KEY))
    assert await operator.types("rekey") == 1
    assert "comes from the environment" in capsys.readouterr().err
    await operator.the_circle_is_whole()


async def test_whoever_asks_the_operator_is_forgotten_there_and_nowhere_else(
    operator: Operator, capsys: pytest.CaptureFixture[str]
) -> None:
    server, user = str(operator.home.id), str(operator.ben.id)
    assert await operator.types("forget", "--server", "1", "--user", user) == 1
    assert "Nobody with this id" in capsys.readouterr().err
    assert await operator.types("forget", "--server", server, "--user", user) == 0
    told = capsys.readouterr()
    assert user not in told.out + told.err
    await operator.starts_again()
    with refused("privacy.nothing_kept"):
        await operator.ben.does(exporting.export)
    settings = operator.settings
    for file in (settings.keyring, Path(f"{settings.keyring}.backup")):
        keyring = Keyring(file, settings.key)
        await keyring.open(create=False)
        assert len([owner for owner in keyring.owners() if ":" not in owner]) == 1  # Ana


async def test_after_a_wipe_nothing_is_left_and_copies_open_nothing(operator: Operator, tmp_path: Path) -> None:
    assert await operator.types("backup", str(tmp_path / "copies")) == 0
    settings = operator.settings
    assert await operator.types("wipe", "--yes") == 0
    assert list(tmp_path.glob("*.keyring*")) in ([], [tmp_path / "trellis.keyring.held"])
    assert list(tmp_path.glob("trellis.db*")) == []
    (copy,) = (tmp_path / "copies").iterdir()
    assert await operator.types("restore", str(copy)) == 1
    with pytest.raises(KeyringMissing):
        await Keyring(settings.keyring, settings.key).open(create=False)
    assert await operator.types("wipe", "--yes") == 0
    await operator.starts_again()
    with refused("privacy.nothing_kept"):
        await operator.ben.does(exporting.export)


async def test_a_wipe_that_is_cut_short_has_destroyed_the_keys_first(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(_: str) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(wiping, "drop_everything", dies)
        with pytest.raises(Killed):
            await operator.types("wipe", "--yes")
    assert not operator.settings.keyring.exists()
    assert await operator.types("wipe", "--yes") == 0


async def test_a_wipe_wants_the_word_typed(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed in ("", "yes\n"):
        monkeypatch.setattr("sys.stdin", Typed(typed))
        assert await operator.types("wipe") == 1
        assert "Nothing was changed" in capsys.readouterr().err
    await operator.the_circle_is_whole()
    monkeypatch.setattr("sys.stdin", Typed("wipe\n"))
    assert await operator.types("wipe") == 0


class Typed:
    """Somebody at the keyboard."""

    def __init__(self, line: str) -> None:
        self.line = line

    def readline(self) -> str:
        return self.line


def test_a_setting_is_changed_and_nothing_else(tmp_path: Path) -> None:
    written = "# why\nOPERATOR='Río \\'x\\''\n\nexport TRELLIS_KEY = old\nTRELLIS_PEPPER=p # spice\n"
    (tmp_path / ".env").write_text(written)
    envfile.change(tmp_path, "TRELLIS_KEY", rekey.in_text(new_key()))
    changed = (tmp_path / ".env").read_text().splitlines()
    before = written.splitlines()
    assert [number for number, line in enumerate(before) if changed[number] != line] == [3]
    assert changed[3].startswith("export TRELLIS_KEY = ")
