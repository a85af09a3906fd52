"""What a circle has agreed on, line by line, and how lines come and go (P1)."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.practice.circle import JOINERS, UNSEEN, one_line
from bot.practice.refusals import Refusal

SHORTEST_LINE, LONGEST_LINE = 3, 120
MOST_LINES = 14
MOST_ROOM = 1500  # characters of all lines, so that the list fits into one message
# The lines a circle begins with are words; these are their keys, and the room the longest translation may take.
STARTER = {
    "agree.1": 110,
    "agree.2": 80,
    "agree.3": 90,
    "agree.4": 120,
    "agree.5": 170,
    "agree.6": 90,
    "agree.7": 120,
    "agree.8": 125,
}


@dataclass(eq=False)
class Objection:
    """Somebody asked to change a line. It blocks the line, not a person, and nobody is told whose it is."""

    line_id: str
    person_id: str


@dataclass(eq=False)
class Line:
    """One line: of the starter, by its word key, or in somebody's words, by the id of the sealed words.

    `author_id` is known only until the line is adopted; then it is the circle's.
    """

    id: str
    circle_id: str
    place: int
    starter: str | None = None
    words_id: str | None = None
    author_id: str | None = None
    adopted: bool = False
    objections: list[Objection] = field(default_factory=list)

    def objection_of(self, person_id: str) -> Objection | None:
        """This person's objection, if there is one."""
        return next((objection for objection in self.objections if objection.person_id == person_id), None)


@dataclass(eq=False)
class Assent:
    """Somebody can live with this version, for today. Consent for today, not forever (D1.8)."""

    circle_id: str
    person_id: str
    version: int


@dataclass(frozen=True)
class ListClosed:
    """The list was closed: `adopted` are the lines that are newly the circle's, `dropped` those that went."""

    adopted: list[Line]
    dropped: list[Line]


@dataclass(eq=False)
class Agreement:
    """What a circle agrees on. `version` is 0 while there is none yet, and only grows, when a list is closed.

    `changes` lets the store notice two at once; `remind_at_opening` is a line to be read when the next session begins.
    """

    circle_id: str
    version: int = 0
    agreed_at: datetime | None = None
    remind_at_opening: str | None = None
    changes: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it is being made: there is none yet, or a line is proposed or asked to be changed."""
        return self.version == 0 or any(not line.adopted or line.objections for line in self.lines)

    @property
    def adopted(self) -> list[Line]:
        """The lines in force, in order."""
        return [line for line in self.lines if line.adopted]

    def begin(self, line_ids: list[str]) -> None:
        """Propose the lines to begin with, the first time the list is opened (D1.8); `line_ids` for each of them."""
        if self.version == 0 and not self.lines:
            for place, (starter, line_id) in enumerate(zip(STARTER, line_ids, strict=True)):
                self.lines.append(Line(line_id, self.circle_id, place, starter=starter))

    def line(self, line_id: str) -> Line:
        """The line with this id. Raises Refusal when it is gone."""
        found = next((line for line in self.lines if line.id == line_id), None)
        if found is None:
            raise Refusal("agreement.line_gone")
        return found

    def expect_room(self, line: str, others: list[str]) -> None:
        """Say no when this line finds no room beside the starter and the `others` in people's own words."""
        taken = sum(map(room, [line, *others])) + sum(STARTER[one.starter] for one in self.lines if one.starter)
        if len(self.lines) >= MOST_LINES or taken > MOST_ROOM:
            raise Refusal("agreement.no_room", most=MOST_LINES, line=line)

    def propose(self, line_id: str, person_id: str, words_id: str) -> Line:
        """Put somebody's own line at the end of the list."""
        place = max((line.place for line in self.lines), default=-1) + 1
        proposed = Line(line_id, self.circle_id, place, words_id=words_id, author_id=person_id)
        self.lines.append(proposed)
        return proposed

    def object(self, person_id: str, line_id: str) -> bool:
        """Ask to change a line, or take that back: true when it is asked now. Raises Refusal when the line is gone."""
        line = self.line(line_id)
        before = line.objection_of(person_id)
        if before:
            line.objections.remove(before)
            return False
        line.objections.append(Objection(line_id, person_id))
        return True

    def close_list(self, now: datetime) -> ListClosed:
        """Adopt every line that nobody asked to change; the others go. Who proposed and who asked is forgotten.

        Raises Refusal when nothing is open, or nothing would be left; then the former version, if any, stays in force.
        """
        if not self.is_open:
            raise Refusal("agreement.nothing_open")
        dropped = [line for line in self.lines if line.objections]
        newly = [line for line in self.lines if not line.objections and not line.adopted]
        if len(dropped) == len(self.lines):
            raise Refusal("agreement.nothing_left")
        for line in dropped:
            line.objections.clear()
            self.lines.remove(line)
        for line in newly:
            line.adopted, line.author_id = True, None
        self.version += 1
        self.agreed_at = now
        return ListClosed(newly, dropped)

    def let_go(self, person_id: str) -> list[Line]:
        """Somebody leaves: what they asked is taken back, and their lines that aren't adopted go. Returns those."""
        going = [line for line in self.lines if line.author_id == person_id]
        for line in going:
            self.lines.remove(line)
        for line in self.lines:
            objection = line.objection_of(person_id)
            if objection:
                line.objections.remove(objection)
        return going

    def line_for(self, session_number: int) -> Line | None:
        """The line read when this session begins: they take turns. None while there is no agreement."""
        adopted = self.adopted
        return adopted[(session_number - 1) % len(adopted)] if adopted else None


def clean_line(given: str) -> str:
    """The line as it will be kept. Raises Refusal when it has fewer than 3 or more than 120 characters."""
    line = one_line(given)
    seen = sum(sign not in JOINERS and sign not in UNSEEN and not sign.isspace() for sign in line)
    if seen < SHORTEST_LINE or len(line) > LONGEST_LINE:
        raise Refusal("agreement.line_length", fewest=SHORTEST_LINE, most=LONGEST_LINE, line=given)
    return line


def room(line: str) -> int:
    """The characters a line can take in a message: each sign that could be taken for formatting needs one more."""
    return sum(1 if sign.isalnum() or sign.isspace() else 2 for sign in line)
