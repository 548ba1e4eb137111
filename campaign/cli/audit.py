"""Audit: whether the trail of what organisers did is as it was written."""

import json
import sys

import click

from campaign.parts import make_parts
from campaign.services.migrate import hold
from campaign.services.note import examine_trail
from campaign.settings import read_settings


@click.group()
def audit() -> None:
    """Look at the audit trail.

    \b
    Example:
      campaign audit verify
    """


@audit.command("verify")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def verify(*, is_json: bool) -> None:
    """Hold every line of the audit trail against its seal; exit code 1 where one was changed, added or taken out.

    Lines cut off at the end leave no mark: keep the number of lines that this prints somewhere else, and compare.

    \b
    Example:
      campaign audit verify
    """
    parts = make_parts(read_settings())
    hold(parts)
    trail = examine_trail(parts)
    if is_json:
        click.echo(json.dumps({"lines": trail.lines, "broken_at": trail.broken_at or None}))
    elif not trail.broken_at:
        click.echo(f"{trail.lines} lines, each as it was written")
    if trail.broken_at:
        click.echo(f"line {trail.broken_at} is not as it was written", err=True)
        sys.exit(1)
