"""What columns are called in the tables that practice systems, address books and spreadsheets write.

Names are kept as `headers.squeezed` leaves them: lower case, no accents, no blanks or signs. Sources: the published
import templates and exports of Cliniko, Jane, Nookal, Power Diary, Open Dental, OpenEMR, Synthea, Google and Outlook;
the other languages are what clinics type into a spreadsheet.
"""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """What a column of a patient table can hold; the values are what a person types to name a column."""

    GIVEN = "given"
    FAMILY = "family"
    FULL = "full"
    FULL_FAMILY_FIRST = "full_family_first"
    FAMILY_BEFORE = "family_before"
    FAMILY_2 = "family_2"
    MIDDLE = "middle"
    SUFFIX = "suffix"
    FORMER_NAME = "former_name"
    MOTHERS_NAME = "mothers_name"
    KNOWN_AS = "known_as"
    BIRTH_DATE = "birth_date"
    DECEASED_ON = "deceased_on"
    SEX = "sex"
    PHONE = "phone"
    EMAIL = "email"
    HOUSE = "house"
    STREET = "street"
    STREET_2 = "street_2"
    CITY = "city"
    STATE = "state"
    POSTCODE = "postcode"
    COUNTRY = "country"
    NOTES = "notes"
    ID = "id"
    ORIGINAL_NAME = "original_name"
    PRONUNCIATION = "pronunciation"
    PRONOUNS = "pronouns"
    LANGUAGE = "language"
    EMERGENCY_NAME = "emergency_name"
    EMERGENCY_RELATION = "emergency_relation"
    EMERGENCY_PHONE = "emergency_phone"
    GUARDIAN_NAME = "guardian_name"
    GUARDIAN_PHONE = "guardian_phone"
    REFERRED_BY = "referred_by"
    REFERRAL = "referral"
    PREFERRED_CONTACT = "preferred_contact"
    NO_REMINDERS_SINCE = "no_reminders_since"
    CONSENT_TREATMENT = "consent_treatment"
    CONSENT_DATA = "consent_data"
    FLAGS = "flags"
    RETIRED = "retired"
    ID_GIVEN_BY = "id_given_by"


def _words(text: str) -> list[str]:
    return text.split()


AMBIGUOUS = frozenset(
    _words("""
    name nom nome nombre naam namn navn nimi isim ad adi nev имя 名前
""")
)
"""Words for the whole name, the given or the family name: what they mean depends on the columns beside them."""

