"""The worker's loop and the clock's chores."""
