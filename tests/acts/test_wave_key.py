"""The key of a wave: gone after closing, also after a kill; and what becomes of one that lost it."""

from bot.acts import checkin, wave
from bot.practice.checkin import CORE, Tap
from bot.practice.wave import Phase
from bot.store.answers import owner_of, void_open_waves
from bot.store.keyring import Keyring
from bot.store.unit import Store
from tests.conftest import KEY, PEPPER

from .asking import DAYS, HARD, Asking, a_circle_of, kinds
from .people import Home, refused


async def restored(asking: Asking) -> Asking:
    """The bot starts again, and the keyring has no key of the wave: its backup never holds one."""
    store = asking.home.store
    await store.keyring.back_up(store.now())
    await store.keyring.destroy(owner_of((await asking.row()).id))
    await store.close()
    again = Store(store.url, Keyring(store.keyring.path, KEY), PEPPER, store.now)
    asking.home.store = again
    return asking


async def test_a_wave_whose_key_is_gone_is_void_and_not_asked_again(home: Home) -> None:
    asking = await a_circle_of(home, 6)
    await asking.all_say_yes()
    await asking.opens()
    for person in asking.people:
        await asking.taps(person, *[HARD[item] for item in CORE])
    try:
        await restored(asking)
        assert kinds(await asking.closes()) == ["checkin.void"]
        assert kinds(await asking.passes(30 * DAYS)) == []
        assert asking.said == ["checkin.closed", "checkin.void"]
        assert await asking.answers() == []
        assert (await asking.row()).phase is Phase.VOID
    finally:
        await asking.home.store.close()


async def test_a_wave_whose_answers_are_gone_is_void_also_while_its_key_lives(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.opens()
    wave_id = (await asking.row()).id
    async with home.store.unit(home.id) as unit:
        await unit.answers.drop(wave_id)  # put back from a copy in which they aren't
    assert kinds(await asking.closes()) == ["checkin.void"]
    assert asking.said == ["checkin.closed", "checkin.void"]


async def test_a_copy_that_was_put_back_goes_on_with_no_open_wave(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.opens()
    await asking.taps(asking.ana, Tap.YES)
    async with home.store.engine.begin() as connection:
        await void_open_waves(connection, home.store.keyring)
    assert await asking.answers() == []
    assert not any(owner.startswith("wave:") for owner in home.store.keyring.owners())
    assert await asking.ana.does(checkin.begin, asking.token) is None
    assert kinds(await asking.shows()) == ["checkin.void"]


async def test_whoever_presses_answer_after_that_is_told_so_and_no_new_key_is_made(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.opens()
    try:
        await restored(asking)
        assert await asking.people[1].does(checkin.answer, asking.token, item="rushed", tap=Tap.YES) is None
        assert kinds(await asking.shows()) == ["checkin.void"]
        with refused("rc.void"):
            await asking.people[2].does(checkin.begin, asking.token)
        assert not any(owner.startswith("wave:") for owner in asking.home.store.keyring.owners())
    finally:
        await asking.home.store.close()


async def test_an_open_wave_outlives_a_restart_and_the_key_of_a_closed_one_does_not(home: Home) -> None:
    asking = await a_circle_of(home, 6)
    await asking.all_say_yes()
    await asking.opens()
    for person in asking.people:
        await asking.taps(person, *[HARD[item] for item in CORE])
    store, kept = home.store, await asking.row()
    await store.close()
    home.store = Store(store.url, Keyring(store.keyring.path, KEY), PEPPER, store.now)
    try:
        assert owner_of(kept.id) in (await opened_keys(home.store))
        async with home.store.unit(home.id) as unit:  # killed right after the commit of closing
            home.moments.advance(3 * 86400)
        async with home.store.unit(home.id) as unit:
            (closing,) = [due for due in await unit.waiting.due() if due.facts.get("step") == "close"]
            await wave.meet(unit, closing)
        await home.store.close()
        home.store = Store(store.url, Keyring(store.keyring.path, KEY), PEPPER, store.now)
        assert owner_of(kept.id) not in (await opened_keys(home.store))
        assert kinds([*await asking.shows(), *await asking.passes(DAYS)]) == ["checkin.result"]
    finally:
        await home.store.close()


async def opened_keys(store: Store) -> frozenset[str]:
    """Whose keys there are once the store is ready."""
    await store.make_ready()
    return store.keyring.owners()
