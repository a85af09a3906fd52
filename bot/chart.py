"""Draws lines over time, in a process of its own that ends with the drawing: the only door to matplotlib.

A drawing holds up the whole of Python while it is made, and the library is large; so neither ever is in the bot's own
process. What can't be drawn in time isn't drawn: a chart never says anything that isn't also said in words.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

log = logging.getLogger("trellis")

MOST_LINES, MOST_POINTS, MOST_LETTERS = 4, 26, 60
PATIENCE = 10  # seconds
AT_ONCE = 2  # drawings; each takes some 80 MiB while it lasts
WIDTH, HEIGHT, EDGE, DOTS = 6.0, 2.6, 0.12, 150  # inches; HEIGHT is that of one line; dots an inch
PAPER, INK, FAINT = "#fbf9f4", "#23302b", "#b9c0bb"  # opaque: as legible on a dark screen as on a light one
# Each line differs by its sign, its stroke and its colour, so that it can be told apart by any one of them.
LOOKS = (("o", "-", "#1c6b52"), ("s", "--", "#8a4b08"), ("^", "-.", "#2f4f8f"), ("D", ":", "#7a2e5d"))
# The process that draws needs no key and no token of ours.
ENVIRONMENT = (
    "PATH", "PYTHONPATH", "HOME", "LANG", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE", "APPDATA",
    "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR", "LD_LIBRARY_PATH",
)  # fmt: skip

_room = asyncio.Semaphore(AT_ONCE)


@dataclass(frozen=True)
class Line:
    """What is followed over time: its name, and a value for each place along the chart, None where there is none."""

    label: str
    values: list[float | None]


@dataclass(frozen=True)
class Chart:
    """Lines one below the other, each on a scale of its own, over the same places `along`; `of` says what those are."""

    title: str
    of: str
    along: list[str]
    lines: list[Line]


async def draw(chart: Chart) -> bytes | None:
    """The chart as a PNG; None when it takes longer than ten seconds or can't be drawn.

    Raises ValueError when it has more than 4 lines, 26 places or 60 letters to a label, or a line of another length.
    """
    _expect_small(chart)
    try:
        async with asyncio.timeout(PATIENCE), _room:
            return await _in_a_process(json.dumps(asdict(chart)).encode())
    except (OSError, TimeoutError) as fault:
        log.warning("a chart wasn't drawn: %s", type(fault).__name__)
        return None


async def _in_a_process(wanted: bytes) -> bytes | None:
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, env=environment
    )
    try:
        drawn, _ = await process.communicate(wanted)
    finally:
        if process.returncode is None:  # nobody waits for it any more
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        log.warning("a chart wasn't drawn: the drawing ended with %s", process.returncode)
        return None
    return drawn


def _expect_small(chart: Chart) -> None:
    labels = [chart.title, chart.of, *chart.along, *(line.label for line in chart.lines)]
    if not 0 < len(chart.lines) <= MOST_LINES or not 0 < len(chart.along) <= MOST_POINTS:
        raise ValueError("too much for one chart, or nothing")
    if any(len(line.values) != len(chart.along) for line in chart.lines):
        raise ValueError("each line has a value for each place")
    if any(len(label) > MOST_LETTERS for label in labels):
        raise ValueError("a label is too long for a phone")


def _draw(chart: dict[str, Any]) -> bytes:
    import matplotlib

    matplotlib.use("agg")
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine
    from matplotlib.ticker import MaxNLocator

    lines, along = chart["lines"], range(len(chart["along"]))
    edged = ConstrainedLayoutEngine(w_pad=EDGE, h_pad=EDGE)
    figure = Figure(figsize=(WIDTH, 0.8 + HEIGHT * len(lines)), dpi=DOTS, facecolor=PAPER, layout=edged)
    figure.suptitle(chart["title"], color=INK, fontsize=18, fontweight="bold", parse_math=False)
    places = figure.subplots(len(lines), 1, sharex=True, squeeze=False)[:, 0]
    for place, line, (sign, stroke, colour) in zip(places, lines, LOOKS, strict=False):
        known = [(x, value) for x, value in zip(along, line["values"], strict=True) if value is not None]
        values = [float("nan") if value is None else value for value in line["values"]]
        place.plot(along, values, marker=sign, linestyle=stroke, color=colour, linewidth=3, markersize=10)
        place.set_title(line["label"], loc="left", color=colour, fontsize=16, parse_math=False)
        for x, value in {known[0], known[-1]} if known else ():
            place.annotate(
                f"{value:g}", (x, value), xytext=(0, 11), textcoords="offset points", ha="center", color=INK,
                fontsize=15, fontweight="bold",
            )  # fmt: skip
        place.set_ylim(0, max([value for _, value in known], default=0) * 1.4 + 0.6)
        place.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))
        place.tick_params(colors=INK, labelsize=15)
        place.grid(axis="y", color=FAINT, linewidth=1)
        place.set_facecolor(PAPER)
        place.margins(x=0.07)
        for side in ("top", "right", "left"):
            place.spines[side].set_visible(False)
        place.spines["bottom"].set_color(INK)
    step = -(-len(along) // 9)
    places[-1].set_xticks(list(along)[::step], chart["along"][::step])
    places[-1].set_xlabel(chart["of"], color=INK, fontsize=15, parse_math=False)
    drawn = BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})
    return drawn.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(_draw(json.loads(sys.stdin.buffer.read())))
