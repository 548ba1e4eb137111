"""The edition of a campaign: everything that pages and services read of it, in one piece."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.domain.edition import ConsentEdition, Edition, LetterEdition, OfficialEdition, StateEdition
from campaign.errors import NotFoundError
from campaign.models.base import without
from campaign.models.campaign import CampaignRow, ConsentTextRow, LetterRow, OfficialRow, StateRow


def revision(session: Session, slug: str) -> int | None:
    """The revision a campaign is at, or None where there is none."""
    return session.scalar(select(CampaignRow.revision).where(CampaignRow.slug == slug))


def slugs(session: Session) -> tuple[str, ...]:
    """The campaigns there are, the first loaded first."""
    return tuple(session.scalars(select(CampaignRow.slug).order_by(CampaignRow.id)))


def shown_slugs(session: Session) -> tuple[str, ...]:
    """The campaigns that have pages, the first loaded first."""
    asked = select(CampaignRow.slug).where(CampaignRow.retired_at.is_(None))
    return tuple(session.scalars(asked.order_by(CampaignRow.id)))


def slug_of_state(session: Session, state_id: int) -> str | None:
    """The campaign of a state."""
    asked = select(CampaignRow.slug).join(StateRow, StateRow.campaign_id == CampaignRow.id)
    return session.scalar(asked.where(StateRow.id == state_id))


def row(session: Session, slug: str) -> CampaignRow | None:
    """A campaign's row."""
    return session.scalar(select(CampaignRow).where(CampaignRow.slug == slug))


def locked(session: Session, slug: str) -> CampaignRow | None:
    """A campaign's row, held until the transaction ends, so that one change of its words follows another."""
    return session.scalar(select(CampaignRow).where(CampaignRow.slug == slug).with_for_update())


def state_rows(session: Session, campaign_id: int) -> dict[str, StateRow]:
    """All states of a campaign by slug, retired ones too."""
    found = session.scalars(select(StateRow).where(StateRow.campaign_id == campaign_id))
    return {one.slug: one for one in found}


def official_rows(session: Session, state_id: int) -> dict[str, OfficialRow]:
    """All offices of a state by slug, retired ones too."""
    found = session.scalars(select(OfficialRow).where(OfficialRow.state_id == state_id).order_by(OfficialRow.position))
    return {one.office: one for one in found}


def offices_sharing(session: Session, email: str) -> Sequence[OfficialRow]:
    """Every office that is known by an address, in whatever campaign, whether letters may go there or not."""
    known = session.scalars(select(OfficialRow).where(OfficialRow.retired_at.is_(None)).order_by(OfficialRow.id))
    return [one for one in known if email and one.email.lower() == email.lower()]


def letter_rows(session: Session, state_id: int) -> dict[tuple[str, str], LetterRow]:
    """All letter versions of a state by language and version."""
    found = session.scalars(select(LetterRow).where(LetterRow.state_id == state_id))
    return {(one.language, one.version): one for one in found}


def consent_text_rows(session: Session, state_id: int) -> dict[tuple[str, str, str], ConsentTextRow]:
    """All consent texts of a state by purpose, language and version."""
    found = session.scalars(select(ConsentTextRow).where(ConsentTextRow.state_id == state_id))
    return {(one.purpose, one.language, one.version): one for one in found}


def letter(session: Session, letter_id: int) -> LetterEdition:
    """One letter version, offered or not.

    Raises NotFoundError when there is none.
    """
    found = session.get(LetterRow, letter_id)
    if found is None:
        raise NotFoundError(f"letter {letter_id}")
    return _letter(found)


def reading_copy(session: Session, letter_id: int, language: str) -> LetterEdition | None:
    """The same letter in another language: the version offered, or last offered, from the same day on."""
    signed = session.get(LetterRow, letter_id)
    if signed is None:
        return None
    asked = (
        select(LetterRow)
        .where(LetterRow.state_id == signed.state_id, LetterRow.language == language)
        .order_by(
            (LetterRow.valid_from == signed.valid_from).desc(),
            LetterRow.is_offered.desc(),
            LetterRow.created_at.desc(),
        )
    )
    found = session.scalars(asked).first()
    return None if found is None else _letter(found)


def whole(session: Session, slug: str) -> Edition:
    """The whole edition of a campaign.

    Raises NotFoundError when there is none.
    """
    campaign = row(session, slug)
    if campaign is None:
        raise NotFoundError(slug)
    asked = (
        select(StateRow)
        .where(StateRow.campaign_id == campaign.id, StateRow.retired_at.is_(None))
        .order_by(StateRow.position)
    )
    states = tuple(_state(session, one) for one in session.scalars(asked))
    return Edition(campaign.id, campaign.revision, campaign.cause, states, campaign.paused_at, campaign.retired_at)


def _state(session: Session, found: StateRow) -> StateEdition:
    officials = [one for one in official_rows(session, found.id).values() if one.retired_at is None]
    letters = [one for one in letter_rows(session, found.id).values() if one.is_offered]
    consents = [one for one in consent_text_rows(session, found.id).values() if one.is_offered]
    return StateEdition(
        id=found.id,
        state=without(found.state, officials=tuple(one.official for one in officials), letters=()),
        officials=tuple(OfficialEdition(one.id, one.official, one.mailable_email, one.takes) for one in officials),
        letters=tuple(_letter(one) for one in letters),
        consents=tuple(_consent(one) for one in sorted(consents, key=lambda one: not one.is_required)),
    )


def _letter(found: LetterRow) -> LetterEdition:
    return LetterEdition(
        found.id, found.language, found.version, found.subject, found.body, found.fields, found.valid_from
    )


def _consent(found: ConsentTextRow) -> ConsentEdition:
    return ConsentEdition(found.id, found.purpose, found.language, found.text, found.version, found.is_required)
