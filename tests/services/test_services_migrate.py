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
    "campaign": {"paused_at", "retired_at"},
    "supporter": {"reminded_at", "code_tries", "domain_key", "erase_at"},
    "mailbox": {"suppressed_for"},
    "signature": {
        "subject_choice",
        "points",
        "review",
        "review_reasons",
        "trim_sealed",
        "refusal",
        "reviewed_by",
        "reviewed_at",
    },
    "official": {"takes", "hard_bounces", "set_at", "set_by", "verified_by"},
    "delivery": {"way", "digest_id", "answer_days", "ask_at", "asked_at", "answer", "answered_at"},
    "audit": {"mac"},
    "journal": {"hour", "turn"},
    "digest": None,
    "own_letter": None,
    "phrase": None,
    "organiser": None,
    "recovery": None,
    "session": None,
    "attempt": None,
    "tally": None,
    "tally_mark": None,
    "tally_by": None,
    "alarm": None,
    "api_key": None,
    "batch": None,
    "batch_member": None,
    "change": None,
    "device": None,
    "export": None,
    "export_part": None,
    "look": None,
    "opening": None,
    "rule": None,
    "sheet": None,
    "webhook": None,
    "webhook_call": None,
    "word": None,
}

FILLING = (
    """INSERT INTO device (id, campaign_id, name, source, made_by, made_at, expires_at)
       SELECT 'd', id, 'n', 's', 'w', '2026-11-24 09:00:00', '2026-11-25 09:00:00' FROM campaign""",
    """INSERT INTO sheet (id, campaign_id, state_id, day, count, place, entered_by, entered_at, undone_by)
       SELECT 's', campaign_id, id, '2026-11-24', 7, 'p', 'w', '2026-11-24 09:00:00', '' FROM state
       WHERE code = 'LT'""",
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
    """INSERT INTO alarm (id, campaign_id, kind, key, hour, count, usual, created_at, seen_by)
       VALUES ('a', 1, 'country', 'NO', '2026-11-24 09:00:00', 9, 1, '2026-11-24 09:00:00', '')""",
    """INSERT INTO api_key (id, name, start, key, scopes, who, created_at, revoked_by)
       VALUES ('k', 'n', 's', 'k', '[]', 'w', '2026-11-24 09:00:00', '')""",
    """INSERT INTO batch (id, campaign_id, name, conditions, reason, status, total, done, who, created_at)
       VALUES ('b', 1, 'n', '{}', 'r', 'done', 1, 1, 'w', '2026-11-24 09:00:00')""",
    """INSERT INTO batch_member (batch_id, signature_id, taken_at)
       SELECT 'b', id, '2026-11-24 09:00:00' FROM signature LIMIT 1""",
    """INSERT INTO change (id, campaign_id, revision, at, who, kind, which, language, before, after, reason)
       VALUES (1, 1, 1, '2026-11-24 09:00:00', 'w', 'letter', 'lithuania', 'lt', 'b', 'a', 'r')""",
    """INSERT INTO export (id, campaign_id, who, kind, format, asked, reason, recipient, status, rows_done, rows_total,
         after, parts, size, digest, failure, created_at)
       VALUES ('e', 1, 'w', 'counts', 'csv', '{}', '', '', 'done', 1, 1, '', 1, 1, '', '', '2026-11-24 09:00:00')""",
    """INSERT INTO export_part (export_id, number, sealed) VALUES ('e', 1, 'sealed')""",
    """INSERT INTO look (campaign_id, name, at, until, found)
       VALUES (1, 'letters', '2026-11-24 09:00:00', '2026-11-24 09:01:00', '[]')""",
    """INSERT INTO opening (campaign_id, state_id, day, hour, language, source, count)
       SELECT 1, id, '2026-11-24', 9, 'en', '', 1 FROM state LIMIT 1""",
    """INSERT INTO rule (id, action, kind, value, reason, who, created_at)
       VALUES (1, 'block', 'domain', 'example.net', 'r', 'w', '2026-11-24 09:00:00')""",
    """INSERT INTO webhook (id, url, events, secret_sealed, who, created_at, failures)
       VALUES ('h', 'https://example.org/', '[]', 'sealed', 'w', '2026-11-24 09:00:00', 0)""",
    """INSERT INTO webhook_call (id, webhook_id, event, body, status, due_at, attempts, answer, created_at)
       VALUES ('c', 'h', 'test', '{}', 'done', '2026-11-24 09:00:00', 1, '200', '2026-11-24 09:00:00')""",
    """INSERT INTO word (id, campaign_id, language, kind, word, who, created_at)
       VALUES (1, 1, 'en', 'word', 'w', 'w', '2026-11-24 09:00:00')""",
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
