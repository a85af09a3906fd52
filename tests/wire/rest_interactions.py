"""Routes: the first answer to an interaction, follow-ups, and edits of what was answered."""

from __future__ import annotations

from . import messages, payloads, rules_forms
from .call import Call, Reply
from .errors import ApiError, Faults, unknown
from .model import (
    AUTOCOMPLETE,
    COMPONENT,
    EPHEMERAL,
    LOADING,
    MODAL,
    Interaction,
    Json,
    Message,
)
from .world import ANSWER_WITHIN, TOKEN_LIVES

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9


def find(call: Call) -> Interaction:
    found = call.world.interactions.get(call.parts["token"])
    if found is None:
        raise call.deny(404, 10062, "Unknown interaction")
    return found


async def callback(call: Call) -> Reply:
    world, asked = call.world, find(call)
    kind, data = (call.body or {}).get("type"), (call.body or {}).get("data") or {}
    if asked.dead or world.now() - asked.created > ANSWER_WITHIN:
        raise call.deny(404, 10062, f"Unknown interaction: {asked.what} is answered after 3 s")
    if asked.answer is not None:
        raise call.deny(400, 40060, f"Interaction has already been acknowledged: {asked.what}")
    allowed = {CHOICES} if asked.kind == AUTOCOMPLETE else {MESSAGE, DEFERRED, FORM}
    if asked.kind == COMPONENT or (asked.kind == MODAL and asked.source is not None):
        allowed |= {DEFERRED_UPDATE, UPDATE}
    if asked.kind == MODAL:
        allowed -= {FORM}
    if kind not in allowed:
        raise call.deny(400, 50035, f"answer of type {kind} to an interaction of type {asked.kind}")
    if kind in (MESSAGE, DEFERRED):
        make_private(call, asked, kind, data)
    elif kind == UPDATE and asked.source is not None:
        messages.edit(world, call, asked.source, data, only_users=True)
        asked.shown.append(asked.source)
    elif kind == FORM:
        faults = Faults()
        rules_forms.modal(faults, data)
        call.valid(faults)
        asked.modal = payloads.form(data, asked.channel, asked.source)
    elif kind == CHOICES:
        faults = Faults()
        rules_forms.choices(faults, data.get("choices") or [])
        call.valid(faults)
        asked.choices = data.get("choices") or []
    if kind in (DEFERRED_UPDATE, UPDATE):
        asked.original = asked.source
    asked.answer = kind
    world.log.append(f"answered {asked.what} with type {kind}")
    world.touch()
    return receipt(call, asked, kind) if call.query.get("with_response") in ("1", "true") else None


def make_private(call: Call, asked: Interaction, kind: int, data: Json) -> None:
    world = call.world
    flags = data.get("flags") or 0
    private = bool(flags & EPHEMERAL)
    if not private and not asked.channel.is_dm:
        call.violate(f"the answer to {asked.what} is public: it carries who pressed")
    only_for = asked.user if private else None
    if kind == MESSAGE:
        asked.original = messages.make(
            world, call, asked.channel, data, author=world.bot, only_for=only_for, interaction=asked
        )
        asked.shown.append(asked.original)
        return
    if flags & ~EPHEMERAL:
        call.violate("a deferred answer takes no flag but EPHEMERAL")
    made = Message(world.new_id(), asked.channel, world.bot, world.now(), only_for=only_for, interaction=asked)
    made.flags = LOADING | (EPHEMERAL if private else 0)
    asked.channel.messages[made.id] = made
    world.posted.append(made)
    asked.original = made


def receipt(call: Call, asked: Interaction, kind: int) -> Json:
    about: Json = {"id": str(asked.id), "type": asked.kind}
    if asked.original is not None:
        loading = bool(asked.original.flags & LOADING)
        private = asked.original.only_for is not None
        about["response_message_id"] = str(asked.original.id)
        about |= {"response_message_loading": loading, "response_message_ephemeral": private}
    body: Json = {"interaction": about}
    if kind in (MESSAGE, UPDATE) and asked.original is not None:
        body["resource"] = {"type": kind, "message": payloads.message(call.world, asked.original, full=True)}
    return body


def living(call: Call) -> Interaction:
    """The interaction of a token that still works."""
    world = call.world
    if call.id("application") != world.app_id:
        raise unknown("Webhook")
    asked = find(call)
    if world.now() - asked.created > TOKEN_LIVES:
        raise call.deny(401, 50027, f"Invalid Webhook Token: {asked.what} is more than 15 minutes old")
    if asked.answer is None or asked.kind == AUTOCOMPLETE:
        raise call.deny(404, 10015, f"Unknown Webhook: {asked.what} has no first answer yet")
    return asked


async def follow_up(call: Call) -> Reply:
    world, asked, body = call.world, living(call), call.body or {}
    if asked.original is not None and asked.original.flags & LOADING:  # the first one fills the loading message
        edit_one(call, asked, asked.original, body)
        return payloads.message(world, asked.original, full=True)
    private = bool((body.get("flags") or 0) & EPHEMERAL)
    if not private and not asked.channel.is_dm:
        call.violate(f"the follow-up to {asked.what} is public: it carries who pressed")
    only_for = asked.user if private else None
    made = messages.make(world, call, asked.channel, body, author=world.bot, only_for=only_for, interaction=asked)
    asked.shown.append(made)
    world.touch()
    return payloads.message(world, made, full=True)


def edit_one(call: Call, asked: Interaction, message: Message, body: Json) -> None:
    was_loading = message.flags & LOADING
    message.flags &= ~LOADING
    if was_loading:
        body = body | {"flags": (body.get("flags") or 0) & ~EPHEMERAL}
    try:
        messages.edit(call.world, call, message, body, only_users=True)
    except ApiError:
        message.flags |= was_loading
        raise
    message.flags |= EPHEMERAL if message.only_for else 0
    if message not in asked.shown:
        asked.shown.append(message)
    call.world.touch()


def the_original(asked: Interaction) -> Message:
    if asked.original is None or asked.original.deleted:
        raise unknown("Message")
    return asked.original


def any_of_it(call: Call, asked: Interaction) -> Message:
    wanted = call.id("message")
    found = [asked.original, *asked.shown]
    for one in found:
        if one is not None and one.id == wanted and not one.deleted:
            return one
    raise unknown("Message")


async def get_original(call: Call) -> Reply:
    return payloads.message(call.world, the_original(living(call)), full=True)


async def edit_original(call: Call) -> Reply:
    asked = living(call)
    message = the_original(asked)
    edit_one(call, asked, message, call.body or {})
    return payloads.message(call.world, message, full=True)


async def delete_original(call: Call) -> Reply:
    messages.remove(call.world, the_original(living(call)))
    return None


async def get_one(call: Call) -> Reply:
    return payloads.message(call.world, any_of_it(call, living(call)), full=True)


async def edit_one_of_it(call: Call) -> Reply:
    asked = living(call)
    message = any_of_it(call, asked)
    edit_one(call, asked, message, call.body or {})
    return payloads.message(call.world, message, full=True)


async def delete_one(call: Call) -> Reply:
    messages.remove(call.world, any_of_it(call, living(call)))
    return None