_WORDS: dict[Field, str] = {
    Field.GIVEN: """
        givenname givennames given firstname firstnames first forename forenames fname namefirst christianname
        legalfirstname vorname vornamen rufname prenom prenoms primernombre nombredepila nombres primeironome
        nomeproprio nomedebattesimo primonome imie imiona voornaam voornamen roepnaam fornamn fornavn
        tilltalsnamn etunimi etunimet ilkad onad jmeno krestnijmeno krstnemeno meno keresztnev utonev prenume
        ime eesnimi vards vardas имя 名 이름 όνομα ονομα οнομα
    """,
    Field.FAMILY: """
        familyname family lastname lastnames last surname surnames lname sname namelast legallastname secondname
        nachname familienname zuname nomdefamille nomusuel nomdusage apellido apellidos primerapellido apellidopaterno
        apellido1 apelido sobrenome ultimonome cognome nazwisko achternaam familienaam efternamn etternavn
        efternavn slektsnamn
        sukunimi soyad soyadi soyisim prijmeni priezvisko vezeteknev csaladnev numedefamilie nume prezime
        priimek perekonnanimi uzvards pavarde фамилия прізвище 姓 姓氏 성 επωνυμο
    """,
    Field.FULL: """
        fullname patientname clientname customername displayname namefull completename contactname patient
        client vollername ganzername patientenname nomcomplet nomdupatient nombrecompleto nombredelpaciente
        nombreyapellidos nombreyapellido nomecompleto nomedopaciente nomeecognome nomecognome imieinazwisko
        volledigenaam naampatient fullstandignamn fuldtnavn fulltnavn adsoyad adisoyadi adivesoyadi
        vornamenachname vornameundnachname vornameundname prenomnom prenometnom firstnamelastname
        firstandlastname jmenoaprijmeni paciente paziente pacjent 姓名 氏名 患者姓名 성명 фио
    """,
    Field.FULL_FAMILY_FIRST: """
        lastnamefirstname lastfirst namelastfirst surnamename surnamefirstname surnameforename nachnamevorname
        namevorname familiennamevorname nachnameundvorname nomprenom nometprenom nomprenoms apellidosnombre
        apellidosynombre apellidosynombres cognomenome cognomeenome nazwiskoiimie nazwiskoimie soyadad soyadiadi
        prijmeniajmeno achternaamvoornaam efternamnfornamn
    """,
    Field.FAMILY_BEFORE: "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels vorsatzwort familynameprefix",
    Field.FAMILY_2: "segundoapellido apellido2 apellidomaterno secondsurname secondlastname surname2 lastname2",
    Field.MIDDLE: """
        middlename middlenames middle mname middleinitial middlei mi initial additionalname namemiddle
        zweitername zweitervorname weiterevornamen deuxiemeprenom autresprenoms segundonombre segundonome
        drugieimie secondonome mellannamn mellomnavn mellemnavn ikinciad отчество
    """,
    Field.SUFFIX: "suffix namesuffix generationalsuffix namenszusatz",
    Field.FORMER_NAME: """
        maidenname maiden birthname formername formersurname formerlastname formerfamilyname previousname
        previoussurname previouslastname lastnameatbirth surnameatbirth geburtsname nomdenaissance nomdejeunefille
        apellidodesoltera nomedesolteira nomedanubile nazwiskorodowe nazwiskopanienskie meisjesnaam geboortenaam
        flicknamn kizliksoyadi
    """,
    Field.MOTHERS_NAME: "mothersmaiden mothersmaidenname mothermaidenname",
    Field.KNOWN_AS: """
        preferredname preferred preferredfirstname prefname knownas nickname callname goesby alias
        likestobecalled usualname spitzname surnom apodo apelidosocial nomesocial soprannome pseudonim
        przezwisko roepnaampatient smeknamn takmaad kallenavn prezdivka
    """,
    Field.BIRTH_DATE: """
        birthdate birthday dateofbirth dob bdate birth born patientdob dobdate birthdt dateborn geburtsdatum
        geburtstag gebdatum geboren geborenam gebdat datedenaissance datenaissance naissance neele nele ddn
        fechadenacimiento fechanacimiento fechanac fnacimiento nacimiento datadenascimento datanascimento
        nascimento datadenasc dtnascimento datadinascita datanascita nascita natoil dataurodzenia urodzony
        urodzenie geboortedatum geboren gebdatum fodelsedatum fodd fodselsdato fodselsdag foedselsdato
        syntymaaika syntymapaiva dogumtarihi dogumgunu dtarihi datumnarozeni datumnarodenia szuletesidatum
        szuletesiido szuldatum datanasterii datarodjenja datumrojstva sunniaeg dzimsanasdatums gimimodata
        датарождения датанародження 出生日期 生日 生年月日 생년월일 ημερομηνιαγεννησης
    """,
    Field.DECEASED_ON: """
        deathdate dateofdeath deceaseddate deceasedon datedeceased dod deceaseddatetime died sterbedatum
        verstorbenam todesdatum datededeces datedeces deces fechadefuncion fechadefallecimiento datadeobito
        obito datadidecesso dataditdecesso datazgonu overlijdensdatum datumoverlijden dodsdatum olumtarihi
    """,
    Field.SEX: """
        sex gender administrativegender administrativesex birthsex sexatbirth legalsex geschlecht sexe genre
        sexo genero sesso genere plec geslacht kon kjonn koen sukupuoli cinsiyet cinsiyeti pohlavi pohlavie nem
        пол стать 性別 性别 성별 φυλο
    """,
    Field.PHONE: """
        phone phones phonenumber phonenumbers telephone telephonenumber tel telno cell cellphone cellular mobile
        mobil mobilephone mobilenumber mobileno homephone home phonehome workphone phonework phonebiz
        businessphone phonecell phonemobile phonecontact contactphone contactnumber daytimephone eveningphone
        dayphone primaryphone primaryphonenumber mainphone otherphone carphone preferredphone phoneprimary
        phonesecondary secondaryphone secondaryphonenumber alternatephone hmphone wkphone wirelessphone smsphone
        smsnumber telecom handy handynummer telefon telefonnummer telefonnr telnr rufnummer mobiltelefon
        mobilnummer mobilnr festnetz telefonprivat telefongeschaftlich telefonmobil privattelefon
        telephonemobile telephoneportable telephonefixe telephonedomicile portable fixe numerodetelephone tlf
        telf telefono telefonos movil celular telefonomovil telefonofijo telefone telemovel celularwhatsapp
        cellulare telefonocellulare telefonofisso recapito recapitotelefonico numertelefonu nrtelefonu komorka
        telefonkomorkowy telkomorkowy telefoon telefoonnummer mobiel mobielnummer gsm mobilnummer hemtelefon
        mobiltlf mobiltelefonnummer puhelin puhelinnumero matkapuhelin telefonno telefonnumarasi ceptelefonu
        ceptel cep evtelefonu telefoncislo mobiltelefon telefonszam whatsapp телефон мобильный 电话 手机 電話番号 電話
        携帯電話 전화번호 휴대폰 τηλεφωνο κινητο
    """,
    Field.EMAIL: """
        email emails emailaddress mail mailaddress emailprimary primaryemail emailid emailhome homeemail
        personalemail mailadresse emailadresse courriel adressemail adresseemail adressecourriel adresemail mel
        correo correoelectronico correoe direcciondecorreo enderecodeemail indirizzoemail postaelettronica pec
        adresemail emailadres epost epostadress epostadresse sahkoposti eposta epostaadresi emailcim
        электроннаяпочта почта 邮箱 电子邮件 メールアドレス 이메일 email1
    """,
    Field.HOUSE: """
        streetnumber streetno housenumber houseno hausnummer hausnr numerodecalle numerodavia numerocivico
        nrdomu huisnummer husnummer numrue
    """,
    Field.STREET: """
        street streetaddress streetname address address1 addressline1 addressline line1 addressstreet homestreet
        homeaddress homeaddressstreet street1 mailingaddress residentialaddress postaladdress addr addr1 strasse
        str anschrift adresse strassehausnummer strasseundhausnummer strasseundnr strassenr rue adresse1
        adressepostale voie direccion calle domicilio direccion1 endereco morada rua logradouro indirizzo via
        residenza adres ulica straat straatnaam adresgegevens gatuadress gata adress gateadresse vejnavn
        katuosoite osoite sokak ulice adresa lakcim utca formattedaddress addressformatted fulladdress адрес
        улица 地址 住所 주소 διευθυνση
    """,
    Field.STREET_2: """
        address2 addressline2 line2 street2 addr2 streetaddress2 apartment apt aptnumber unit suite flat
        addressextendedaddress addresspobox extendedaddress pobox adresszusatz zusatz complementdadresse
        complement complementadresse adresse2 direccion2 piso complemento interno nrlokalu nrmieszkania
        toevoeging huisnummertoevoeging lagenhetsnummer daire address3 addressline3
    """,
    Field.CITY: """
        city town suburb locality citysuburb suburbcity citytown towncity suburbtown addresscity homecity
        homeaddresscity cityname ort stadt wohnort ville commune localite ciudad poblacion localidad municipio
        cidade localidade citta comune miasto miejscowosc stad plaats woonplaats gemeente postort ort poststed
        bynavn kaupunki postitoimipaikka sehir il mesto obec varos telepules oras grad город 城市 市 市区町村 도시 πολη
    """,
    Field.STATE: """
        state province stateprovince provincestate region county addressregion addressstate homestate statecode
        provincecode homeaddressstate stateregion bundesland kanton departement provincia estado uf distrito
        wojewodztwo provincie lan fylke ilce eyalet megye judet область 省 都道府県
    """,
    Field.POSTCODE: """
        postcode postalcode postal zip zipcode zippostalcode zippostcode postcodezip postalzip pcode pincode
        addresspostalcode addresszip homepostalcode homezip homeaddresspostalcode zipcodepostalcode plz
        postleitzahl codepostal cp codigopostal cpostal cep codicepostale cap kodpocztowy kod postnummer postnr
        postinumero postakodu psc iranyitoszam codpostal почтовыйиндекс индекс 邮编 郵便番号 우편번호 τκ
    """,
    Field.COUNTRY: """
        country countrycode addresscountry homecountry homeaddresscountry countryname land staat pays pais paese
        nazione kraj panstwo maa ulke zeme krajina orszag tara страна 国家 国 국가
    """,
    Field.NOTES: """
        notes note comments comment remarks remark memo patientnotes clientnotes generalnotes description notiz
        notizen bemerkung bemerkungen kommentar anmerkung anmerkungen remarque remarques commentaire
        commentaires notas nota observaciones comentarios observacoes osservazioni annotazioni uwagi notatki
        opmerking opmerkingen notities anteckning anteckningar merknad notat huomautus notlar aciklama poznamka
        poznamky megjegyzes заметки примечание 备注 備考 메모
    """,
    Field.ID: """
        id uid guid uuid patientid patientguid patientuuid patientnumber patientno patientnr patnum pid patid
        mrn medicalrecordnumber chartnumber chartno clientid clientnumber clientno clientguid customerid
        contactid recordid recid recno uniqueid externalid pubpid personid personnumber filenumber accountnumber
        accountno code patientcode clientcode patientennummer patientennr patientenid kundennummer kundennr
        nummer nr numeropatient idpatient numerodedossier nodossier dossier iddepaciente idpaciente
        numerodehistoria historiaclinica nhc historia prontuario codigo idpaziente codicepaziente
        numerokartoteki idpacjenta numerpacjenta patientnummer clientnummer patientid hastano dosyano protokolno
        номер 编号 病历号 患者番号 환자번호
    """,
}

