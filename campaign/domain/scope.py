"""What a key for other programs opens: scopes, each one word; a key has only those it was made with."""

import datetime as dt
import re
from typing import Literal

Scope = Literal["counts", "signatures", "people", "outreaches", "record", "exports"]

# counts: campaigns, petitions and counts. signatures: signatures without people. outreaches: letters as they left,
# without people. people: names and addresses, every reading noted. record: take a signature from another program.
# exports: begin and fetch exports of counts.
SCOPES: tuple[Scope, ...] = ("counts", "signatures", "people", "outreaches", "record", "exports")

DAYS = 365  # that a key opens something, where nobody says otherwise
DAYS_MOST = 730
NAME_MOST = 80  # characters of a key's name
START = 12  # characters of a key that are kept, to know it by
A_MINUTE = 600  # requests of one key, and of one address
TOLD = dt.timedelta(days=30)  # how long the page of keys says that one leaked
USED_EVERY = dt.timedelta(minutes=1)  # how finely it is kept when a key was last used
KEY = re.compile(r"camp_[A-Za-z0-9]{40}")
KEY_START = "camp_"
