"""Discord's own things go, and come back."""

from tests.cogs.evening import Evening


async def begun(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()


async def test_a_deleted_thread_is_told_to_the_holder_and_the_session_goes_on_in_a_new_one(evening: Evening) -> None:
    await begun(evening)
    await evening.pass_on()
    speaker = evening.speaker()
    evening.world.env.backend.delete_channel(evening.world.garden.threads[-1].id)
    await evening.world.env.settle()
    assert "is gone from Discord" in await evening.slash("Ana", "inbox")
    assert "its thread is gone" in await evening.slash("Ben", "circle show")
    assert "A new thread is on its way" in await evening.press("Ana", "session.new-thread")
    assert evening.speaker() == speaker
    assert "#circle 1" in {sight.place for sight in evening.sees("Cleo")}


async def test_whoever_is_there_can_ask_for_the_new_thread(evening: Evening) -> None:
    await begun(evening)
    evening.world.env.backend.delete_channel(evening.world.garden.threads[-1].id)
    await evening.world.env.settle()
    await evening.slash("Cleo", "circle show")
    assert "A new thread is on its way" in await evening.more("Cleo", "new-thread")
    assert evening.speaker() == "Ana"
