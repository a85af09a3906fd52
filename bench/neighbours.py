"""How many sessions until everybody has sat beside everybody: Trellis's orders, and orders drawn by chance alone.

Run it with `.venv/bin/python bench/neighbours.py`: it prints the table of docs/neighbours.md, the same each time.
"""

from collections.abc import Callable
from itertools import pairwise
from random import Random
from statistics import mean

from bot.practice.order import seat
from bot.practice.seat import MOST, SEATS_KEPT
from bot.practice.session import FEWEST_FOR_ROUNDS

RUNS = 200
OFTEN = 0.75

Draw = Callable[[list[str], list[list[str]], Random], list[str]]


def of_trellis(present: list[str], before: list[list[str]], chance: Random) -> list[str]:
    """The order as the bot draws it; another holder speaks first each time."""
    return seat(present, chance.choice(present), before, chance.shuffle)


def by_chance(present: list[str], before: list[list[str]], chance: Random) -> list[str]:
    """The order as lots would have it."""
    return chance.sample(present, len(present))


def sessions_until_all_met(size: int, comes: float, draw: Draw, chance: Random) -> int:
    """How many sessions `size` people hold until each pair sat side by side; `comes` is how likely each comes."""
    people = [f"person {number}" for number in range(size)]
    before: list[list[str]] = []
    met: set[frozenset[str]] = set()
    while len(met) < size * (size - 1) // 2:
        present = [person for person in people if chance.random() < comes]
        if len(present) >= FEWEST_FOR_ROUNDS:
            order = draw(present, before[-SEATS_KEPT:], chance)
            met |= {frozenset(pair) for pair in pairwise([*order, order[0]])}
            before.append(order)
    return len(before)


def on_average(size: int, comes: float, draw: Draw, runs: int = RUNS) -> float:
    """The mean of so many runs, each with a chance of its own that is the same every time."""
    return mean(sessions_until_all_met(size, comes, draw, Random(run)) for run in range(runs))


def main() -> None:
    """Print the table."""
    print(
        "| people | all come: Trellis | all come: by chance | three in four come: Trellis | three in four: by chance |"
    )
    print("|---:|---:|---:|---:|---:|")
    for size in range(FEWEST_FOR_ROUNDS, MOST + 1):
        means = [on_average(size, comes, draw) for comes in (1, OFTEN) for draw in (of_trellis, by_chance)]
        print(f"| {size} |", " | ".join(f"{value:.1f}" for value in means), "|", flush=True)


if __name__ == "__main__":
    main()
