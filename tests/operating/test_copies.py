"""`trellis backup` and `trellis restore`: a copy opens nothing by itself, and what was forgotten stays so."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.acts import checkin, door, wave
from bot.acts.privacy import exporting
from bot.app import utcnow
from bot.operating.lock import lock_of
from bot.practice.checkin import CORE, Tap
from bot.practice.circle import Membership
from bot.store import copies
from bot.store.answers import owner_of
from bot.store.keyring import KeyGone
from bot.store.migrate import upgrade
from bot.store.rows import Person, Server, Waiting
from tests.acts.asking import DAYS, Asking, kinds
from tests.acts.garden import MINUTE
from tests.acts.people import refused
from tests.acts.test_wave_key import opened_keys

from .conftest import Operator


class Killed(BaseException):
    """The process was killed here."""


def copy_in(folder: Path) -> Path:
    """The one copy in there, and nothing else."""
    (copy,) = folder.iterdir()
    return copy


async def test_what_was_copied_can_be_put_back(operator: Operator, tmp_path: Path) -> None:
    assert await operator.types("backup", str(tmp_path / "copies")) == 0
    copy = copy_in(tmp_path / "copies")
    before = copy.read_bytes()
    await operator.ben.does(door.leave, token=operator.garden)
    await operator.home.person().joins(operator.garden)
    assert await operator.types("restore", str(copy)) == 0
    assert copy.read_bytes() == before
    assert copy_in(tmp_path / "copies") == copy
    await operator.starts_again()
    await operator.the_circle_is_whole()
    async with operator.home.store.unit(operator.home.id) as unit:
        assert len(await unit.all(Membership)) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file modes")
async def test_a_copy_is_for_the_operator_alone_and_names_nobody(operator: Operator, tmp_path: Path) -> None:
    assert await operator.types("backup", str(tmp_path / "copies")) == 0
    copy = copy_in(tmp_path / "copies")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    traces = [str(operator.ana.id).encode(), operator.ben.id.to_bytes(8, "big"), b"Garden"]
    assert [trace for trace in traces if trace in copy.read_bytes()] == []


async def test_who_was_forgotten_since_is_forgotten_in_the_copy_too(operator: Operator, tmp_path: Path) -> None:
    assert await operator.types("backup", str(tmp_path / "copies")) == 0
    server, user = str(operator.home.id), str(operator.ben.id)
    assert await operator.types("forget", "--server", server, "--user", user) == 0
    assert await operator.types("restore", str(copy_in(tmp_path / "copies"))) == 0
    await operator.starts_again()
    with refused("privacy.nothing_kept"):
        await operator.ben.does(exporting.export)
    roll = await operator.ana.does(door.roll, named=operator.garden)
    assert roll.members == [operator.ana.id]


async def test_a_copy_of_before_another_pepper_is_hashed_anew(operator: Operator, tmp_path: Path) -> None:
    assert await operator.types("backup", str(tmp_path / "copies")) == 0
    assert await operator.types("rekey", "--pepper") == 0
    assert await operator.types("restore", str(copy_in(tmp_path / "copies"))) == 0
    await operator.starts_again()
    await operator.the_circle_is_whole()


async def test_what_waited_is_looked_for_before_it_is_done_again(operator: Operator, tmp_path: Path) -> None:
    async with operator.home.store.unit(operator.home.id) as unit:
        token = await unit.waiting.write("post", "lane", kind="handover.looking")
    assert await operator.types("backup", str(tmp_path / "copies")) == 0
    assert await operator.types("restore", str(copy_in(tmp_path / "copies"))) == 0
    await operator.starts_again()
    async with operator.home.store.unit(operator.home.id) as unit:
        due = await unit.waiting.get(token)
        assert due is not None
        assert due.claimed_at is not None
        resting = [row for row in await unit.all(Waiting) if row.due_at is None]
        assert [row.claimed_at for row in resting] == [None]


async def test_answers_of_an_open_check_in_are_never_copied_and_it_ends_without_a_result(
    operator: Operator, tmp_path: Path
) -> None:
    home = operator.home
    home.moments.advance((utcnow() - home.moments.now()).total_seconds())  # commands have the clock on the wall
    harbour = await operator.ana.makes_circle("Harbour")
    others = [await home.person().joins(harbour) for _ in range(4)]
    asking = Asking(home, harbour, [operator.ana, *others])
    await asking.all_say_yes()
    await asking.opens()
    for person in asking.people:
        await asking.taps(person, Tap.YES)
    assert len(answers := await asking.answers()) == 5 * len(CORE)
    key = owner_of((await asking.row()).id)
    assert await operator.types("backup", str(tmp_path / "copies")) == 0
    copy = copy_in(tmp_path / "copies")
    assert [place for place, *_ in answers if place in copy.read_bytes()] == []
    with closing(sqlite3.connect(copy)) as rows:
        assert rows.execute("SELECT count(*) FROM answer").fetchone() == (0,)
        assert rows.execute("SELECT phase FROM wave").fetchall() == [("void",)]
    await operator.starts_again()
    assert key in await opened_keys(home.store)  # that day's key is there still, and must not make a result of nothing
    assert await operator.types("restore", str(copy)) == 0
    await operator.starts_again()
    assert kinds(await asking.passes(MINUTE)) == ["checkin.void"]
    assert key not in home.store.keyring.owners()
    with refused("rc.void"):
        await others[0].does(checkin.begin, asking.token)
    async with home.store.unit(home.id) as unit:
        await wave.tell_cut_off(unit)
    assert kinds([*await asking.shows(), *await asking.closes(), *await asking.passes(DAYS)]) == []
    assert await asking.answers() == []


async def test_a_copy_is_made_while_the_bot_runs_and_put_back_only_while_it_does_not(
    operator: Operator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with lock_of(operator.settings):
        assert await operator.types("backup", str(tmp_path / "copies")) == 0
        for words in (["restore", str(copy_in(tmp_path / "copies"))], ["rekey"], ["wipe", "--yes"]):
            assert await operator.types(*words) == 1
            assert "Stop it" in capsys.readouterr().err
    await operator.the_circle_is_whole()


async def test_another_file_changes_nothing(
    operator: Operator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter").write_text("Dear Ana")
    (tmp_path / "empty").touch()
    for name in ("letter", "empty", "missing"):
        assert await operator.types("restore", str(tmp_path / name)) == 1
        assert "isn't a copy" in capsys.readouterr().err
    await operator.the_circle_is_whole()


async def test_a_copy_of_a_later_version_changes_nothing(
    operator: Operator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await operator.types("backup", str(tmp_path / "copies")) == 0
    copy = copy_in(tmp_path / "copies")
    with closing(sqlite3.connect(copy)) as rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")
        rows.commit()
    assert await operator.types("restore", str(copy)) == 1
    assert "this version or an earlier one" in capsys.readouterr().err
    await operator.the_circle_is_whole()


async def test_a_copy_of_an_earlier_version_is_brought_up_to_date(operator: Operator, tmp_path: Path) -> None:
    copy = tmp_path / "old.copy"
    await upgrade(f"sqlite+aiosqlite:///{copy}", "0004")
    with closing(sqlite3.connect(copy)) as rows:
        rows.execute("INSERT INTO house (id, mark) VALUES (1, ?)", (operator.home.store.keyring.mark,))
        rows.execute("INSERT INTO server (id, language) VALUES (77, 'es')")
        rows.commit()
    assert await operator.types("restore", str(copy)) == 0
    await operator.starts_again()
    async with operator.home.store.unit(77) as unit:
        assert [(server.id, server.language) for server in await unit.all(Server)] == [(77, "es")]
        assert await unit.all(Person) == []


async def test_a_restore_that_is_cut_short_changes_nothing(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await operator.types("backup", str(tmp_path / "copies")) == 0
    await operator.home.person().joins(operator.garden)

    async def dies(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(copies, "rehash_rows", dies)
    keyring = operator.home.store.keyring
    with pytest.raises(Killed):
        await copies.copy_in(copy_in(tmp_path / "copies"), operator.settings.database_url, keyring, b"pepper")
    await operator.starts_again()
    await operator.the_circle_is_whole()
    async with operator.home.store.unit(operator.home.id) as unit:
        assert len(await unit.all(Membership)) == 3


async def test_the_copy_without_its_keys_opens_nothing(operator: Operator) -> None:
    async with operator.home.store.unit(operator.home.id) as unit:
        (ben,) = [one for one in await unit.all(Person) if one.id == (await unit.people.meet(operator.ben.id)).id]
        await unit.keyring.destroy(ben.id)
        with pytest.raises(KeyGone):
            await unit.people.address(ben.id)
