"""``completion`` and ``man``: what a shell and ``man`` need to know of this program."""

from pathlib import Path
from typing import Annotated

import typer

from workbench import config
from workbench.cli.completion_values import SHELLS
from workbench.cli.registry import verb
from workbench.domain import values
from workbench.words import N_

FOLDER = "completions"


@verb("completion", N_("Print the completion for bash, zsh or fish; its first lines say where it goes."))
def completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="SHELL", help=N_("bash, zsh or fish."))],
) -> None:
    """Print the script of a shell."""
    name = values.choice(shell, SHELLS, option="SHELL")
    text = script(name)
    context.obj.answer({"shell": name, "script": text}, [text.rstrip("\n")])


def script(shell: str) -> str:
    """Return the script of a shell, one of ``SHELLS``."""
    path: Path = config.program_folder() / FOLDER / f"workbench.{shell}"
    return path.read_text(encoding="utf-8")


@verb("man", N_("Print the manual page, for man(1): of every verb, option and key."))
def man(context: typer.Context) -> None:
    """Print the page in the language in use."""
    from workbench.cli import man_page

    text = man_page.page()
    context.obj.answer({"roff": text}, [text.rstrip("\n")])
