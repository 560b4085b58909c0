"""Respelling."""


def respell(text: str) -> str:
    """Give the respelled form."""
    return text
