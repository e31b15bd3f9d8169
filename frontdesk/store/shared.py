"""What the tables, the rules that the database itself holds and the reads have in common: bounds, and conditions."""

from __future__ import annotations

LONGEST_HOURS = 36
"""No visit lasts longer from its planned start: the bound by which a day is read from an index on starts alone."""
EAST_LEAST, EAST_MOST = -720, 840
"""Minutes by which any clock on earth is ahead of UTC, at the least and at the most."""
IN_HOUSE = "status IN ('arrived', 'roomed', 'with_practitioner', 'needles_in', 'needles_out')"
"""Of a visit whose patient is in the house. SQLite reads the small index on those only where the text is the same."""
KEPT_IN = "kept > 0 AND kept_out_at IS NULL"
"""Of a retention whose needles that were kept are not known to be out; there is such an index too."""
KEPT_AND_WHERE = f"retention r CROSS JOIN appointment a WHERE a.id = r.appointment_id AND {KEPT_IN}"
"""Such retentions, each with its appointment.

SQLite begins left of CROSS; else, once it has counted the rows of a file (ANALYZE), it may begin with all visits.
"""
