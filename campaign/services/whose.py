"""Whose: the campaign that a link from a mail belongs to."""

from campaign.domain.edition import Edition
from campaign.outside.keys import Purpose
from campaign.parts import Parts
from campaign.services.links import supporter_of
from campaign.services.outlook import edition_of


def campaign_of(parts: Parts, purpose: Purpose, token: str) -> Edition:
    """The campaign of whoever a link was made for, as it stands now; one that is retired too.

    Raises TokenError when the link is not genuine, or its row or campaign is gone.
    """
    with parts.reading() as session:
        supporter, _ = supporter_of(parts, session, purpose, token)
        return edition_of(parts, session, supporter)
