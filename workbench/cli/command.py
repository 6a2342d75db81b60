"""The command that typer runs for a verb, however it was made."""

from typing import Any

from typer.core import TyperCommand

from workbench.cli import helping

SETTINGS = {"help_option_names": ["--help", "-h"], "allow_extra_args": True}


class VerbCommand(TyperCommand):
    """A command that knows ``--json``, refuses what is too much, and shows help in the user's language."""

    def get_help(self, ctx: Any) -> str:
        """Return the help of this verb."""
        return helping.of_command(self, ctx.command_path)
