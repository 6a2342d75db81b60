"""What stands where, as classes of the screen; only the places of the frame that go by them are styled again.

Textual styles everything below a widget anew whose class changes: every field of a form, for a list.
"""

from typing import Any

from textual.screen import Screen

PLACES = frozenset({"body", "work", "list", "queue-side", "preview", "strip", "history", "outlook"})
CLASSES = (
    "-on-card",
    "-recording",
    "-earlier",
    "-listing",
    "-asking",
    "-menu",
    "-no-preview",
)  # styles name no others with these


def stand(screen: Screen[Any], **wanted: bool) -> None:
    """Set classes of the screen, ``on_card`` for ``-on-card``, and style the places by them."""
    before = screen.classes
    for name, on in wanted.items():
        screen.set_class(on, "-" + name.replace("_", "-"), update=False)
    if screen.classes != before:
        screen.app.stylesheet.update_nodes(node for node in screen.walk_children() if node.id in PLACES)
