"""Sessions that were held, as rows: without playing each of them."""

from collections.abc import Sequence

from bot import vault
from bot.acts import circle
from bot.practice.seat import Seat, State
from bot.practice.session import Session

from .people import Home, Someone


async def held(home: Home, token: str, holder: Someone, present: Sequence[Someone], times: int = 1) -> None:
    """So many sessions of a circle, held by one, in which these sat in this order; their threads are gone."""
    async with home.store.unit(home.id) as unit:
        found = await circle.by_token(unit, token)
        for _ in range(times):
            found.sessions_opened += 1
            found.sessions_held += 1
            session = Session(
                vault.new_token(), vault.new_token(), found.id, found.sessions_opened,
                (await unit.people.meet(holder.id)).id, 1, 4, home.moments.now(), state=State.CLOSED, held=True,
                closed_at=home.moments.now(),
            )  # fmt: skip
            people = [(await unit.people.meet(person.id)).id for person in present]
            session.seats = [Seat(person, False, place) for place, person in enumerate(people)]
            unit.add(session)
