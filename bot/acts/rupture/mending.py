"""What somebody can do with their own flag: take it back, close it, open it again, write, answer what is asked."""

from bot.acts import Presser
from bot.acts.rupture.caring import answer_back
from bot.acts.rupture.keeping import allowed, written_by
from bot.acts.rupture.passing import answered, bring
from bot.practice.refusals import Refusal
from bot.practice.rupture.flag import How
from bot.store.unit import Unit

HOW_IS_IT, MAY_PASS = "rupture.how_is_it", "rupture.may_pass"


async def close(unit: Unit, by: Presser, token: str, *, how: How) -> None:
    """Say that it is over, and how. Only its writer can (D3.5). Raises Refusal when it is closed already."""
    kept = await written_by(unit, by, token)
    await bring(unit, kept, kept.flag.close(how, unit.now))


async def go_on(unit: Unit, by: Presser, token: str) -> None:
    """Say that it isn't over yet; one is asked again in fourteen days."""
    kept = await written_by(unit, by, token)
    kept.flag.go_on(unit.now)
    await answered(unit, kept, HOW_IS_IT)
    await bring(unit, kept, [])


async def reopen(unit: Unit, by: Presser, token: str) -> None:
    """It isn't over after all: it goes to who carried it last, else on as the preview said."""
    kept = await written_by(unit, by, token)
    kept.flag.reopen(unit.now)
    await bring(unit, kept, [])


async def write(unit: Unit, by: Presser, token: str, *, words: str) -> None:
    """Write to whoever has it. One's name stays held back if that was chosen."""
    kept = await written_by(unit, by, token)
    kept.flag.expect_open()
    await answer_back(unit, kept, words)


async def let_pass(unit: Unit, by: Presser, token: str, *, yes: bool) -> None:
    """Say whether the person one was asked about may see it. Raises Refusal when nothing is asked any more."""
    kept = await written_by(unit, by, token)
    person = kept.flag.may_pass_to
    if person is None:
        raise Refusal("rupture.gone")
    await answered(unit, kept, MAY_PASS)
    if yes and person not in await allowed(unit, kept.flag):
        yes = False  # since then they stopped being somebody it could go to
    await bring(unit, kept, kept.flag.may_pass(person, yes=yes, now=unit.now))
