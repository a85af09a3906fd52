"""Killed at any statement between Send and acknowledgement: the flag exists once, and each is told once (promise 9)."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from bot.acts.rupture import caring, flagging, mending, reading
from bot.practice.refusals import Refusal
from bot.practice.rupture.flag import How
from bot.practice.rupture.words import Lane
from bot.store.unit import Store

from .flags import HOUR, Harbour, harbour, told
from .people import Home, Someone


class Killed(Exception):
    """The process is gone."""


@contextmanager
def killed_at(store: Store, statement: int) -> Iterator[list[str]]:
    """Let the process go at this statement or commit, counted from now; gives whether it did."""
    met: list[str] = []

    def count(*_: Any) -> None:
        met.append("another")
        if len(met) == statement:
            raise Killed

    for moment in ("before_cursor_execute", "commit"):
        event.listen(store.engine.sync_engine, moment, count)
    try:
        yield met
    finally:
        for moment in ("before_cursor_execute", "commit"):
            event.remove(store.engine.sync_engine, moment, count)


async def again(do: Callable[[], Awaitable[Any]]) -> None:
    """Do it; after a kill, and in any case once more, as somebody does who saw no answer."""
    for _ in range(3):
        try:
            await do()
        except (Killed, Refusal):
            continue


async def from_send_to_acknowledgement(ours: Harbour, writer: Someone, contact: Someone, draft: str) -> set[str]:
    """What the contact was told of it before they acknowledged it: the tokens of these notes."""
    heard: set[str] = set()
    await again(lambda: writer.does(flagging.send, draft))
    ours.home.moments.advance(HOUR.total_seconds() / 2)
    await again(ours.home.carry_out)

    async def acknowledge() -> None:
        heard.update(await notes_of_it(ours.home, contact))
        (token,) = await ours.sees(contact)
        await contact.does(caring.acknowledge, token, words="Thank you.")

    await again(acknowledge)
    await again(ours.home.carry_out)
    return heard


async def notes_of_it(home: Home, contact: Someone) -> set[str]:
    async with home.store.unit(home.id) as unit:
        person = await unit.people.find(contact.id)
        assert person is not None
        waits = await unit.waiting.of_person(person.id)
        return {due.token for due in waits if due.facts.get("kind") == "rupture.care"}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_it_exists_once_and_each_is_told_once(home: Home, store: Store) -> None:
    ours = await harbour(home)
    writer, contact = ours.members[0], ours.contacts[0]
    statement = went_on = 0
    while not went_on:
        statement += 1
        draft = await ours.drafts(writer, lane=Lane.HARM)
        with killed_at(store, statement) as met:
            heard = await from_send_to_acknowledgement(ours, writer, contact, draft.token)
            went_on = len(met) < statement
        open_now = [one for one in await writer.does(reading.my_own) if one.how is None]
        assert [one.carer for one in open_now] == [contact.id], statement
        assert len(heard) == 1, statement
        assert await told(contact) == [], statement
        assert await told(writer) == ["rupture.read"], statement
        await writer.does(mending.close, open_now[0].token, how=How.WITHDRAWN)
        assert await told(contact) == ["rupture.over"], statement
        async with store.unit(home.id) as unit:  # so that the next begins with nothing
            await unit.waiting.done(open_now[0].token)
    assert statement > 60
