"""What **More...** offers somebody in a session, done; and what stands in its thread then."""

from datetime import timedelta

from bot.acts import holding, session, travel
from bot.acts import round as rounds
from bot.acts.due import Errand
from bot.acts.rupture import flagging
from bot.practice.more import More
from bot.practice.session import Session
from bot.practice.travel import Travel
from bot.store.rows import Notice

from .people import Evening, Someone

FIRST = {"session.waiting", "session.together", "session.begun", "session.begun_slow"}
ALWAYS = {*FIRST, "session.closed", "travel.said"}
OF_TURN = {
    More.SPOKE: rounds.pass_piece,
    More.PASS: rounds.pass_piece,
    More.MORE_TIME: rounds.take_more_time,
    More.TELL_TIME: rounds.tell_time,
    More.COME_BACK: rounds.come_back_later,
}
OF_SESSION = {
    More.NOT_FINISHED: rounds.take_up_again,
    More.TURN: rounds.ask_for_turn,
    More.TOGETHER: session.sit_together,
    More.GO_ON: holding.go_on,
    More.HOLD: holding.take_hold,
    More.HOLD_BACK: holding.take_hold_back,
    More.PAUSE: holding.pause,
    More.TOO_MUCH: session.step_out,
    More.STEP_OUT: session.step_out,
    More.BE_BACK: session.be_back,
    More.CLOSE: session.close,
}
MINUTE = timedelta(minutes=1)


async def do(person: Someone, deed: More, token: str, turn: str = "") -> None:
    """Do it, on this session and turn."""
    match deed:
        case More.BEGIN:
            await person.does(session.begin, token, anyway=True)
        case More.GUARD | More.GUARD_NOT:
            await person.does(holding.guard, token, wanted=deed is More.GUARD)
        case More.TRAVEL:
            await person.does(travel.tag, token, travel=Travel.CARRIED)
        case More.CARE:
            await person.does(flagging.lanes_of, (await person.does(session.look, token)).circle)
        case _ if deed in OF_TURN:
            await person.does(OF_TURN[deed], turn)
        case _:
            await person.does(OF_SESSION[deed], token)


async def the_session(evening: Evening) -> Session:
    """The rows of this session."""
    home = evening.holder.home
    async with home.store.unit(home.id) as unit:
        found = await unit.one(Session, token=evening.token)
    assert isinstance(found, Session)
    return found


def standing(evening: Evening) -> list[str]:
    """The kinds of messages that stand in its thread, but for those that stay; in the order they came."""
    return [kind for kind in map(kind_of, _in_thread(evening).values()) if kind not in ALWAYS]


def kind_of(errand: Errand) -> str:
    """What sort of message it is."""
    return str(errand.due.facts.get("kind"))


def _in_thread(evening: Evening) -> dict[int, Errand]:
    shown = evening.holder.home.shown.items()
    return {made: errand for made, errand in shown if errand.channel_id == evening.thread}


async def what_stands_is_true(evening: Evening) -> None:
    """After everything due was carried out, the thread says what the rows say, once, and each row has its message."""
    home, kept, kinds = evening.holder.home, await the_session(evening), standing(evening)
    async with home.store.unit(home.id) as unit:
        notices: list[Notice] = await unit.all(Notice)
    shown = {made for made, errand in _in_thread(evening).items() if kind_of(errand) not in ALWAYS}
    assert sorted(notice.message_id or 0 for notice in notices) == sorted(shown)
    besides = [kind for kind in kinds if kind not in {"round.turn", "round.asked", "round.slow", "round.pause"}]
    assert len(besides) == len(set(besides)), besides
    stage = [kind for kind in kinds if kind not in besides]
    if kept.round is None:
        assert stage == []
    elif kept.slow:
        assert stage == ["round.slow"]
    elif kept.paused:
        assert stage in (["round.turn", "round.pause"], ["round.asked", "round.pause"])
    else:
        assert stage == ["round.asked" if kept.asking else "round.turn"]
        assert evening.turns or kept.asking
        if kept.turn:
            facts = next(one for one in _in_thread(evening).values() if kind_of(one) == "round.turn").due.facts
            assert (facts["turn"], facts["speaker"]) == (kept.turn.token, kept.turn.person_id)
    if kept.round:
        first = home.shown[kept.waiting_message_id or 0].due.facts
        assert (first["holder"], first["guardian"]) == (kept.holder_id, kept.guardian_id)
        assert kept.slow or first["order"] == kept.drawn
