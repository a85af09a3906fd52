"""A list of a circle's members to choose one from; longer ones go on with **More members**."""

from typing import Self

import discord

from bot import ui
from bot.acts import door as doors
from bot.press import Press, Reply

OPTIONS = 25  # Discord's limit for one list
GOES_ON = "from-"


class ListOfPeople(ui.Menu):
    """A list for those who facilitate a circle, by its token. Its last option leads on, so that nobody is left out."""

    @staticmethod
    def offered(press: Press, found: doors.Roll) -> list[int]:
        """Who can be chosen (Discord ids)."""
        raise NotImplementedError

    @staticmethod
    def label(press: Press, found: doors.Roll, person: int, name: str) -> str:
        """What stands for this person in the list."""
        return name

    async def chosen(self, press: Press, person: int) -> Reply:
        """What choosing this person (a Discord id) does."""
        raise NotImplementedError

    @classmethod
    async def shown(cls, press: Press, found: doors.Roll, start: int = 0) -> Self | None:
        """The list from a place on; None when there is nobody to choose."""
        people = cls.offered(press, found)[start:]
        here = people if len(people) <= OPTIONS else people[: OPTIONS - 1]
        options = [await cls._option(press, found, person) for person in here]
        if len(here) < len(people):
            more = press.say("menu.members.more")
            options.append(discord.SelectOption(label=more, value=f"{GOES_ON}{start + len(here)}"))
        return cls(found.token, press.language, options) if options else None

    @classmethod
    async def _option(cls, press: Press, found: doors.Roll, person: int) -> discord.SelectOption:
        name = await press.bot.display_name(press.server_id, person) or str(person)
        return discord.SelectOption(label=cls.label(press, found, person, name)[:100], value=str(person))

    async def choose(self, press: Press, chosen: str) -> Reply:
        """A person, or the next page."""
        if not chosen.startswith(GOES_ON):
            return await self.chosen(press, int(chosen))
        found = await press.act(doors.roll, named=self.token)
        following = await self.shown(press, found, int(chosen.removeprefix(GOES_ON)))
        if following is None:
            return press.reply("fault.stale")
        return press.reply("door.roll_goes_on", following, name=found.name)
