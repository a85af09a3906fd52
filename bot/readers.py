"""Who can open a circle's threads, said before anybody comes in (P2)."""

import discord

from bot.press import Press, harmless


def readers(press: Press, channel_id: int) -> str:
    """Bots by the name of their own role first, then roles, people named in the channel, and all the rest."""
    guild = press.interaction.guild
    channel = guild.get_channel(channel_id) if guild else None
    if guild is None or not isinstance(channel, discord.TextChannel):
        return ""
    in_channel = {target.id: overwrite for target, overwrite in channel.overwrites.items()}
    strong = [role for role in guild.roles if _opens_threads(role, in_channel.get(role.id))]
    roles = {role.id for role in guild.roles}
    people = [f"<@{target}>" for target in in_channel if target not in roles]
    return press.say(
        "readers.note",
        bots=_names([role for role in strong if _is_a_bots_own(role)]) or press.say("readers.none"),
        roles=_names([role for role in strong if not _is_a_bots_own(role)]) or press.say("readers.none"),
        people=", ".join(people) or press.say("readers.none"),
        operator=harmless(press.bot.operator),
    )


def _opens_threads(role: discord.Role, overwrite: discord.PermissionOverwrite | None) -> bool:
    if role.permissions.administrator:
        return True
    here = overwrite.manage_threads if overwrite else None
    return role.permissions.manage_threads if here is None else here


def _is_a_bots_own(role: discord.Role) -> bool:
    return role.is_bot_managed() or (role.managed and role.tags is None)


def _names(roles: list[discord.Role]) -> str:
    return ", ".join(harmless(role.name) for role in roles)
