"""A talk is offered, and after a no nobody is pressed (D3.7)."""

import pytest

from bot.acts.rupture import caring, talking

from .flags import DAY, Harbour, harbour, told
from .people import Home, Someone, refused


async def carried(home: Home) -> tuple[Harbour, str, Someone]:
    """A flag that somebody carries; its token, and who."""
    ours = await harbour(home)
    token, (first, *_) = await ours.is_heard_of(ours.members[0])
    await first.does(caring.acknowledge, token, words="")
    return ours, token, first


async def test_after_a_no_none_is_offered_for_seven_days(home: Home) -> None:
    ours, token, first = await carried(home)
    writer = ours.members[0]
    await first.does(talking.offer, token)
    await writer.does(talking.decline, token)
    await told(writer)
    for wait in (0 * DAY, 6 * DAY):
        await home.passes(wait)
        with refused("rupture.talk_not_yet"):
            await first.does(talking.offer, token)
    assert "rupture.talk_offered" not in await told(writer)
    await home.passes(DAY)
    await first.does(talking.offer, token)
    assert "rupture.talk_offered" in await told(writer)


async def test_who_flagged_it_can_lift_their_own_no(home: Home) -> None:
    ours, token, first = await carried(home)
    writer = ours.members[0]
    assert not (await ours.shown(writer, token)).may_wish_for_talk
    with refused("rupture.gone"):
        await writer.does(talking.wish, token)
    await first.does(talking.offer, token)
    await writer.does(talking.decline, token)
    assert (await ours.shown(writer, token)).may_wish_for_talk
    with refused("rupture.gone"):
        await first.does(talking.wish, token)
    await writer.does(talking.wish, token)
    heard = await told(first)
    assert "rupture.talk_wished" in heard
    assert "rupture.talk_not" not in heard
    await first.does(talking.offer, token)
    assert "rupture.talk_offered" in await told(writer)


@pytest.mark.parametrize("says_no", [True, False])
async def test_nobody_lifts_the_no_of_the_other_side(home: Home, says_no: bool) -> None:
    ours, token, first = await carried(home)
    writer, other = ours.members
    await first.does(talking.offer, token)
    await writer.does(talking.accept, token, other=other.id)
    (note,) = [note for note in await other.looks() if note.due.facts.get("talk")]
    if says_no:
        await other.does(talking.answer, str(note.due.facts["talk"]), yes=False)
    else:
        await home.passes(7 * DAY)
    assert "rupture.talk_not" in await told(writer)
    with refused("rupture.gone"):
        await writer.does(talking.wish, token)
    with refused("rupture.talk_not_yet"):
        await first.does(talking.offer, token)
