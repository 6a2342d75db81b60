"""The pages on the screens in docs/screens: their pictures are the kept ones, at 80x24 in both languages.

To write them anew, after tests.screens.goldens: PYTHONPATH=tests python -m tests.screens.pages
"""

import re
from pathlib import Path

from tests.screens.goldens import path_of

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
SIZE = (80, 24)
MARK = re.compile(
    r"<!-- picture: (?P<name>[a-z-]+) -->\n(?:\n```text\n.*?\n```\n\n```text\n.*?\n```\n)?", re.DOTALL
)


def with_pictures(page: str) -> str:
    """Return a page with the pictures that its marks name, in place of those that stand there."""
    return MARK.sub(_drawn, page)


def _drawn(mark: re.Match[str]) -> str:
    pictures = (path_of(mark["name"], SIZE, language).read_text("utf-8") for language in ("en", "zh"))
    blocks = "\n".join(f"```text\n{picture.rstrip()}\n```\n" for picture in pictures)
    return f"<!-- picture: {mark['name']} -->\n\n{blocks}"


def main() -> None:
    """Write every page anew."""
    for page in FOLDER.glob("*.md"):
        page.write_text(with_pictures(page.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
