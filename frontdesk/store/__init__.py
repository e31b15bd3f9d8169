"""The database: SQL in, domain values out; nothing above this package sees a row."""
