"""Paragraphs that wait for a look, from the command line."""

import json

import held
import programs
import pytest
from sqlalchemy import select

from campaign.models.audit import AuditRow


@pytest.fixture
def run(own_database, tmp_path):
    """Runs a command that must end as said, and gives what it printed."""
    env = programs.environment(own_database, tmp_path)

    def run(*arguments, code=0, **given):
        done = programs.run("review", *arguments, env=env, **given)
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    return run


def test_a_paragraph_is_listed_and_let_go_once(run, own_parts):
    signature_id = held.held(own_parts)
    document = json.loads(run("list", "--json"))
    assert (document["waiting"], document["threats"], document["after"]) == (1, 0, "")
    [row] = document["paragraphs"]
    assert (row["signature"], row["reasons"], row["paragraph"]) == (signature_id, ["link"], held.PARAGRAPH)
    assert held.PARAGRAPH in run("list")
    run("approve", signature_id)
    assert held.figures(own_parts)["letters_waiting"] > 0
    assert "already approved by command line" in run("approve", signature_id, code=1)
    with own_parts.reading() as session:
        acts = list(session.scalars(select(AuditRow.what).where(AuditRow.who == "command line").order_by(AuditRow.id)))
    assert acts == ["review.seen", "review.seen", "review.approved"]


def test_it_is_trimmed_or_refused(run, own_parts, tmp_path):
    first, second = held.held(own_parts), held.held(own_parts, email="kari@example.org")
    (tmp_path / "shorter.txt").write_text(held.SHORTER, encoding="utf-8")
    run("trim", first, str(tmp_path / "shorter.txt"))
    run("refuse", second, "--reason", "insult")
    run("refuse", first, "--reason", "because", code=2)
    assert (held.row(own_parts, first).review, held.row(own_parts, second).review) == ("trimming", "refused")


def test_words_are_listed_put_in_and_taken_out(run, own_parts):
    run("words", "add", "en", "Bloody Fool", "idiot")
    run("words", "add", "lt", "žudyti", "--threat")
    held.held(own_parts, paragraph="You bloody fool.")
    document = json.loads(run("words", "list", "--json"))
    assert [(one["word"], one["kind"], one["waiting"]) for one in document["words"]] == [
        ("bloody fool", "word", 1),
        ("idiot", "word", 0),
        ("žudyti", "threat", 0),
    ]
    run("words", "remove", "en", "BLOODY fool")
    assert "bloody" not in run("words", "list")
    assert "not in the list" in run("words", "remove", "en", "bloody fool", code=1)
