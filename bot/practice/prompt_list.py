"""The prompts of one part as a circle has them: ours, until it hides, adds or reorders some (D1.13)."""

from dataclasses import dataclass

from bot.practice.agreement import room
from bot.practice.circle import JOINERS, UNSEEN, one_line
from bot.practice.prompts import OURS, ListedPrompt, Part
from bot.practice.refusals import Refusal
from bot.practice.round import NewToken

SHORTEST_PROMPT, LONGEST_PROMPT = 3, 200
MOST_ROOM = 260  # characters it may take in a message, where signs that pose as formatting take two
# How many a part can have, hidden ones too: as many as a list shows; of a debrief, what fits into its few rounds.
MOST = {Part.OPENING: 25, Part.THEME: 25, Part.CLOSING: 25, Part.HOT: 8, Part.COLD: 10}
# How many must be asked: every round needs one, and a debrief has two rounds at least (D2.1).
FEWEST = {Part.OPENING: 1, Part.THEME: 1, Part.CLOSING: 1, Part.HOT: 2, Part.COLD: 2}


@dataclass(eq=False)
class PromptList:
    """The prompts of one part, in the circle's order, hidden ones too."""

    circle_id: str
    part: Part
    prompts: list[ListedPrompt]

    @classmethod
    def of(cls, circle_id: str, part: Part, kept: list[ListedPrompt], new_token: NewToken) -> "PromptList":
        """The list of which these rows are kept: none before a circle changed something.

        One of ours that isn't among them comes at the end, one that isn't ours any more is left out.
        """
        ours = OURS[part]
        prompts = sorted((one for one in kept if one.key is None or one.key in ours), key=lambda one: one.place)
        there = {one.key for one in prompts}
        for key in ours:
            if key not in there:
                prompts.append(ListedPrompt(new_token(), circle_id, part, len(prompts), key))
        return cls(circle_id, part, prompts)

    @property
    def asked(self) -> list[str]:
        """The names of those that are asked, in order."""
        return [one.name for one in self.prompts if not one.hidden]

    @property
    def may_hide(self) -> bool:
        """Whether one of those that are asked can be hidden."""
        return len(self.asked) > FEWEST[self.part]

    @property
    def takes_more(self) -> bool:
        """Whether one can be added."""
        return len(self.prompts) < MOST[self.part]

    @property
    def is_ours(self) -> bool:
        """Whether it is as it was at first, so that nothing need be kept of it."""
        return [one.name for one in self.prompts] == list(OURS[self.part]) == self.asked

    def prompt(self, name: str) -> ListedPrompt:
        """The prompt of this name. Raises Refusal when it is gone."""
        found = next((one for one in self.prompts if one.name == name), None)
        if found is None:
            raise Refusal("prompts.gone")
        return found

    def hide(self, name: str) -> None:
        """Let it be asked no more; again changes nothing. Raises Refusal when too few would be left."""
        prompt = self.prompt(name)
        self._expect_enough_without(prompt)
        prompt.hidden = True
        self._place()

    def show(self, name: str) -> None:
        """Let it be asked again."""
        self.prompt(name).hidden = False
        self._place()

    def expect_room(self, prompt: str) -> None:
        """Say no when this one finds no room."""
        if not self.takes_more:
            raise Refusal("prompts.no_room", most=MOST[self.part], prompt=prompt)

    def add(self, prompt_id: str, words_id: str) -> None:
        """Put one in the circle's own words at the end."""
        self.prompts.append(ListedPrompt(prompt_id, self.circle_id, self.part, len(self.prompts), words_id=words_id))
        self._place()

    def put_first(self, name: str) -> None:
        """Let it come before all others."""
        prompt = self.prompt(name)
        self.prompts.remove(prompt)
        self.prompts.insert(0, prompt)
        self._place()

    def take_back(self, name: str) -> ListedPrompt:
        """Let one of the circle's own go for good. Raises Refusal when it is one of ours, or too few would be left."""
        prompt = self.prompt(name)
        if prompt.words_id is None:
            raise Refusal("prompts.gone")
        self._expect_enough_without(prompt)
        self.prompts.remove(prompt)
        self._place()
        return prompt

    def as_ours(self) -> None:
        """Ask all of ours again in their first order; the circle's own stay, after them."""
        ours = OURS[self.part]
        self.prompts.sort(key=lambda one: ours.index(one.key) if one.key else len(ours))
        for prompt in self.prompts:
            prompt.hidden = prompt.hidden and prompt.key is None
        self._place()

    def _expect_enough_without(self, prompt: ListedPrompt) -> None:
        if not prompt.hidden and not self.may_hide:
            raise Refusal("prompts.fewest", fewest=FEWEST[self.part])

    def _place(self) -> None:
        for place, prompt in enumerate(self.prompts):
            prompt.place = place


def clean_prompt(given: str) -> str:
    """The prompt as it will be kept, in one line.

    Raises Refusal when it has fewer than 3 or more than 200 characters, or is little else than signs.
    """
    prompt = one_line(given)
    seen = sum(sign not in JOINERS and sign not in UNSEEN and not sign.isspace() for sign in prompt)
    if seen < SHORTEST_PROMPT or len(prompt) > LONGEST_PROMPT or room(prompt) > MOST_ROOM:
        raise Refusal("prompts.length", fewest=SHORTEST_PROMPT, most=LONGEST_PROMPT, prompt=given)
    return prompt
