"""Making, editing and deleting messages: the part that bot messages and interaction answers share."""

from __future__ import annotations

import re

from . import payloads, rules
from .call import Call
from .errors import ApiError, Faults
from .model import COMPONENTS_V2, EPHEMERAL, RECIPIENT_ADD, Channel, Interaction, Json, Message, Role, User
from .permissions import P
from .world import World

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12
MAY_BE_SET = 1 << 2 | EPHEMERAL | 1 << 12 | COMPONENTS_V2


def intent(channel: Channel) -> int:
    return DIRECT_MESSAGES if channel.is_dm else GUILD_MESSAGES


def checked(call: Call, body: Json, kept: Message | None = None) -> Json:
    """The body as a whole valid message; for an edit, what it does not name stays."""
    whole = dict(body)
    if kept is not None:
        whole = {"content": kept.content, "components": kept.components, "embeds": kept.embeds, "flags": kept.flags}
        whole |= body
        whole["flags"] = (body.get("flags") or 0) | kept.flags & (COMPONENTS_V2 | EPHEMERAL)
    faults = Faults()
    faults.check(not (body.get("flags") or 0) & ~MAY_BE_SET, "flags", "holds flags that bots cannot set")
    listed = whole.get("attachments", kept.attachments if kept else [])
    names = {name for name in call.files if name.startswith("files[")}
    missing = [one for one in names if name_of(one) not in {str(item.get("id")) for item in listed}]
    has_something = rules.message(faults, whole, max(len(listed), len(call.files)))
    faults.check(not (missing and listed), "attachments", f"{missing} are sent but not listed")
    call.valid(faults)
    if not has_something:
        raise call.deny(400, 50006, "Cannot send an empty message")
    return whole


def name_of(part: str) -> str:
    return part.removeprefix("files[").removesuffix("]")


def fill(world: World, call: Call, message: Message, body: Json, whole: Json) -> None:
    message.content = whole.get("content") or ""
    message.embeds = [dict(one, type="rich") for one in whole.get("embeds") or []]
    message.components = payloads.numbered(whole.get("components") or [])
    message.flags = (whole.get("flags") or 0) | (EPHEMERAL if message.only_for else 0)
    if "attachments" in body or call.files:
        kept = {str(one["id"]): one for one in message.attachments}
        listed = body.get("attachments") or [{"id": name_of(part)} for part in call.files]
        message.attachments = []
        for one in listed:
            if str(one["id"]) in kept:
                message.attachments.append(kept[str(one["id"])])
                continue
            filename, content = call.files[f"files[{one['id']}]"]
            filename = one.get("filename") or filename
            message.files[filename] = content
            made = {"id": str(world.new_id()), "filename": filename, "size": len(content)}
            url = f"https://cdn.discordapp.com/attachments/{message.channel.id}/{made['id']}/{filename}"
            message.attachments.append(made | {"url": url, "proxy_url": url, "description": one.get("description")})


def find_mentions(world: World, message: Message, allowed: Json | None, *, only_users: bool) -> None:
    """Who is called by name and pinged. Without allowed_mentions: everything; in interactions: people only."""
    if allowed is None:
        allowed = {"parse": ["users"] if only_users else ["users", "roles", "everyone"]}
    parse = allowed.get("parse") or []
    text = message.text
    people = [int(found) for found in re.findall(r"<@!?(\d+)>", text)]
    listed = {int(one) for one in allowed.get("users") or []}
    found = [world.people[one] for one in people if one in world.people and ("users" in parse or one in listed)]
    message.mentions = list(dict.fromkeys(found))
    everyone_too = P.MENTION_EVERYONE in world.may(message.author, message.channel)
    roles = [world.guild.roles[int(one)] for one in re.findall(r"<@&(\d+)>", text) if int(one) in world.guild.roles]
    chosen = {int(one) for one in allowed.get("roles") or []}

    def pings(role: Role) -> bool:
        return ("roles" in parse or role.id in chosen) and (role.mentionable or everyone_too)

    message.mention_roles = [role for role in dict.fromkeys(roles) if pings(role)]
    message.mention_everyone = "everyone" in parse and everyone_too and bool(re.search("@(everyone|here)", text))


