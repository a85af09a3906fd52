"""A small bot in discord.py, to try the Discord of these tests on. It keeps what it must still post in a file."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

NOTE = Path("pending.json")
Interaction = discord.Interaction[Any]


class Button(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"toy:(?P<deed>[a-z]+)"):
    def __init__(self, deed: str) -> None:
        super().__init__(discord.ui.Button(label=deed.capitalize(), custom_id=f"toy:{deed}"))
        self.deed = deed

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str], /) -> Self:
        return cls(match["deed"])

    async def callback(self, interaction: Interaction) -> None:
        deed = getattr(self, f"on_{self.deed}")
        await deed(interaction)

    async def on_greet(self, interaction: Interaction) -> None:
        await interaction.response.send_message("greeted", ephemeral=True)
        await interaction.followup.send("and once more", ephemeral=True)

    async def on_update(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(content="updated in place", view=None)

    async def on_form(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(Wish())

    async def on_choose(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("chosen slowly", ephemeral=True)

    async def on_loud(self, interaction: Interaction) -> None:
        await interaction.response.send_message("for all to read")

    async def on_silent(self, interaction: Interaction) -> None:
        """Says nothing, which Discord does not forgive."""

    async def on_kick(self, interaction: Interaction) -> None:
        assert isinstance(interaction.channel, discord.TextChannel)
        await interaction.response.defer()
        await interaction.channel.edit(topic="not allowed")


class Wish(discord.ui.Modal, title="A wish"):
    wish = discord.ui.Label(text="What?", component=discord.ui.TextInput[Any](custom_id="wish", max_length=20))

    hint = discord.ui.TextDisplay[Any]("Anything at all.")
    who = discord.ui.Label(text="For whom?", component=discord.ui.UserSelect[Any](custom_id="who", required=False))
    when = discord.ui.Label(
        text="When?",
        component=discord.ui.RadioGroup[Any](
            custom_id="when",
            required=False,
            options=[discord.RadioGroupOption(label=one, value=one.lower()) for one in ("Now", "Later")],
        ),
    )

    async def on_submit(self, interaction: Interaction) -> None:
        wish, who, when = self.wish.component, self.who.component, self.when.component
        assert isinstance(wish, discord.ui.TextInput)
        assert isinstance(who, discord.ui.UserSelect)
        assert isinstance(when, discord.ui.RadioGroup)
        more = "".join(f", {one}" for one in (*(one.display_name for one in who.values), when.value) if one)
        await interaction.response.send_message(f"wished: {wish.value}{more}", ephemeral=True)


def buttons(*deeds: str) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for deed in deeds:
        view.add_item(Button(deed))
    return view


class Toy(commands.AutoShardedBot):
    async def setup_hook(self) -> None:
        self.add_dynamic_items(Button)
        self.tree.add_command(toy)
        await self.tree.sync()
        if NOTE.exists():
            await self.post()

    async def post(self) -> None:
        """Says what the note holds, and forgets the note: killed in between, it says it again with the same nonce."""
        note = json.loads(NOTE.read_text())
        channel = self.get_partial_messageable(note["channel"])
        await channel.send(note["text"], nonce=note["nonce"], view=buttons("greet"))
        NOTE.unlink()


toy = app_commands.Group(name="toy", description="A toy")


@toy.command(description="A private answer with buttons")
@app_commands.describe(name="Any name", who="A person")
async def hello(interaction: Interaction, name: str, who: discord.Member | None = None) -> None:
    deeds = buttons("greet", "update", "form", "choose", "loud", "silent", "kick")
    other = f" and {who.display_name}" if who else ""
    await interaction.response.send_message(f"hello {name}{other} ({interaction.locale})", view=deeds, ephemeral=True)


@hello.autocomplete("name")
async def names(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=one, value=one) for one in ("Rivers", "Reeds") if one.startswith(typed)]


@toy.command(description="A private thread with somebody in it")
async def meet(interaction: Interaction, who: discord.Member) -> None:
    assert isinstance(interaction.channel, discord.TextChannel)
    await interaction.response.defer(ephemeral=True)
    kind = discord.ChannelType.private_thread
    thread = await interaction.channel.create_thread(name="circle 1", type=kind, invitable=False)
    await thread.add_user(interaction.user)
    everyone = discord.AllowedMentions.all()
    await thread.send(f"come, {who.mention}", allowed_mentions=everyone, view=buttons("greet"))
    inside = [(await thread.fetch_member(one.id)).id for one in (interaction.user, who)]
    await interaction.followup.send(f"{len(inside)} inside", ephemeral=True)


@toy.command(description="Posts once, whatever happens")
async def announce(interaction: Interaction, text: str) -> None:
    NOTE.write_text(json.dumps({"channel": interaction.channel_id, "text": text, "nonce": str(interaction.id)}))
    await interaction.response.send_message("it will be said", ephemeral=True)
    assert isinstance(interaction.client, Toy)
    await interaction.client.post()


@toy.command(description="A message to somebody alone")
async def whisper(interaction: Interaction, who: discord.Member) -> None:
    await interaction.response.defer(ephemeral=True)
    try:
        await who.send("something is waiting", view=buttons("greet"))
    except discord.Forbidden as refusal:
        await interaction.followup.send(f"not sent: {refusal.code}", ephemeral=True)
    else:
        await interaction.followup.send("sent", ephemeral=True)


@toy.command(description="A private file under a private card")
async def export(interaction: Interaction) -> None:
    layout = discord.ui.LayoutView(timeout=None)
    card = discord.ui.Container[Any](discord.ui.TextDisplay("all that is kept"))
    card.add_item(discord.ui.File("attachment://kept.txt"))
    card.add_item(discord.ui.ActionRow(Button("greet")))
    layout.add_item(card)
    file = discord.File(io.BytesIO(b"nothing"), "kept.txt")
    await interaction.response.send_message(view=layout, file=file, ephemeral=True)


@toy.command(description="What can be read here")
async def read(interaction: Interaction) -> None:
    assert isinstance(interaction.channel, discord.TextChannel)
    found = [f"{one.author.display_name}:{one.content}" async for one in interaction.channel.history(limit=10)]
    await interaction.response.send_message("|".join(found) or "nothing", ephemeral=True)


if __name__ == "__main__":
    intents = discord.Intents(guilds=True, members="privileged" in sys.argv)
    Toy("!", intents=intents).run(os.environ["DISCORD_TOKEN"])
