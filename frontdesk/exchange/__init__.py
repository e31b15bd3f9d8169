"""Files of other programs: bytes in, domain values and a list of what was refused out."""
