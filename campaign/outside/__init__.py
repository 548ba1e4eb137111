"""The world outside: for each part a Protocol, the real thing and its fake."""
