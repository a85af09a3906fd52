"""Choosing one person: from a list that goes on, or in a form, where there are people to choose from."""

from collections.abc import Callable
from typing import Any, ClassVar

import discord

from bot import ui
from bot.practice.refusals import Refusal
from bot.press import Press, Reply

OPTIONS = 25  # Discord's limit for one list
LONGEST_NAME = 100  # characters, in a list
GOES_ON = "from-"


def option(person: int, name: str) -> discord.SelectOption:
    """One person (a Discord id) in a list, under this name."""
    return discord.SelectOption(label=name[:LONGEST_NAME], value=str(person))


async def options(
    press: Press, people: list[int], start: int = 0, shown: Callable[[int, str], discord.SelectOption] = option
) -> list[discord.SelectOption]:
    """People (Discord ids) from a place on, for one list; its last option leads on, so that nobody is left out."""
    rest = people[start:]
    here = rest if len(rest) <= OPTIONS else rest[: OPTIONS - 1]
    found = [shown(person, await press.bot.display_name(press.server_id, person) or str(person)) for person in here]
    if len(here) < len(rest):
        more = press.say("menu.members.more")
        found.append(discord.SelectOption(label=more, value=f"{GOES_ON}{start + len(here)}"))
    return found


def goes_on_from(chosen: str) -> int | None:
    """The place from which the list goes on; None when a person was chosen."""
    return int(chosen.removeprefix(GOES_ON)) if chosen.startswith(GOES_ON) else None


async def only_in_the_server(interaction: discord.Interaction[Any], key: str) -> None:
    """Say, with this sentence, that a direct message has nobody to choose from."""

    async def do(press: Press) -> Reply:
        return press.reply(key)

    await ui.answer(interaction, do)


class OnePersonForm(ui.Form):
    """Whom: anybody here but a program, of one's own choice. `in_a_dm` is the sentence for who presses it there."""

    in_a_dm: ClassVar[str]

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        self.ask(discord.ui.UserSelect(custom_id="other", required=True))

    @classmethod
    async def open(cls, interaction: discord.Interaction[Any], token: str) -> None:
        """Show it where there is somebody to choose from."""
        if interaction.guild_id:
            await super().open(interaction, token)
        else:
            await only_in_the_server(interaction, cls.in_a_dm)

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """A person is chosen. Raises Refusal for a program."""
        data: Any = press.interaction.data or {}
        if data.get("resolved", {}).get("users", {}).get(values["other"], {}).get("bot"):
            raise Refusal("choosing.is_program")
        return await cls.chosen(press, token, int(values["other"]))

    @classmethod
    async def chosen(cls, press: Press, token: str, person: int) -> Reply:
        """What choosing this person (a Discord id) does."""
        raise NotImplementedError
