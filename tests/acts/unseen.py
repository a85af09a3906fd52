"""The same world twice, with a flag and without one: what everybody else meets, to be compared."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event

from bot.acts import agreement, circle, door, due, handover, inbox, pausing, rota, server
from bot.acts import session as sessions
from bot.acts.rupture import caring, flagging, mending, reading, talking
from bot.practice.door import Answer, Door
from bot.practice.pausing import Way
from bot.practice.refusals import Refusal
from bot.practice.rupture.flag import How
from bot.practice.rupture.words import Lane, Look, Soon, Wish

from .flags import DAY, HOUR, Harbour, harbour
from .people import Home, Someone

Does = Callable[..., Awaitable[Any]]


@dataclass
class World:
    """One of the two. `roles` names everybody; `seen` is what was met, in order, by whom.

    `in_it`: who writes the flag or may come to see it; nobody else can tell the two worlds apart.
    """

    ours: Harbour
    flagged: bool
    roles: dict[int, str]
    began: datetime
    seen: list[str] = field(default_factory=list)
    in_it: set[int] = field(default_factory=set)
    token: str = ""
    readers: list[Someone] = field(default_factory=list)

    @property
    def home(self) -> Home:
        return self.ours.home

    @property
    def writer(self) -> Someone:
        return self.ours.members[0]

    async def until(self, since: timedelta) -> None:
        """Let it become this long after the beginning; what was posted or reached somebody who knows of no flag."""
        self.home.moments.advance((self.began + since - self.home.moments.now()).total_seconds())
        for errand in await self.home.carry_out():
            if errand.due.deed in {"note", "post", "edit", "unsay", "thread", "archive", "delete", "add"}:
                reached = errand.people.get(errand.due.person_id or "")
                if errand.due.person_id is None or reached not in self.in_it:
                    self.seen.append(self.plain((errand.due.deed, errand.due.facts, errand.people)))

    def plain(self, met: object) -> str:
        """What was met, without what differs between any two worlds: random ids, and seconds."""
        text = repr(met)
        for person, role in self.roles.items():
            text = text.replace(str(person), role)
        text = re.sub(r"\[((?:[a-z]+-\d, )*[a-z]+-\d)\]", lambda one: f"{sorted(one[1].split(', '))}", text)
        named: dict[str, str] = {}
        text = re.sub(r"(?<![\w-])[\w-]{22}(?![\w-])", lambda one: named.setdefault(one[0], f"#{len(named)}"), text)
        text = re.sub(r"(datetime\.datetime\(\d+, \d+, \d+, \d+)[^)]*\)", r"\1)", text)
        text = re.sub(r"\b\d{18}\b", lambda one: named.setdefault(one[0], f"#{len(named)}"), text)
        return re.sub(r"\d{10}\.\d+", "TIME", text)


@contextmanager
def statements(home: Home) -> Iterator[list[str]]:
    """The text of every statement to the database meanwhile."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(home.store.engine.sync_engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(home.store.engine.sync_engine, "before_cursor_execute", listen)


async def meets(world: World, person: Someone, deed: Does, *args: Any, **more: Any) -> Any:
    """One press of somebody: what came of it, and each statement it took."""
    with statements(world.home) as said:
        try:
            outcome: Any = await person.does(deed, *args, **more)
        except Refusal as no:
            outcome = no.code, no.slots
    world.seen.append(world.plain((world.roles[person.id], deed.__name__, outcome)))
    world.seen.append("; ".join(said))
    return outcome


async def looks_around(world: World, person: Someone) -> None:
    """Everything that somebody can look at, and a flag of their own begun and thrown away."""
    token = world.ours.circle
    plain: tuple[Does, ...] = (due.anything_waits, inbox.look, reading.care, reading.my_own, server.help_card)
    for deed in plain:
        await meets(world, person, deed)
    named: tuple[Does, ...] = (circle.show, door.roll, handover.before, rota.look, agreement.read)
    for deed in named:
        await meets(world, person, deed, named=token)
    await meets(world, person, circle.named_like, "")
    await meets(world, person, flagging.lanes_of, token)
    for lane in Lane:
        begun = await meets(
            world, person, flagging.draft, token, lane=lane, look=Look.SHARP, wish=Wish.KNOW, soon=Soon.NO_HURRY,
            excluded=[world.writer.id], words="",
        )  # fmt: skip
        if isinstance(begun, flagging.Preview):
            await meets(world, person, flagging.throw_away, begun.token)


async def steps_away(world: World, person: Someone) -> None:
    """What somebody can give up, and come back to."""
    await meets(world, person, handover.step_back, world.ours.circle, farewell=False)
    await meets(world, person, server.stop_caring)
    await meets(world, person, door.leave, token=world.ours.circle)
    await meets(world, person, door.ask, world.ours.circle)


@dataclass(frozen=True)
class Arrangement:
    """How many facilitate, who must not see it (places among facilitators, contacts, members), and what is flagged."""

    facilitators: int
    excluded: tuple[tuple[str, int], ...]
    lane: Lane = Lane.FRICTION
    look: Look = Look.HURT
    ticked: bool = False


