"""OSDI 1.2 with HAL: what other programs of the field read and add."""
