"""The options in docs/verbs.md, as the code has them; run it to write them. The prose between them stays."""

import re
from pathlib import Path

from workbench import words
from workbench.cli import app, helping
from workbench.cli.options import GLOBALS
from workbench.cli.registry import load

PAGE = Path(__file__).parent.parent / "docs" / "verbs.md"
IN_EVERY_VERB = ["--json"]
BEFORE_THE_VERB = re.compile(r"(?<=\| option \| meaning \|\n\| --- \| --- \|\n)(?:\|[^\n]*\n)+")
SECTION = re.compile(
    r"^### `(?P<name>[a-z]+(?: [a-z]+)?)[^\n]*\n(?P<body>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL
)
OPTION = re.compile(r"^- `--[^\n]*\n", re.MULTILINE)


def renewed(page: str) -> str:
    """Return ``page`` with the options before the verb, and with the places and options of every verb."""
    spoken = words.language()
    words.use("en")
    try:
        return SECTION.sub(_section, BEFORE_THE_VERB.sub(lambda _old: _before_the_verb(), page))
    finally:
        words.use(spoken)


def _before_the_verb() -> str:
    rows = ((f"{name} {value}".strip(), said) for name, (value, said) in GLOBALS.items())
    return "".join(f"| `{option.replace('|', chr(92) + '|')}` | {said} |\n" for option, said in rows)


def _section(found: re.Match[str]) -> str:
    """Return the section of a verb: how it is written, what stood there in prose, its options."""
    command = app.build(load(found["name"]))
    usage = helping.usage(command, found["name"]).removesuffix(" [options]")
    options = "\n".join(
        f"- `{helping.written(each)}`: {each.help}"
        for each in command.params
        if each.param_type_name == "option" and each.opts != IN_EVERY_VERB
    )
    parts = (f"### `{usage}`", OPTION.sub("", found["body"]).strip(), options)
    return "".join(f"{part}\n\n" for part in parts if part)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
