"""The chart: drawn elsewhere, small, legible on any screen; and never waited for longer than it is worth."""

import asyncio
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot import chart
from bot.chart import LOOKS, Chart, Line, draw

CHILDREN = Path(f"/proc/{os.getpid()}/task")


def weave(title: str = "The weave", places: int = 7, lines: int = 2) -> Chart:
    values: list[float | None] = [None, *(float(place) for place in range(1, places))]
    return Chart(title, "session", [str(place) for place in range(places)], [Line("Pairs", values)] * lines)


def children() -> str:
    """The processes that this one has started and that still live."""
    return "".join(path.read_text() for path in CHILDREN.glob("*/children"))


@pytest.mark.parametrize("title", ["The weave", r"$\frac{1}{ _^ {name} <@1> \n %s", "النسيج", ""])
async def test_it_is_a_picture_as_wide_as_a_phone_needs_whatever_is_written_on_it(title: str) -> None:
    drawn = await draw(weave(title))
    assert drawn is not None
    picture = Image.open(BytesIO(drawn))
    assert (picture.format, picture.size) == ("PNG", (900, 900))
    alphas = picture.convert("RGBA").getchannel("A").getextrema()
    assert alphas == (255, 255)  # as legible on a dark screen as on a light one
    assert b"name" not in drawn


async def test_a_line_without_any_value_and_one_with_many_are_drawn() -> None:
    nothing = Chart("Nothing yet", "session", ["1"], [Line("Pairs", [None])])
    assert await draw(nothing) is not None
    assert await draw(weave(places=26, lines=4)) is not None


@pytest.mark.parametrize(
    "too_much",
    [
        weave(places=27),
        weave(lines=5),
        weave(lines=0),
        weave("x" * 61),
        Chart("Nothing", "session", [], []),
        Chart("Uneven", "session", ["1", "2"], [Line("Pairs", [1.0])]),
    ],
)
async def test_what_is_too_much_for_a_phone_is_refused_before_anything_is_started(too_much: Chart) -> None:
    with pytest.raises(ValueError, match=r"chart|value|label"):
        await draw(too_much)


def test_lines_can_be_told_apart_without_their_colours() -> None:
    signs, strokes, _ = zip(*LOOKS, strict=True)
    assert len(set(signs)) == len(set(strokes)) == len(LOOKS) == chart.MOST_LINES


async def test_who_does_not_wait_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = asyncio.create_task(draw(weave()))
    if CHILDREN.exists():
        while not children():
            await asyncio.sleep(0)
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert children() == ""
    monkeypatch.setattr(chart, "PATIENCE", 0.001)
    assert await draw(weave()) is None
    assert children() == ""


async def test_without_a_way_to_draw_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert await draw(weave()) is None
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert await draw(weave()) is None


def test_the_library_that_draws_never_comes_into_the_bots_own_process() -> None:
    look = "import sys, bot.app, bot.chart, cogs.weave; print([m for m in sys.modules if m.startswith('matplotlib')])"
    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_the_process_that_draws_is_given_no_key() -> None:
    source = (Path(chart.__file__).parent / "settings.py").read_text(encoding="utf-8")
    assert "DISCORD_TOKEN" in source
    assert [name for name in chart.ENVIRONMENT if f'"{name}"' in source] == []
