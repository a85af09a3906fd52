"""Asking somebody to sit with one: one person, in private, and never somebody kept out of an open flag."""

from bot.acts import company
from bot.acts.rupture import mending
from bot.practice.rupture.flag import How

from .flags import harbour, kinds
from .people import Home, refused


async def test_one_person_is_asked_once_and_sees_who_asks(home: Home) -> None:
    ana, ben, cem = home.person(), home.person(), home.person()
    for _ in range(2):
        await ana.does(company.ask, other=ben.id)
    await cem.does(company.ask, other=ben.id)
    asked = await ben.looks()
    assert kinds(asked) == ["company.asked"] * 2
    assert sorted(next(iter(note.people.values())) for note in asked) == sorted([ana.id, cem.id])
    assert await ben.looks() == []
    with refused("company.yourself"):
        await ana.does(company.ask, other=ana.id)


async def test_somebody_kept_out_of_an_open_flag_is_not_asked(home: Home) -> None:
    ours = await harbour(home)
    writer, party = ours.members
    token, _ = await ours.flags(writer, party)
    with refused("company.excluded"):
        await writer.does(company.ask, other=party.id)
    assert await party.looks() == []
    await party.does(company.ask, other=writer.id)  # what somebody else flagged changes nothing for them
    await writer.does(mending.close, token, how=How.SETTLED)
    await writer.does(company.ask, other=party.id)
    assert kinds(await party.looks()) == ["company.asked"]
