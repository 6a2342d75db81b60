"""The table of docs/config.md as the code has it; run it to write the table. Prose stays."""

import re
from pathlib import Path

from workbench.configuration.settings import SETTINGS, allowed
from workbench.configuration.template import toml

PAGE = Path(__file__).parent.parent / "docs" / "config.md"
HEAD = "| key | may be | default | option | variable | at once |\n| --- | --- | --- | --- | --- | --- |\n"
TABLE = re.compile(re.escape(HEAD) + r"(?:\|[^\n]*\n)*")


def renewed(page: str) -> str:
    """Return ``page`` with a row for every setting: what it is for stands under its key."""
    return TABLE.sub(lambda _old: HEAD + "".join(map(_row, SETTINGS)), page)


def _row(setting) -> str:  # type: ignore[no-untyped-def]
    """Return the row of a setting."""
    option = f"`{setting.option}`" if setting.option else ""
    cells = (
        f"`{setting.name}`: {setting.help}", allowed(setting), f"`{toml(setting, setting.default)}`", option,
        f"`{setting.variable}`", "yes" if setting.live else "",
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
