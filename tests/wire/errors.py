"""Discord's errors, with the codes and the shapes of its documentation."""

from __future__ import annotations

from .model import Json


class ApiError(Exception):
    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status}/{code} {message}")
        self.status, self.code, self.message, self.errors = status, code, message, errors

    @property
    def body(self) -> Json:
        body: Json = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


class NoAnswer(AssertionError):
    """The application did not respond: what people read in red, three seconds after a press."""


class NotPossible(AssertionError):
    """A person tried what no Discord client would let them do."""


def unknown(what: str) -> ApiError:
    codes = {
        "Application": 10002, "Channel": 10003, "Guild": 10004, "Member": 10007, "Message": 10008, "User": 10013,
        "Webhook": 10015, "Interaction": 10062,
    }  # fmt: skip
    return ApiError(404, codes[what], f"Unknown {what}")


class Faults:
    """Collects what is wrong with one request body: Discord answers with all of it at once."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def check(self, ok: object, path: str, text: str) -> bool:
        if not ok:
            self.found.append((path, text))
        return bool(ok)

    def length(self, value: object, low: int, high: int, path: str) -> bool:
        if not isinstance(value, str):
            return self.check(low == 0 and value is None, path, "must be a string")
        size = len(value.strip())
        return self.check(low <= size <= high, path, f"must be {low}-{high} long, is {size}")

    def error(self) -> ApiError:
        tree: Json = {}
        for path, text in self.found:
            node = tree
            for step in path.split("."):
                node = node.setdefault(step, {})
            node.setdefault("_errors", []).append({"code": "INVALID", "message": text})
        return ApiError(400, 50035, "Invalid Form Body", tree)
