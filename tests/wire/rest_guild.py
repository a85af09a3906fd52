"""Routes: the application and its commands, the server and its people."""

from __future__ import annotations

from . import payloads, rules_forms
from .call import Call, Reply
from .errors import Faults, unknown
from .model import Json
from .world import World, role_json


async def gateway_bot(call: Call) -> Reply:
    limit: Json = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
    url = call.world.public_base.replace("http", "ws", 1) + "/gateway"
    return {"url": url, "shards": 1, "session_start_limit": limit}


async def me(call: Call) -> Reply:
    return payloads.user(call.world.bot) | {"verified": True, "mfa_enabled": True, "email": None, "locale": "en-US"}


async def application(call: Call) -> Reply:
    return payloads.application(call.world)


async def user(call: Call) -> Reply:
    return payloads.user(call.world.user_by_id(call.id("user")))


def own_application(call: Call) -> None:
    if call.id("application") != call.world.app_id:
        raise unknown("Application")


async def commands(call: Call) -> Reply:
    own_application(call)
    if call.query.get("with_localizations") == "true":
        return call.world.commands
    short = [dict(one) for one in call.world.commands]
    for one in short:
        one.pop("name_localizations", None)
        one.pop("description_localizations", None)
    return short


async def replace_commands(call: Call) -> Reply:
    own_application(call)
    wanted: list[Json] = call.body if isinstance(call.body, list) else []
    faults = Faults()
    faults.check(isinstance(call.body, list), "commands", "must be a list")
    rules_forms.commands(faults, wanted)
    call.valid(faults)
    world = call.world
    known = {(one["type"], one["name"]): one["id"] for one in world.commands}
    world.commands = [complete(world, one, known) for one in wanted]
    world.log.append(f"commands: {', '.join(one['name'] for one in wanted)}")
    world.touch()
    return world.commands


def complete(world: World, one: Json, known: dict[tuple[int, str], str]) -> Json:
    kind = one.get("type", 1)
    fixed: Json = {
        "id": known.get((kind, one["name"])) or str(world.new_id()), "application_id": str(world.app_id), "type": kind,
        "version": str(world.new_id()), "description": one.get("description") or "",
    }  # fmt: skip
    usual: Json = {"default_member_permissions": None, "contexts": None, "integration_types": [0], "nsfw": False}
    return usual | {key: value for key, value in one.items() if value is not None} | fixed


def own_guild(call: Call) -> None:
    if call.id("guild") != call.world.guild.id or not call.world.bot.here:
        raise unknown("Guild")


async def guild(call: Call) -> Reply:
    own_guild(call)
    return payloads.guild(call.world, whole=False)


async def my_guilds(call: Call) -> Reply:
    guild = call.world.guild
    held = call.world.bot_role.permissions | guild.everyone.permissions
    return [{"id": str(guild.id), "name": guild.name, "icon": None, "owner": False, "permissions": str(int(held)),
             "features": []}]  # fmt: skip


async def roles(call: Call) -> Reply:
    own_guild(call)
    return [role_json(role) for role in (call.world.guild.everyone, *call.world.guild.roles.values())]


async def channels(call: Call) -> Reply:
    own_guild(call)
    world = call.world
    return [payloads.channel(world, one) for one in world.guild.channels.values() if not one.is_thread]


async def member(call: Call) -> Reply:
    own_guild(call)
    person = call.world.user_by_id(call.id("user"))
    if not person.here:
        raise unknown("Member")
    return payloads.member(call.world, person)


async def all_members(call: Call) -> Reply:
    own_guild(call)
    raise call.deny(403, 50001, "Missing Access: the list of members needs the GUILD_MEMBERS intent")
