class ActionRefused(Exception):
    """The process is not there (any more): an action says no, with the reason a person can read.

    `core.middleware.ActionRefusedMiddleware` turns it into the 409 page.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FileRefused(Exception):
    """A file somebody sent cannot be taken, with the reason they can read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