def make(
    world: World,
    call: Call,
    channel: Channel,
    body: Json,
    *,
    author: User,
    only_for: User | None = None,
    interaction: Interaction | None = None,
) -> Message:
    whole = checked(call, body)
    message = Message(world.new_id(), channel, author, world.now(), only_for=only_for, interaction=interaction)
    fill(world, call, message, body, whole)
    find_mentions(world, message, body.get("allowed_mentions"), only_users=interaction is not None)
    if body.get("nonce") is not None:
        message.nonce = str(body["nonce"])
    reference = body.get("message_reference") or {}
    if reference.get("message_id"):
        message.reply_to = int(reference["message_id"])
        if message.reply_to not in channel.messages and reference.get("fail_if_not_exists", True):
            raise ApiError(400, 50035, "Unknown message in message_reference")
    publish(world, message)
    return message


def publish(world: World, message: Message) -> None:
    channel = message.channel
    channel.messages[message.id] = message
    world.posted.append(message)
    who = f" (only {message.only_for.name})" if message.only_for else ""
    world.log.append(f"message in {channel.name}{who} by {message.author.name}: {message.text!r} {message.labels}")
    if message.only_for is None:
        channel.sent += 1
        world.emit("MESSAGE_CREATE", payloads.event_message(world, message), intent(channel))
    world.show(message, "new")
    if message.only_for is None and channel.is_private:
        for person in message.mentions:
            pull_in(world, channel, person, by=message.author)


def pull_in(world: World, thread: Channel, person: User, by: User) -> None:
    """A mention in a private thread brings the person in, for all to read."""
    if person.id not in thread.joined and P.VIEW_CHANNEL in world.may(person, thread):
        world.pulled_in.append((thread, person))
        join(world, thread, person, by)


def join(world: World, thread: Channel, person: User, by: User) -> None:
    """Adds a member. Discord writes "{by} added {person} to the thread.", and nobody can delete that line."""
    thread.joined[person.id] = world.now()
    if person is world.bot:
        body = payloads.channel(world, thread, world.bot)
        world.emit("THREAD_CREATE", body, GUILDS)
    world.log.append(f"{by.name} added {person.name} to {thread.name}")
    if by is not person:
        line = Message(world.new_id(), thread, by, world.now(), type=RECIPIENT_ADD, mentions=[person])
        line.content = ""
        publish_line(world, line)
    world.enter(person, thread)


def publish_line(world: World, line: Message) -> None:
    """A system message."""
    line.channel.messages[line.id] = line
    line.channel.sent += 1
    world.posted.append(line)
    world.emit("MESSAGE_CREATE", payloads.event_message(world, line), intent(line.channel))
    world.show(line, "new")


def edit(world: World, call: Call, message: Message, body: Json, *, only_users: bool = False) -> None:
    whole = checked(call, body, kept=message)
    mentioned = set(message.mentions)
    fill(world, call, message, body, whole)
    find_mentions(world, message, body.get("allowed_mentions"), only_users=only_users)
    message.edited = world.now()
    world.log.append(f"edited in {message.channel.name}: {message.text!r} {message.labels}")
    if message.only_for is None:
        world.emit("MESSAGE_UPDATE", payloads.event_message(world, message), intent(message.channel))
    world.show(message, "edited")
    if message.only_for is None and message.channel.is_private:
        for person in message.mentions:
            if person not in mentioned:
                pull_in(world, message.channel, person, by=message.author)


def remove(world: World, message: Message) -> None:
    message.deleted = True
    message.channel.messages.pop(message.id, None)
    world.log.append(f"deleted in {message.channel.name}: {message.text!r}")
    if message.only_for is None:
        body: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if not message.channel.is_dm:
            body["guild_id"] = str(world.guild.id)
        world.emit("MESSAGE_DELETE", body, intent(message.channel))
    world.touch()
