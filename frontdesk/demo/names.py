"""Made-up people's names, of the scripts a clinic in a large city meets; frequent surnames stand more than once."""

from __future__ import annotations

from msgspec import Struct


class Names(Struct, frozen=True):
    """Names that go together; `weight` is how often a patient has one of these."""

    weight: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    women_s_families: tuple[str, ...] = ()
    """Where a woman's family name differs from a man's; same order."""
    known_as: tuple[str, ...] = ()
    """What some of them go by at the desk."""


def _words(text: str, *longer: str) -> tuple[str, ...]:
    return (*text.split(), *longer)


PEOPLES: tuple[Names, ...] = (
    Names(
        30,
        _words("Anna Claire Emily Grace Hannah Jane Karen Laura Margaret Nancy Olivia Patricia Rachel Sarah Susan Zoe"),
        _words("Adam Brian Charles Daniel Edward Frank George Henry James Kevin Liam Mark Noah Peter Robert Thomas"),
        _words(
            "Smith Smith Smith Brown Brown Wilson Wilson Taylor Martin Campbell Clarke MacDonald McIntyre O'Brien "
            "O'Neill Fraser Graham Hughes Kelly Murphy Reid Stewart Thompson Walker Whitfield-Jones Ashworth-Lee"
        ),
    ),
    Names(
        12,
        _words("Maria Sofía Lucía Inês Beatriz Conceição Guadalupe Ximena Rocío Begoña", "María José", "Ana Luísa"),
        _words("José Luís João Ángel Iñaki Martín Andrés Simão Raúl Hernán", "Juan Carlos"),
        _words(
            "Garcia García García Rodríguez Fernández López Núñez Gonçalves Araújo Peña Muñoz Ibáñez Conceição",
            "dos Santos",
            "Ortega y Gasset",
            "de la Cruz Jiménez",
        ),
    ),
    Names(
        10,
        _words("Céline Hélène Aurélie Françoise Chloé Noémie Anaïs Élodie", "Marie-Ève", "Anne-Sophie"),
        _words("François Jérôme Étienne Benoît Gaël Loïc Rémi Théo", "Jean-Baptiste", "Pierre-Luc"),
        _words(
            "Tremblay Tremblay Gagnon Côté Bouchard Lefèvre Bélanger Lévesque Châtillon D'Amours L'Écuyer Saint-Onge"
        ),
    ),
    Names(
        7,
        _words("Jürgen Käthe Birgit Åsa Øyvind Solveig Łucja Żaneta Kateřina Ágnes Zsófia Ilze Ieva Gülşen Şebnem"),
        _words("Björn Søren Günther Matthäus Łukasz Wojciech Jiří Ondřej László Győző Mārtiņš Jānis Çağlar İsmail"),
        _words(
            "Müller Müller Groß Schäfer Nygård Sjöström Novák Dvořák Łukaszewicz Wąs Szőke Bērziņš Yıldız Öztürk Đurić"
        ),
    ),
    Names(
        6,
        _words("Анна Ольга Марія Наталья Екатерина Юлия Світлана Оксана"),
        _words("Иван Сергей Дмитрий Олексій Николай Юрий Андрій Павло"),
        _words("Иванов Петренко Соколов Шевченко Кузнецов Мельник Попов Коваленко"),
        _words("Иванова Петренко Соколова Шевченко Кузнецова Мельник Попова Коваленко"),
    ),
    Names(
        4,
        _words("Μαρία Ελένη Κατερίνα Σοφία Δήμητρα"),
        _words("Γιώργος Νίκος Δημήτρης Κώστας Παναγιώτης"),
        _words("Παπαδόπουλος Οικονόμου Βασιλείου Γεωργίου Χατζής"),
        _words("Παπαδοπούλου Οικονόμου Βασιλείου Γεωργίου Χατζή"),
    ),
    Names(
        5,
        _words("فاطمة مريم ليلى زينب هدى نور", "أم كلثوم"),
        _words("محمد أحمد علي يوسف خالد عمر", "عبد الرحمن"),
        _words("حداد خوري المصري العلي الحسن رضوي", "آل سعيد"),
    ),
    Names(
        3,
        _words("שרה רבקה נועה תמר יעל מרים"),
        _words("דוד יוסף משה אריאל נתן איתן"),
        _words("כהן כהן לוי מזרחי פרידמן", "בן־דוד"),
    ),
    Names(
        10,
        _words("美玲 秀英 丽华 嘉欣 雅婷 静"),
        _words("伟 志强 建国 俊杰 浩然 明"),
        _words("王 李 李 张 陈 陈 黃 劉 吴 欧阳 司马"),
        known_as=_words("Grace May Vivian Kevin Jason Amy Ken"),
    ),
    Names(
        3,
        _words("さくら 陽子 美咲 花子 結衣"),
        _words("健 太郎 翔太 拓海 一郎"),
        _words("佐藤 鈴木 高橋 田中 渡邊 伊藤"),
    ),
    Names(
        5,
        _words("지우 서연 민지 은영 하윤 수빈"),
        _words("민준 서준 지훈 현우 동현 성민"),
        _words("김 김 김 이 이 박 최 정 남궁"),
        known_as=_words("Jenny Daniel Esther Paul"),
    ),
    Names(
        6,
        _words("प्रिया अंजलि लक्ष्मी सुनीता काव्या मीरा"),
        _words("राहुल अर्जुन विक्रम संजय अमित रोहित"),
        _words("शर्मा शर्मा पटेल पटेल सिंह कौर गुप्ता अय्यर"),
    ),
    Names(
        3,
        _words("สมหญิง วิภา กาญจนา อรุณี พิมพ์ชนก"),
        _words("สมชาย ประเสริฐ ณัฐพล ธีรพงศ์ วิชัย"),
        _words("แซ่ตั้ง ศรีสุข ทองดี วงศ์สวัสดิ์ จันทร์เพ็ญ"),
    ),
    Names(
        7,
        ("Thị Hương", "Thị Mai", "Ngọc Ánh", "Mỹ Linh", "Thanh Thảo", "Bích Ngọc"),
        ("Văn Đức", "Minh Tuấn", "Quốc Bảo", "Hữu Nghĩa", "Đình Phúc", "Anh Dũng"),
        _words("Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Phạm Hoàng Vũ Đặng Bùi"),
    ),
    Names(
        5,
        _words("Adaeze Chiamaka Folasade Ngozi Wanjiru Zanele Ọmọ́lará"),
        _words("Chukwuemeka Olúwáṣeun Kwame Thabo Jomo Babajide"),
        _words("Okafor Okafor Adébáyọ̀ Nwachukwu Mensah Mokoena Kamau Ogunbanjo-Fáṣọlá"),
    ),
    Names(
        2,
        ("Suharti", "Madhavi", "Dolma", "Nazlı"),
        ("Ngawang", "Sukardi", "Ravi", "Tenzin"),
        ("",),
    ),
)
"""People of one name only have the empty family name."""
