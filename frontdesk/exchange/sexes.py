"""The sex as other systems write it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from frontdesk.domain.patient import Sex


def _words(text: str) -> list[str]:
    return text.split()


_FEMALE = _words("""
    female woman weiblich frau feminin feminine femme femenino femenina mujer hembra feminino feminina
    mulher femminile femmina donna kobieta zenska zeńska żeńska zena žena vrouw vrouwelijk kvinna kvinde
    kvinne nainen kadin kadın dişi no женский жен ж 女 女性 여 여성 girl
""")
_MALE = _words("""
    male man männlich maennlich mann herr masculin homme masculino hombre varon varón homem maschile maschio
    uomo mezczyzna mężczyzna meska męska meski męski muz muž mannelijk mies erkek férfi мужской муж м 男 男性 남
    남성 boy
""")
_OTHER = _words("""
    other o x d divers diverse nonbinary non-binary nb intersex inter autre otro outro altro inne anders
    annat diğer indeterminate другое
""")
_WORDS = {
    **dict.fromkeys(_FEMALE, Sex.FEMALE),
    **dict.fromkeys(_MALE, Sex.MALE),
    **dict.fromkeys(_OTHER, Sex.OTHER),
}


class SexColumn(Struct, frozen=True):
    """How one column's letters are to be read: `m` is a woman where men are `h` (mujer, hombre)."""

    letters: dict[str, Sex]

    @classmethod
    def of(cls, values: Iterable[str]) -> SexColumn:
        """The column that holds `values`."""
        present = {value.strip().casefold() for value in values}
        letters = {"m": Sex.MALE, "f": Sex.FEMALE, "w": Sex.FEMALE, "k": Sex.FEMALE, "v": Sex.FEMALE, "h": Sex.MALE}
        if "h" in present and not present & {"f", "w"}:
            letters["m"] = Sex.FEMALE
        if "k" in present and "e" in present:
            letters["e"] = Sex.MALE  # Turkish: kadın, erkek
        return cls(letters)

    def read(self, value: str) -> Sex | None:
        """The sex `value` means; None for blanks and for words nobody foresaw."""
        word = value.strip().casefold().rstrip(".")
        return self.letters.get(word) or _WORDS.get(word)


def words_among(values: Iterable[str]) -> float:
    """The share of `values` that are words for a sex and not mere letters: words can't be misread."""
    known = [len(value) > 1 and value.casefold() in _WORDS for value in values]
    return sum(known) / len(known) if known else 0.0
