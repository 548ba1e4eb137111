"""What each link of the interface means: written once, served beside it."""

from collections.abc import Mapping

from campaign.domain.odata import OPERATORS, Kind

TITLES: Mapping[str, str] = {
    "advocacy_campaigns": "Letters to states, one advocacy campaign a state",
    "petitions": "Signatures to states, one petition a state",
    "people": "The people behind signatures",
    "outreaches": "Letters that left",
}
# What filters may ask for, by the list.
FIELDS: Mapping[str, Mapping[str, Kind]] = {
    "advocacy_campaigns": {"identifier": "key", "name": "text", "created_date": "instant", "modified_date": "instant"},
    "petitions": {"identifier": "key", "name": "text", "created_date": "instant", "modified_date": "instant"},
    "people": {"identifier": "key", "email_address": "key", "created_date": "instant", "modified_date": "instant"},
    "outreaches": {
        "identifier": "key",
        "created_date": "instant",
        "modified_date": "instant",
        "action_date": "instant",
        "referrer_data/source": "text",
    },
    "signatures": {
        "identifier": "key",
        "created_date": "instant",
        "modified_date": "instant",
        "action_date": "instant",
        "referrer_data/source": "text",
    },
}
_WORDS: Mapping[str, str] = {
    "advocacy_campaigns": "A list of advocacy campaigns: each state that a campaign writes to is one. Any key.",
    "advocacy_campaign": "The letters to one state. Counts are those that the site shows to everybody.",
    "petitions": "A list of petitions: each state that a campaign writes to is one. Any key.",
    "petition": "The signatures to one state's letter. Counts are those that the site shows to everybody.",
    "outreaches": "Letters that left, the oldest first. Scope outreaches; their words and people need people as well.",
    "outreach": "One letter that left, to the offices that share a mailbox.",
    "signatures": "Confirmed signatures, the oldest first. Scope signatures; comments need people as well.",
    "signature": "One confirmed signature.",
    "people": "The people behind confirmed signatures, the oldest first. Scope people; every reading is noted.",
    "person": "Somebody behind confirmed signatures. Scope people; every reading is noted.",
    "record_outreach_helper": "POST a letter signed elsewhere. Scope record. It counts once they confirm by mail.",
    "record_signature_helper": "POST a signature given elsewhere. Scope record. It counts once they confirm by mail.",
    "campaign-counts": "Counts of one state by day and more. Scope counts. Finer ones are told from ten people up.",
}


def about(rel: str) -> str | None:
    """Explain one link; None where there is none of that name."""
    words = _WORDS.get(rel)
    if words is None:
        return None
    fields = FIELDS.get(rel, {})
    lines = [f"  {name}: {', '.join(OPERATORS[kind])}" for name, kind in fields.items()]
    return "\n".join([rel, "", words, *(["", "Filters:", *lines] if lines else []), ""])


def everything() -> str:
    """Explain every link."""
    return "\n".join(about(rel) or "" for rel in _WORDS)
