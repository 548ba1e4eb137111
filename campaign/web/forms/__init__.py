"""What a form may hold, and how what was typed in it comes in."""
