"""Columns are known by their names, in the spellings of other systems and other languages."""

from __future__ import annotations

import pytest

from frontdesk.domain.errors import Refused
from frontdesk.exchange.column_words import Field
from frontdesk.exchange.headers import find_columns, meaning, words_of


def found(header: str, **overrides: str) -> dict[str, list[str]]:
    names = header.split("|")
    columns = find_columns(names, lambda field, place: 1.0, overrides)
    return {str(field): [names[place] for place in places] for field, places in columns.places.items()}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("dateOfBirth", "date of birth"),
        ("DATE_OF_BIRTH", "date of birth"),
        ("Prénom (obligatoire) *", "prenom"),
        ("E-mail 1 - Value", "e mail 1 value"),
        ("Straße", "strasse"),
        ("Imię", "imie"),
        ("  Soyadı ", "soyadi"),
    ],
)
def test_spellings_of_a_header_are_one(header: str, expected: str) -> None:
    assert words_of(header) == expected


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        (
            "First Name|FIRST|fname|FName|given_name|Patient First Name|Vorname|Prénom|Imię|Förnamn|Voornaam",
            Field.GIVEN,
        ),
        (
            "Last name|LAST|lname|LName|Surname|Client Last Name|Nachname|Apellidos|Cognome|Nazwisko|Soyadı|姓",
            Field.FAMILY,
        ),
        ("Full Name|Patient Name|Client|Nombre y apellidos|Imię i nazwisko|Adı Soyadı|Patient's name|姓名", Field.FULL),
        ("Last Name, First Name|Nachname, Vorname|Apellidos, Nombre", Field.FULL_FAMILY_FIRST),
        ("DOB|Birthdate|Birth Date|BIRTHDATE|Date of Birth (DD/MM/YYYY)|birthDate|Geb.-Datum", Field.BIRTH_DATE),
        (
            "Geburtsdatum|Date de naissance|Fecha de nacimiento|Data di nascita|Födelsedatum|Doğum Tarihi",
            Field.BIRTH_DATE,
        ),
        ("Data de nascimento|Data urodzenia|Geboortedatum|Datum narození|Fødselsdato|Дата рождения", Field.BIRTH_DATE),
        ("Geb.|geb. am|Né(e) le|Data ur.|Datum nar.|Patient's birth date|Client DOB|Ημ. γέννησης", Field.BIRTH_DATE),
        ("Tél. portable|Telefon dienstlich|Telefon kom.|telecom.phone|Phone Number 1|Mobile (preferred)", Field.PHONE),
        ("Sex|GENDER|Geschlecht|Sexe|Sexo|Sesso|Płeć|Geslacht|Kön|Cinsiyet|Пол", Field.SEX),
        ("Phone|Mobile Phone|phone_home|Phone 1 - Value|Home Phone 2|WkPhone|Handy|Téléphone|Móvil", Field.PHONE),
        ("Telemóvel|Cellulare|Numer telefonu|Telefoonnummer|Mobilnummer|Cep Telefonu|HmPhone", Field.PHONE),
        ("Email|E-mail Address|E-mail 2 - Value|Courriel|Correo electrónico|E-Posta|E-postadress", Field.EMAIL),
        ("Street|Address|Address 1|Home Street|Address 1 - Street|Straße|Rue|Dirección|Adres|Indirizzo", Field.STREET),
        ("Address 2|Address Line 2|Address 1 - Extended Address|Apt", Field.STREET_2),
        ("City|Suburb|City / Suburb|Address 1 - City|Ort|Ville|Ciudad|Miasto|Woonplaats|Şehir", Field.CITY),
        ("State|Province/State|Address 1 - Region|Bundesland|Provincia|Województwo", Field.STATE),
        ("ZIP|Postcode|Postal|postal_code|Address 1 - Postal Code|PLZ|Code postal|CAP|Kod pocztowy", Field.POSTCODE),
        ("Country|country_code|Home Country|Land|Pays|País|Kraj|Ülke", Field.COUNTRY),
        ("Preferred Name|Nickname|Known As|Spitzname|Surnom", Field.KNOWN_AS),
        ("Notes|Comments|Bemerkungen|Remarques|Observaciones|Uwagi", Field.NOTES),
        ("Id|patient_guid|PatNum|Client ID|Patient No.|Patientennummer|MRN", Field.ID),
        ("DEATHDATE|deceased_date|Sterbedatum", Field.DECEASED_ON),
    ],
)
def test_names_of_columns(headers: str, field: Field) -> None:
    assert {header: meaning(header) for header in headers.split("|")} == dict.fromkeys(headers.split("|"), field)


@pytest.mark.parametrize(
    "header",
    [
        "Emergency Contact Address",
        "Emergency Phone Type",
        "Home Fax",
        "Phone 1 - Type",
        "E-mail 1 - Label",
        "Given Name Yomi",
        "Phonetic First Name",
        "Referring Doctor Phone",
        "Company Main Phone",
        "Spouse",
        "First Visit",
        "Last Visit",
        "Business Street",
        "Billing Information",
        "Status",
        "BIRTHPLACE",
        "Place of Birth",
        "Geburtsort",
        "Lieu de naissance",
        "Birth Weight",
        "Phone Number Type 1",
        "Urgent",
        "Telex",
        "",
        "12",
    ],
)
def test_columns_about_something_else_are_left_alone(header: str) -> None:
    assert meaning(header) is None


@pytest.mark.parametrize(
    ("header", "given", "family"),
    [
        ("Name|Vorname|Geburtsdatum", "Vorname", "Name"),
        ("Nom|Prénom", "Prénom", "Nom"),
        ("Nome|Cognome", "Nome", "Cognome"),
        ("Nombre|Apellidos", "Nombre", "Apellidos"),
        ("Ad|Soyad", "Ad", "Soyad"),
        ("Naam|Voornaam", "Voornaam", "Naam"),
    ],
)
def test_name_means_what_the_column_beside_it_leaves(header: str, given: str, family: str) -> None:
    columns = found(header)
    assert columns["given"] == [given]
    assert columns["family"] == [family]


def test_phones_come_from_all_their_columns() -> None:
    assert found("Last Name|Home Phone|Fax|Mobile")["phone"] == ["Home Phone", "Mobile"]


def test_the_caller_overrules_the_header() -> None:
    columns = found("Last Name|Called|First Name", given="called", birth_date="")
    assert columns["given"] == ["Called"]
    assert columns["family"] == ["Last Name"]


def test_an_unknown_table_can_be_read_by_naming_its_columns() -> None:
    assert found("who|when", full="who") == {"full": ["who"]}


@pytest.mark.parametrize(
    ("overrides", "words"),
    [({"firstname": "who"}, "no field"), ({"given": "whom"}, "no column 'whom'.*who, when")],
)
def test_a_wrong_override_says_what_there_is(overrides: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        found("who|when", **overrides)


@pytest.mark.parametrize("header", ["id|name", "id|name|age", "name|email|address", "date|temperature|place", "a"])
def test_a_table_without_people_is_refused_with_its_columns(header: str) -> None:
    with pytest.raises(Refused, match=f"columns are {header.split('|')[0]}.*given=COLUMN"):
        found(header)


@pytest.mark.parametrize(
    "header", ["name|birthday", "Name|Phone", "Name|Sex", "Patient Name", "Vorname", "Full name|x"]
)
def test_a_name_with_something_personal_beside_it_is_enough(header: str) -> None:
    assert found(header)
