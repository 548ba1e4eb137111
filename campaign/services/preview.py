"""Preview: show a letter exactly as it will leave, beside it in the reader's language, and whose words it is in."""

from dataclasses import dataclass

from campaign.domain.edition import Edition, StateEdition
from campaign.domain.letter import RenderedLetter, render
from campaign.domain.likeness import Likeness
from campaign.domain.mailto import mail_link
from campaign.domain.signing import Signing
from campaign.parts import Parts
from campaign.services.compare import compare
from campaign.services.sign import signable


@dataclass(frozen=True, slots=True)
class PreviewedLetter:
    """A letter to the offices that share a mailbox: as it leaves, and the same for the reader.

    `reading` is None where the reader's language is the letter's.
    """

    offices: tuple[str, ...]
    address: str
    sent: RenderedLetter
    reading: RenderedLetter | None

    @property
    def mail_link(self) -> str:
        """The address that opens it in one's own mail program; empty where it is too long for many of those."""
        return mail_link(self.address, self.sent.subject, self.sent.text)


@dataclass(frozen=True, slots=True)
class Preview:
    """All letters of one signature, by mailbox; those that wait for an address come last.

    `likeness` tells how much of the first is the signer's own.
    """

    letters: tuple[PreviewedLetter, ...]
    likeness: Likeness


def by_mailbox(state: StateEdition, offices: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Group offices by the mailbox they share, in the state's order; one without a mailbox stands alone."""
    groups: dict[str, list[str]] = {}
    for one in state.officials:
        if one.office in offices:
            groups.setdefault(one.email or f" {one.office}", []).append(one.office)
    return tuple((key if not key.startswith(" ") else "", tuple(group)) for key, group in groups.items())


def preview(parts: Parts, edition: Edition, state: StateEdition, signing: Signing) -> Preview:
    """Render every letter of a form that could be signed.

    Raises what `sign` raises; stores nothing.
    """
    letter = signable(parts, edition, state, signing)
    today = parts.clock.now().date()
    beside = state.letter(signing.language, today) if signing.language != letter.language else None
    groups = sorted(by_mailbox(state, signing.offices), key=lambda group: not group[0])
    letters = tuple(
        PreviewedLetter(
            offices,
            address,
            render(letter, signing.signer, offices),
            render(beside, signing.signer, offices) if beside is not None else None,
        )
        for address, offices in groups
    )
    texts = (*(one.sent for one in letters), *(one.reading for one in letters if one.reading is not None))
    return Preview(letters, compare(parts, edition.campaign_id, signing.signer.paragraph, texts))
