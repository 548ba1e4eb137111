"""Where other programs may be called: https at a name, and only at addresses that are anybody's."""

import datetime as dt

import pytest

from campaign.domain.webhook import WAITS, Target, is_public, rest_after, target, wait_after

REFUSED = (
    "http://169.254.169.254/", "http://[::ffff:7f00:1]/", "http://0x7f000001/", "file:///etc/passwd",
    "gopher://example.org:70/_", "https://example.org:6379/", "http://example.org/", "ftp://example.org/",
    "https://169.254.169.254/", "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/",
    "https://127.1/", "https://0/", "https://0x7f.1/", "https://1.2.3.4/", "https://[2606:4700::1]/",
    "https://localhost/", "https://api.localhost/", "https://printer.local/", "https://db.internal/",
    "https://localhost./", "https://example.org./", "https://example..org/", "https://.example.org/",
    "https://user@example.org/", "https://user:word@example.org/", "https://example.org@evil.example/",
    "https://example.org:0/", "https://example.org:8443/", "https://example.org:99999/", "https://example.org:/x#y",
    "https://ⓔxample.org/", "https://①②⑦.⓪.⓪.①/", "https://bücher.example/", "https://example.org\\@evil.example/",
    "https://example.org/a b", "https://example.org/\r\nX: y", "https://example.org/\t", " https://example.org/",
    "https://exam_ple.org/", "https://-example.org/", "https://example/", "https:///x", "https:example.org", "//x.org/",
    "", "https://", "https://[/", "https://x.arpa/", "https://example.org/" + "a" * 500, "javascript:alert(1)",
    "https://example.org%2eevil.example/", "https://example.org%00.evil.example/",
)  # fmt: skip
INSIDE = (
    "0.0.0.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1",
    "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1",
    "ff02::1", "4000::1", "example.org", "0177.0.0.1", "2130706433", "0x7f000001", "127.1", "", " 8.8.8.8",
)  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_is_not_https_at_a_name_is_refused(url):
    assert target(url) is None


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://example.org", "example.org", "/"),
        ("https://EXAMPLE.org:443/in?key=1&b=%20", "example.org", "/in?key=1&b=%20"),
        ("https://xn--bcher-kva.example/in/", "xn--bcher-kva.example", "/in/"),
        ("https://a.b.c.example.co.uk/?", "a.b.c.example.co.uk", "/"),
    ],
)
def test_a_plain_address_is_read(url, host, path):
    assert target(url) == Target(host, path)


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_anybodys_is_inside(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "193.0.6.139", "2606:4700::1111", "2a00:1450:4001::1"])
def test_what_is_anybodys_is_public(address):
    assert is_public(address)


def test_a_call_is_tried_eight_times_with_growing_waits():
    assert list(WAITS) == sorted(WAITS)
    assert len(WAITS) + 1 == 8
    assert (wait_after(1), wait_after(7), wait_after(8)) == (dt.timedelta(minutes=1), dt.timedelta(days=1), None)


def test_a_webhook_rests_after_five_failures_in_a_row_and_longer_each_time():
    rests = [rest_after(one) for one in range(12)]
    assert rests[:5] == [None] * 5
    found = [one for one in rests if one is not None]
    assert found == sorted(found)
    assert found[0] == dt.timedelta(minutes=10)
