"""Bounce: take back one mail that a mail server hands over."""

import sys
from typing import BinaryIO

import click

from campaign.errors import CampaignError
from campaign.outside.database import DatabaseError
from campaign.outside.journal import set_up_log
from campaign.outside.mail.returned import MOST_BYTES
from campaign.parts import make_parts
from campaign.services.bounce import take_back
from campaign.services.migrate import hold
from campaign.settings import read_settings

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h: mail servers keep the mail and hand it over again


@click.command()
@click.option("--to", "recipient", default="", help="The address that it came for, where the mail server tells.")
def bounce(*, recipient: str) -> None:
    """Read one mail from standard input, and write down what it says of a letter or mail that came back.

    Exit code 0: taken, or nothing to take; 75: hand it over again later. Nothing of it is ever printed.

    \b
    Example:
      campaign bounce --to "$RECIPIENT" < mail

    \b
    With Postfix, where CAMPAIGN_BOUNCE_ADDRESS=returns@example.org, an address for nothing else:
      main.cf       recipient_delimiter = +
                    transport_maps = hash:/etc/postfix/transport
                    campaign_destination_recipient_limit = 1
      transport     returns@example.org  campaign:
      master.cf     campaign unix - n n - 1 pipe
                      user=campaign argv=/usr/local/bin/campaign-returns ${original_recipient}
    /usr/local/bin/campaign-returns is yours: it sets the settings, then
      exec campaign bounce --to "$1"
    """
    raw = _read(sys.stdin.buffer)
    try:
        settings = read_settings()
        set_up_log(settings)
        parts = make_parts(settings)
        hold(parts)
        word = take_back(parts, raw, recipient)
    except (CampaignError, DatabaseError, OSError) as error:
        click.echo(f"cannot be taken now: {getattr(error, 'code', type(error).__name__)}", err=True)
        sys.exit(TRY_LATER)
    if word == "later":
        sys.exit(TRY_LATER)


def _read(stream: BinaryIO) -> bytes:
    """Keep the beginning of a stream, and read it to its end, so that whoever writes it need not stop."""
    raw = stream.read(MOST_BYTES)
    while stream.read(MOST_BYTES):
        continue
    return raw
