"""An evening in Discord played twice, with a flag and without one: all that reaches who must not know."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.backend.access import can_access_channel

from bot.acts import Presser, door, facilitator, inbox, server
from bot.practice.circle import Circle
from bot.practice.door import Door
from bot.rehearsal.world import Person, World
from tests.cogs.evening import Evening

FACILITATORS, CONTACTS, WRITER, OTHER, ADMIN = ("Ana", "Ben", "Eli", "Fay"), ("Noor", "Omar"), "Cleo", "Dan", "Mara"
WATCHER = "Wren"  # whoever must not know
CARD = {"emergency": "112, from any phone", "lines": "The night line"}


@dataclass
class Eyes:
    """What came before everybody's eyes, in order, by name: `met`.

    `known` is what they saw at the last look; `names` how random ids are called in what each of them met.
    """

    evening: Evening
    met: dict[str, list[str]] = field(default_factory=dict)
    known: dict[str, dict[object, str]] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.evening.world

    def notes(self, name: str, what: object) -> None:
        """Keep this as met by this person."""
        self.met.setdefault(name, []).append(self.plain(what, self.names.setdefault(name, {})))

    def looks_on(self, step: str) -> None:
        """Each message anywhere that is new or different to somebody, or gone; public, private or direct."""
        for name, person in self.world.people.items():
            before, now = self.known.get(name, {}), dict(self._before(person))
            self.notes(name, ("at", step))
            for key in [*before, *now]:
                if before.get(key) != now.get(key):
                    self.notes(name, now.get(key, ("gone", before.get(key))))
            self.known[name] = now

    async def does(self, name: str, step: str, doing: Any) -> None:
        """A deed of theirs: how it was answered, to the last field."""
        result: simcord.InteractionResult | list[dict[str, Any]] = await doing
        if isinstance(result, list):
            self.notes(name, (step, result))
            return
        told = [one for one in (result.response, *result.followups) if one is not None]
        self.notes(name, (step, result.acknowledged, result.ephemeral, result.modal))
        for one in told:
            self.notes(name, self._message(self.world.env.backend.get_message(one.channel_id, one.id)))

    async def runs(self, *commands: str) -> None:
        """Whoever watches runs these commands, as far as Discord shows them to them."""
        for command in commands:
            try:
                await self.does(WATCHER, command, self.evening[WATCHER].actor.slash(self.world.garden, command))
            except simcord.SetupError as not_shown:
                self.notes(WATCHER, (command, str(not_shown)))

    def _before(self, person: Person) -> list[tuple[object, str]]:
        """Every message in each place that this person can open, and who is in its threads."""
        env, found = self.world.env, list[tuple[object, str]]()
        places = [self.world.garden, *self.world.garden.threads]
        for place in [one for one in places if can_access_channel(env, one.id, person.actor, history=True)]:
            inside = sorted(env.backend.get_channel(place.id).thread_members)
            found.append((place.id, f"{place.name}: {inside}"))
            found += self._messages(place.id, person)
        return found + self._messages(person.actor.user.dm_channel.id, person)

    def _messages(self, place: int, person: Person) -> list[tuple[object, str]]:
        said = self.world.env.backend.messages.get(place, {}).values()
        return [(one.id, self._message(one)) for one in said if one.visible_to(person.actor.id)]

    def _message(self, message: Any) -> str:
        """All that Discord has of it, and what is in its files."""
        contents = [self.world.env.backend.cdn.get(one["url"]) for one in message.attachments]
        return f"{message} {contents}"

    def plain(self, met: object, names: dict[str, str]) -> str:
        """What was met, without what differs between any two evenings: random tokens, ids, and seconds.

        `names`: what this person has met already, as it was named then.
        """
        text = met if isinstance(met, str) else json.dumps(met, default=str, ensure_ascii=False)
        for name, person in self.world.people.items():
            text = text.replace(str(person.actor.id), name)

        def name_it(found: re.Match[str]) -> str:
            return names.setdefault(found[0], f"#{len(names)}")

        text = re.sub(r"(?<![\w-])[\w-]{22}(?![\w-])", name_it, text)
        text = re.sub(r"\b\d{17,20}\b", name_it, text)
        text = re.sub(r"(\d\d\d\d-\d\d-\d\dT\d\d:\d\d):[\d.]+", r"\1", text)
        return re.sub(r"<t:(\d+):", lambda found: f"<t:{int(found[1]) // 60}:", text)


async def gather(evening: Evening, role: str, facilitating: int) -> None:
    """A circle with so many who facilitate, two care contacts outside of it, Cleo who writes, and Wren in this role.

    What isn't looked at is done without Discord, since that is quicker.
    """
    world = evening.world
    leading = list(FACILITATORS[:facilitating])
    if role in {"facilitator", "holder"}:
        leading[-1] = WATCHER
    _arrive(evening, role, leading)
    await _does(evening, ADMIN, server.write_help_card, **CARD)
    wanted: dict[str, Any] = {"facilitators": evening.role.id, "zone": "Europe/Madrid", "language": "en"}
    await _does(evening, ADMIN, server.set_up, **wanted, care_contact=None)
    await evening.slash(leading[0], "circle create", name="Harbour")
    await evening.press(leading[0], "draft.quiet")
    async with world.bot.store.reading(world.guild.id) as unit:
        (circle,) = await unit.all(Circle)
    await _does(evening, leading[0], door.set_door, named=circle.token, door=Door.OPEN)
    for name in [*leading[1:], WRITER, OTHER, *([WATCHER] if role in {"member", "guardian"} else [])]:
        await _does(evening, name, door.ask, circle.token)
    for name in leading[1:]:
        await _does(evening, leading[0], facilitator.ask, circle.token, member=evening[name].actor.id)
        (asked,) = await _does(evening, name, inbox.look)
        await _does(evening, name, facilitator.answer, str(asked.due.facts["offer"]), yes=True)
    for name in [*CONTACTS, *([WATCHER] if role == "care contact" else [])]:
        await _does(evening, ADMIN, server.set_up, **wanted, care_contact=evening[name].actor.id)
        await evening.press(name, "care.yes")
    if role != "outsider":
        await _does(evening, WATCHER, inbox.set_dms, wanted=True)
    if role in {"holder", "guardian"}:
        await meets_tonight(evening, WATCHER if role == "holder" else leading[0], guards=role == "guardian")
    await evening.wait(minutes=1)


async def _does(evening: Evening, name: str, deed: Any, *args: Any, **more: Any) -> Any:
    world, person = evening.world, evening[name].actor.id
    seen = frozenset({world.garden.id})
    presser = Presser(person, "en", world.garden.id, channels=seen, administers=name == ADMIN)
    outcome, _ = await world.bot.act(world.guild.id, deed, presser, *args, **more)
    await world.bot.at_rest()
    return outcome


def _arrive(evening: Evening, role: str, leading: list[str]) -> None:
    world = evening.world
    admins = world.guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
    for name in dict.fromkeys([*FACILITATORS, *leading, *CONTACTS, WRITER, OTHER, WATCHER]):
        has = [evening.role] if name == leading[0] else [admins] if name == WATCHER and role == "admin" else []
        if name == WATCHER and role == "owner":
            actor = MemberActor(world.env, world.guild, world.guild.owner)
            world.people[name] = Person(name, actor, world.language)
        else:
            world.add(name, *has)
    world.add(ADMIN, admins)


async def meets_tonight(evening: Evening, holder: str, *, guards: bool) -> None:
    """A session is open; whoever watches holds it, or guards it."""
    await evening.slash(holder, "circle open")
    if guards:
        await evening.press(WATCHER, "session.speak")
        await evening.press(WATCHER, "session.in-speaking")
        await evening.more(WATCHER, "guard")


async def by_name(evening: Evening) -> Callable[[list[str]], None]:
    """A chance that draws alike in both evenings: by name, whoever watches last."""
    world, names = evening.world, {}
    async with world.bot.store.reading(world.guild.id) as unit:
        for name, person in world.people.items():
            found = await unit.people.find(person.actor.id)
            if found:
                names[found.id] = name
    return lambda people: people.sort(key=lambda one: names.get(one, ""))
