"""Calls to other programs for real, by TLS, to a server on the loopback: what gets there, and what never does."""

import base64
import hashlib
import hmac
import socket
import time

import pytest
from hook_server import HOST, Receiver, receiver

from campaign.outside.dns import FakeResolver
from campaign.outside.webhook import LIMIT_SECONDS, Answer, HttpsPoster, new_secret, signed

URL = f"https://{HOST}/in?a=1"


def test_a_call_is_posted_to_the_name_with_its_headers_and_body(tmp_path):
    with receiver(tmp_path) as (server, poster):
        assert poster.post(URL, {"webhook-id": "1"}, b'{"a":1}') == Answer(is_taken=True, word="204")
    head, _, body = server.heard[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /in?a=1 HTTP/1.1\r\nHost: hooks.example.org\r\n")
    assert b"\r\nwebhook-id: 1" in head
    assert body == b'{"a":1}'


@pytest.mark.parametrize("status", ["200", "202", "299"])
def test_any_2xx_is_taken(tmp_path, status):
    with receiver(tmp_path, answer=f"HTTP/1.1 {status} OK\r\n\r\nsecret".encode()) as (_, poster):
        assert poster.post(URL, {}, b"") == Answer(is_taken=True, word=status)


@pytest.mark.parametrize("status", ["301", "302", "307", "308", "400", "404", "410", "429", "500", "503", "103"])
def test_anything_else_is_not_and_its_words_are_not_kept(tmp_path, status):
    with receiver(tmp_path, answer=f"HTTP/1.1 {status} x\r\n\r\nsecret words".encode()) as (_, poster):
        assert poster.post(URL, {}, b"") == Answer(is_taken=False, word=status)


def test_a_redirect_inside_is_not_followed(tmp_path):
    made = Receiver(tmp_path)
    with made.server("127.0.0.1") as canary:
        answer = f"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:{canary.port}/\r\n\r\n".encode()
        with made.server(answer=answer) as server:
            assert made.poster(server.port).post(URL, {}, b"").word == "302"
            assert (server.connections, canary.connections) == (1, 0)


def test_a_name_that_is_public_when_saved_and_inside_when_called_is_never_reached(tmp_path):
    """The first answer of a rebinding DNS is anybody's, the next is ours."""
    made = Receiver(tmp_path)
    resolver = FakeResolver(hosts={HOST: [("93.184.215.14",), ("127.0.0.1",)]})
    with made.server() as canary:
        assert resolver.addresses(HOST) == ("93.184.215.14",)
        assert made.strict(canary.port, resolver).post(URL, {}, b"") == Answer(is_taken=False, word="address inside")
        assert canary.connections == 0


def test_a_call_asks_for_its_address_once(tmp_path):
    """Between the look and the connection nobody can answer otherwise."""
    made = Receiver(tmp_path)
    resolver = FakeResolver(hosts={HOST: [("127.0.0.1",), ("127.0.0.2",)]})
    with made.server() as server:
        assert made.poster(server.port, resolver).post(URL, {}, b"").is_taken
        assert resolver.asked == [HOST]


@pytest.mark.parametrize(
    "answer",
    [
        ("93.184.215.14", "127.0.0.1"), ("127.0.0.1", "93.184.215.14"), ("::1",), ("::ffff:127.0.0.1",),
        ("64:ff9b::7f00:1",), ("2002:7f00:1::",), ("169.254.169.254",), ("2606:4700::1111", "fe80::1"),
    ],
)  # fmt: skip
def test_one_address_inside_among_several_refuses_them_all(tmp_path, answer):
    made = Receiver(tmp_path)
    with made.server() as canary:
        poster = made.strict(canary.port, FakeResolver(hosts={HOST: [answer]}))
        assert poster.post(URL, {}, b"") == Answer(is_taken=False, word="address inside")
        assert canary.connections == 0


@pytest.mark.parametrize(
    ("hosts", "word"), [({}, "no such name"), ({HOST: [None]}, "name not resolved"), ({HOST: [()]}, "no such name")]
)
def test_a_name_that_leads_nowhere_is_a_failure(hosts, word):
    assert HttpsPoster(FakeResolver(hosts=hosts)).post(URL, {}, b"") == Answer(is_taken=False, word=word)


@pytest.mark.parametrize("url", ["http://hooks.example.org/", "https://127.0.0.1/", "https://hooks.example.org:8443/"])
def test_an_address_is_looked_at_again_before_every_call(url):
    resolver = FakeResolver(hosts={HOST: [("93.184.215.14",)]})
    assert HttpsPoster(resolver).post(url, {}, b"") == Answer(is_taken=False, word="address refused")
    assert resolver.asked == []


def test_a_certificate_for_another_name_is_refused_and_nothing_is_told(tmp_path):
    made = Receiver(tmp_path)
    with made.server("other.example.org") as server:
        assert made.poster(server.port).post(URL, {}, b"").word == "certificate refused"
        assert server.heard == []


def test_a_certificate_of_nobody_known_is_refused(tmp_path):
    made = Receiver(tmp_path)
    resolver = FakeResolver(hosts={HOST: [("127.0.0.1",)]})
    with made.server() as server:
        poster = HttpsPoster(resolver, port=server.port, may_reach=lambda _: True)
        assert poster.post(URL, {}, b"").word == "certificate refused"
        assert server.heard == []


@pytest.mark.parametrize("more", [{"wait": 30.0}, {"drip": 1.0}])
def test_a_slow_receiver_is_left_after_five_seconds_in_all(tmp_path, more):
    with receiver(tmp_path, **more) as (_, poster):
        began = time.monotonic()
        assert poster.post(URL, {}, b"").word == "too slow"
        assert LIMIT_SECONDS - 0.1 <= time.monotonic() - began < LIMIT_SECONDS + 1


@pytest.mark.parametrize(
    ("answer", "word"), [(b"", "no answer"), (b"SSH-2.0-x\r\n", "not HTTP"), (b"x" * 5000, "not HTTP")]
)
def test_what_is_no_answer_is_a_failure(tmp_path, answer, word):
    with receiver(tmp_path, answer=answer) as (_, poster):
        assert poster.post(URL, {}, b"") == Answer(is_taken=False, word=word)


def test_a_port_where_nobody_listens_is_a_failure(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert Receiver(tmp_path).poster(port).post(URL, {}, b"").word == "ConnectionRefusedError"


def test_a_call_is_signed_as_standard_webhooks_says():
    """Reckoned again by hand from the specification."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    found = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert found["webhook-timestamp"] == "1614265330"
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_32_bytes_that_differ_each_time():
    secrets = {new_secret() for _ in range(5)}
    assert len(secrets) == 5
    key = base64.b64decode(next(iter(secrets)).removeprefix("whsec_"))
    assert len(key) == 32
    one = next(iter(secrets))
    expected = hmac.new(base64.b64decode(one.removeprefix("whsec_")), b"a.1.{}", hashlib.sha256).digest()
    assert signed(one, "a", 1, b"{}")["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
