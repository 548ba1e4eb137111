"""Erase: remove a person."""

import json

import click

from campaign.parts import make_parts
from campaign.services import erase as erasing
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings


@click.command()
@click.argument("email")
@click.option("--reason", default="asked for by the person", show_default=True, help="For the audit trail.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def erase(*, email: str, reason: str, is_json: bool) -> None:
    """Remove all that is kept of a person, in every campaign, for good.

    Their signatures leave the count, letters that have not left stay, mails to them are called off. Letters that have
    left cannot be called back. The address itself is written down nowhere.

    \b
    Example:
      campaign erase ona@example.org --reason "their mail of 12 May"
    """
    parts = make_parts(read_settings())
    hold(parts)
    erased = erasing.erase(parts, COMMAND_LINE, email, reason)
    if is_json:
        click.echo(json.dumps({"signatures": erased.signatures, "campaigns": erased.campaigns}))
    elif not erased.campaigns:
        click.echo("nothing is kept of this address")
    else:
        click.echo(f"{erased.signatures} signatures in {erased.campaigns} campaigns are removed")
