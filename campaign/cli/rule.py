"""Rule: what is let in and what is kept out."""

import json
from typing import Any

import click

from campaign.cli.stats import DEFAULT
from campaign.domain.rule import ACTIONS, KINDS
from campaign.parts import make_parts
from campaign.services import enlist
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings

_campaign = click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")


@click.group()
def rule() -> None:
    """Keep networks, mail domains and addresses out, or let them in without marks and alarms.

    \b
    Example:
      campaign rule add block domain flood.example --reason "one catch-all domain"
    """


@rule.command("add")
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("value")
@click.option("--reason", required=True, help="Why; it is kept.")
@_campaign
@click.option("--everywhere", "is_everywhere", is_flag=True, help="For all campaigns.")
@click.option("--sure", "is_sure", is_flag=True, help="Also a provider where very many people have their mail.")
def add(*, slug: str, **said: Any) -> None:  # noqa: ANN401  click's options, as enlist.Wanted names them
    """Add an entry. A network is CIDR; a domain may be *.example.org; of an address only a fingerprint is kept.

    \b
    Example:
      campaign rule add allow network 192.0.2.0/24 --reason "the school in Kaunas"
    """
    parts = make_parts(read_settings())
    hold(parts)
    made = enlist.enlist(parts, parts.editions.current(slug), COMMAND_LINE, enlist.Wanted(**said))
    click.echo(f"entry {made} holds from now on", err=True)


@rule.command("list")
@_campaign
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def list_rules(*, slug: str, is_json: bool) -> None:
    """List the entries that hold.

    \b
    Example:
      campaign rule list --json
    """
    parts = make_parts(read_settings())
    hold(parts)
    found = enlist.entries(parts, parts.editions.current(slug))
    if is_json:
        names = ("id", "action", "kind", "value", "reason", "who")
        rows = [
            {name: getattr(one, name) for name in names}
            | {"everywhere": one.is_everywhere, "since": one.created_at.isoformat()}
            for one in found
        ]
        click.echo(json.dumps({"campaign": slug, "rules": rows}, indent=2, ensure_ascii=False))
        return
    for one in found:
        where = "everywhere" if one.is_everywhere else slug
        click.echo(f"{one.id:>5}  {one.action:5}  {one.kind:7}  {one.value}  ({where}) {one.reason}")


@rule.command("end")
@click.argument("rule_id", metavar="ID", type=click.IntRange(1, 2**31 - 1))
@_campaign
@click.option("--reason", default="", help="Why; it is kept.")
def end(*, rule_id: int, slug: str, reason: str) -> None:
    """End an entry: it no longer holds.

    \b
    Example:
      campaign rule end 3 --reason "they have cleaned up"
    """
    parts = make_parts(read_settings())
    hold(parts)
    enlist.end(parts, parts.editions.current(slug), COMMAND_LINE, rule_id, reason)
    click.echo("ended", err=True)
