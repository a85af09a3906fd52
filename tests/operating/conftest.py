"""An operator's folder with a `.env`, on each database, with a circle in it."""

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.acts import buddy, circle
from bot.cli import main
from bot.settings import KNOWN, Settings, load
from bot.store.keyring import Keyring
from bot.store.unit import Store
from tests.acts.people import Home, Someone
from tests.conftest import KEY, PEPPER, Moments

OPERATOR = "the harbour collective"


@dataclass
class Operator:
    """Whoever runs the bot, in their folder."""

    folder: Path
    home: Home
    ana: Someone
    ben: Someone
    garden: str

    @property
    def settings(self) -> Settings:
        return load(self.folder, {}, needs_token=False)

    async def types(self, *words: str) -> int:
        """A command, as a process of its own would carry it out; its exit code."""
        await self.home.store.close()
        return await asyncio.to_thread(main, list(words))

    def store(self) -> Store:
        """A store as the bot would have it at its next start."""
        settings = self.settings
        keyring = Keyring(settings.keyring, settings.key)
        return Store(settings.database_url, keyring, settings.pepper, self.home.moments.now)

    async def starts_again(self) -> None:
        """From here on people meet the bot as it would be after a start."""
        await self.home.store.close()
        self.home.store = self.store()

    async def the_circle_is_whole(self) -> None:
        """People are found by who they are, the circle by its name, what waits and a never-list by whose they are."""
        shown = await self.ben.does(circle.show, named="Garden")
        assert (shown.name, shown.facilitators) == ("Garden", [self.ana.id])
        assert (await self.ben.does(buddy.never_list, self.garden)).never == [self.ana.id]
        async with self.home.store.unit(self.home.id) as unit:
            ben = await unit.people.find(self.ben.id)
            assert ben is not None
            assert await unit.people.address(ben.id) == self.ben.id
            assert [due.facts["kind"] for due in await unit.waiting.of_person(ben.id)] == ["door.let_in"]


@pytest.fixture
async def operator(
    url: str, store: Store, home: Home, moments: Moments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Operator]:
    for name in KNOWN:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    values = {
        "OPERATOR": f"'{OPERATOR}'",
        "TRELLIS_KEY": base64.urlsafe_b64encode(KEY).decode(),
        "TRELLIS_PEPPER": base64.urlsafe_b64encode(PEPPER).decode(),
        "DATABASE_URL": url.replace("postgresql+asyncpg", "postgresql"),
        "KEYRING_URL": (tmp_path / "trellis.keyring").as_uri(),
    }
    (folder / ".env").write_text("# mine\n" + "".join(f"{name}={value}\n" for name, value in values.items()))
    await home.is_set_up()
    ana = home.facilitator()
    garden = await ana.makes_circle()
    ben = await home.person().joins(garden)
    await ben.does(buddy.never, garden, member=ana.id, wanted=True)
    async with store.unit(home.id) as unit:
        person = await unit.people.find(ben.id)
        assert person is not None
        await unit.waiting.write("note", person.id, person=person.id, kind="door.let_in", resting=True)
    operator = Operator(folder, home, ana, ben, garden)
    yield operator
    await operator.home.store.close()


@pytest.fixture
def home(store: Store, moments: Moments) -> Home:
    """A server in which nothing is set up."""
    return Home(store, moments)
