"""Chance that falls alike in two plays, so that they differ in nothing but what is to be compared."""

import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager

from bot import vault
from bot.store.unit import Unit

DIGITS = 6


@contextmanager
def falling_alike() -> Iterator[None]:
    """Meanwhile orders are drawn alike, and random names sort in the order in which they are made."""
    shuffle, new_token = Unit.shuffle, vault.new_token
    made = itertools.count()
    Unit.shuffle = staticmethod(random.Random(0).shuffle)  # type: ignore[assignment, method-assign]
    vault.new_token = lambda: f"{next(made):0{DIGITS}}{new_token()[DIGITS:]}"
    try:
        yield
    finally:
        Unit.shuffle, vault.new_token = staticmethod(shuffle), new_token  # type: ignore[method-assign]
