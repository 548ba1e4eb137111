"""Organiser: who may use the organisers' side."""

import json

import click

from campaign.domain.role import ROLES
from campaign.parts import make_parts
from campaign.services import invite
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings


@click.group()
def organiser() -> None:
    """Say who may use the organisers' side, and in which role.

    \b
    Example:
      campaign organiser add ona@example.org --role owner
    """


@organiser.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What they may do.")
def add(*, email: str, role: str) -> None:
    """Invite somebody, or begin their account anew, and print the one-time link for their password.

    The link works once, for three days. Whoever has an account already and lost password or second factor gets in by
    a new link; the old ones end.

    \b
    Example:
      campaign organiser add ona@example.org --role owner
    """
    parts = make_parts(read_settings())
    hold(parts)
    click.echo(invite.invite(parts, COMMAND_LINE, email, role))
    click.echo("give this link to them alone; it works once, for three days", err=True)


@organiser.command("list")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def list_organisers(*, is_json: bool) -> None:
    """List who may organise.

    \b
    Example:
      campaign organiser list
    """
    parts = make_parts(read_settings())
    hold(parts)
    found = invite.everybody(parts)
    if is_json:
        rows = [
            {
                "email": one.email,
                "role": one.role,
                "status": one.status,
                "since": one.created_at.isoformat(),
                "seen": one.seen_at.isoformat() if one.seen_at else None,
            }
            for one in found
        ]
        click.echo(json.dumps({"organisers": rows}, indent=2, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.role:10}  {one.status:8}  {one.email}")


@organiser.command("disable")
@click.argument("email")
def disable(*, email: str) -> None:
    """Shut somebody out at once: their sessions end.

    \b
    Example:
      campaign organiser disable ona@example.org
    """
    parts = make_parts(read_settings())
    hold(parts)
    invite.disable(parts, COMMAND_LINE, invite.find(parts, email))
    click.echo("shut out", err=True)
