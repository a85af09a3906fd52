"""Setting a server up: facilitators, help card, care contacts."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import vault
from bot.acts import Presser
from bot.acts.rupture.passing import stand_down
from bot.practice.circle import Circle, Membership
from bot.practice.consent import Offer, Role
from bot.practice.refusals import Refusal
from bot.store.rows import CareContact, Server
from bot.store.unit import Unit

ASKED_ANEW_AFTER = timedelta(minutes=10)
LONGEST_CARD_LINE = 500


@dataclass(frozen=True)
class Setup:
    """What is set up and what is missing; `care_contacts` are Discord ids."""

    facilitator_role_id: int | None
    language: str | None
    zone: str | None
    has_help_card: bool
    care_contacts: list[int]

    @property
    def missing(self) -> list[str]:
        """Keys of what still has to be done, in the order of doing."""
        steps = {"role": self.facilitator_role_id, "help_card": self.has_help_card, "care": self.care_contacts}
        return [step for step, there in steps.items() if not there]


@dataclass(frozen=True)
class HelpCard:
    """Where help is, as this server's admins wrote it."""

    emergency: str
    lines: str
    care_contacts: list[int]
    checked_at: datetime | None


async def set_up(
    unit: Unit, by: Presser, *, facilitators: int | None, zone: str | None, language: str | None,
    care_contact: int | None, contact_facilitates: bool = False,
) -> Setup:  # fmt: skip
    """Save what is given, ask the care contact, and say what is still missing.

    `care_contact` and `facilitators` are Discord ids; the caller has checked that the contact can see the channel.
    Raises Refusal when `by` doesn't administer the server or the care contact facilitates here.
    """
    if not by.administers:
        raise Refusal("server.admins_only")
    server = await unit.people.server()
    changed = bool(facilitators and facilitators != server.facilitator_role_id)
    server.facilitator_role_id = facilitators or server.facilitator_role_id
    server.zone = zone or server.zone
    server.language = language or server.language
    if care_contact is not None:
        await _ask_care_contact(unit, by, care_contact, contact_facilitates)
    if changed:
        await announce(unit, "facilitators")
    return await setup(unit)


async def facilitator_role(unit: Unit, by: Presser) -> int | None:
    """The Discord id of the role whose members may make circles."""
    return (await unit.people.server()).facilitator_role_id


async def setup(unit: Unit) -> Setup:
    """How far this server is set up."""
    server = await unit.people.server()
    return Setup(
        server.facilitator_role_id,
        server.language,
        server.zone,
        server.help_card_id is not None,
        await care_contacts(unit),
    )


async def write_help_card(unit: Unit, by: Presser, *, emergency: str, lines: str) -> Setup:
    """Keep the server's help card, sealed. Raises Refusal when a part is empty: an empty card helps nobody."""
    if not by.administers:
        raise Refusal("server.admins_only")
    if not emergency.strip() or not lines.strip():
        raise Refusal("server.card_empty", emergency=emergency.strip(), lines=lines.strip())
    server = await unit.people.server()
    if server.help_card_id:
        await unit.words.drop(server.help_card_id)
    card = {"emergency": emergency.strip()[:LONGEST_CARD_LINE], "lines": lines.strip()[:LONGEST_CARD_LINE]}
    server.help_card_id = await unit.words.keep(f"server:{unit.server_id}", json.dumps(card))
    server.help_checked_at = unit.now
    await announce(unit, "help_card")
    return await setup(unit)


async def help_card(unit: Unit, by: Presser) -> HelpCard | None:
    """The server's help card, for anybody; None while there is none."""
    server = await unit.one(Server, id=unit.server_id)
    if not isinstance(server, Server) or server.help_card_id is None:
        return None
    card = json.loads(await unit.words.read(server.help_card_id))
    return HelpCard(card["emergency"], card["lines"], await care_contacts(unit), server.help_checked_at)


