"""How strong a published key is."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from campaign.outside.dkim import key_bits

# Of 512 bits; the library makes none that small any more, but domains still publish them.
TINY = (
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALEyRfvMhFrQlNdGA9HLU6mw/ncI/kub25r7xMNYyeWa"
    "UxIclIW0wmR7WdG5m3MXAIunMw1qwd4VwKELBJme8S0CAwEAAQ=="
)


def published(private) -> str:
    key = private.public_key()
    is_bare = isinstance(key, ed25519.Ed25519PublicKey)
    kinds = (Encoding.Raw, PublicFormat.Raw) if is_bare else (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(key.public_bytes(*kinds)).decode()


@pytest.mark.parametrize("bits", [1024, 2048])
def test_an_rsa_key_is_as_long_as_its_modulus(bits):
    encoded = published(rsa.generate_private_key(65537, bits))
    assert key_bits("rsa", encoded) == bits
    assert key_bits("rsa", f" {encoded[:40]} \t{encoded[40:]}") == bits


def test_a_key_too_short_to_trust_is_measured_too():
    assert key_bits("rsa", TINY) == 512


def test_an_ed25519_key_is_its_bare_bytes():
    encoded = published(ed25519.Ed25519PrivateKey.generate())
    assert key_bits("ed25519", encoded) == 256


@pytest.mark.parametrize("encoded", ["KEY", "“AAAA”", base64.b64encode(b"no key at all").decode()])
def test_what_is_no_key_at_all_is_none(encoded):
    with pytest.raises(ValueError, match=r"."):
        key_bits("rsa", encoded)


def test_a_key_of_another_kind_is_none():
    long = published(rsa.generate_private_key(65537, 2048))
    curve = published(ec.generate_private_key(ec.SECP256R1()))
    bare = published(ed25519.Ed25519PrivateKey.generate())
    for kind, encoded in (("rsa", bare), ("rsa", curve), ("ed25519", long), ("dsa", long)):
        with pytest.raises(ValueError, match=r"."):
            key_bits(kind, encoded)
