"""Migrations on filled tables: every row survives each step down and up again."""

import people
from sqlalchemy import inspect, text

from campaign.outside import schema
from campaign.outside.database import WRITING
from campaign.services.invite import invite
from campaign.services.note import COMMAND_LINE
from campaign.services.roll import SETTLED_AFTER, roll
from campaign.services.withdraw import opened, withdraw

# What the first schema had no place for: taken away on the way down, and as at first on the way up.
NEWER = {
    "supporter": {"reminded_at", "code_tries"},
    "mailbox": {"suppressed_for"},
    "signature": {"subject_choice", "points"},
    "official": {"takes", "hard_bounces"},
    "delivery": {"way", "digest_id", "answer_days", "ask_at", "asked_at", "answer", "answered_at"},
    "audit": {"mac"},
    "journal": {"hour"},
    "digest": None,
    "own_letter": None,
    "phrase": None,
    "organiser": None,
    "recovery": None,
    "session": None,
    "attempt": None,
    "tally": None,
    "tally_mark": None,
}

FILLING = (
    """INSERT INTO recovery (organiser_id, key) SELECT id, 'k' FROM organiser""",
    """INSERT INTO session (id, organiser_id, is_whole, created_at, seen_at, fresh_at)
       SELECT 's', id, true, '2026-11-24 09:00:00', '2026-11-24 09:00:00', '2026-11-24 09:00:00' FROM organiser""",
    """INSERT INTO attempt (id, key, at) VALUES (1, 'k', '2026-11-24 09:00:00')""",
    """INSERT INTO digest
       (id, state_id, official_id, address, language, size, status, due_at, attempts, reason, created_at)
       SELECT 'd', state_id, id, 'office@example.lt', 'lt', 1, 'accepted',
         '2026-11-24 09:00:00', 1, '', '2026-11-24 09:00:00'
       FROM official WHERE office = 'president' LIMIT 1""",
    """INSERT INTO own_letter (id, at, campaign_id, state_id, offices, way, language, is_counted)
       SELECT 'o', '2026-11-24 09:00:00', campaign_id, id, '[]', 'paper', 'lt', true FROM state LIMIT 1""",
)


def rows(parts):
    """Every row of every table, column by column."""
    found = {}
    with parts.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            if table != "alembic_version":
                lines = connection.execute(text(f"SELECT * FROM {table}")).mappings()  # noqa: S608  our own names
                found[table] = sorted((dict(line) for line in lines), key=repr)
    return found


def older(found):
    """What of all rows the first schema has a place for."""
    kept = {}
    for table, lines in found.items():
        newer = NEWER.get(table, set())
        if newer is not None:
            known = [{name: line[name] for name in line if name not in newer} for line in lines]
            kept[table] = sorted(known, key=repr)
    return kept


def fill(parts):
    """Put at least one row into every table there is."""
    people.confirmed(parts, paragraph="My grandmother was hurt by a mine in a field near her village.")
    people.work(parts)
    people.sign(parts, "poland", email="pending@example.org", paragraph="Words.", city="Oslo")
    people.work(parts)
    parts.clock.move(SETTLED_AFTER)
    roll(parts)
    invite(parts, COMMAND_LINE, "owner@example.org", "owner")
    token = people.token(people.mails(parts, "ona@example.org")[-1], "withdraw")
    withdraw(parts, token, {one.signature_id for one in opened(parts, token).signatures})
    with parts.engine.execution_options(**{WRITING: True}).begin() as connection:
        for insert in FILLING:
            connection.execute(text(insert))


def test_every_row_survives_every_step_down_and_up(own_parts):
    fill(own_parts)
    before = rows(own_parts)
    assert all(before.values()), [table for table, lines in before.items() if not lines]
    schema.move(own_parts.engine, "0001_initial")
    assert rows(own_parts) == older(before)
    schema.move(own_parts.engine)
    assert older(rows(own_parts)) == older(before)
    assert rows(own_parts).keys() == before.keys()
    with own_parts.engine.connect() as connection:
        assert {one["name"] for one in inspect(connection).get_check_constraints("signature")} >= {
            "ck_signature_status"
        }
        assert "uq_signature_live" in {one["name"] for one in inspect(connection).get_indexes("signature")}
