"""Messages for people, in their language."""
