"""The few styles that our texts use; the theme gives the colours, and no meaning hangs on one alone."""

from textual.content import Content

PLAIN = ""
STRONG = "bold"
TITLE = "bold $accent"
KEY = "bold $accent"
SOFT = "$secondary"
LATE = "bold $error"
NEAR = "$warning"

Part = str | Content | tuple[str, str]


def lines(*parts: Content) -> Content:
    """Return ``parts`` under one another."""
    return Content("\n").join(parts)


def line(*parts: Part) -> Content:
    """Return ``parts`` side by side; a ``str`` is text and never markup."""
    return Content.assemble(*parts)
