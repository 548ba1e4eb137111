"""Reading rows of a list: who reads, and through which filter."""

from flask import request

from campaign.domain import odata
from campaign.domain.odata import Tree
from campaign.services.disclose import Reader
from campaign.web.api import door
from campaign.web.api.osdi import hal
from campaign.web.api.osdi.asked import Asked


def reader() -> Reader:
    """Who reads, as the audit trail names them: the key, and the address asked without what it was asked for."""
    key = door.key()
    return Reader(f"key {key.id}", request.path.removeprefix(hal.ROOT)[:254], key.has("people"))


def tree_of(asked: Asked) -> Tree | None:
    """The filter, identifiers as they are kept."""
    return odata.replaced(asked.tree, "identifier", hal.row_id) if asked.tree is not None else None
