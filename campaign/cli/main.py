"""The root of the command line: how commands fail, and which there are."""

import importlib
import os
import sys
from importlib.metadata import version

import click

from campaign.errors import BundleError, CampaignError, InputRefusedError
from campaign.outside.database import DatabaseError

# A command's name, and its room in this folder. Only the one that is asked for is imported: all of them take a second.
COMMANDS = {
    "serve": "serve",
    "migrate": "serve",
    "worker": "serve",
    "load": "load",
    "dump": "dump",
    "erase": "erase",
    "words": "words",
    "letters": "letters",
    "stats": "stats",
    "export": "export",
    "official": "official",
    "campaigns": "campaigns",
    "organiser": "organiser",
    "review": "review",
    "api-key": "api_key",
    "webhook": "webhook",
    "device": "street",
    "paper": "street",
    "audit": "audit",
    "batch": "batch",
    "rule": "rule",
    "alarms": "alarms",
    "bounce": "bounce",
    "demo": "demo",
    "keys": "keys",
    "doctor": "doctor",
}


class Root(click.Group):
    """Turns what a command cannot do into one line on stderr and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's own
        """Name every command."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Fetch a command from its room; None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        room = importlib.import_module(f"campaign.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(room, cmd_name.replace("-", "_"))
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; 0 on success, 1 on a failure it explains, 2 on wrong usage."""
        try:
            return super().invoke(ctx)
        except BundleError as error:
            click.echo(str(error), err=True)
            click.echo(f"{len(error.mistakes)} mistakes; nothing was changed", err=True)
        except InputRefusedError as error:
            click.echo(f"refused: {error}", err=True)
        except CampaignError as error:
            click.echo(str(error) or error.code, err=True)
        except DatabaseError as error:
            click.echo(f"the database says: {str(error.orig).strip().splitlines()[0]}", err=True)
        except BrokenPipeError:
            sys.stderr.close()
        except OSError as error:
            click.echo(f"{error.filename or 'the system'}: {error.strerror or error}", err=True)
        sys.exit(1)


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("campaign"), prog_name="campaign")
def main() -> None:
    """Run letter-writing campaigns: serve the pages, send the letters, count the signatures.

    \b
    Example:
      campaign serve
    """
    os.umask(0o077)  # whatever a command writes is for whoever runs it
