"""A list of a circle's members to choose one from; longer ones go on with **More members**."""

from typing import Self

import discord

from bot import choosing, ui
from bot.acts import door as doors
from bot.press import Press, Reply


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

        def shown(person: int, name: str) -> discord.SelectOption:
            return choosing.option(person, cls.label(press, found, person, name))

        options = await choosing.options(press, cls.offered(press, found), start, shown)
        return cls(found.token, press.language, options) if options else None

    async def choose(self, press: Press, chosen: str) -> Reply:
        """A person, or the next page."""
        start = choosing.goes_on_from(chosen)
        if start is None:
            return await self.chosen(press, int(chosen))
        found = await press.act(doors.roll, named=self.token)
        following = await self.shown(press, found, start)
        if following is None:
            return press.reply("fault.stale")
        return press.reply("door.roll_goes_on", following, name=found.name)
