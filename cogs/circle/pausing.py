"""Pausing a member: it takes two, and is told to nobody but them and the person concerned."""

from bot import ui
from bot.acts import door as doors
from bot.acts import pausing
from bot.acts.due import Errand
from bot.app import Trellis
from bot.practice.pausing import Way
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say
from cogs.circle.people import ListOfPeople


class PauseSomeone(ListOfPeople, noun="members", deed="pause"):
    """**Pause someone**: a list of members; those who are paused are marked, and choosing them ends it."""

    @staticmethod
    def offered(press: Press, found: doors.Roll) -> list[int]:
        """Everybody but oneself."""
        return [person for person in found.members if person != press.presser.discord_id]

    @staticmethod
    def label(press: Press, found: doors.Roll, person: int, name: str) -> str:
        """The name, and whether choosing it ends a pause."""
        return press.say("pausing.option", name=name[:60]) if person in found.paused else name

    async def chosen(self, press: Press, person: int) -> Reply:
        """End it, or say who can be asked for the second yes."""
        found: pausing.Choice = await press.act(pausing.choose, self.token, member=person)
        slots = {"person": f"<@{person}>", "name": found.name}
        if found.ended:
            return press.reply("pausing.you_ended", **slots)
        if not found.ways:
            return press.reply("pausing.nobody_to_ask", **slots)
        kinds = {Way.FACILITATORS: AskFacilitators, Way.CARE: AskCare}
        return press.reply("pausing.before", *(kinds[way](found.token, press.language) for way in found.ways), **slots)


class AskFacilitators(ui.Button, noun="pausing", deed="facilitators"):
    """**Ask another facilitator**."""

    async def press(self, press: Press) -> Reply:
        """Each of them is asked in private."""
        return await _ask(self.token, press, Way.FACILITATORS)


class AskCare(ui.Button, noun="pausing", deed="care"):
    """**Ask a care contact**."""

    async def press(self, press: Press) -> Reply:
        """Each of them is asked in private."""
        return await _ask(self.token, press, Way.CARE)


class Second(ui.Button, noun="pausing", deed="second"):
    """**Second it**."""

    async def press(self, press: Press) -> Reply:
        """The second yes pauses."""
        await press.act(pausing.answer, self.token, yes=True)
        return press.reply("pausing.you_seconded")


class NotThis(ui.Button, noun="pausing", deed="not"):
    """**Not this**."""

    async def press(self, press: Press) -> Reply:
        """Nobody is paused; nobody asks why."""
        await press.act(pausing.answer, self.token, yes=False)
        return press.reply("pausing.you_said_no")


async def _ask(token: str, press: Press, way: Way) -> Reply:
    person = await press.act(pausing.ask, token, way=way)
    return press.reply("pausing.asked", person=f"<@{person}>")


@tells("pausing.question")
def question_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Would somebody second it?"""
    facts, language = errand.due.facts, errand.language
    person, first = (f"<@{errand.people.get(one)}>" for one in facts["people"])
    text = say("pausing.question", language, person=person, first=first, name=errand.circle_name)
    return Spoken(text, [Second(facts["question"], language), NotThis(facts["question"], language)])


@tells("pausing.paused")
@tells("pausing.ended")
def note_to_the_person(errand: Errand, names: dict[str, str]) -> Spoken:
    """What the person concerned is told, plainly."""
    return Spoken(say(errand.due.facts["kind"], errand.language, name=errand.circle_name))


@tells("pausing.seconded")
@tells("pausing.not_seconded")
def note_to_the_first(errand: Errand, names: dict[str, str]) -> Spoken:
    """What came of it, for whoever asked."""
    facts = errand.due.facts
    person = f"<@{errand.people.get(facts['people'][0])}>"
    return Spoken(say(facts["kind"], errand.language, person=person, name=errand.circle_name))


async def carry_out_lapses(bot: Trellis) -> None:
    """Let a question that nobody answered in time go by itself."""

    async def lapse(errand: Errand) -> None:
        async with bot.store.unit(errand.due.server_id) as unit:
            await pausing.lapse(unit, errand.due.token)

    bot.carriers["lapse"] = lapse
