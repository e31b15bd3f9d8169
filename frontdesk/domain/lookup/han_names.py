"""How names in Han characters are read where that is not what the character says in Mandarin.

Surnames of Korea and of Cantonese speakers as their bearers spell them, and what characters are read as in Japanese
names. Common knowledge of those languages, written down here for the commonest names; a rarer one is found by the name
in letters on the patient's file.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product

_KOREAN = """
金 kim gim|李 lee yi rhee|朴 park pak bak|崔 choi choe|鄭郑 jung chung jeong|姜 kang gang|趙赵 cho jo|尹 yoon yun
張张 jang chang|林 lim im rim|吳吴 oh o|韓韩 han|徐 seo suh|申 shin sin|權权 kwon gwon|黃黄 hwang|安 ahn an|宋 song
柳 yoo ryu yu|洪 hong|全 jeon jun chun|高 ko go koh|文 moon mun|孫孙 son sohn|裵裴 bae bai pae|曺曹 cho jo
白 baek paik paek|許许 heo huh hur|南 nam|沈 shim sim|劉刘 yoo yu|盧卢 noh roh no ro|丁 jung jeong chung|河 ha hah
郭 kwak gwak|成 sung seong|車车 cha|朱 joo ju chu|禹 woo u|具 koo gu ku|辛 shin sin|任 lim im yim|羅罗 na ra la
田 jeon jun chun|閔闵 min|兪俞 yoo yu|陳陈 jin chin jean|池 ji jee chi|嚴严 eom um uhm|蔡 chae chai|元 won
千 cheon chun|方 bang|孔 kong gong|康 kang|玄 hyun hyeon|咸 ham|卞 byun byeon|廉 yeom|梁 yang ryang|邊边 byun|呂吕 yeo
秋 chu choo|都 do|蘇苏 so|石 seok suk|宣 sun seon|馬马 ma|薛 seol|吉 gil kil|魏 wi wee|表 pyo|明 myung|奇 ki|房 bang
"""
_CANTONESE = """
陳陈 chan|李 lee|黃黄王汪 wong|張张章 cheung|劉刘 lau|林 lam|吳吴伍 ng|何 ho|梁 leung|鄭郑 cheng|葉叶 yip ip|楊杨 yeung
周鄒邹 chow chau|許许 hui|徐 tsui chui|蔡 choi tsoi|郭 kwok|羅罗 law lo|朱 chu|高 ko|曾 tsang|謝谢 tse|鄧邓 tang|馮冯 fung
蕭萧 siu|潘 poon pun|袁阮 yuen|余 yu yue|蘇苏 so|盧卢 lo|彭 pang|陸陆 luk|江 kong|趙赵 chiu|杜 to|沈 shum sum|姚 yiu
關关 kwan|鍾钟 chung|莫 mok|麥麦 mak|譚谭 tam|戴 tai|廖 liu|鄺邝 kwong|簡简 kan|溫温尹 wan|呂吕 lui|方 fong
石 shek|龍龙 lung|甘 kam|侯 hau|孔洪 hung|嚴严 yim|文 man|唐湯汤 tong|倪 ngai|孫孙 suen|韓韩 hon|程 ching|宋 sung|司徒 szeto
歐区區欧 au|任 yam|施 sze|柯 or|賴赖 lai|黎 lai|董 tung|賀贺 ho|傅 fu|葛 kot|錢钱 chin|龔龚 kung|連连 lin
"""
_JAPANESE = """
一 ichi kazu|二 ji|三 mi zo|郎 ro|太 ta o|子 ko ne|美 mi|佐 sa suke|藤 to do fuji|鈴 suzu|木 ki gi moku|高 taka|橋 hashi bashi
田 ta da|中 naka|渡 wata watana|辺邊 nabe be|伊 i|村 mura|小 ko o|林 bayashi hayashi|山 yama|本 moto|加 ka|吉 yoshi
々 sa|口 guchi kuchi|松 matsu|井 i|上 ue kami gami no|清 kiyo shi|水 mizu|斎斉齋齊 sai|崎 saki zaki|島嶋 shima jima|森 mori|阿 a
部 be nabe tabe|池 ike|石 ishi|川 kawa gawa|下 shita noshita|長 naga hase|谷 tani ya ga|後 go|岡 oka|近 kon|前 mae|遠 en|青 ao
坂 saka|金 kane|福 fuku|西 nishi|浦 ura|竹 take|内 uchi|原 hara wara hara|野 no|和 kazu wa|柴 shiba|酒 saka|横 yoko|安 yasu an
宮 miya|工 ku|大 o dai hiro|杉 sugi|今 ima|丸 maru|増 masu|平 hira|塚 tsuka zuka|菅 suga kan|武 take|新 ara shin|桜櫻 sakura
千 chi|葉 ba ha yo|岩 iwa|市 ichi|河 ko kawa|菊 kiku|地 chi ji|久 hisa ku|保 bo ho yasu|服 hatto|矢 ya|黒 kuro|白 shira shiro
土 tsuchi|永 naga|秋 aki|荒 ara|尾 o|北 kita|東 higashi azuma|南 minami|関 seki|飯 ii|星 hoshi|早 haya|沢澤 sawa zawa|津 tsu
倉 kura|堀 hori|広廣 hiro|馬 ma ba|沼 numa|根 ne|古 furu|熊 kuma|片 kata|桐 kiri|栗 kuri|梅 ume|花 hana ka|草 kusa
陽 yo haru hi hina|翔 sho to|蒼 aoi so ao|凪 nagi nagisa|蓮 ren|湊 minato|颯 so fu hayate|真 ma shin|碧 ao aoi|樹 ki itsuki tatsuki
悠 yu haru|暖 dan haru|葵 aoi ki mari nata|凛凜 rin|詩 uta shi|菜 na|結 yu yui|杏 an anzu|澪 mio rei|愛 a ai mana|芽 me
依 i e|莉 ri|咲 saki sa e|茉 ma|斗 to|人 to hito|介 suke|也 ya|輝 ki teru|健 ken takeshi|翼 tsubasa|拓 taku|海 kai umi mi
希 ki nozomi|恵惠 e megumi kei|智 tomo chi|香 ka kaori|奈 na|優 yu masa|花 ka hana|由 yu yoshi|理 ri|紀 ki nori|明 aki akira mei
裕 yu hiro|直 nao|正 masa tadashi|義 yoshi|雄 o yu takeo|夫 o|男 o|弘 hiro|幸 yuki sachi|浩 hiro hiroshi ko|博 hiro hiroshi
誠 makoto|進 susumu|勇 isamu yu|実實 mi minoru|茂 shigeru|豊豐 yutaka|勝 katsu masaru|清 kiyoshi|隆 taka takashi|修 osamu shu
剛 go tsuyoshi|学學 manabu gaku|聡 satoshi|淳 jun|純 jun|亮 ryo|涼 ryo|大 dai|地 chi|陸 riku|空 sora|光 hikari mitsu|春 haru
夏 natsu|冬 fuyu|雪 yuki|月 tsuki|心 kokoro|彩 aya|綾 aya|絵 e|里 ri sato|沙 sa|紗 sa|織 ori|穂 ho|歩 ayumi ho|未 mi|来來 ku rai
瞳 hitomi|舞 mai|麻 asa ma|衣 i|乃 no|音 ne oto on|琴 koto|鈴 suzu rin|千 chi|枝 e|江 e|代 yo|世 yo|津 tsu|貴 taka|史 fumi
典 nori|哲 tetsu|司 shi tsukasa|俊 shun toshi|雅 masa miyabi|将將 masa sho|康 yasu ko|洋 yo hiro|祐 yu|祥 sho|章 aki sho|昭 aki
助 suke|知 tomo sato|佳 ka yoshi|晃 akira ko|治 osamu ji haru|充 mitsuru|平 hei|徹 toru|稔 minoru|敏 toshi|昌 masa|芳 yoshi|勉 tsutomu
晴 haru|孝 taka|敬 kei taka|宏 hiro hiroshi|功 isao|薫 kaoru|栄 ei sakae|静 shizu|節 setsu|文 fumi bun|和 wa|良 ryo yoshi|重 shige|繁 shigeru
律 ritsu|朝 asa|陽 haruto|向 hinata nata|楓 kaede|桃 momo|梨 ri|瑠 ru|璃 ri|羽 ha wa u|那 na|乙 oto|伸 shin nobu|信 nobu shin
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for entry in text.strip().replace("\n", "|").split("|"):
        characters, *readings = entry.split()
        names = [characters] if characters in _WHOLE else list(characters)
        for name in names:
            found.setdefault(name, {}).update(dict.fromkeys(readings))
    return {name: tuple(readings) for name, readings in found.items()}


