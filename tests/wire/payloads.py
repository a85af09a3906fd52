"""The shapes in which Discord tells about things (API v10)."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from . import permissions
from .model import DM, TEXT, Channel, Form, Interaction, Json, Message, User, walk
from .world import World, role_json

if TYPE_CHECKING:
    from collections.abc import Iterable

MESSAGE_CONTENT = 1 << 15


def user(who: User) -> Json:
    return {
        "id": str(who.id), "username": who.name.lower(), "global_name": who.name, "discriminator": "0", "avatar": None,
        "bot": who.bot, "public_flags": 0, "primary_guild": None, "flags": 0,
    }  # fmt: skip


def member(world: World, who: User, channel: Channel | None = None, *, with_user: bool = True) -> Json:
    body: Json = {
        "nick": None, "avatar": None, "banner": None, "roles": [str(role.id) for role in who.roles],
        "joined_at": world.iso(who.joined_at), "premium_since": None, "deaf": False, "mute": False, "pending": False,
        "flags": 0, "communication_disabled_until": None,
    }  # fmt: skip
    if with_user:
        body["user"] = user(who)
    if channel is not None:
        body["permissions"] = str(int(world.may(who, channel)))
    return body


def thread_member(world: World, thread: Channel, who: User) -> Json:
    joined = world.iso(thread.joined[who.id])
    return {"id": str(thread.id), "user_id": str(who.id), "join_timestamp": joined, "flags": 0}


def channel(world: World, what: Channel, viewer: User | None = None) -> Json:
    readable = [one.id for one in what.messages.values() if one.only_for is None]
    last = str(max(readable)) if readable else None
    if what.type == DM:
        others = [user(one) for one in what.recipients if one is not world.bot]
        return {"id": str(what.id), "type": DM, "last_message_id": last, "flags": 0, "recipients": others}
    body: Json = {
        "id": str(what.id), "type": what.type, "name": what.name, "guild_id": str(world.guild.id), "flags": 0,
        "parent_id": str(what.parent.id) if what.parent else None, "last_message_id": last,
        "rate_limit_per_user": what.slow,
    }  # fmt: skip
    if what.type == TEXT:
        body |= {"position": list(world.guild.channels).index(what.id), "topic": what.topic, "nsfw": False}
        body["permission_overwrites"] = [
            {
                "id": str(target),
                "type": 0 if target in world.guild.roles or target == world.guild.id else 1,
                "allow": str(int(allow)),
                "deny": str(int(deny)),
            }
            for target, (allow, deny) in what.overwrites.items()
        ]
    else:
        meta: Json = {
            "archived": what.archived, "locked": what.locked, "auto_archive_duration": what.auto_archive,
            "archive_timestamp": world.iso(what.archive_at), "create_timestamp": world.iso(what.created),
        }  # fmt: skip
        if what.is_private:
            meta["invitable"] = what.invitable
        body |= {"owner_id": str(what.owner_id), "thread_metadata": meta, "member_count": min(50, len(what.joined))}
        body |= {"message_count": len(readable), "total_message_sent": what.sent}
        if viewer is not None and viewer.id in what.joined:
            body["member"] = thread_member(world, what, viewer)
    return body


def message(world: World, what: Message, *, full: bool = False, nonce: bool = False) -> Json:
    """As the bot reads it: without the intent it does not see what others write, unless it is to it."""
    body: Json = {
        "id": str(what.id), "channel_id": str(what.channel.id), "type": what.type, "author": user(what.author),
        "content": what.content, "components": what.components, "embeds": what.embeds, "attachments": what.attachments,
        "flags": what.flags, "mentions": [user(one) for one in what.mentions], "pinned": False, "tts": False,
        "mention_roles": [str(one.id) for one in what.mention_roles], "mention_everyone": what.mention_everyone,
        "timestamp": world.iso(what.created), "edited_timestamp": world.iso(what.edited) if what.edited else None,
    }  # fmt: skip
    mine = what.author is world.bot or what.channel.is_dm or world.bot in what.mentions
    if not (full or mine):
        body |= {"content": "", "components": [], "embeds": [], "attachments": []}
    if what.author is world.bot and what.type in (0, 19, 20, 23):
        body["application_id"] = str(world.app_id)
    if what.interaction is not None:
        body["webhook_id"] = str(world.app_id)
        asked = what.interaction
        meta: Json = {"id": str(asked.id), "type": asked.kind, "user": user(asked.user)}
        if asked.source is not None:
            meta["interacted_message_id"] = str(asked.source.id)
        body["interaction_metadata"] = meta | {"authorizing_integration_owners": {"0": str(world.guild.id)}}
    if what.reply_to is not None:
        body["message_reference"] = {"message_id": str(what.reply_to), "channel_id": str(what.channel.id)}
    if nonce and what.nonce is not None:
        body["nonce"] = what.nonce
    return deepcopy(body)


def event_message(world: World, what: Message) -> Json:
    body = message(world, what, nonce=True)
    if not what.channel.is_dm:
        body["guild_id"] = str(world.guild.id)
        body["member"] = member(world, what.author, with_user=False)
    return body


def numbered(components: list[Json]) -> list[Json]:
    """Discord fills in the ids of all components it was not given."""
    made = deepcopy(components)
    taken = {part["id"] for part in walk(made) if part.get("id")}
    free: Iterable[int] = (number for number in range(1, 10_000) if number not in taken)
    numbers = iter(free)
    for part in walk(made):
        if not part.get("id"):
            part["id"] = next(numbers)
    return made


def guild(world: World, *, whole: bool) -> Json:
    here = world.guild
    roles = [here.everyone, *here.roles.values()]
    body: Json = {
        "id": str(here.id), "name": here.name, "owner_id": str(here.owner_id), "preferred_locale": here.locale,
        "roles": [role_json(role) for role in roles], "emojis": [], "stickers": [], "features": [], "icon": None,
        "verification_level": 0, "default_message_notifications": 1, "explicit_content_filter": 0, "mfa_level": 0,
        "nsfw_level": 0, "premium_tier": 0, "system_channel_flags": 0, "afk_timeout": 300, "afk_channel_id": None,
        "system_channel_id": None, "rules_channel_id": None, "public_updates_channel_id": None, "description": None,
        "splash": None, "discovery_splash": None, "banner": None, "vanity_url_code": None, "application_id": None,
    }  # fmt: skip
    if whole:
        channels = list(here.channels.values())
        threads = [one for one in channels if one.is_thread and not one.archived and world.sees(world.bot, one)]
        body |= {
            "joined_at": world.iso(world.bot.joined_at), "large": False, "unavailable": False, "voice_states": [],
            "member_count": 1 + sum(one.here for one in world.people.values()), "presences": [], "stage_instances": [],
            "members": [member(world, world.bot)],  # without the intent: itself alone
            "channels": [channel(world, one) for one in channels if not one.is_thread],
            "threads": [channel(world, one, world.bot) for one in threads], "guild_scheduled_events": [],
        }  # fmt: skip
    return body


def application(world: World) -> Json:
    return {
        "id": str(world.app_id), "name": "Trellis", "description": "", "icon": None, "bot_public": False,
        "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0, "owner": user(world.owner_user()),
        "team": None, "summary": "", "bot": user(world.bot), "approximate_guild_count": 1, "redirect_uris": [],
        "approximate_user_install_count": 0, "interactions_endpoint_url": None, "integration_types_config": {"0": {}},
    }  # fmt: skip


def interaction(world: World, what: Interaction, data: Json) -> Json:
    where = what.channel
    seen_by_bot = channel(world, where, world.bot) | {"permissions": str(int(world.may(what.user, where)))}
    body: Json = {
        "id": str(what.id), "application_id": str(world.app_id), "type": what.kind, "token": what.token, "version": 1,
        "data": data, "channel": seen_by_bot, "channel_id": str(where.id), "locale": what.user.locale,
        "entitlements": [], "attachment_size_limit": 10 << 20, "context": 1 if where.is_dm else 0,
        "app_permissions": str(int(world.may(world.bot, where))),
        "authorizing_integration_owners": {"0": "0" if where.is_dm else str(world.guild.id)},
    }  # fmt: skip
    if where.is_dm:
        body["user"] = user(what.user)
    else:
        here = {"id": str(world.guild.id), "locale": world.guild.locale, "features": []}
        body |= {"guild_id": str(world.guild.id), "guild": here, "guild_locale": world.guild.locale}
        body["member"] = member(world, what.user, where)
    if what.source is not None:
        body["message"] = message(world, what.source, full=True)
    return body


def resolved(world: World, found: list[object], where: Channel) -> Json:
    """People, roles and channels named in options or picked in selects."""
    body: Json = {}
    for one in found:
        key = str(getattr(one, "id", 0))
        if isinstance(one, User):
            body.setdefault("users", {})[key] = user(one)
            if one.here:
                body.setdefault("members", {})[key] = member(world, one, where, with_user=False)
        elif isinstance(one, Channel):
            rights = {"permissions": str(int(permissions.in_channel(world.guild, world.bot, one)))}
            body.setdefault("channels", {})[key] = channel(world, one) | rights
        elif one in world.guild.roles.values() or one is world.guild.everyone:
            body.setdefault("roles", {})[key] = role_json(world.guild.roles.get(int(key), world.guild.everyone))
    return body


def form(body: Json, where: Channel, source: Message | None) -> Form:
    return Form(body["custom_id"], body["title"], numbered(body["components"]), where, source)
