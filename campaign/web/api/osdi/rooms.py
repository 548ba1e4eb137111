"""Every room under /api/osdi/, to be plugged in together."""

from campaign.web.api.osdi import counts, entry, outreaches, people, record, signatures, states

BLUEPRINTS = (
    entry.blueprint,
    states.blueprint,
    signatures.blueprint,
    outreaches.blueprint,
    people.blueprint,
    counts.blueprint,
    record.blueprint,
)
