"""One's own flags are shown to oneself and forgotten with oneself; of others' there is no sign."""

from bot.acts.privacy import exporting, forgetting
from bot.acts.rupture import flagging
from bot.store.unit import Store

from .flags import harbour
from .people import Home


async def test_an_export_shows_ones_own_flags_and_to_nobody_else_that_there_are_any(home: Home) -> None:
    ours = await harbour(home)
    writer, other = ours.members
    before = {person.id: await person.does(exporting.export) for person in (*ours.facilitators, other)}
    await ours.flags(writer)
    (flag,) = (await writer.does(exporting.export))["flags"]
    assert (flag["circle"], flag["stage"]) == ("Garden", "raised")
    assert flag["words"]
    for person in (*ours.facilitators, other):
        assert await person.does(exporting.export) == before[person.id]


async def test_who_is_forgotten_takes_their_flags_along_and_those_before_them_go_on(home: Home, store: Store) -> None:
    ours = await harbour(home)
    writer, other = ours.members
    taken, _ = await ours.is_heard_of(writer)
    kept, (first, *_) = await ours.is_heard_of(other)
    for person in (writer, first):
        async with store.unit(home.id) as unit:
            known = await unit.people.find(person.id)
            assert known is not None
            await forgetting.forget(unit, known.id)
    async with store.unit(home.id) as unit:
        assert await unit.waiting.get(taken) is None
    await home.carry_out()
    assert [await ours.sees(one) for one in ours.facilitators if one.id != first.id] == [[kept]]


async def test_words_that_were_added_to_a_flag_are_in_ones_export_too(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    for _ in range(3):
        await ours.is_heard_of(writer)
    for words in ("And then.", "And now."):
        await writer.does(flagging.add, (await ours.drafts(writer, words=words)).token)
    flags = (await writer.does(exporting.export))["flags"]
    assert [flag["added"] for flag in flags if flag["added"]] == ["And then.\n\nAnd now."]
