"""Discord's own things are gone, and the session goes on where it stood."""

from datetime import timedelta

from bot.acts import broken, holding, session
from bot.practice.session import Session

from .people import Evening, Home, begun, gathered, refused


async def lose(evening: Evening) -> None:
    home = evening.holder.home
    async with home.store.unit(home.id) as unit:
        await broken.lose_thread(unit, evening.thread)


async def test_the_holder_is_told_once_that_the_thread_is_gone(home: Home) -> None:
    evening = await begun(home)
    await lose(evening)
    await lose(evening)
    (note,) = await evening.holder.looks()
    assert note.due.facts["kind"] == "session.thread_gone"
    for other in evening.others:
        assert await other.looks() == []


async def test_the_threads_in_use_are_those_of_open_sessions_here(home: Home, elsewhere: Home) -> None:
    evening, another = await begun(home), await gathered(elsewhere)

    async def in_use(where: Home) -> list[int]:
        async with where.store.unit(where.id) as unit:
            return await broken.threads_in_use(unit)

    assert await in_use(home) == [evening.thread]
    assert await in_use(elsewhere) == [another.thread]
    await lose(evening)
    await another.holder.does(session.close, another.token)
    assert (await in_use(home), await in_use(elsewhere)) == ([], [])


async def test_in_a_new_thread_everybody_is_added_and_the_piece_is_where_it_was(home: Home) -> None:
    evening = await begun(home)
    await evening.goes_on()
    speaker = evening.speaker
    await lose(evening)
    await evening.holder.does(broken.renew_thread, evening.token)
    anew = await evening.shows()
    assert [errand.due.deed for errand in anew if errand.due.deed != "moment"] == [
        "thread",
        "post",
        *["add"] * 3,
        "post",
    ]
    assert evening.speaker is speaker
    assert await evening.holder.looks() == []
    with refused("session.has_thread"):
        await evening.holder.does(broken.renew_thread, evening.token)


async def test_a_pause_and_a_question_to_all_are_told_again_in_the_new_thread(home: Home) -> None:
    evening = await begun(home)
    await evening.others[0].does(holding.pause, evening.token)
    await evening.shows()
    await lose(evening)
    await evening.others[0].does(broken.renew_thread, evening.token)
    assert (await evening.shows())[-1].due.facts["kind"] == "round.pause"
    await evening.holder.does(holding.go_on, evening.token)
    assert any(errand.due.facts.get("kind") == "round.turn" for errand in await evening.shows())


async def test_before_it_began_the_new_thread_waits_for_the_holder(home: Home) -> None:
    evening = await gathered(home)
    await lose(evening)
    await evening.others[0].does(broken.renew_thread, evening.token)
    kinds = [errand.due.facts.get("kind") for errand in await evening.shows()]
    assert "session.waiting" in kinds


async def test_only_who_came_in_or_holds_it_makes_the_new_thread(home: Home) -> None:
    evening = await begun(home)
    stranger = await home.person().joins(evening.circle)
    await lose(evening)
    with refused("session.come_in_first"):
        await stranger.does(broken.renew_thread, evening.token)


async def test_a_closed_session_forgets_its_thread_and_asks_nobody(home: Home) -> None:
    evening = await begun(home)
    await evening.holder.does(session.close, evening.token)
    await evening.shows()
    await lose(evening)
    assert await evening.holder.looks() == []
    async with home.store.reading(home.id) as unit:
        assert (await unit.one(Session, token=evening.token)).thread_id is None  # type: ignore[union-attr]


async def test_a_thread_of_another_server_is_nothing_to_this_one(home: Home) -> None:
    evening = await begun(home)
    async with home.store.unit(home.id + 1) as unit:
        await broken.lose_thread(unit, evening.thread)
    assert await evening.holder.looks() == []


async def test_a_deleted_channel_takes_its_threads_with_it(home: Home) -> None:
    evening = await begun(home)
    async with home.store.unit(home.id) as unit:
        await broken.lose_channel(unit, home.channel)
    (note,) = await evening.holder.looks()
    assert note.due.facts["kind"] == "session.thread_gone"


async def test_what_a_session_lacks_is_told_once_and_tried_again_on_request(home: Home) -> None:
    evening = await gathered(home)
    await evening.holder.does(session.begin, evening.token)
    async with home.store.unit(home.id) as unit:
        for due in await unit.waiting.due():
            await unit.waiting.postpone(due.token, timedelta(hours=1))
        held = await unit.one(Session, token=evening.token)
        assert held is not None
        for _ in range(2):
            await broken.lack(unit, held.id, lacking=["send_messages"], channel_id=home.channel)
    (note,) = await evening.holder.looks()
    assert note.due.facts["lacking"] == ["send_messages"]
    await evening.holder.does(broken.try_again, evening.token)
    assert await evening.holder.looks() == []
    async with home.store.reading(home.id) as unit:
        assert [due.retry_at for due in await unit.waiting.due() if due.retry_at] == []
