"""A circle in which somebody can flag something: who facilitates, who is a care contact, and the flag's way."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.acts import inbox, server
from bot.acts.due import Errand
from bot.acts.rupture import flagging, reading
from bot.acts.rupture.flagging import Preview
from bot.acts.rupture.reading import Shown
from bot.practice.rupture.words import Lane, Look, Soon, Wish

from .people import Home, Someone

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Harbour:
    """A circle, its people, and an admin."""

    home: Home
    circle: str
    admin: Someone
    facilitators: list[Someone]
    contacts: list[Someone] = field(default_factory=list)
    members: list[Someone] = field(default_factory=list)

    @property
    def people(self) -> list[Someone]:
        """Everybody."""
        return [*self.facilitators, *self.contacts, *self.members, self.admin]

    def whose(self, discord_id: int) -> Someone:
        """The person with this Discord id."""
        return next(person for person in self.people if person.id == discord_id)

    async def drafts(self, writer: Someone, *excluded: Someone, lane: Lane = Lane.FRICTION, **more: Any) -> Preview:
        """Somebody writes a flag; nothing is sent yet."""
        said = {"look": Look.HURT, "wish": Wish.UNSURE, "soon": Soon.NO_HURRY, "words": "It hurt.", **more}
        return await writer.does(
            flagging.draft, self.circle, lane=lane, excluded=[person.id for person in excluded], **said
        )

    async def flags(self, writer: Someone, *excluded: Someone, **more: Any) -> tuple[str, list[Someone]]:
        """Somebody writes a flag and sends it; its token and whom it may reach, in order."""
        found = await self.drafts(writer, *excluded, **more)
        if more.get("ticked"):
            found = await writer.does(flagging.choose, found.token, ticked=True)
        assert isinstance(await writer.does(flagging.send, found.token), flagging.Sent)
        token = (await writer.does(reading.my_own))[0].token
        return token, [self.whose(reach.person) for reach in found.reaches]

    async def is_heard_of(self, writer: Someone, *excluded: Someone, **more: Any) -> tuple[str, list[Someone]]:
        """The same, and the first person has heard of it."""
        token, people = await self.flags(writer, *excluded, **more)
        await self.home.passes(HOUR)
        return token, people

    async def sees(self, person: Someone) -> list[str]:
        """The tokens of the flags that lie before somebody."""
        return [shown.token for shown in await person.does(reading.care)]

    async def shown(self, person: Someone, token: str) -> Shown:
        """A flag before somebody's eyes."""
        return await person.does(reading.read, token)


async def harbour(
    home: Home, *, facilitators: int = 2, contacts: int = 1, members: int = 2, dms: bool = False
) -> Harbour:
    """A circle of a server that is set up; everything that was to be posted has been."""
    await home.is_set_up()
    admin = home.person(administers=True)
    await admin.does(server.write_help_card, emergency="112", lines="the night line")
    first = home.facilitator()
    circle = await first.makes_circle()
    made = Harbour(home, circle, admin, [first])
    made.facilitators += [await first.shares(circle) for _ in range(facilitators - 1)]
    for _ in range(contacts):
        made.contacts.append(await becomes_contact(made))
    made.members = [await home.person().joins(circle) for _ in range(members)]
    await home.carry_out()
    for person in made.people:
        await person.looks()
        if dms:
            await person.does(inbox.set_dms, wanted=True)
    return made


async def becomes_contact(harbour: Harbour) -> Someone:
    """Somebody new is asked to be a care contact, and accepts."""
    contact = harbour.home.person()
    await harbour.admin.does(server.set_up, facilitators=None, zone=None, language=None, care_contact=contact.id)
    question = next(one for one in await harbour.home.carry_out() if kind(one) == "server.care_question")
    await contact.does(server.answer_care, str(question.due.facts["token"]), yes=True, facilitates=False)
    await harbour.home.carry_out()
    return contact


def kind(errand: Errand) -> str:
    """What sort of message or note it is."""
    return str(errand.due.facts.get("kind"))


def kinds(errands: list[Errand]) -> list[str]:
    """What sorts of notes these are."""
    return [kind(errand) for errand in errands]


async def told(person: Someone) -> list[str]:
    """What somebody newly hears of flags."""
    return [one for one in kinds(await person.looks()) if one.startswith("rupture.")]
