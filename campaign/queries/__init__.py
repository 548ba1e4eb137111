"""Questions to the tables: a session and what is asked, rows or values back; they never commit."""
