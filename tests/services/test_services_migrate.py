"""Migrations on filled tables: every row survives each step down and up again."""

import people
from sqlalchemy import inspect, text

from campaign.outside import schema
from campaign.outside.database import WRITING
from campaign.services.withdraw import opened, withdraw


def rows(parts, without=()):
    """Every row of every table, column by column, but for columns that a step takes away."""
    found = {}
    with parts.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            if table == "alembic_version":
                continue
            lines = connection.execute(text(f"SELECT * FROM {table}")).mappings()  # noqa: S608  our own names
            kept = [{name: line[name] for name in line if name not in without} for line in lines]
            found[table] = sorted(kept, key=repr)
    return found


def fill(parts):
    """Put at least one row into every table there is."""
    people.confirmed(parts)
    people.work(parts)
    people.sign(parts, "poland", email="pending@example.org", paragraph="Words.", city="Oslo")
    people.work(parts)
    token = people.token(people.mails(parts, "ona@example.org")[-1], "withdraw")
    withdraw(parts, token, {one.signature_id for one in opened(parts, token).signatures})
    insert = (
        "INSERT INTO audit (id, at, who, what, which, reason) "
        "VALUES (1, '2026-11-24 09:00:00', 'nobody', 'nothing', '-', '-')"
    )
    with parts.engine.execution_options(**{WRITING: True}).begin() as connection:
        connection.execute(text(insert))


def test_every_row_survives_every_step_down_and_up(own_parts):
    fill(own_parts)
    before = rows(own_parts)
    assert all(before.values()), [table for table, lines in before.items() if not lines]
    schema.move(own_parts.engine, "0001_initial")
    assert rows(own_parts) == {
        table: sorted(({k: v for k, v in line.items() if k != "reminded_at"} for line in lines), key=repr)
        for table, lines in before.items()
    }
    schema.move(own_parts.engine)
    assert rows(own_parts) == before
    with own_parts.engine.connect() as connection:
        assert {one["name"] for one in inspect(connection).get_check_constraints("signature")} >= {
            "ck_signature_status"
        }
        assert "uq_signature_live" in {one["name"] for one in inspect(connection).get_indexes("signature")}
