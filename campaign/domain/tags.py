"""Tags: records of the shape `v=DKIM1; k=rsa; p=…` (RFC 6376, section 3.2), which DMARC has too."""


def read(record: str) -> dict[str, str]:
    """Give a record's tags by name, names in lower case; a word without `=` is left out."""
    pairs = (one.partition("=") for one in record.split(";"))
    return {name.strip().lower(): value.strip() for name, is_tag, value in pairs if is_tag}