_WHOLE = frozenset({"司徒"})
_READ_WHOLE = {
    "長谷川": ("hasegawa",), "長谷": ("hase",), "大和": ("yamato",), "井上": ("inoue",), "渡部": ("watanabe", "watabe"),
    "服部": ("hattori",), "五十嵐": ("igarashi",), "日向": ("hinata", "hyuga"), "一": ("hajime",), "大輔": ("daisuke",),
    "直人": ("naoto",), "東海林": ("shoji",), "小鳥遊": ("takanashi",), "長谷部": ("hasebe",), "海老原": ("ebihara",),
}  # fmt: skip
"""Japanese names that are not read by their parts."""
_READ = _table(_JAPANESE)
_MOST = 16
"""Readings of one Japanese name that are kept."""


@lru_cache(maxsize=1)
def surnames() -> dict[str, tuple[str, ...]]:
    """Surnames of one character or two, with their spellings in Korea and by Cantonese speakers."""
    found: dict[str, tuple[str, ...]] = {}
    for table in (_table(_KOREAN), _table(_CANTONESE)):
        for name, readings in table.items():
            found[name] = (*found.get(name, ()), *readings)
    found["歐陽"] = found["欧阳"] = ("auyeung",)
    return found


def japanese(word: str) -> tuple[str, ...]:
    """How a name may be read in Japanese; nothing where one of its characters is not known."""
    whole = _READ_WHOLE.get(word, ())
    if not 1 <= len(word) <= 4 or any(one not in _READ for one in word):
        return whole
    return (
        tuple(dict.fromkeys("".join(parts) for parts in islice(product(*(_READ[one] for one in word)), _MOST))) + whole
    )
