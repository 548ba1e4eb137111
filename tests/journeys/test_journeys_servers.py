"""Two servers and two workers on one database, against a mail server with a ledger: each letter once."""

import contextlib
import json

import programs
import visitor
from smtp_server import SmtpServer

PEOPLE = 12


def test_two_servers_and_two_workers_send_each_letter_once(own_database, tmp_path):
    with SmtpServer() as server, contextlib.ExitStack() as world:
        base = f"http://127.0.0.1:{programs.free_port()}"
        env = programs.environment(
            own_database,
            tmp_path,
            DELIVERY="live",
            SMTP_URL=f"smtp://127.0.0.1:{server.port}?tls=none",
            MAIL_FROM="letters@keeptheban.example",
            BASE_URL=base,
        )
        port = base.rpartition(":")[2]
        world.enter_context(programs.started("serve", "--port", port, "--no-worker", env=env))
        other = world.enter_context(programs.served("--no-worker", env=env))
        for _ in range(2):
            world.enter_context(programs.started("worker", env=env))
        visitor.until(lambda: programs.is_ready(base), seconds=60)
        for number in range(PEOPLE):
            answer = visitor.sign((base, other)[number % 2], "lithuania", f"person{number}@example.org")
            assert answer.status == 303
        visitor.until(lambda: len(_mails(server)) == PEOPLE, seconds=60)
        for taken in _mails(server):
            link = visitor.link_in(taken.message.get_body(("plain",)).get_content())
            assert visitor.press(link).status == 303
        mailboxes = 2  # of Lithuania's offices: the Seimas's three share one
        visitor.until(lambda: len(_letters(server)) == PEOPLE * mailboxes, seconds=60)
        visitor.until(lambda: _counts(base) == {"confirmed": PEOPLE, "letters_sent": PEOPLE * mailboxes})
        recipients = [taken.recipients for taken in server.ledger]
        assert all(len(one) == 1 for one in recipients)
        ids = [taken.message["Message-ID"] for taken in server.ledger]
        assert len(ids) == len(set(ids))


def _counts(base):
    return json.loads(visitor.get(f"{base}/api/v1/campaigns/keep-the-ban/counts").text)["states"]["LT"]


def _mails(server):
    return [one for one in server.ledger if one.message["Auto-Submitted"] and b"/confirm/" in one.data]


def _letters(server):
    return [one for one in server.ledger if not one.message["Auto-Submitted"]]
