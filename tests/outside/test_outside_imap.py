"""The mailbox for returned mail: read without a mark, marked only when told, closed to whoever listens."""

import datetime as dt

import pytest
from certificates import Authority
from imap_server import PASSWORD, USER, ImapServer

from campaign.outside.mail.imap import MOST_MESSAGES, ImapBox, NoBoxError
from campaign.outside.mail.returned import MOST_BYTES


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"), dt.datetime.now(dt.UTC))


def box(server, context=None, step_seconds=5.0, **changed):
    return ImapBox(server.url(**changed), context=context, step_seconds=step_seconds)


def take_all(box):
    with box.opened() as opened:
        for one in opened.unseen():
            opened.mark_seen(one.message_id)


def reason(box):
    with pytest.raises(NoBoxError) as raised:
        take_all(box)
    assert PASSWORD not in str(raised.value)
    assert raised.value.__cause__ is None
    return raised.value.reason


def test_what_nobody_has_taken_is_given_whole_and_stays_unmarked():
    raws = [b"From: a\r\n\r\none", b"two)\r\n{3}\r\n* SEARCH 9\r\n", b""]
    with ImapServer() as server:
        server.put(*raws)
        for _ in range(2):
            with box(server).opened() as opened:
                assert [one.raw for one in opened.unseen()] == raws
        assert server.unseen == [1, 2, 3]
        assert "STORE" not in " ".join(server.verbs())


def test_only_what_is_marked_is_not_given_again():
    with ImapServer() as server:
        server.put(b"one", b"two", b"three")
        with box(server).opened() as opened:
            for one in opened.unseen():
                if one.raw != b"two":
                    opened.mark_seen(one.message_id)
        with box(server).opened() as opened:
            assert [one.raw for one in opened.unseen()] == [b"two"]
        assert server.verbs()[-1] == "LOGOUT"


def test_an_empty_mailbox_gives_nothing():
    with ImapServer() as server, box(server).opened() as opened:
        assert list(opened.unseen()) == []


def test_a_round_is_bounded_and_so_is_a_message():
    with ImapServer() as server:
        server.put(b"x" * (MOST_BYTES + 10), *[b"small"] * (MOST_MESSAGES + 5))
        with box(server).opened() as opened:
            given = list(opened.unseen())
    assert len(given) == MOST_MESSAGES
    assert len(given[0].raw) == MOST_BYTES


def test_a_message_that_another_reader_took_away_meanwhile_is_passed_over():
    with ImapServer() as server:
        server.put(b"one", b"two")
        with box(server).opened() as opened:
            unseen = opened.unseen()
            assert next(unseen).raw == b"one"
            del server.mailbox[2]
            assert list(unseen) == []


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 AUTH=PLAIN", "IMAP4rev1"])
def test_a_password_of_any_characters_is_said_rightly(capabilities):
    with ImapServer(capabilities=capabilities) as server:
        with box(server, folder='Re"turns').opened():
            pass
        assert server.logins == [(USER, PASSWORD)]
        assert 'SELECT "Re\\"turns"' in " ".join(one.text for one in server.said)


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_the_password_is_said_only_under_tls_to_a_certified_server(authority, tls):
    with ImapServer(tls=tls, context=authority.server_context("127.0.0.1")) as server:
        server.put(b"one")
        with box(server, authority.client_context()).opened() as opened:
            assert [one.raw for one in opened.unseen()] == [b"one"]
        in_clear = [one.text for one in server.said if not one.is_encrypted]
        assert not any("AUTH" in one or "LOGIN" in one for one in in_clear)


@pytest.mark.parametrize(("tls", "step"), [("starttls", "STARTTLS"), ("implicit", "CONNECT")])
def test_a_server_that_cannot_be_told_from_another_is_not_spoken_to(authority, tls, step):
    with ImapServer(tls=tls, context=authority.server_context("elsewhere.example")) as server:
        assert reason(box(server, authority.client_context())) == f"certificate {step}"
        assert reason(box(server)) == f"certificate {step}"
        assert server.logins == []


def test_without_the_tls_that_was_asked_for_nothing_is_said(authority):
    with ImapServer(tls="none") as server:
        assert reason(box(server, authority.client_context(), tls="starttls")) == "no STARTTLS"
        assert server.logins == []


@pytest.mark.parametrize("step", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE"])
@pytest.mark.parametrize(("fault", "kind"), [("no", "no"), ("drop", "drop"), ("hang", "timeout"), ("nonsense", "drop")])
def test_whatever_goes_wrong_has_a_reason_without_anybodys_words(step, fault, kind):
    verb = {"LOGIN": "AUTHENTICATE"}.get(step, step)
    with ImapServer(faults={verb: fault}) as server:
        server.put(b"one")
        assert reason(box(server, step_seconds=0.5)) == f"{kind} {step}"
        assert server.unseen == [1]


@pytest.mark.parametrize(("fault", "kind"), [("drop", "drop"), ("hang", "timeout"), ("nonsense", "drop")])
def test_a_server_that_does_not_greet_is_none(fault, kind):
    with ImapServer(faults={"CONNECT": fault}) as server:
        assert reason(box(server, step_seconds=0.5)) == f"{kind} CONNECT"


def test_a_wrong_password_and_a_server_that_is_gone_are_told_apart():
    with ImapServer() as server:
        assert reason(box(server, password="wrong")) == "no LOGIN"
        gone = box(server)
    assert reason(gone) == "refused CONNECT"


def test_its_representation_holds_no_secret():
    with ImapServer() as server:
        assert PASSWORD not in repr(box(server)) + repr(server.url())