async def care_contacts(unit: Unit) -> list[int]:
    """The Discord ids of those who accepted."""
    accepted: list[CareContact] = await unit.all(CareContact, server_id=unit.server_id)
    return [await unit.people.address(contact.person_id) for contact in accepted]


async def answer_care(
    unit: Unit, by: Presser, token: str, *, yes: bool, facilitates: bool, message: int | None = None
) -> None:
    """The asked person's own answer; it takes effect only now (promise 3), and the question goes from the channel.

    `message` is the id of the message they pressed. Raises Refusal when it was put to somebody else, it isn't open any
    more, or somebody who facilitates says yes.
    """
    offer = await unit.one(Offer, token=token, server_id=unit.server_id, role=Role.CARE_CONTACT)
    if not isinstance(offer, Offer):
        raise Refusal("offer.gone")
    person = await unit.people.meet(by.discord_id, by.language)
    offer.expect_asked(person.id)
    if yes and (facilitates or await unit.all(Membership, person_id=person.id, facilitates=True)):
        raise Refusal("server.care_facilitates")
    await unit.delete(offer)
    await take_question_away(unit, token, by.place, message)
    if yes and not await unit.one(CareContact, server_id=unit.server_id, person_id=person.id):
        unit.add(CareContact(unit.server_id, person.id))
        await unit.flush()
        await announce(unit, "care")


async def let_go_of_question(unit: Unit, by: Presser, token: str, *, message: int | None) -> None:
    """Somebody pressed a question that isn't open any more, asked anew perhaps: it goes from the channel too."""
    if not await unit.one(Offer, token=token):
        await take_question_away(unit, token, by.place, message)


async def take_question_away(unit: Unit, token: str, channel: int, message: int | None) -> None:
    """Delete the question of this offer from its channel (Discord ids), in its own lane: never before it stands."""
    if message:
        await unit.waiting.write("unsay", token, channel=channel, message=message)


async def stop_caring(unit: Unit, by: Presser) -> None:
    """Not be a care contact any more; nobody asks why. Raises Refusal when `by` isn't one."""
    person = await unit.people.find(by.discord_id)
    contact = person and await unit.one(CareContact, server_id=unit.server_id, person_id=person.id)
    if person is None or not contact:
        raise Refusal("care.not_one")
    await unit.delete(contact)
    await stand_down(unit, person.id)
    await announce(unit, "care")


async def announce(unit: Unit, what: str) -> None:
    """Tell each circle, in its channel, that something it rests on has changed."""
    circles: list[Circle] = await unit.all(Circle, server_id=unit.server_id)
    for circle in {circle.channel_id: circle for circle in circles}.values():
        await unit.waiting.write(
            "post", circle.id, kind=f"server.changed_{what}", channel=circle.channel_id, language=circle.language,
            circle=circle.id,
        )  # fmt: skip


async def _ask_care_contact(unit: Unit, by: Presser, care_contact: int, facilitates: bool) -> None:
    person = await unit.people.meet(care_contact)
    if facilitates or await unit.all(Membership, person_id=person.id, facilitates=True):
        raise Refusal("server.care_facilitates")
    if await unit.one(CareContact, server_id=unit.server_id, person_id=person.id):
        raise Refusal("server.care_already")
    for earlier in await unit.all(Offer, server_id=unit.server_id, person_id=person.id, role=Role.CARE_CONTACT):
        if unit.now - earlier.asked_at < ASKED_ANEW_AFTER:
            return  # the same command again, as after an answer that was lost: the question stands
        await unit.delete(earlier)  # its question may have been deleted in the channel
    offer = Offer(vault.new_token(), unit.server_id, person.id, Role.CARE_CONTACT, unit.now)
    unit.add(offer)
    server = await unit.people.server()
    await unit.waiting.write(
        "post", offer.token, kind="server.care_question", channel=by.place, people=[person.id], person_asked=person.id,
        token=offer.token, language=server.language or by.language, mark=["care", offer.token],
    )  # fmt: skip
