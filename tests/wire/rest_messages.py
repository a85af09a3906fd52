"""Routes: messages in channels, threads and direct messages."""

from __future__ import annotations

from . import messages, payloads
from .call import Call, Reply
from .errors import ApiError, unknown
from .model import DEFAULT, EPHEMERAL, Channel, Json, Message
from .permissions import P
from .rest_threads import unarchive
from .world import NONCE_LIVES


def find(call: Call, channel: Channel) -> Message:
    """An ephemeral message is not there for the channel routes."""
    found = channel.messages.get(call.id("message"))
    if found is None or found.only_for is not None:
        raise unknown("Message")
    return found


def needed_to_send(channel: Channel) -> P:
    return P.SEND_MESSAGES_IN_THREADS if channel.is_thread else P.SEND_MESSAGES


async def create(call: Call) -> Reply:
    world, channel = call.world, call.channel()
    body: Json = call.body or {}
    needed = needed_to_send(channel)
    needed |= P.EMBED_LINKS if body.get("embeds") else P(0)
    needed |= P.ATTACH_FILES if call.files else P(0)
    needed |= P.READ_MESSAGE_HISTORY if body.get("message_reference") else P(0)
    call.need(channel, needed)
    if channel.is_dm and not channel.recipients[0].dms_open:
        raise ApiError(403, 50007, "Cannot send messages to this user")
    if channel.is_dm and not channel.recipients[0].here:
        raise ApiError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
    if (body.get("flags") or 0) & EPHEMERAL:
        call.violate("a message of the bot's own cannot be ephemeral: everybody will read it")
        body = body | {"flags": body["flags"] & ~EPHEMERAL}
    nonce = body.get("nonce")
    if nonce is not None and body.get("enforce_nonce"):
        for earlier in reversed(world.posted):
            fresh = world.now() - earlier.created < NONCE_LIVES
            if fresh and earlier.author is world.bot and earlier.nonce == str(nonce):
                world.deduplicated.append(earlier)
                world.log.append(f"the same nonce again: {earlier.text!r} is not posted twice")
                return payloads.message(world, earlier, nonce=True)
    if channel.archived:
        if channel.locked and not call.has(channel, P.MANAGE_THREADS):
            raise call.deny(403, 160005, "Thread is locked")
        call.violate(f"posted in the archived thread {channel.name}: that opens it again")
        unarchive(world, channel)
    made = messages.make(world, call, channel, body, author=world.bot)
    return payloads.message(world, made, nonce=True)


async def get(call: Call) -> Reply:
    channel = call.channel()
    call.need(channel, P.READ_MESSAGE_HISTORY)
    return payloads.message(call.world, find(call, channel))


async def history(call: Call) -> Reply:
    channel = call.channel()
    call.see(channel)
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise call.deny(400, 50035, f"limit {limit} is not 1-100")
    if not call.has(channel, P.READ_MESSAGE_HISTORY):
        call.violate(f"without Read Message History nothing is found in {channel.name}")
        return []
    if sum(name in call.query for name in ("before", "after", "around")) > 1:
        raise call.deny(400, 50035, "only one of before, after, around")
    found = sorted((one for one in channel.messages.values() if one.only_for is None), key=lambda one: one.id)
    if "after" in call.query:  # the oldest ones after that moment, told from the newest
        found = [one for one in found if one.id > int(call.query["after"])][:limit]
    elif "before" in call.query:
        found = [one for one in found if one.id < int(call.query["before"])][-limit:]
    elif "around" in call.query:
        found = sorted(found, key=lambda one: abs(one.id - int(call.query["around"])))[:limit]
        found.sort(key=lambda one: one.id)
    else:
        found = found[-limit:]
    return [payloads.message(call.world, one) for one in reversed(found)]


async def edit(call: Call) -> Reply:
    channel = call.channel()
    call.see(channel)
    message = find(call, channel)
    if message.author is not call.world.bot:
        raise call.deny(403, 50005, "Cannot edit a message authored by another user")
    if message.type != DEFAULT:
        raise call.deny(403, 50021, "Cannot execute action on a system message")
    if channel.archived:
        raise call.deny(400, 50083, f"The thread {channel.name} is archived")
    messages.edit(call.world, call, message, call.body or {})
    return payloads.message(call.world, message)


async def delete(call: Call) -> Reply:
    channel = call.channel()
    call.see(channel)
    message = find(call, channel)
    if message.type in (1, 2, 3, 4, 5, 21):
        raise call.deny(403, 50021, "Cannot execute action on a system message")
    if message.author is not call.world.bot:
        call.need(channel, P.MANAGE_MESSAGES)
    messages.remove(call.world, message)
    return None


async def typing(call: Call) -> Reply:
    channel = call.channel()
    call.need(channel, needed_to_send(channel))
    return None


async def open_dm(call: Call) -> Reply:
    world = call.world
    person = world.user_by_id(int((call.body or {}).get("recipient_id", 0)))
    if person is world.bot:
        raise call.deny(400, 50033, "Invalid Recipient(s)")
    return payloads.channel(world, world.dm(person))
