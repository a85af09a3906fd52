"""The settings are read in one place; all that is wrong with them is said at once, and never a secret."""

import base64
import re
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import KNOWN, SettingsFault, default_database_url, load
from bot.vault import new_key

ROOT = Path(__file__).resolve().parent.parent
KEY, PEPPER = new_key(), new_key()


def in_text(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


WHOLE = {
    "DISCORD_TOKEN": "a token",
    "OPERATOR": "Ana",
    "TRELLIS_KEY": in_text(KEY),
    "TRELLIS_PEPPER": in_text(PEPPER),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account of its own, so that the machine's settings play no part."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    return folder


def write(folder: Path, **values: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")


def faults_of(folder: Path, **environ: str) -> list[str]:
    with pytest.raises(SettingsFault) as fault:
        load(folder, environ)
    assert str(fault.value).splitlines() == fault.value.faults
    return fault.value.faults


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, **WHOLE, DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/t.db", LOG_LEVEL="Debug")
    settings = load(tmp_path, {})
    assert (settings.token, settings.operator, settings.key, settings.pepper) == ("a token", "Ana", KEY, PEPPER)
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/t.db"
    assert settings.log_level == "debug"


def test_what_is_left_out_has_its_usual_value(tmp_path: Path, home: Path) -> None:
    settings = load(tmp_path, WHOLE)
    assert settings.database_url == default_database_url()
    assert settings.database_url.startswith("sqlite+aiosqlite:///")
    assert Path(settings.database_url.partition(":///")[2]).is_relative_to(home)
    assert settings.keyring.is_relative_to(home)
    assert settings.log_level == "info"


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    write(tmp_path, **WHOLE, LOG_LEVEL="debug")
    settings = load(tmp_path, {"OPERATOR": "Ben", "LOG_LEVEL": "error", "HOME": "not ours"})
    assert (settings.operator, settings.log_level, settings.token) == ("Ben", "error", "a token")


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, LOG_LEVEL="loud", DATABASE_URL="mysql://x", KEYRING_URL="https://x/y")
    expected = [r"trellis init", "DISCORD_TOKEN", "OPERATOR", "TRELLIS_KEY", "TRELLIS_PEPPER", "LOG_LEVEL",
                "DATABASE_URL", "KEYRING_URL"]  # fmt: skip
    assert len(faults) == len(expected)
    for sentence, name in zip(faults, expected, strict=True):
        assert name in sentence


def test_a_missing_file_is_no_fault_when_the_environment_has_it_all(tmp_path: Path) -> None:
    assert load(tmp_path, WHOLE).operator == "Ana"


def test_a_token_is_asked_for_only_by_those_who_need_it(tmp_path: Path) -> None:
    write(tmp_path, **{**WHOLE, "DISCORD_TOKEN": ""})
    assert load(tmp_path, {}, needs_token=False).token is None
    (fault,) = faults_of(tmp_path)
    assert "DISCORD_TOKEN" in fault


@pytest.mark.parametrize(
    ("wrong", "meant"), [("DATABASE_URI", "DATABASE_URL"), ("TRELLIS_KEYS", "TRELLIS_KEY"), ("OPERATER", "OPERATOR")]
)
def test_a_misspelt_name_is_told_with_what_was_meant(tmp_path: Path, wrong: str, meant: str) -> None:
    write(tmp_path, **WHOLE, **{wrong: "x"})
    (fault,) = faults_of(tmp_path)
    assert f"{wrong} isn't a setting of Trellis. Did you mean {meant}?" == fault


def test_of_the_environment_only_our_own_names_are_judged(tmp_path: Path) -> None:
    assert load(tmp_path, {**WHOLE, "OPERATER": "x", "PATH": "/bin"}).operator == "Ana"
    (fault,) = faults_of(tmp_path, **WHOLE, TRELLIS_KEYRING="x")
    assert "TRELLIS_KEYRING" in fault


@pytest.mark.parametrize("name", ["TRELLIS_KEY", "TRELLIS_PEPPER"])
@pytest.mark.parametrize(
    "cut", [in_text(KEY)[:-4], in_text(KEY)[1:], in_text(KEY)[:-1] + "AAAA", "ключ", "0" * 32], ids=range(5)
)
def test_a_key_that_was_cut_is_told_and_never_shown(tmp_path: Path, name: str, cut: str) -> None:
    (fault,) = faults_of(tmp_path, **{**WHOLE, name: cut})
    assert fault.startswith(f"{name} isn't a whole key")
    assert cut not in fault


def test_a_key_may_come_without_its_padding_and_with_blanks_around_it(tmp_path: Path) -> None:
    assert load(tmp_path, {**WHOLE, "TRELLIS_KEY": f" {in_text(KEY).rstrip('=')} "}).key == KEY


def test_a_dollar_in_a_value_is_only_a_dollar(tmp_path: Path) -> None:
    write(tmp_path, **{**WHOLE, "OPERATOR": "Ana ${HOME}"})
    assert load(tmp_path, {}).operator == "Ana ${HOME}"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:////data/t.db", "sqlite+aiosqlite:////data/t.db"),
        ("sqlite+aiosqlite:////data/t.db", "sqlite+aiosqlite:////data/t.db"),
        ("postgres://ana:pw@db/t", "postgresql+asyncpg://ana:pw@db/t"),
        ("postgresql://ana:pw@db/t?ssl=require", "postgresql+asyncpg://ana:pw@db/t?ssl=require"),
        ("postgresql+asyncpg://db/t", "postgresql+asyncpg://db/t"),
    ],
)
def test_the_usual_forms_of_a_database_address_are_taken(tmp_path: Path, given: str, used: str) -> None:
    assert load(tmp_path, {**WHOLE, "DATABASE_URL": given}).database_url == used


