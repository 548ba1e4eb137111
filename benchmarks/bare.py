"""The ceiling: a bare Flask route that reads two fields and commits one row."""

import os
import secrets

from flask import Flask, request
from sqlalchemy import Column, MetaData, String, Table
from werkzeug.wrappers import Response

from campaign.outside.database import WRITING, make_engine

_METADATA = MetaData()
_ROWS = Table(
    "bare_signature",
    _METADATA,
    Column("id", String(32), primary_key=True),
    Column("name", String(100)),
    Column("email", String(254)),
)


def app() -> Flask:
    """Make the application; the database is named by BENCH_DATABASE."""
    engine = make_engine(os.environ["BENCH_DATABASE"]).execution_options(**{WRITING: True})
    _METADATA.create_all(engine)
    flask = Flask("bare")

    @flask.post("/")
    def sign() -> Response:
        row = {"id": secrets.token_hex(16), "name": request.form["name"], "email": request.form["email"]}
        with engine.begin() as connection:
            connection.execute(_ROWS.insert(), row)
        return Response(status=303, headers={"Location": "/sent/"})

    @flask.get("/readyz")
    def ready() -> str:
        return "ready"

    return flask
