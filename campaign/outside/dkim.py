"""DKIM: how strong a published key is."""

import base64

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

ED25519_BYTES = 32  # RFC 8463, section 4.2: the bare key


def key_bits(kind: str, encoded: str) -> int:
    """Measure the public key of a record's `p=`: the modulus of an `rsa` key, or 256 for an `ed25519` one.

    Raises ValueError for what is no key of that kind.
    """
    raw = base64.b64decode("".join(encoded.split()), validate=True)
    if kind == "ed25519":
        if len(raw) != ED25519_BYTES:
            raise ValueError("no Ed25519 key")
        return len(raw) * 8
    try:
        key = load_der_public_key(raw)
    except UnsupportedAlgorithm as error:
        raise ValueError("no key that is known") from error
    if kind != "rsa" or not isinstance(key, RSAPublicKey):
        raise ValueError("no RSA key")
    return key.key_size
