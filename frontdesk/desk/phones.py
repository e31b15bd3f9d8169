"""Telephone numbers as people of the clinic's country write them."""

from __future__ import annotations

from functools import lru_cache

from frontdesk.patterns import late

_NUMBER = late(r"[+(\d][\d\s().\-/]*\d")


@lru_cache(maxsize=512)
def as_written(text: str, region: str) -> str:
    """A number of the region as it is written there, one from elsewhere with its country code.

    What is no number by the region's plan, or has words beside it (`after six`), stays as it was typed: nothing that a
    person wrote down is lost.
    """
    said = " ".join(text.split())
    if not _NUMBER.fullmatch(said):
        return said
    # Imported when used: its tables are large, and the dashboard's first paint does not wait for them.
    import phonenumbers

    try:
        number = phonenumbers.parse(said, region)
    except phonenumbers.NumberParseException:
        return said
    # Asked of the region first: of a plan that many countries share, finding whose number it is takes longest.
    if not (phonenumbers.is_valid_number_for_region(number, region) or phonenumbers.is_valid_number(number)):
        return said
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    plan = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, plan))
