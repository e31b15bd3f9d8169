"""The made-up clinic, for trying frontdesk and for its own pictures."""
