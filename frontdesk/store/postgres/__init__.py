"""PostgreSQL as the database of a `Store`: loaded only when a URL names one."""
