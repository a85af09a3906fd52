"""Routes: channels, private threads and who is in them."""

from __future__ import annotations

from . import messages, payloads
from .call import Call, Reply
from .errors import ApiError, Faults, unknown
from .messages import GUILDS
from .model import CHANNEL_NAME_CHANGE, PRIVATE_THREAD, RECIPIENT_REMOVE, TEXT, Channel, Json, Message
from .permissions import P
from .world import World

HIDE_AFTER = (60, 1440, 4320, 10080)


def unarchive(world: World, thread: Channel) -> None:
    thread.archived = False
    thread.archive_at = world.now()
    world.emit("THREAD_UPDATE", payloads.channel(world, thread, world.bot), GUILDS)


def archive(world: World, thread: Channel) -> None:
    thread.archived = True
    world.emit("THREAD_UPDATE", payloads.channel(world, thread, world.bot), GUILDS)


async def create(call: Call) -> Reply:
    world, channel, body = call.world, call.channel(), call.body or {}
    kind = body.get("type", PRIVATE_THREAD)
    if "type" not in body:
        call.violate("a thread without a type: it will become required")
    if channel.type != TEXT or kind != PRIVATE_THREAD:
        raise call.deny(400, 50024, f"type {kind} in a channel of type {channel.type}: only private threads here")
    call.need(channel, P.CREATE_PRIVATE_THREADS)
    faults = Faults()
    faults.length(body.get("name"), 1, 100, "name")
    faults.check(body.get("auto_archive_duration", 4320) in HIDE_AFTER, "auto_archive_duration", "unknown duration")
    faults.check(0 <= (body.get("rate_limit_per_user") or 0) <= 21600, "rate_limit_per_user", "must be 0-21600")
    call.valid(faults)
    now = world.now()
    thread = Channel(world.new_id(), kind, body["name"], now, parent=channel, owner_id=world.bot.id, archive_at=now)
    thread.joined[world.bot.id] = now
    thread.invitable = body.get("invitable", True)
    thread.auto_archive = body.get("auto_archive_duration", 4320)
    thread.slow = body.get("rate_limit_per_user") or 0
    world.guild.channels[thread.id] = thread
    world.log.append(f"private thread {thread.name} made in {channel.name}")
    made = payloads.channel(world, thread, world.bot)
    world.emit("THREAD_CREATE", made | {"newly_created": True}, GUILDS)
    return made


async def active(call: Call) -> Reply:
    world = call.world
    if call.id("guild") != world.guild.id or not world.bot.here:
        raise unknown("Guild")
    threads = [one for one in world.guild.channels.values() if one.is_thread and not one.archived]
    threads = [one for one in threads if world.sees(world.bot, one)]
    mine = [one for one in threads if world.bot.id in one.joined]
    return {
        "threads": [payloads.channel(world, one) for one in sorted(threads, key=lambda one: -one.id)],
        "members": [payloads.thread_member(world, one, world.bot) for one in mine],
        "has_more": False,
    }


def thread(call: Call) -> Channel:
    found = call.channel()
    if not found.is_thread:
        raise call.deny(400, 50024, "Cannot execute action on this channel type")
    call.see(found)
    return found


async def members(call: Call) -> Reply:
    thread(call)
    raise call.deny(403, 50001, "Missing Access: the list of thread members needs the GUILD_MEMBERS intent")


async def member(call: Call) -> Reply:
    found = thread(call)
    person = call.world.user_by_id(call.id("user"))
    if person.id not in found.joined:
        raise unknown("Member")
    return payloads.thread_member(call.world, found, person)


async def add(call: Call) -> Reply:
    world, found = call.world, thread(call)
    call.need(found, P.SEND_MESSAGES_IN_THREADS)
    if found.archived:
        raise call.deny(400, 50083, f"The thread {found.name} is archived")
    if found.is_private and not found.invitable and not call.has(found, P.MANAGE_THREADS):
        raise call.deny(403, 50013, f"{found.name} is not invitable: adding needs MANAGE_THREADS")
    person = world.user_by_id(call.id("user"))
    if not person.here:
        raise unknown("Member")
    if P.VIEW_CHANNEL not in world.may(person, found):
        raise call.deny(403, 50001, f"{person.name} cannot see {found.parent.name if found.parent else ''}")
    if person.id not in found.joined:
        messages.join(world, found, person, by=world.bot)
    return None


