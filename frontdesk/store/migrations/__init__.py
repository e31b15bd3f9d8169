"""The Alembic environment, inside the package so that the wheel carries it."""
