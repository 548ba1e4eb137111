"""Subjects and talking points of a test's own, in every letter of a campaign, whatever the bundled one offers."""

from sqlalchemy import select

from campaign.models.campaign import CampaignRow, LetterRow
from campaign.parts import Parts

POINTS = ("children", "fields", "roads", "years")


def give(parts: Parts, how_many: int = len(POINTS), without: dict[str, str] | None = None) -> None:
    """Put three subjects and some POINTS, or none of either, into every letter; each says in which language it is.

    `without` names a talking point that the letters in a language lack.
    """
    with parts.writing() as session:
        for row in session.scalars(select(LetterRow)):
            row.fields = row.fields | _chosen(row.language, how_many, (without or {}).get(row.language, ""))
        for campaign in session.scalars(select(CampaignRow)):
            campaign.revision += 1
        session.commit()


def _chosen(language: str, how_many: int, missing: str) -> dict[str, object]:
    points = [
        {"id": one, "title": f"About {one} ({language})", "text": f"What the {one} tell us, in {language}."}
        for one in POINTS[:how_many]
        if one != missing
    ]
    return {"points": points, "subjects": [f"Subject {number} in {language}" for number in (2, 3) if how_many]}
