"""A rule saying no."""


class Refusal(Exception):
    """Raised by a rule when a deed isn't possible now.

    `code` is the key of the sentence that tells the person why, and what they can do instead; `slots` fill it.
    Nothing has changed when a Refusal is raised.
    """

    def __init__(self, code: str, **slots: object) -> None:
        super().__init__(code)
        self.code = code
        self.slots = slots
