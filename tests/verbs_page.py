"""The verbs in docs/verbs.md and in the READMEs, as the code has them; run it to write them. Prose stays."""

import re
from itertools import pairwise
from pathlib import Path

from workbench import words
from workbench.cli import app, helping
from workbench.cli.options import GLOBALS
from workbench.cli.registry import ACTS, HEADINGS, load, names
from workbench.domain import acts

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "verbs.md"
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
TABLE = re.compile(r"(?:^\| [^|`]* \| `[a-z ]+` \|\n)+", re.MULTILINE)
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
        page = SECTION.sub(_section, BEFORE_THE_VERB.sub(lambda _old: _before_the_verb(), page))
        return with_new_acts(page)
    finally:
        words.use(spoken)


def with_new_acts(page: str) -> str:
    """Return ``page`` with a section for each act that has none, behind that of the act before it."""
    for before, act in pairwise(ACTS):
        sections = {found["name"]: found for found in SECTION.finditer(page)}
        if act not in sections:
            at = sections[before].end()
            page = page[:at] + _new(act) + page[at:]
    return page


def _new(act: str) -> str:
    """Return the section of an act of which nothing is said yet: its sentence, and its options."""
    found = SECTION.match(f"### `{act}`\n\n{acts.BY_ID[act].help}\n\n")
    assert found
    return _section(found)


def with_table(page: str, language: str) -> str:
    """Return a README with its table of verbs, by the headings of the overview."""
    spoken = words.language()
    words.use(language)
    try:
        rows = (
            f"| {words._(heading.title)} | `{' '.join(dict.fromkeys(name.split()[0] for name in names(heading)))}` |\n"
            for heading in HEADINGS
        )
        return TABLE.sub("".join(rows), page, count=1)
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
        f"- `{helping.option_text(each)}`: {each.help}"
        for each in command.params
        if each.param_type_name == "option" and each.opts != IN_EVERY_VERB
    )
    parts = (f"### `{usage}`", OPTION.sub("", found["body"]).strip(), options)
    return "".join(f"{part}\n\n" for part in parts if part)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    for language, readme in READMES.items():
        readme.write_text(with_table(readme.read_text(encoding="utf-8"), language), encoding="utf-8")
