"""Whole: a campaign as the database says it now, all of it, as its folder would say it."""

from dataclasses import replace

from sqlalchemy.orm import Session

from campaign.domain.cause import Cause, Letter, State
from campaign.errors import NotFoundError
from campaign.models.campaign import CampaignRow, LetterRow, StateRow
from campaign.queries import edition as editions


def whole(session: Session, slug: str) -> Cause:
    """Put a campaign together from its rows: what is offered now, without what is retired.

    What organisers set over it stays apart: addresses they wrote down, verified or suspended, a pause.
    Raises NotFoundError when there is no such campaign.
    """
    campaign = editions.row(session, slug)
    if campaign is None:
        raise NotFoundError(f"there is no campaign {slug} here")
    rows = [one for one in editions.state_rows(session, campaign.id).values() if one.retired_at is None]
    ordered = sorted(rows, key=lambda one: one.position)
    return replace(campaign.cause, states=tuple(_state(session, campaign, one) for one in ordered))


def _state(session: Session, campaign: CampaignRow, row: StateRow) -> State:
    officials = [one for one in editions.official_rows(session, row.id).values() if one.retired_at is None]
    letters = row.state.letters or _rebuilt(session, campaign.cause, row)
    return replace(row.state, officials=tuple(one.official for one in officials), letters=letters)


def _rebuilt(session: Session, cause: Cause, row: StateRow) -> tuple[Letter, ...]:
    """Make the letters again from the versions offered, in a database that is older than letters kept whole."""
    newest: dict[str, LetterRow] = {}
    offered = [one for one in editions.letter_rows(session, row.id).values() if one.is_offered]
    for one in sorted(offered, key=lambda one: (one.valid_from, one.id)):
        newest[one.language] = one
    return tuple(_letter(cause, row, newest[language]) for language in cause.languages if language in newest)


def _letter(cause: Cause, row: StateRow, found: LetterRow) -> Letter:
    further: list[str] = found.fields.get("subjects", [])  # type: ignore[assignment]  # as services/load wrote it
    return Letter(
        language=found.language,
        subject=found.subject,
        subjects=tuple(further),
        body=found.body,
        has_native_reader=f"letters/{row.slug}/{found.language}.md" not in cause.unread,
        checked=found.created_at.date(),
    )