OF_THE_FILE: dict[str, Field] = {
    word: field
    for field, words in {
        Field.ORIGINAL_NAME: """
            originalname nativename nameinnativescript chinesename japanesename koreanname arabicname
        """,
        Field.PRONUNCIATION: "pronunciation namepronunciation pronounced",
        Field.PRONOUNS: "pronouns pronoun preferredpronouns preferredpronoun genderpronouns",
        Field.LANGUAGE: """
            language preferredlanguage primarylanguage spokenlanguage languagespoken muttersprache sprache langue idioma
            lingua taal sprak
        """,
        Field.EMERGENCY_NAME: """
            emergencycontact emergencycontactname emergencyname emergencycontactperson nextofkin nextofkinname nok
            nokname notfallkontakt contactdurgence contactodeemergencia contactoemergencia
        """,
        Field.EMERGENCY_RELATION: """
            emergencycontactrelationship emergencycontactrelation emergencyrelationship emergencyrelation
            nextofkinrelationship nokrelationship
        """,
        Field.EMERGENCY_PHONE: """
            emergencycontactphone emergencycontactphonenumber emergencycontactnumber emergencyphone
            emergencyphonenumber emergencycontactmobile emergencycontacttelephone nextofkinphone nokphone
            notfalltelefon notfallnummer
        """,
        Field.GUARDIAN_NAME: "guardian guardianname guardiansname parentguardian parentguardianname legalguardian",
        Field.GUARDIAN_PHONE: "guardianphone guardianphonenumber parentguardianphone guardianmobile",
        Field.REFERRED_BY: "referredby referrer referrername referringdoctor referringphysician referringprovider",
        Field.REFERRAL: "referralsource referral howdidyouhearaboutus howdidtheyhearaboutus heardaboutus",
        # As frontdesk writes them and no other way: `retired` alone is what people are who no longer work.
        Field.PREFERRED_CONTACT: "preferredcontact",
        Field.NO_REMINDERS_SINCE: "noreminderssince",
        Field.CONSENT_TREATMENT: "consenttreatment",
        Field.CONSENT_DATA: "consentdata",
        Field.FLAGS: "safetyflags",
        Field.RETIRED: "fileretired",
        Field.ID_GIVEN_BY: "idgivenby",
    }.items()
    for word in _words(words)
}
"""Names of columns about others than the patient, or of what is only in the file: known as a whole or not at all."""

