"""Why somebody is not let in or may not change an account: each with the key of a sentence in `words`."""


class AuthRefused(Exception):
    """Shown on the form that was sent. `key` is of `words`, with the values that its sentence needs."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class SignInNeeded(Exception):
    """Nobody is signed in here, or their session has ended."""


class PageRefused(Exception):
    """Ends the request with a page of this status: 403 the role is too small, 404 not there or out of sight."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
