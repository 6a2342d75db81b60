"""The words of a page of markup, without it."""

import re
from html.parser import HTMLParser

from workbench.exchange.mime import TEXT_BYTES

UNSEEN = ("script", "style", "head", "title", "template")
MARKED = "<!["  # begins a section that is none of HTML, and at which the parser gives up
_OPEN = re.compile(r"<(?![^<>]{1,2000}>)")  # a tag without an end: the parser looks for that again and again
BREAKS = ("p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN and not self.unseen:
            self.unseen = tag
        elif tag in BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unseen:
            self.unseen = ""
        elif tag in BREAKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.found.append(data)


def plain_of(markup: str) -> str:
    """Return the words of a page, a line a paragraph."""
    words = _Words()
    kept = _uncommented(markup[:TEXT_BYTES].replace(MARKED, "&lt;!["))
    words.feed(_OPEN.sub("&lt;", kept))
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.found).split("\n"))
    return "\n".join(line for line in lines if line)


def _uncommented(markup: str) -> str:
    """Return a page without its comments."""
    found, at = [], 0
    while (begin := markup.find("<!--", at)) >= 0 and (end := markup.find("-->", begin)) >= 0:
        found.append(markup[at:begin])
        at = end + len("-->")
    return "".join([*found, markup[at:]])