STEMS: tuple[tuple[str, Field], ...] = (
    (
        "birth geburt geb$ naissance nacim nascim nascita urodz ur$ geboorte fodels fodsel foedsel dogum narozen"
        " naroden nar$ szulet syntym рожд народж γεννησ",
        Field.BIRTH_DATE,
    ),
    ("phone telephone telefon tel$ mobile$ mobil$ mobiel$ cell$ handy$ portable$ телеф моб$ τηλ$ κιν$", Field.PHONE),
    ("email courriel eposta", Field.EMAIL),
    ("gender geschlecht", Field.SEX),
)
"""How a word begins (with `$`: the whole word) in the name of a column that as a whole nobody foresaw.

Only for what it would cost most to miss: a birth date tells namesakes apart.
"""

NOT_A_DATE = frozenset(
    _words("""
    place city country state town county ort land lieu lugar luogo miejsce plaats ort yeri misto name nom weight order
    control number year month sex status certificate
""")
)
"""How words end that make a birth another thing than its date: `birthplace`, `Geburtsort`."""

WORDS: dict[str, Field] = {word: field for field, words in reversed(_WORDS.items()) for word in _words(words)}
"""Every name of a column and what it holds; where a word is under two fields, the one named first in `Field` wins."""

NOT_THE_PATIENT = frozenset(
    _words("""
    emergency guardian parent mother father spouse partner nok kin referrer referring doctor physician gp
    provider practitioner therapist company organization organisation business employer assistant insurance
    insurer guarantor subscriber responsible billing invoice yomi phonetic notfall arzt hausarzt urgence
    medecin urgencia emergencia medico acil fax pager telex tty tdd isdn radio callback type label photo url
    web website facebook twitter verified consent optin reminder reminders ok
""")
)
"""Words that make a column be about somebody or something else, however it goes on."""
