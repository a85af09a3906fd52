"""The schema. How the plain objects of the practice lie in it stands in `mapping.py`.

No Discord user id and no word of a person stands here in the clear (promise 7). Server, channel, thread and message
ids do. Every table knows people only by their random id.
"""

from bot.store.tables.agreements import agreement, assent, line, objection
from bot.store.tables.base import metadata
from bot.store.tables.checkins import answer, wave
from bot.store.tables.circles import circle, kept_pause, membership, offer, request
from bot.store.tables.people import care_contact, house, person, sealed, server, waiting
from bot.store.tables.sessions import notice, round_, seat, session, turn

__all__ = [
    "agreement",
    "answer",
    "assent",
    "care_contact",
    "circle",
    "house",
    "kept_pause",
    "line",
    "membership",
    "metadata",
    "notice",
    "objection",
    "offer",
    "person",
    "request",
    "round_",
    "sealed",
    "seat",
    "server",
    "session",
    "turn",
    "waiting",
    "wave",
]
