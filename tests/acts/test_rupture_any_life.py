"""Whatever anybody does with flags, in whatever role: nobody sees one who must not; nothing but a Refusal is met."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.acts import circle, company, door, facilitator, handover, server
from bot.acts.rupture import caring, flagging, mending, reading, talking
from bot.practice.refusals import Refusal
from bot.practice.rupture.flag import How
from bot.practice.rupture.words import Lane, Look, Soon, Wish
from bot.store.keyring import Keyring
from bot.store.unit import Store
from tests.conftest import KEY, PEPPER, Moments

from .flags import HOUR, Harbour, becomes_contact, harbour
from .people import Home, Someone

LIVES = int(os.environ.get("TRELLIS_LIVES", "10"))  # 10,000 operations are 250 of them
STEPS = 40  # operations in each


@dataclass
class Known:
    """What may be known of one flag: who wrote it, who must not see it, and whom its writer agreed to."""

    writer: int
    excluded: set[int]
    agreed: set[int]
    gave_away: set[int] = field(default_factory=set)


@dataclass
class Life:
    """The world in one example."""

    ours: Harbour
    draw: Callable[[Any], Any]
    known: dict[str, Known] = field(default_factory=dict)
    done: int = 0

    def somebody(self) -> Someone:
        return self.draw(st.sampled_from(self.ours.people))  # type: ignore[no-any-return]

    def flag(self) -> str:
        return str(self.draw(st.sampled_from(sorted(self.known) or ["none"])))

    async def tries(self, do: Awaitable[Any]) -> Any:
        """Do it; a Refusal is an answer, and anything else a fault."""
        self.done += 1
        try:
            return await do
        except Refusal:
            return None

    async def sends(self) -> None:
        writer = self.somebody()
        excluded = self.draw(st.lists(st.sampled_from(self.ours.people), max_size=3))
        found = await self.tries(
            self.ours.drafts(
                writer, *excluded, lane=self.draw(st.sampled_from(Lane)), look=self.draw(st.sampled_from(Look)),
                wish=Wish.KNOW, soon=self.draw(st.sampled_from(Soon)),
            )
        )  # fmt: skip
        if found is None:
            return
        if self.draw(st.booleans()):
            found = await self.tries(writer.does(flagging.choose, found.token, ticked=True, named=True)) or found
        sent = await self.tries(writer.does(flagging.send, found.token))
        if isinstance(sent, flagging.Sent):
            anew = {one.token for one in await writer.does(reading.my_own)} - self.known.keys()
            (token,) = anew
            people = {reach.person for reach in found.reaches}
            self.known[token] = Known(writer.id, {one.id for one in excluded} - {writer.id}, people)

    async def hands_on(self) -> None:
        token, person = self.flag(), self.somebody()
        before = await self.ours.sees(person)
        await self.tries(person.does(caring.hand_on, token))
        if token in before and token not in await self.ours.sees(person):
            self.known[token].gave_away.add(person.id)

    async def lets_pass(self) -> None:
        token = self.flag()
        if token in self.known:
            writer = self.ours.whose(self.known[token].writer)
            shown = await self.tries(writer.does(reading.read, token))
            if shown and shown.may_pass_to:
                self.known[token].agreed.add(shown.may_pass_to)
                await self.tries(writer.does(mending.let_pass, token, yes=True))

    async def cares(self) -> None:
        token, person = self.flag(), self.somebody()
        match self.draw(st.sampled_from(["acknowledge", "write", "ask", "plan", "offer"])):
            case "acknowledge":
                await self.tries(person.does(caring.acknowledge, token, words="x"))
            case "write":
                await self.tries(person.does(caring.write, token, words="x"))
            case "ask":
                await self.tries(person.does(caring.ask, token))
            case "plan":
                await self.tries(person.does(caring.plan, token, change="x", days=7))
            case _:
                await self.tries(person.does(talking.offer, token))

    async def mends(self) -> None:
        token, person, other = self.flag(), self.somebody(), self.somebody()
        if token in self.known and self.draw(st.booleans()):
            person = self.ours.whose(self.known[token].writer)
        match self.draw(st.sampled_from(["close", "reopen", "go on", "write", "talk", "no talk", "company"])):
            case "close":
                await self.tries(person.does(mending.close, token, how=self.draw(st.sampled_from(How))))
            case "reopen":
                await self.tries(person.does(mending.reopen, token))
            case "go on":
                await self.tries(person.does(mending.go_on, token))
            case "write":
                await self.tries(person.does(mending.write, token, words="x"))
            case "talk":
                await self.tries(person.does(talking.accept, token, other=other.id))
            case "no talk":
                await self.tries(person.does(talking.decline, token))
            case _:
                await self.tries(person.does(company.ask, other=other.id))

    async def answers(self) -> None:
        for note in await self.somebody().looks():
            reader = self.ours.whose(note.people[note.due.person_id or ""])
            if "talk" in note.due.facts:
                await self.tries(reader.does(talking.answer, note.due.facts["talk"], yes=self.draw(st.booleans())))
            if "offer" in note.due.facts:
                await self.tries(reader.does(facilitator.answer, note.due.facts["offer"], yes=True))

    async def changes_roles(self) -> None:
        person, other, token = self.somebody(), self.somebody(), self.ours.circle
        match self.draw(st.sampled_from(["step back", "leave", "join", "facilitate", "stop caring", "care"])):
            case "step back":
                await self.tries(person.does(handover.step_back, token, farewell=False))
            case "leave":
                await self.tries(person.does(door.leave, token=token))
            case "join":
                await self.tries(person.does(door.ask, token))
            case "facilitate":
                await self.tries(person.does(facilitator.ask, token, member=other.id))
            case "stop caring":
                await self.tries(person.does(server.stop_caring))
            case _ if len(self.ours.contacts) < 5:
                self.ours.contacts.append(await becomes_contact(self.ours))

    async def waits(self) -> None:
        await self.ours.home.passes(self.draw(st.sampled_from([HOUR / 2, 12 * HOUR, 30 * HOUR, timedelta(days=15)])))

    async def expect_nobody_sees_what_they_must_not(self) -> None:
        for person in self.ours.people:
            for token in await self.ours.sees(person):
                known = self.known[token]
                assert person.id in known.agreed - known.excluded - known.gave_away - {known.writer}
            for token in self.known:
                shown = await self.tries(person.does(reading.read, token))
                allowed = person.id == self.known[token].writer or token in await self.ours.sees(person)
                assert (shown is not None) <= allowed


async def live(folder: Path, tables: Path, draw: Callable[[Any], Any]) -> None:
    """Forty steps in a world of its own."""
    shutil.copyfile(tables, folder / "trellis.db")
    moments = Moments()
    store = Store(f"sqlite+aiosqlite:///{folder}/trellis.db", Keyring(folder / "keyring", KEY), PEPPER, moments.now)
    try:
        ours = await harbour(Home(store, moments), facilitators=3, contacts=2, members=2)
        life = Life(ours, draw)
        deeds = [
            life.sends, life.hands_on, life.lets_pass, life.cares, life.mends, life.answers, life.changes_roles,
            life.waits,
        ]  # fmt: skip
        await life.sends()
        for step in range(STEPS):
            await draw(st.sampled_from(deeds))()
            if step % 8 == 7:
                await life.expect_nobody_sees_what_they_must_not()
        async with store.unit(ours.home.id) as unit:
            assert await circle.by_token(unit, ours.circle)
    finally:
        await store.close()


@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@settings(max_examples=LIVES, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def test_any_life_of_flags_keeps_them_from_who_must_not_see_them(data: st.DataObject, empty_tables: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder), empty_tables, data.draw))
