"""A circle whose check-in is due, open, or over, as many tests need it."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import select

from bot import vault
from bot.acts import checkin, circle, wave
from bot.acts.due import Errand
from bot.practice.checkin import CORE, EASY, Tap
from bot.practice.circle import Membership
from bot.practice.wave import Phase, Wave
from bot.store import tables
from bot.store.answers import owner_of

from .people import Home, Someone

HARD = dict.fromkeys(EASY, Tap.PARTLY)
DAYS = timedelta(days=1)


@dataclass
class Asking:
    """Ana facilitates; whoever is in `people` is a member, she too."""

    home: Home
    circle: str
    people: list[Someone]
    posted: list[Errand] = field(default_factory=list)

    @property
    def ana(self) -> Someone:
        return self.people[0]

    @property
    def said(self) -> list[str]:
        """The kinds of messages that stand in the circle's channel, in the order they came."""
        shown = [str(one.due.facts["kind"]) for one in self.home.shown.values()]
        return [kind for kind in shown if not kind.startswith("circle.")]

    @property
    def token(self) -> str:
        """The wave's token, as it stands in the newest message that has one."""
        return str([one.due.facts["token"] for one in self.posted if {"wave", "token"} <= one.due.facts.keys()][-1])

    async def shows(self) -> list[Errand]:
        """Let what is due be carried out; what came anew."""
        anew = await self.home.carry_out()
        self.posted += anew
        return anew

    async def passes(self, time: timedelta) -> list[Errand]:
        """Let time go by."""
        anew = await self.home.passes(time)
        self.posted += anew
        return anew

    async def all_say_yes(self, *but: Someone) -> None:
        """Everybody asks to be asked."""
        for person in self.people:
            if person not in but:
                await person.does(checkin.join, self.circle)

    async def falls_due(self, held: int = 3) -> None:
        """So many sessions have been held."""
        async with self.home.store.unit(self.home.id) as unit:
            found = await circle.by_token(unit, self.circle)
            found.sessions_held = held
            await wave.fall_due(unit, found)
        await self.shows()

    async def opens(self, held: int = 3) -> None:
        """It falls due and Ana opens it."""
        await self.falls_due(held)
        await self.ana.does(wave.open_wave, self.token)
        await self.shows()

    async def taps(self, person: Someone, *taps: Tap, items: tuple[str, ...] = CORE) -> None:
        """Somebody answers, question by question."""
        for item, tap in zip(items, taps, strict=False):
            await person.does(checkin.answer, self.token, item=item, tap=tap)

    async def closes(self) -> list[Errand]:
        """Its time is over."""
        return await self.passes(3 * DAYS)

    async def row(self) -> Wave:
        """The newest wave."""
        async with self.home.store.unit(self.home.id) as unit:
            waves: list[Wave] = await unit.all(Wave)
        return max(waves, key=lambda one: (one.held, one.number))

    async def letters(self) -> str:
        """What the answers of the open wave say, opened with its key: y, p, n or -, sorted."""
        key = self.home.store.keyring.key(owner_of((await self.row()).id))
        opened = [vault.open_sealed(key, row[3], f"answer|{row[0].hex()}") for row in await self.answers()]
        return b"".join(sorted(opened)).decode()

    async def answers(self) -> list[tuple[bytes, str, str, bytes]]:
        """All rows of answers, as they lie there."""
        async with self.home.store.unit(self.home.id) as unit:
            return [(row[0], row[1], row[2], row[3]) for row in await unit.rows.execute(select(tables.answer))]

    async def everyone(self) -> list[str]:
        """The random ids of all members."""
        async with self.home.store.unit(self.home.id) as unit:
            return [one.person_id for one in await unit.all(Membership)]

    async def tapped(self, people: list[str]) -> set[Tap]:
        """What these people have tapped in the open check-in, as only the wave's key tells."""
        async with self.home.store.unit(self.home.id) as unit:
            (kept,) = await unit.all(Wave, phase=Phase.OPEN)
            taps = await unit.answers.read(kept.id, people, kept.items)
        return {tap for found in taps.values() for tap in found}

    async def leaves_server(self, person: Someone) -> Someone:
        """Somebody was away from the server and is back: the same person, come anew."""
        return replace(person, presser=replace(person.presser, joined_at=self.home.moments.now()))

    async def membership(self, person: Someone) -> Membership:
        """Somebody's row in the circle."""
        async with self.home.store.unit(self.home.id) as unit:
            here = await circle.by_token(unit, self.circle)
            found = await circle.row_of(unit, person.presser, here.id)
        assert found is not None
        return found


async def a_circle_of(home: Home, size: int) -> Asking:
    """A circle with so many members; nobody has said yes yet."""
    await home.is_set_up()
    ana = home.facilitator()
    token = await ana.makes_circle()
    others = [await home.person().joins(token) for _ in range(size - 1)]
    asking = Asking(home, token, [ana, *others])
    await asking.shows()
    return asking


def kinds(errands: list[Errand]) -> list[str]:
    """The kinds of messages that were posted."""
    return [str(one.due.facts["kind"]) for one in errands if one.due.deed == "post"]
