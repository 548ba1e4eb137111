"""Mail: a message from fields, and the ways to hand it over."""
