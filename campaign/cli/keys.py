"""Keys: where the secret lies, and whether it fits."""

import click

from campaign.outside.keys import SECRET_FILE
from campaign.parts import make_parts
from campaign.queries import installation
from campaign.services.migrate import hold
from campaign.settings import read_settings


@click.group()
def keys() -> None:
    """Say where the secret lies, and whether it fits the database. The secret itself is never shown.

    \b
    Example:
      campaign keys check
    """


@keys.command()
def show() -> None:
    """Say where the secret lies and what its id is.

    \b
    Example:
      campaign keys show
    """
    settings = read_settings()
    parts = make_parts(settings)
    place = "CAMPAIGN_SECRET_KEY" if settings.secret_key else str(settings.home / SECRET_FILE)
    click.echo(f"{place}  id {parts.keys.key_id}")
    if not settings.secret_key:
        copied = settings.home / COPIED
        click.echo(
            f"It is in no backup of the database. Copy it to a safe place; then: touch {copied}"
            if not copied.exists()
            else "It has been copied.",
            err=True,
        )


COPIED = "secret.copied"


@keys.command()
def check() -> None:
    """Say whether the secret fits the database; exit code 1 when it does not.

    \b
    Example:
      campaign keys check
    """
    parts = make_parts(read_settings())
    with parts.reading() as session:
        is_held = installation.row(session) is not None
    hold(parts)
    click.echo(f"id {parts.keys.key_id} {'fits' if is_held else 'is now'} this database's", err=True)
