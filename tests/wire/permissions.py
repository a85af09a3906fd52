"""Discord's permissions, and what somebody has in a place (roles, then overwrites; threads use their parent)."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Channel, Guild, User


class P(IntFlag):
    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    CREATE_EVENTS = 1 << 44
    PIN_MESSAGES = 1 << 51


ALL = P((1 << 52) - 1)
NOBODY = P(0)
IN_DM = (
    P.VIEW_CHANNEL
    | P.SEND_MESSAGES
    | P.READ_MESSAGE_HISTORY
    | P.EMBED_LINKS
    | P.ATTACH_FILES
    | P.USE_APPLICATION_COMMANDS
)
ORDINARY = (
    P.VIEW_CHANNEL
    | P.SEND_MESSAGES
    | P.READ_MESSAGE_HISTORY
    | P.SEND_MESSAGES_IN_THREADS
    | P.USE_APPLICATION_COMMANDS
    | P.ADD_REACTIONS
)


def names(permissions: P) -> str:
    return ", ".join(one.name or str(one.value) for one in P if one in permissions)


def in_guild(guild: Guild, user: User) -> P:
    """What the roles give, before any channel is looked at."""
    if not user.here:
        return NOBODY
    if user.id == guild.owner_id:
        return ALL
    held = guild.everyone.permissions
    for role in user.roles:
        held |= role.permissions
    return ALL if P.ADMINISTRATOR in held else P(held)


def in_channel(guild: Guild, user: User, channel: Channel) -> P:
    """What this person may do here, membership of a private thread left aside."""
    if channel.is_dm:
        return IN_DM if user in channel.recipients else NOBODY
    if not user.here:
        return NOBODY
    held = in_guild(guild, user)
    if held == ALL:
        return ALL
    overwrites = (channel.parent or channel).overwrites
    allow, deny = overwrites.get(guild.id, (NOBODY, NOBODY))
    held = (held & ~deny) | allow
    given = taken = NOBODY
    for role in user.roles:
        allow, deny = overwrites.get(role.id, (NOBODY, NOBODY))
        given, taken = given | allow, taken | deny
    held = (held & ~taken) | given
    allow, deny = overwrites.get(user.id, (NOBODY, NOBODY))
    held = (held & ~deny) | allow
    return P(held) if P.VIEW_CHANNEL in held else NOBODY


def sees(guild: Guild, user: User, channel: Channel) -> bool:
    """A private thread is seen by its members and by everyone with Manage Threads, if they see the channel above it."""
    held = in_channel(guild, user, channel)
    if P.VIEW_CHANNEL not in held:
        return False
    return not channel.is_private or user.id in channel.joined or P.MANAGE_THREADS in held
