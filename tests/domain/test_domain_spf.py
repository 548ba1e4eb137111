"""What an SPF record says, and what a record of tags says, told from the text alone."""

import pytest

from campaign.domain import spf, tags


def test_only_records_of_the_first_version_are_spf():
    texts = ("v=spf1 -all", "V=SPF1", "v=spf10 -all", "v=spf2.0/pra -all", "google-site=1", "v=spf1-all")
    assert spf.records(texts) == ("v=spf1 -all", "V=SPF1")


@pytest.mark.parametrize(
    ("record", "end", "lookups", "follows"),
    [
        ("v=spf1 -all", "-", 0, ()),
        ("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all", "~", 0, ()),
        ("v=spf1 a mx:example.net a/24 ptr exists:%{i}.example.net ?all", "?", 5, ()),
        ("v=spf1 include:a.example +INCLUDE:b.example ALL", "+", 2, ("a.example", "b.example")),
        ("v=spf1 a", "", 1, ()),
        ("v=spf1 mx redirect=c.example", "", 2, ("c.example",)),
        ("v=spf1 redirect=c.example mx -all", "-", 1, ()),
        ("v=spf1 -all include:a.example mx", "-", 0, ()),
        ("v=spf1 exp=why.example colour=blue -all", "-", 0, ()),
        ("v=spf1 redirect= -a", "", 1, ()),
    ],
)
def test_a_record_is_read_as_receivers_read_it(record, end, lookups, follows):
    read = spf.read(record)
    assert (read.end, read.lookups, read.follows, read.unknown) == (end, lookups, follows, ())
    assert read.redirect == ("c.example" if "c.example" in follows else "")


@pytest.mark.parametrize("word", ["ipv4:192.0.2.1", "include:", "include", "mail.example.org", "~", "-al", "“-all”"])
def test_what_nobody_understands_is_found(word):
    assert spf.read(f"v=spf1 {word} ~all").unknown == (word,)


def test_senders_are_the_record_without_its_end():
    assert spf.read("v=spf1 mx  a:b.example +all junk").senders == "v=spf1 mx a:b.example"
    assert spf.read("v=spf1 redirect=a.example mx ?all").senders == "v=spf1 mx"


def test_tags_are_read_with_any_spaces_and_without_what_is_none():
    assert tags.read("v=DMARC1;p = none ; RUA=mailto:a@b.example; junk;") == {
        "v": "DMARC1",
        "p": "none",
        "rua": "mailto:a@b.example",
    }
