"""The organisers' side: behind a login, each page with one permission."""
