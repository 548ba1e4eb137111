"""Campaign: an open toolkit for advocacy campaigns and letter writing."""
