"""What people can do: type commands, press, pick, fill in, write, come and go. Only what a Discord client offers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import asks, messages, payloads
from .errors import NoAnswer, NotPossible
from .model import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    DEFAULT,
    LOADING,
    MODAL,
    Channel,
    Form,
    Interaction,
    Json,
    Message,
    Sight,
    User,
)
from .permissions import P
from .rest_threads import unarchive

if TYPE_CHECKING:
    from .server import Discord

NEEDS_MEMBERS_INTENT = 1 << 1


class Answer:
    """What came back to one person for one press."""

    def __init__(self, discord: Discord, asked: Interaction) -> None:
        self.discord, self.asked = discord, asked
        self._given = len(asked.shown)

    @property
    def messages(self) -> list[Message]:
        """All that was shown: the answer, follow-ups, and a message that was changed in place."""
        return [one for one in self.asked.shown if not one.deleted]

    @property
    def message(self) -> Message:
        if not self.messages:
            raise AssertionError(f"{self.asked.what}: nothing was shown (answered with type {self.asked.answer})")
        return self.messages[-1]

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def labels(self) -> list[str]:
        return self.message.labels

    @property
    def modal(self) -> Form:
        if self.asked.modal is None:
            raise AssertionError(f"{self.asked.what}: no form was opened, but {self.messages}")
        return self.asked.modal

    @property
    def choices(self) -> list[str]:
        """The names that autocomplete offers."""
        return [str(one["name"]) for one in self.asked.choices or []]

    async def more(self, timeout: float = 10.0) -> Message:
        """Waits for the next follow-up."""

        def next_one() -> Message | None:
            return self.asked.shown[self._given] if len(self.asked.shown) > self._given else None

        found = await self.discord.until(next_one, f"a follow-up to {self.asked.what}", timeout)
        self._given += 1
        return found

    def __repr__(self) -> str:
        return f"<answer to {self.asked.what}: {self.asked.modal.title if self.asked.modal else self.messages}>"


@dataclass(eq=False)
class Person(User):
    def enter(self, discord: Discord) -> None:
        self.discord = discord

    # -- what they see

    def sees(self, where: Channel) -> list[Message]:
        """What is before their eyes in this place now, private answers too."""
        if not where.is_dm and not self.discord.sees(self, where):
            return []
        found = [one for one in where.messages.values() if self.discord.can_read(self, one)]
        return [one for one in found if not one.flags & LOADING]

    @property
    def saw(self) -> list[Sight]:
        """All that ever came before their eyes, in order, as it was at that moment."""
        return self.discord.seen.setdefault(self.id, [])

    @property
    def dms(self) -> list[Message]:
        return list(self.discord.dm(self).messages.values())

    # -- what they do with the bot

    async def slash(self, command: str, where: Channel, /, **options: object) -> Answer:
        found, path = asks.command(self.discord, self, command, where)
        data, things = asks.command_data(found, path, options)
        return await self._ask(COMMAND, where, data, things, f"{self.name}'s /{command}")

    async def complete(self, command: str, where: Channel, option: str, typed: str, /, **options: object) -> list[str]:
        """What is offered while typing an option."""
        found, path = asks.command(self.discord, self, command, where)
        data, things = asks.command_data(found, path, options | {option: typed}, focused=option)
        answer = await self._ask(AUTOCOMPLETE, where, data, things, f"{self.name} typing {option} of /{command}")
        return answer.choices

    async def press(self, on: Message | Answer, label: str, *, stale: bool = False) -> Answer:
        """`stale`: the press was on its way when the message was deleted."""
        message = self._before(on, stale=stale)
        data = asks.button(message, label)
        return await self._ask(COMPONENT, message.channel, data, [], f"{self.name}'s press on {label!r}", message)

    async def select(
        self, on: Message | Answer, values: list[object], which: str = "", *, stale: bool = False
    ) -> Answer:
        """Picks options by label or value, or people, roles, channels. `which`: placeholder or custom id."""
        message = self._before(on, stale=stale)
        data, things = asks.pick(message, values, which)
        what = f"{self.name}'s choice {[str(getattr(one, 'name', one)) for one in values]}"
        return await self._ask(COMPONENT, message.channel, data, things, what, message)

    async def submit(self, form: Form | Answer, answers: Mapping[str, object] | None = None) -> Answer:
        modal = form.modal if isinstance(form, Answer) else form
        data, things = asks.filled(modal, answers or {})
        return await self._ask(MODAL, modal.channel, data, things, f"{self.name}'s form {modal.title!r}", modal.source)

    def _before(self, on: Message | Answer, *, stale: bool) -> Message:
        message = on.message if isinstance(on, Answer) else on
        if not stale and not self.discord.can_read(self, message):
            raise NotPossible(f"{self.name} has no such message before them: {message!r}")
        return message

    async def _ask(
        self, kind: int, where: Channel, data: Json, things: list[object], what: str, source: Message | None = None
    ) -> Answer:
        discord = self.discord
        if not self.here and not where.is_dm:
            raise NotPossible(f"{self.name} is not in the server any more")
        found = payloads.resolved(discord, things, where)
        if found:
            data = data | {"resolved": found}
        asked = Interaction(discord.new_id(), secrets.token_urlsafe(48), kind, self, where, discord.now(), what, source)
        discord.interactions[asked.token] = asked
        discord.log.append(what)
        if not discord.gateway.sessions or not discord.bot.here:
            asked.dead = True
            raise NoAnswer(f"{what}: no bot is there")
        discord.expect_answer(asked)
        discord.emit("INTERACTION_CREATE", payloads.interaction(discord, asked, data), 0)
        await discord.until(lambda: not asked.waiting, f"an answer to {what}", timeout=30.0)
        if asked.dead:
            raise NoAnswer(f"{what}: the application did not respond")
        return Answer(discord, asked)

    # -- what they do without it

    def says(self, where: Channel, text: str) -> Message:
        needed = P.SEND_MESSAGES_IN_THREADS if where.is_thread else P.SEND_MESSAGES
        if not self.discord.sees(self, where) or needed not in self.discord.may(self, where):
            raise NotPossible(f"{self.name} cannot write in {where.name}")
        if where.archived:
            unarchive(self.discord, where)
        message = Message(self.discord.new_id(), where, self, self.discord.now(), content=text, type=DEFAULT)
        messages.find_mentions(self.discord, message, None, only_users=False)
        if f"<@{self.discord.bot.id}>" in text:
            message.mentions.append(self.discord.bot)
        if where.is_private:
            where.joined.setdefault(self.id, self.discord.now())
        messages.publish(self.discord, message)
        return message

    def deletes(self, message: Message) -> None:
        mine = message.author is self or P.MANAGE_MESSAGES in self.discord.may(self, message.channel)
        if not mine or not self.discord.can_read(self, message):
            raise NotPossible(f"{self.name} cannot delete {message!r}")
        messages.remove(self.discord, message)

    def steps_out(self, thread: Channel) -> None:
        """Leaves a thread by themselves: Discord writes no line about it."""
        thread.joined.pop(self.id, None)
        self.discord.log.append(f"{self.name} left {thread.name}")
        self.discord.touch()

    def leaves_server(self) -> None:
        """Without the members intent the bot is not told."""
        self.here = False
        for channel in self.discord.guild.channels.values():
            channel.joined.pop(self.id, None)
        self.discord.log.append(f"{self.name} left the server")
        body: Json = {"guild_id": str(self.discord.guild.id), "user": payloads.user(self)}
        self.discord.emit("GUILD_MEMBER_REMOVE", body, NEEDS_MEMBERS_INTENT)

    def closes_dms(self) -> None:
        self.dms_open = False

    def opens_dms(self) -> None:
        self.dms_open = True
