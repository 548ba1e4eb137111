"""The root of the command line: how commands fail, and which there are."""

import os
import sys
from importlib.metadata import version

import click

from campaign.cli import (
    alarms,
    api_key,
    audit,
    batch,
    bounce,
    campaigns,
    demo,
    doctor,
    dump,
    erase,
    export,
    keys,
    letters,
    load,
    official,
    organiser,
    review,
    rule,
    serve,
    stats,
    street,
    webhook,
    words,
)
from campaign.errors import BundleError, CampaignError, InputRefusedError
from campaign.outside.database import DatabaseError


class Root(click.Group):
    """Turns what a command cannot do into one line on stderr and exit code 1."""

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


for command in (
    serve.serve,
    serve.migrate,
    serve.worker,
    load.load,
    dump.dump,
    erase.erase,
    words.words,
    letters.letters,
    stats.stats,
    export.export,
    official.official,
    campaigns.campaigns,
    organiser.organiser,
    review.review,
    api_key.api_key,
    webhook.webhook,
    street.device,
    street.paper,
    audit.audit,
    batch.batch,
    rule.rule,
    alarms.alarms,
    bounce.bounce,
    demo.demo,
    keys.keys,
    doctor.doctor,
):
    main.add_command(command)
