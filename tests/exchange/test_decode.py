"""Any file's bytes become the text that was written, whatever system wrote them."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.errors import Refused
from frontdesk.exchange.decode import decode

GERMAN = "Nachname;Vorname;Ort\r\nMüller;Jürgen;Köln\r\nGroß;Änne;Düsseldorf\r\nSchäfer;Zoë;Lübeck\r\n"
FRENCH = "Nom;Prénom;Ville\r\nLefèvre;Anaïs;Besançon\r\nGarçon;Hélène;Nîmes\r\nBoë;Joël;Orléans\r\n"
POLISH = "Nazwisko;Imię\r\nŁukaszewicz;Żaneta\r\nWąs;Stanisław\r\nKrzyżanowski;Błażej\r\nŚwięć;Róża\r\n"
CZECH = "Příjmení;Jméno\r\nNováková;Růžena\r\nDvořák;Jiří\r\nČerný;Ondřej\r\nŠtěpánek;Zdeněk\r\n"
TURKISH = "Soyadı;Adı\r\nYıldız;Ayşe\r\nÖztürk;Çağlar\r\nŞahin;İbrahim\r\nDoğan;Güneş\r\n"
RUSSIAN = "Фамилия;Имя\r\nИванова;Мария\r\nКузнецов;Алексей\r\n"
GREEK = "Επώνυμο;Όνομα\r\nΠαπαδόπουλος;Γιώργος\r\nΝικολάου;Ελένη\r\n"
ICELANDIC = "Nafn;Föðurnafn\r\nÞórður;Jónsson\r\nSigríður;Þorvaldsdóttir\r\nÆsa;Guðmundsdóttir\r\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (GERMAN, "mac_roman"),
        (GERMAN, "cp850"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (CZECH, "cp1250"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (GREEK, "cp1253"),
        (ICELANDIC, "cp1252"),
    ],
)
def test_a_list_of_names_in_an_old_encoding_is_read_as_written(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("mark", "encoding", "told"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
        (b"", "utf-8", "utf-8"),
        (b"", "utf-16-le", "utf-16-le"),
        (b"", "utf-16-be", "utf-16-be"),
    ],
)
def test_unicode_with_and_without_a_mark(mark: bytes, encoding: str, told: str) -> None:
    decoded = decode(mark + POLISH.encode(encoding))
    assert decoded.text == POLISH
    assert decoded.encoding == told


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_valid_utf8_is_never_read_as_anything_else(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text


def test_one_stray_byte_does_not_spoil_a_utf8_file() -> None:
    data = FRENCH.encode() + "Müller;Zoë".encode("cp1252")
    assert decode(data).text == FRENCH + "Müller;Zoë"


def test_a_file_cut_inside_a_character_keeps_what_stands_before() -> None:
    assert decode(FRENCH.encode() + b"Agn\xc3").text.startswith(FRENCH + "Agn")


def test_a_lone_sign_is_western() -> None:
    assert decode(b"id,name\n1,\xa9\n").text == "id,name\n1,©\n"


def test_bytes_that_windows_leaves_undefined_still_read() -> None:
    assert decode(b"Ren\xe9e,Andr\xe9\nZo\xeb,Fran\xe7ois\n\x8d,\xc9lodie\n").text.endswith(",Élodie\n")


def test_a_nul_in_a_cell_is_kept() -> None:
    assert decode(b"a,b,c\n\x00,2,3\n").text == "a,b,c\n\x00,2,3\n"


def test_no_bytes_are_no_text() -> None:
    assert decode(b"").text == ""


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"SQLite format 3\x00" + bytes(84), "database"),
        (bytes(range(256)) * 8, "control characters"),
        (bytes(2048), "control characters"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(data: bytes, word: str) -> None:
    with pytest.raises(Refused, match=word) as refusal:
        decode(data)
    assert "\n" not in refusal.value.reason
