"""The schema. How the plain objects of the practice lie in it stands in `mapping.py`.

No Discord user id and no word of a person stands here in the clear (promise 7). Server, channel, thread and message
ids do. Every table knows people only by their random id.
"""

from bot.store.tables.agreements import agreement, assent, line, objection
from bot.store.tables.base import metadata
from bot.store.tables.checkins import answer, wave
from bot.store.tables.circles import circle, kept_pause, membership, offer, request
from bot.store.tables.debriefs import debrief_plan
from bot.store.tables.people import care_contact, house, person, sealed, server, waiting
from bot.store.tables.prompts import listed_prompt
from bot.store.tables.rota import calling, mark, past
from bot.store.tables.schedules import schedule
from bot.store.tables.sessions import notice, round_, seat, session, turn
from bot.store.tables.weaves import never, pair, partner

__all__ = [
    "agreement",
    "answer",
    "assent",
    "calling",
    "care_contact",
    "circle",
    "debrief_plan",
    "house",
    "kept_pause",
    "line",
    "listed_prompt",
    "mark",
    "membership",
    "metadata",
    "never",
    "notice",
    "objection",
    "offer",
    "pair",
    "partner",
    "past",
    "person",
    "request",
    "round_",
    "schedule",
    "sealed",
    "seat",
    "server",
    "session",
    "turn",
    "waiting",
    "wave",
]