async def join(call: Call) -> Reply:
    found = thread(call)
    if found.archived:
        raise call.deny(400, 50083, f"The thread {found.name} is archived")
    found.joined.setdefault(call.world.bot.id, call.world.now())
    return None


async def remove(call: Call) -> Reply:
    world, found = call.world, thread(call)
    person = world.user_by_id(call.id("user"))
    if found.archived:
        raise call.deny(400, 50083, f"The thread {found.name} is archived")
    if found.owner_id != world.bot.id or not found.is_private:
        call.need(found, P.MANAGE_THREADS)
    if found.joined.pop(person.id, None) is not None:
        line = Message(world.new_id(), found, world.bot, world.now(), type=RECIPIENT_REMOVE, mentions=[person])
        messages.publish_line(world, line)
    return None


async def get(call: Call) -> Reply:
    found = call.channel()
    call.see(found)
    return payloads.channel(call.world, found, call.world.bot)


async def edit(call: Call) -> Reply:
    world, found, body = call.world, call.channel(), call.body or {}
    call.see(found)
    if not found.is_thread:
        call.need(found, P.MANAGE_CHANNELS)
        found.name, found.topic = body.get("name", found.name), body.get("topic", found.topic)
        world.emit("CHANNEL_UPDATE", payloads.channel(world, found), GUILDS)
        return payloads.channel(world, found)
    check_edit(call, found, body)
    if body.get("name", found.name) != found.name:
        found.name = body["name"]
        line = Message(world.new_id(), found, world.bot, world.now(), content=found.name, type=CHANNEL_NAME_CHANGE)
        messages.publish_line(world, line)
    if body.get("archived", found.archived) != found.archived or "auto_archive_duration" in body:
        found.archive_at = world.now()
    found.archived = body.get("archived", found.archived)
    found.locked = body.get("locked", found.locked)
    found.invitable = body.get("invitable", found.invitable)
    found.auto_archive = body.get("auto_archive_duration", found.auto_archive)
    found.slow = body.get("rate_limit_per_user", found.slow) or 0
    world.log.append(f"thread {found.name} edited: {body}")
    world.emit("THREAD_UPDATE", payloads.channel(world, found, world.bot), GUILDS)
    return payloads.channel(world, found, world.bot)


def check_edit(call: Call, found: Channel, body: Json) -> None:
    world = call.world
    moderates = call.has(found, P.MANAGE_THREADS)
    faults = Faults()
    allowed = {"name", "archived", "auto_archive_duration", "locked", "invitable", "rate_limit_per_user", "flags"}
    faults.check(set(body) <= allowed, "body", f"{sorted(set(body) - allowed)} cannot be changed in a thread")
    if "name" in body:
        faults.length(body["name"], 1, 100, "name")
    faults.check(body.get("auto_archive_duration", 60) in HIDE_AFTER, "auto_archive_duration", "unknown duration")
    call.valid(faults)
    if found.archived and body.get("archived") is not False:
        raise call.deny(400, 50083, f"The thread {found.name} is archived")
    if {"locked", "rate_limit_per_user"} & set(body):
        call.need(found, P.MANAGE_THREADS)
    if found.locked and not moderates and found.owner_id != world.bot.id:
        raise call.deny(403, 160005, "Thread is locked")
    if set(body) == {"archived"} and body["archived"] is False:
        call.need(found, P.SEND_MESSAGES_IN_THREADS)
    elif found.owner_id != world.bot.id:
        call.need(found, P.MANAGE_THREADS)


async def delete(call: Call) -> Reply:
    world, found = call.world, call.channel()
    if found.is_dm:
        raise ApiError(400, 50024, "Closing a direct message is not known here")
    call.need(found, P.MANAGE_THREADS if found.is_thread else P.MANAGE_CHANNELS)
    body = payloads.channel(world, found, world.bot)
    drop(world, found)
    return body


def drop(world: World, found: Channel) -> None:
    found.deleted = True
    for message in list(found.messages.values()):
        message.deleted = True
    world.guild.channels.pop(found.id, None)
    for one in [one for one in world.guild.channels.values() if one.parent is found]:
        drop(world, one)
    world.log.append(f"{found.name} is deleted, with all that was in it")
    if found.is_thread and found.parent is not None:
        body: Json = {"id": str(found.id), "guild_id": str(world.guild.id), "type": found.type}
        world.emit("THREAD_DELETE", body | {"parent_id": str(found.parent.id)}, GUILDS)
    else:
        world.emit("CHANNEL_DELETE", payloads.channel(world, found), GUILDS)