async def prepare(home: Home, arranged: Arrangement, ranks: dict[str, str], *, flagged: bool) -> World:
    """A circle with a session open in it, held by one who facilitates. `ranks` gets everybody's role by random id."""
    ours = await harbour(home, facilitators=arranged.facilitators, contacts=3, members=3)
    roles = {
        **{person.id: f"facilitator-{place}" for place, person in enumerate(ours.facilitators)},
        **{person.id: f"contact-{place}" for place, person in enumerate(ours.contacts)},
        **{person.id: f"member-{place}" for place, person in enumerate(ours.members)},
    }
    outsider = home.person()
    roles |= {ours.admin.id: "admin", outsider.id: "outsider", home.channel: "channel", home.id: "server"}
    await ours.facilitators[0].does(sessions.open_session, named=ours.circle, rounds=1)
    await home.carry_out()
    world = World(ours, flagged, roles, home.moments.now())
    async with home.store.unit(home.id) as unit:
        for person_id, role in roles.items():
            person = await unit.people.find(person_id)
            if person:
                ranks[person.id] = role
    ours.members.append(outsider)
    return world


async def send_or_not(world: World, arranged: Arrangement) -> None:
    """Somebody writes a flag, and sends it or throws it away."""
    ours = world.ours
    excluded = [getattr(ours, room)[place] for room, place in arranged.excluded]
    world.in_it = {world.writer.id}
    route = await ours.drafts(world.writer, *excluded, lane=arranged.lane, look=arranged.look)
    if arranged.ticked:
        route = await world.writer.does(flagging.choose, route.token, ticked=True)
    world.in_it |= {reach.person for reach in route.reaches}
    world.readers = [ours.whose(reach.person) for reach in route.reaches]
    if world.flagged:
        await world.writer.does(flagging.send, route.token)
        world.token = (await world.writer.does(reading.my_own))[0].token
    else:
        await world.writer.does(flagging.throw_away, route.token)


async def press_on_readers(world: World) -> None:
    """Those who are kept out of it pause one who has it, and let a care contact into the circle who has it."""
    ours, token = world.ours, world.ours.circle
    one, two, lead, _ = ours.facilitators
    await world.until(73 * HOUR)
    if world.flagged:
        assert [await ours.sees(person) for person in (lead, ours.contacts[0])] == [[world.token]] * 2
    choice = await meets(world, one, pausing.choose, token, member=lead.id)
    await meets(world, one, pausing.ask, choice.token, way=Way.FACILITATORS)
    (question,) = [note for note in await two.looks() if note.due.facts["kind"] == pausing.QUESTION]
    await meets(world, two, pausing.answer, str(question.due.facts["question"]), yes=True)
    await one.does(door.set_door, named=token, door=Door.ASK)
    await ours.contacts[0].does(door.ask, token)
    ((request, _),) = (await one.does(door.roll, named=token)).requests
    await meets(world, one, door.decide, request, answer=Answer.LET_IN)
    await world.until(74 * HOUR)
    for person in (one, two):
        await looks_around(world, person)
    assert [await ours.sees(person) for person in (lead, ours.contacts[0])] == [[], []]


async def live(world: World, arranged: Arrangement, *, gives_up_at: int) -> None:
    """Every step of a flag's life, or the same time without one; at each, everybody else looks around."""
    ours = world.ours
    await send_or_not(world, arranged)
    first, token = world.readers[0], world.token
    life: list[tuple[timedelta, list[tuple[Someone, Does, tuple[Any, ...], dict[str, Any]]]]] = [
        (timedelta(seconds=30), []),
        (HOUR, []),
        (25 * HOUR, []),
        (49 * HOUR, []),
        (73 * HOUR, []),
        (74 * HOUR, [(first, caring.acknowledge, (token,), {"words": "Here."})]),
        (75 * HOUR, [(world.writer, mending.write, (token,), {"words": "Thanks."})]),
        (76 * HOUR, [(first, caring.plan, (token,), {"change": "Turns.", "days": 7})]),
        (77 * HOUR, [(first, talking.offer, (token,), {}), (world.writer, talking.decline, (token,), {})]),
        (4 * DAY, [(first, caring.hand_on, (token,), {})]),
        (20 * DAY, [(world.writer, mending.close, (token,), {"how": How.SETTLED})]),
        (21 * DAY, [(world.writer, mending.reopen, (token,), {})]),
        (60 * DAY, []),
        (100 * DAY, []),
    ]
    for number, (when, deeds) in enumerate(life):
        for person, deed, args, named in deeds if world.flagged else []:
            with suppress(Refusal):  # where there is harm there is no talk
                await person.does(deed, *args, **named)
        await world.until(when)
        others = [person for person in ours.people if person.id not in world.in_it]
        everybody = number in {0, gives_up_at}
        for person in others if everybody else others[number % 3 :: 3]:  # in turns, so that the tests stay quick
            await looks_around(world, person)
        if number == gives_up_at:
            for person in others:
                await steps_away(world, person)
            return
