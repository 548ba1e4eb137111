"""Sealed: what a supporter typed, put into rows and taken out again, by the models' registry of columns."""

import json
from dataclasses import asdict

from campaign.domain.letter import Signer
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.outside.keys import Keys


def put_signer(keys: Keys, row: SignatureRow, signer: Signer) -> None:
    """Seal everything of a signer into a signature's row."""
    row.country = signer.country
    row.shown = signer.shown
    row.key_id = keys.key_id
    row.subject_choice = signer.subject
    row.points = signer.points
    row.name_sealed = keys.seal(signer.name, "signature", "name_sealed", row.id)
    row.short_name_sealed = _optional(keys, signer.short_name, "short_name_sealed", row.id)
    row.city_sealed = _optional(keys, signer.city, "city_sealed", row.id)
    row.postal_address_sealed = _optional(keys, signer.postal_address, "postal_address_sealed", row.id)
    row.paragraph_sealed = _optional(keys, signer.paragraph, "paragraph_sealed", row.id)


def _optional(keys: Keys, value: str, column: str, row_id: str) -> bytes | None:
    return keys.seal(value, "signature", column, row_id) if value else None


def signer_of(keys: Keys, row: SignatureRow) -> Signer:
    """Open everything of a signer.

    Raises SealError when the secret does not fit.
    """

    def opened(sealed: bytes | None, column: str) -> str:
        return keys.open(sealed, "signature", column, row.id) if sealed is not None else ""

    return Signer(
        name=opened(row.name_sealed, "name_sealed"),
        country=row.country,
        shown=row.shown,
        short_name=opened(row.short_name_sealed, "short_name_sealed"),
        city=opened(row.city_sealed, "city_sealed"),
        postal_address=opened(row.postal_address_sealed, "postal_address_sealed"),
        paragraph=opened(row.paragraph_sealed, "paragraph_sealed"),
        subject=row.subject_choice,
        points=row.points,
    )


def paragraph_of(keys: Keys, row: SignatureRow) -> str:
    """Open a signature's personal paragraph; empty where there is none, or it is forgotten.

    Raises SealError when the secret does not fit.
    """
    sealed = row.paragraph_sealed
    return keys.open(sealed, "signature", "paragraph_sealed", row.id) if sealed is not None else ""


def signed_digest(keys: Keys, version: str, signer: Signer, offices: tuple[str, ...], *, has_own_answers: bool) -> str:
    """Fingerprint everything that a signed letter is made of."""
    said = asdict(signer) | {"offices": offices, "own": has_own_answers}
    return keys.digest(version, json.dumps(said, sort_keys=True))


def email_of(keys: Keys, row: SupporterRow) -> str:
    """Open a supporter's address; empty once it has been removed.

    Raises SealError when the secret does not fit.
    """
    return keys.open(row.email_sealed, "supporter", "email_sealed", row.id) if row.email_sealed else ""
