"""What a key for other programs opens: scopes, each one word; a key has only those it was made with."""

from typing import Literal

Scope = Literal["counts", "signatures", "people", "outreaches", "record", "exports"]

# counts: campaigns, petitions and counts. signatures: signatures without people. outreaches: letters as they left,
# without people. people: names and addresses, every reading noted. record: take a signature from another program.
# exports: begin and fetch exports of counts.
SCOPES: tuple[Scope, ...] = ("counts", "signatures", "people", "outreaches", "record", "exports")
