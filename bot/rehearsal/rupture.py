"""Something between people needs care: flagged where one who facilitates must not see it, read, mended, forgotten."""

import re

from bot.practice.rupture.words import Lane, Look, Soon, Wish
from bot.rehearsal.beside import Beside
from bot.rehearsal.evening import DAY
from bot.rehearsal.kept import export_of, rows_of
from bot.rehearsal.world import NotAsExpected
from bot.words import say

HOUR = 61  # minutes; by then whoever is first has heard of it
SOON = 11  # minutes; the same, where there is harm or fear
WEEK, FORTNIGHT = 7 * DAY, 14 * DAY
AMALIA, BENEDIKT, CELESTE, DAMARIS, EZEQUIEL = range(5)
WORDS = ("flag.words", "flag.read", "flag.asks", "flag.answers", "flag.change", "flag.again", "flag.afraid")


class Rupture(Beside):
    """From a flag in private to the day on which nothing of it is left."""

    story = "rupture"
    onlooker = "Benedikt"
    words_used = (*Beside.words_used[:4], *WORDS)

    async def tell_story(self) -> None:
        """Three flags and a danger, and how each goes on."""
        with self.telling.hushed():
            await self.set_up()
            await self.make_circle()
            await self._share_facilitating()
        self.writer, self.other_side = self.speakers[CELESTE], self.speakers[EZEQUIEL]
        self.lead = self.holder  # who that is, is drawn when something is flagged
        await self._flag()
        await self._read()
        await self._write_to_each_other()
        await self._offer_talk()
        await self._look_again()
        await self._nobody_answers()
        await self._fear()
        await self._danger()
        await self._forget()
        if self.hidden:
            self.telling.open("alike", name=self.onlooker)
            self.say_all_alike()

    async def _share_facilitating(self) -> None:
        for place in (BENEDIKT, DAMARIS):
            person = self.speakers[place]
            await self.world.slash(self.holder, "circle members")
            await self.world.choose(self.holder, "members.facilitate", str(person.actor.id))
            await self.press(person, "facilitate.dms", None)

    async def _flag(self) -> None:
        self.telling.open("flag", name=self.writer.name, other=self.onlooker)
        with self.unseen():
            await self.command(self.writer, "rupture flag", "rupture.lanes")
            await self._fill_in(Lane.FRICTION, Look.QUIET, Wish.TOGETHER, "flag.words")
            self._see_who_is_named()
            await self.press(self.writer, "rupture.send", "rupture.sent_friction")
        with self.telling.hushed():  # something that everybody may know goes on meanwhile
            await self.press(self.outsider, "circle.join", "door.asked")
        await self.wait(HOUR)

    async def _read(self) -> None:
        self.telling.open("read", name=self.lead.name)
        with self.unseen():
            await self.press(self.lead, "dm.open", None)
            await self.press(self.lead, "rupture.read", "rupture.advice")
            words = self.telling.say("flag.read")
            await self.hand_in(self.lead, "rupture.acknowledge", "rupture.you_read", words, words=words)
            await self.command(self.writer, "inbox", "rupture.read")

    async def _write_to_each_other(self) -> None:
        self.telling.open("write", name=self.writer.name, other=self.lead.name)
        with self.unseen():
            asks, answers = self.telling.say("flag.asks"), self.telling.say("flag.answers")
            await self.hand_in(self.lead, "rupture.write", "rupture.written", asks, words=asks)
            await self.hand_in(self.writer, "rupture.write-back", "rupture.written_back", answers, words=answers)

    async def _offer_talk(self) -> None:
        self.telling.open("talk")
        with self.unseen():
            await self.press(self.lead, "rupture.guide", "repair.5")
            await self.press(self.lead, "rupture.talk", "rupture.talk_you_offered")
            await self.press(self.writer, "rupture.talk-no", "rupture.talk_declined")
        await self.wait(DAY)
        with self.unseen():
            await self.command(self.lead, "inbox", "rupture.talk_not")
            await self.press(self.writer, "rupture.talk-wish", "rupture.talk_is_wished")
            with self.telling.hushed():
                await self.command(self.lead, "rupture care", "rupture.shown.held_back")
            await self.press(self.lead, "rupture.talk", "rupture.talk_you_offered")
            await self.command(self.writer, "inbox", "rupture.talk_offered")
            with_whom = {"other": [self.other_side.actor]}
            await self.hand_in(
                self.writer, "rupture.talk-yes", "rupture.talk_is_asked", self.other_side.name, **with_whom
            )
            await self.command(self.other_side, "inbox", "rupture.talk_asked")
            await self.press(self.other_side, "talk.yes", "rupture.talk_you_join")

    async def _look_again(self) -> None:
        self.telling.open("again")
        with self.unseen():
            change, day = self.telling.say("flag.change"), say("menu.days.week", self.language)
            await self.hand_in(
                self.lead, "rupture.plan", "rupture.you_planned", f"{change} - {day}", words=change, days=["7"]
            )
        await self.wait(WEEK)
        with self.unseen():
            for person in (self.lead, self.writer):
                await self.command(person, "inbox", "rupture.plan_day")
        await self.wait(WEEK)
        with self.unseen():
            await self.command(self.writer, "inbox", "rupture.how_is_it")
            await self.press(self.writer, "rupture.mended", "rupture.you_closed_mended")
            await self.command(self.lead, "inbox", "rupture.closed_mended")

    async def _nobody_answers(self) -> None:
        self.telling.open("nobody")
        with self.unseen():
            with self.telling.hushed():
                await self.command(self.writer, "rupture flag", "rupture.lanes")
            await self._fill_in(Lane.FRICTION, Look.SHARP, Wish.KNOW, "flag.again")
            self._see_who_is_named()
            await self.press(self.writer, "rupture.send", "rupture.sent_friction")
        await self.wait(HOUR)
        for _ in range(3):  # a reminder, then one more person, then somebody from outside
            await self.wait(DAY)
        with self.unseen():
            await self.command(self.writer, "inbox", "rupture.passed")
            await self.command(self.contact, "rupture care", "rupture.advice")
            words = self.telling.say("flag.read")
            await self.hand_in(self.contact, "rupture.acknowledge", "rupture.you_read", words, words=words)

    async def _fear(self) -> None:
        self.telling.open("fear")
        with self.unseen():
            with self.telling.hushed():
                await self.command(self.writer, "rupture flag", "rupture.lanes")
            await self._fill_in(Lane.HARM, Look.HURT, Wish.WITH_ME, "flag.afraid")
            await self.press(self.writer, "rupture.send", "rupture.sent_harm")
        await self.wait(SOON)
        with self.unseen():
            await self.press(self.contact, "rupture.read", "rupture.harm_advice")

    async def _danger(self) -> None:
        self.telling.open("danger")
        before = rows_of(self.folder)
        with self.unseen():
            with self.telling.hushed():
                await self.command(self.writer, "rupture flag", "rupture.lanes")
            await self.press(self.writer, "rupture.danger", "help.card")
        if self.hidden:
            if rows_of(self.folder) != before:
                raise NotAsExpected(self.telling.say("rows_changed"))
            self.telling.line("rows_alike", rows=len(before))

    async def _forget(self) -> None:
        self.telling.open("forget", name=self.writer.name)
        await self.command(self.writer, "privacy export", "privacy.exported")
        if self.hidden:
            read = export_of(self.world, self.writer)
            if any(self.telling.say(key) not in read for key in ("flag.words", "flag.again", "flag.afraid")):
                raise NotAsExpected(self.telling.say("not_exported"))
            kept, _, _ = read.partition(say("privacy.nothing_here", self.language))
            self.telling.paper(say("privacy.file", self.language, ending="txt"), kept.strip())
        await self.command(self.writer, "privacy forget", "privacy.forget.before")
        await self.press(self.writer, "privacy.forget", "privacy.forgotten")
        await self.wait(DAY)
        with self.unseen():
            await self.command(self.contact, "rupture care", "rupture.care_empty")
            await self.command(self.writer, "rupture mine", "rupture.mine_empty")

    async def _fill_in(self, lane: Lane, look: Look, wish: Wish, words: str) -> None:
        """The one form of a flag, kept from the onlooker."""
        said, soon = self.telling.say(words), Soon.NO_HURRY
        chosen = [say(f"menu.{name}.{value}", self.language) for name, value in (("look", look), ("wish", wish))]
        given = "; ".join([*chosen, self.telling.say("flag.not", name=self.onlooker), f"«{said}»"])
        await self.hand_in(
            self.writer, f"rupture.{lane}", "rupture.preview.limits", given,
            look=[look], wish=[wish], soon=[soon], excluded=[self.world.people[self.onlooker].actor], words=said,
        )  # fmt: skip

    def _see_who_is_named(self) -> None:
        """The preview names everybody it may reach, in order, and not the onlooker among them."""
        if not self.hidden:
            return
        preview = [sight.text for sight in self.writer.view.values() if sight.private][-1]
        named = re.findall(r"^\d\. .*?@(\w+)", preview, re.MULTILINE)
        if len(named) != 3 or self.onlooker in named:
            raise NotAsExpected(self.telling.say("other_answer", key="rupture.preview.reaches", answer=preview))
        self.lead = self.world.people[named[0]]