@pytest.mark.parametrize("given", ["trellis.db", "mysql://ana:secret@db/t", "postgresql+psycopg://db/t", "sqlite://"])
def test_other_database_addresses_are_refused_without_being_repeated(tmp_path: Path, given: str) -> None:
    (fault,) = faults_of(tmp_path, **WHOLE, DATABASE_URL=given)
    assert "DATABASE_URL" in fault
    assert given not in fault.split()


def test_the_keyring_lies_beside_the_database(tmp_path: Path) -> None:
    settings = load(tmp_path, {**WHOLE, "DATABASE_URL": f"sqlite:///{tmp_path}/data/t.db"})
    assert settings.keyring == tmp_path / "data" / "t.db.keyring"


def test_the_keyring_is_never_made_in_a_checkout(tmp_path: Path, home: Path) -> None:
    (tmp_path / "work" / ".git").mkdir(parents=True)
    for place in ("work/t.db", "work/data/deep/t.db"):
        settings = load(tmp_path, {**WHOLE, "DATABASE_URL": f"sqlite:///{tmp_path}/{place}"})
        assert settings.keyring.is_relative_to(home)


def test_the_keyring_of_postgresql_lies_beside_the_settings(tmp_path: Path) -> None:
    assert load(tmp_path, {**WHOLE, "DATABASE_URL": "postgresql://db/t"}).keyring == tmp_path / "trellis.keyring"


def test_two_databases_never_meet_at_one_keyring(tmp_path: Path, home: Path) -> None:
    (tmp_path / ".git").mkdir()
    addresses = [
        "postgresql://db/t",
        "postgresql://db/u",
        "postgresql://ana:pass@other/t",
        f"sqlite:///{tmp_path}/t.db",
    ]
    rings = {load(tmp_path, {**WHOLE, "DATABASE_URL": address}).keyring for address in addresses}
    assert len(rings) == 4
    assert all(ring.is_relative_to(home) for ring in rings)


def test_the_keyring_lies_where_it_is_said(tmp_path: Path) -> None:
    settings = load(tmp_path, {**WHOLE, "KEYRING_URL": f"file://{tmp_path.as_posix()}/my%20keys/ring"})
    assert settings.keyring == tmp_path / "my keys" / "ring"


def test_a_keyring_in_a_checkout_is_refused(tmp_path: Path) -> None:
    (tmp_path / "checkout" / ".git").mkdir(parents=True)
    (fault,) = faults_of(tmp_path, **WHOLE, KEYRING_URL=f"file://{tmp_path.as_posix()}/checkout/data/ring")
    assert "KEYRING_URL" in fault


@pytest.mark.parametrize("given", ["/data/ring", "https://example.org/ring", "file://", "ring"])
def test_a_keyring_that_is_no_file_address_is_refused(tmp_path: Path, given: str) -> None:
    (fault,) = faults_of(tmp_path, **WHOLE, KEYRING_URL=given)
    assert "KEYRING_URL" in fault


def test_no_fault_shows_a_secret(tmp_path: Path) -> None:
    secrets = ["pass:word", in_text(KEY)[:-5], "a secret token"]
    write(tmp_path, DATABASE_URL=f"mysql://ana:{secrets[0]}@db", TRELLIS_KEY=secrets[1], DISCORD_TOKENS=secrets[2])
    told = "\n".join(faults_of(tmp_path))
    assert "DISCORD_TOKENS" in told
    assert not [secret for secret in secrets if secret in told]


def test_a_token_pasted_without_its_name_is_not_shown(tmp_path: Path) -> None:
    write(tmp_path, **WHOLE)
    with (tmp_path / ".env").open("a") as file:
        file.write("MTk4.secret.token\n")
    assert "secret" not in "\n".join(faults_of(tmp_path))


def test_a_key_pasted_without_its_name_is_not_shown(tmp_path: Path) -> None:
    write(tmp_path, **WHOLE)
    alone = in_text(new_key())
    with (tmp_path / ".env").open("a") as file:
        file.write(alone + "\n")
    assert alone[:20] not in "\n".join(faults_of(tmp_path))


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_that_is_no_utf_8_is_a_fault_in_a_sentence(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, **{**WHOLE, "OPERATOR": "Íñigo"})
    (tmp_path / ".env").write_text((tmp_path / ".env").read_text("utf-8"), encoding)
    assert ".env" in faults_of(tmp_path)[0]


def test_the_example_names_every_setting_says_why_and_nothing_else() -> None:
    example = (ROOT / "config.example.env").read_text(encoding="utf-8")
    named = re.findall(r"^(# )?([A-Z_]+)=.*$", example, re.MULTILINE)
    assert [name for _, name in named] == list(KNOWN)
    for name, why in KNOWN.items():
        assert re.search(rf"^# {re.escape(why)}\n(# )?{name}=", example, re.MULTILINE), name


def test_the_example_holds_no_secret_and_nothing_that_would_be_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((ROOT / "config.example.env").read_text(encoding="utf-8"))
    given = dotenv_values(tmp_path / ".env")
    assert [name for name, value in given.items() if value] == ["LOG_LEVEL"]
    for name in WHOLE:
        given[name] = WHOLE[name]
    assert load(tmp_path, {name: value or "" for name, value in given.items()}).operator == "Ana"
