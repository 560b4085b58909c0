"""What keeps a source from being read; told of that source, never raised out of it."""


class FetchError(Exception):
    """A page could not be had; the message says why, in French.

    Args:
        message: one line, without the address.
        passing: whether the server itself is in trouble, so that an answer of earlier may serve.
    """

    def __init__(self, message: str, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing
