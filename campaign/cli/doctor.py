"""Doctor: what is well, and what to do about the rest."""

import json
import sys
from dataclasses import asdict

import click

from campaign.parts import make_parts
from campaign.services.examine import examine
from campaign.settings import read_settings


@click.command()
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def doctor(*, is_json: bool) -> None:
    """Look over settings, database, migrations, keys, campaign, mail, clock and disk: one line each.

    With live delivery also what the sender's domain publishes: SPF, DKIM and DMARC, asked of the DNS.

    Exit code 1 when something is bad.

    \b
    Example:
      campaign doctor
    """
    findings = examine(make_parts(read_settings()))
    if is_json:
        click.echo(json.dumps({"findings": [asdict(one) for one in findings]}, indent=2))
    else:
        for one in findings:
            todo = f"  -> {one.do}" if one.do else ""
            click.echo(f"{one.verdict:4}  {one.name:10}  {one.seen}{todo}")
    bad = [one.name for one in findings if one.verdict == "bad"]
    if bad:
        click.echo(f"bad: {', '.join(bad)}", err=True)
        sys.exit(1)
