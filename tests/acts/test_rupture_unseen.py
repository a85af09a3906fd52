"""Whoever is party to a flag meets the same with and without it (promise 5): every look, answer and statement."""

import shutil
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.acts.rupture import flagging
from bot.practice.rupture.words import Lane, Look
from bot.store.keyring import Keyring
from bot.store.unit import Store, Unit
from tests.conftest import KEY, PEPPER, Moments

from .flags import Harbour, harbour
from .people import Home, Someone
from .unseen import Arrangement, live, prepare, press_on_readers, send_or_not

ARRANGED = {
    "one facilitates and is excluded": Arrangement(1, (("facilitators", 0),)),
    "it concerns somebody who facilitates, named to nobody": Arrangement(2, (), look=Look.FACILITATES),
    "of two, the holder is excluded": Arrangement(2, (("facilitators", 0),), look=Look.FACILITATES),
    "of three, two and a care contact are excluded": Arrangement(
        3, (("facilitators", 0), ("facilitators", 2), ("contacts", 0))
    ),
    "harm, with a member and a care contact excluded": Arrangement(
        2, (("members", 1), ("contacts", 1)), lane=Lane.HARM
    ),
    "harm, four facilitate, one is excluded, the others ticked": Arrangement(
        4, (("facilitators", 1),), lane=Lane.HARM, ticked=True
    ),
}
LAST = 13  # the last step of its life


@pytest.fixture
def ranks() -> dict[str, str]:
    """Everybody's role, by random id."""
    return {}


@pytest.fixture
async def homes(
    ranks: dict[str, str], empty_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[list[Home]]:
    """The same server twice, each in a database and a time of its own; chance draws the same in both, by `ranks`."""

    def by_role(people: list[str]) -> None:
        people.sort(key=lambda one: ranks.get(one, ""))

    monkeypatch.setattr(Unit, "shuffle", staticmethod(by_role))
    monkeypatch.setattr(Unit, "between", staticmethod(lambda least, most: least))
    stores = []
    for name in ("with", "without"):
        moments, place = Moments(), tmp_path / name
        place.mkdir()
        shutil.copyfile(empty_tables, place / "trellis.db")
        keyring = Keyring(place / "keyring", KEY)
        stores.append((Store(f"sqlite+aiosqlite:///{place}/trellis.db", keyring, PEPPER, moments.now), moments))
    yield [Home(store, moments) for store, moments in stores]
    for store, _ in stores:
        await store.close()


@pytest.mark.parametrize(("name", "gives_up_at"), [*zip(ARRANGED, [5, 9, LAST] * 2, strict=True)])
async def test_nobody_else_can_tell_whether_there_is_a_flag(
    homes: list[Home], ranks: dict[str, str], name: str, gives_up_at: int
) -> None:
    seen = []
    for home, flagged in zip(homes, (True, False), strict=True):
        world = await prepare(home, ARRANGED[name], ranks, flagged=flagged)
        await live(world, ARRANGED[name], gives_up_at=gives_up_at)
        seen.append(world.seen)
    with_one, without = seen
    assert len(without) > 200
    for one, other in zip(with_one, without, strict=False):
        assert one == other
    assert len(with_one) == len(without)


async def test_who_pauses_or_lets_in_somebody_else_can_not_tell_whether_they_have_a_flag(
    homes: list[Home], ranks: dict[str, str]
) -> None:
    arranged = Arrangement(4, (("facilitators", 0), ("facilitators", 1)))
    seen = []
    for home, flagged in zip(homes, (True, False), strict=True):
        world = await prepare(home, arranged, ranks, flagged=flagged)
        await send_or_not(world, arranged)
        await press_on_readers(world)
        # Who else facilitates is met in the order of random ids.
        seen.append([sorted(met.split("; ")) for met in world.seen])
    assert len(seen[1]) > 50
    assert seen[0] == seen[1]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_previews_tell_nothing_of_hidden_flags_however_often_one_tries(home: Home) -> None:
    ours = await harbour(home, facilitators=3)
    writer, party = ours.members
    before = await draws(ours, party)
    for _ in range(3):
        await ours.is_heard_of(writer, party)
    after = await draws(ours, party)
    assert set(before) == set(after) == {person.id for person in ours.facilitators}
    # Evenly drawn, 100 times each: 33 for each is expected; as far off as this is less than one in a hundred thousand.
    assert all(10 <= counted[person.id] <= 70 for counted in (before, after) for person in ours.facilitators)


async def draws(ours: Harbour, party: Someone) -> Counter[int]:
    """Who comes first in 100 flags that are thrown away."""
    found: Counter[int] = Counter()
    for _ in range(100):
        preview = await ours.drafts(party)
        found[preview.reaches[0].person] += 1
        await party.does(flagging.throw_away, preview.token)
    return found
