"""The figures of /metrics, read from the database, so that every server of several tells the same."""

import datetime as dt

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from campaign.outside import journal
from campaign.parts import Parts
from campaign.queries import delivery, edition
from campaign.services import count


def text(parts: Parts) -> bytes:
    """Write all figures in Prometheus' text form."""
    registry = CollectorRegistry()
    signatures = _gauge(registry, "signatures", "Signatures by state and status.", "state", "status")
    letters = _gauge(registry, "letters", "Letters to offices by state and status.", "state", "status")
    oldest = _gauge(registry, "oldest_letter_seconds", "Age of the oldest letter that waits to leave.")
    _gauge(registry, "log_dropped", "Lines of this process's log that could not be written.").set(
        journal.dropped_lines()
    )
    with parts.reading() as session:
        slugs = edition.slugs(session)
        waiting = delivery.oldest_waiting(session)
    oldest.set(_age(waiting, parts.clock.now()))
    for slug in slugs:
        for code, figures in count.stats(parts, parts.editions.current(slug))["states"].items():  # type: ignore[attr-defined]
            for name, figure in figures.items():
                is_letter = name.startswith("letters_")
                gauge = letters if is_letter else signatures
                gauge.labels(slug, code, name.removeprefix("letters_")).set(figure)
    return generate_latest(registry)


def _gauge(registry: CollectorRegistry, name: str, told: str, *labels: str) -> Gauge:
    names = ("campaign", *labels) if labels else ()
    return Gauge(f"campaign_{name}", told, names, registry=registry)


def _age(instant: dt.datetime | None, now: dt.datetime) -> float:
    return max(0.0, (now - instant).total_seconds()) if instant is not None else 0.0
