"""Keys for other programs: make, list, take back."""

import json

import click

from campaign.domain import scope as scopes
from campaign.parts import make_parts
from campaign.services import keyring
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings


@click.group("api-key")
def api_key() -> None:
    """Say which other programs may read and add what.

    \b
    Example:
      campaign api-key create --name "figures for the website" --scope counts
    """


@api_key.command("create")
@click.option("--name", required=True, help="Which program uses it, and where.")
@click.option("--scope", "opens", required=True, multiple=True, type=click.Choice(scopes.SCOPES), help="What it opens.")
@click.option("--campaign", "slug", default="", help="Only this campaign; without it, every one.")
@click.option("--days", default=scopes.DAYS, show_default=True, type=click.IntRange(1, scopes.DAYS_MOST))
def create(*, name: str, opens: tuple[str, ...], slug: str, days: int) -> None:
    """Make a key and print it, this once.

    \b
    Example:
      campaign api-key create --name "figures for the website" --scope counts --days 90
    """
    parts = make_parts(read_settings())
    hold(parts)
    click.echo(keyring.create(parts, COMMAND_LINE, keyring.Wanted(name, opens, slug, days)))
    click.echo("copy it now: it is not shown again; send it in the header OSDI-API-Token", err=True)


@api_key.command("list")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def list_keys(*, is_json: bool) -> None:
    """List the keys: what each begins with and opens, never the key.

    \b
    Example:
      campaign api-key list
    """
    parts = make_parts(read_settings())
    hold(parts)
    found = keyring.listed(parts)
    if is_json:
        rows = [
            {
                "id": one.id,
                "name": one.name,
                "start": one.start,
                "scopes": one.scopes,
                "campaign": one.campaign or None,
                "status": one.status,
                "created": one.created_at.isoformat(),
                "expires": one.expires_at.isoformat() if one.expires_at else None,
                "used": one.used_at.isoformat() if one.used_at else None,
            }
            for one in found
        ]
        click.echo(json.dumps({"keys": rows}, indent=2, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.id}  {one.status:7}  {one.start}…  {','.join(one.scopes)}  {one.name}")


@api_key.command("revoke")
@click.argument("key_id", metavar="ID")
def revoke(*, key_id: str) -> None:
    """Take a key back at once; ID stands in the list.

    \b
    Example:
      campaign api-key revoke 5f0c2a7d9b3e4c118a6d2f7e90b1c3d4
    """
    parts = make_parts(read_settings())
    hold(parts)
    keyring.revoke(parts, COMMAND_LINE, key_id)
    click.echo("taken back", err=True)
