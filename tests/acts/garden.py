"""A circle whose members would like to hold, and what they are told of its coming session."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.acts import calling, circle, inbox, rota, server
from bot.acts.due import Errand
from bot.practice.calling import Calling

from .people import Home, Someone

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
CAME = datetime(2020, 2, 29, tzinfo=UTC)  # into the server, long before


@dataclass
class Garden:
    """Ana facilitates; Ben and Cem have said that they'd like to hold, in this order; Dua hasn't."""

    home: Home
    token: str
    ana: Someone
    ben: Someone
    cem: Someone
    dua: Someone

    async def looks_ahead(self, at: datetime | None) -> None:
        """The next session is scheduled at this time."""
        async with self.home.store.unit(self.home.id) as unit:
            await rota.look_ahead(unit, await circle.by_token(unit, self.token), at)

    async def in_(self, wait: timedelta) -> datetime:
        """The next session is scheduled so far from now."""
        at = self.home.moments.now() + wait
        await self.looks_ahead(at)
        await self.home.carry_out()
        return at

    async def next_holder(self) -> int | None:
        """Who would hold a session that opens now."""
        async with self.home.store.unit(self.home.id) as unit:
            holder = await rota.next_holder(unit, await circle.by_token(unit, self.token))
            return await unit.people.address(holder) if holder else None

    async def following(self) -> int | None:
        """Whom the coming session is with, which nobody else reads."""
        async with self.home.store.unit(self.home.id) as unit:
            holder = await rota.expected(unit, await circle.by_token(unit, self.token))
            return await unit.people.address(holder) if holder else None

    async def named(self) -> int | None:
        """Who holds next, as members read it."""
        return (await self.dua.does(rota.look, named=self.token)).holder

    async def calling(self) -> Calling | None:
        """The rows of the calling."""
        async with self.home.store.unit(self.home.id) as unit:
            return await calling.known(unit, await circle.by_token(unit, self.token))

    async def call(self) -> str:
        """The token of the calling."""
        found = await self.calling()
        assert found
        return found.token

    async def has_a_care_contact(self) -> Someone:
        """Somebody who said yes to being one."""
        noor, admin = self.home.person(), self.home.person(administers=True)
        await admin.does(server.set_up, facilitators=None, zone=None, language=None, care_contact=noor.id)
        question = next(one for one in await self.home.carry_out() if one.due.facts["kind"] == "server.care_question")
        await noor.does(server.answer_care, str(question.due.facts["token"]), yes=True, facilitates=False)
        await self.home.carry_out()
        return noor


async def made(home: Home) -> Garden:
    """Such a circle."""
    await home.is_set_up()
    ana = home.facilitator(joined_at=CAME)
    token = await ana.makes_circle()
    ben, cem, dua = [await home.person(joined_at=CAME).joins(token) for _ in range(3)]
    for who in (ben, cem):
        await who.does(rota.set_willing, token, willing=True)
    return Garden(home, token, ana, ben, cem, dua)


async def told(who: Someone) -> list[str]:
    """The kinds of what waits for somebody now."""
    return [str(note.due.facts["kind"]) for note in await who.does(inbox.look)]


def public(carried: list[Errand]) -> list[str]:
    """The kinds of what all can read."""
    return [str(one.due.facts["kind"]) for one in carried if one.due.deed == "post"]
