"""What brands and goods are called beside their names, in every script that customers write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bot.catalog.search.normalise import gram_size, normalise, parts_of

_BRANDS: Final = """
instagram: insta ig ins инстаграм инстаграмм инста инстаграмма انستقرام انستا انستغرام
 انستجرام انستگرام انسٹاگرام 인스타그램 인스타 インスタグラム インスタ 照片墙 इंस्टाग्राम
 इंस्टा ইনস্টাগ্রাম อินสตาแกรม ไอจี ινσταγκραμ אינסטגרם 图享 IG号
facebook: fb fbook фейсбук фэйсбук фб فيسبوك فيس_بوك فیسبوک فیس_بک 페이스북 페북 フェイスブック
 脸书 臉書 脸谱 फेसबुक ফেসবুক เฟสบุ๊ค เฟซบุ๊ก φεισμπουκ פייסבוק face_book
telegram: tg телеграм телеграмм телега тг тгк تيليجرام تلغرام تليجرام تيليغرام تلگرام
 ٹیلیگرام 텔레그램 テレグラム 电报 電報 纸飞机 飞机 टेलीग्राम টেলিগ্রাম เทเลแกรม τελεγκραμ
 טלגרם tele_gram
tiktok: tt тикток тик_ток тт تيك_توك تیک_تاک ٹک_ٹاک 틱톡 ティックトック 抖音 抖音国际版
 टिकटॉक টিকটক ติ๊กต็อก ติ๊กตอก טיקטוק tik_tok douyin
youtube: yt ютуб ютюб ютьюб ютубе يوتيوب یوٹیوب 유튜브 ユーチューブ 油管 यूट्यूब ইউটিউব
 ยูทูป ยูทูบ γιουτιουμπ יוטיוב you_tube u_tube
whatsapp: wa ватсап вотсап вацап уотсап ватсапп واتساب واتس_اب واتس واٹس_ایپ 왓츠앱 와츠앱
 ワッツアップ व्हाट्सएप व्हाट्सऐप হোয়াটসঅ্যাপ วอทส์แอป וואטסאפ whats_app wats_app whatsup
twitter: x твиттер твитер икс تويتر ٹویٹر توییتر 트위터 ツイッター 推特 ट्विटर টুইটার
 ทวิตเตอร์ טוויטר
x: twitter твиттер 推特
google: гугл гугол جوجل غوغل قوقل گوگل 구글 グーグル 谷歌 गूगल গুগল กูเกิล גוגל gmail~
gmail: гмайл гмейл джимейл жмайл جيميل جي_ميل جی_میل 지메일 谷歌邮箱 谷歌邮件 जीमेल জিমেইল
 จีเมล ジーメール ג'ימייל g_mail gmeil
discord: дискорд дс ديسكورد دیسکورد ڈسکارڈ 디스코드 ディスコード डिस्कॉर्ड ডিসকর্ড ดิสคอร์ด
 דיסקורד
netflix: нетфликс نتفليكس نتفلکس نیٹ_فلکس 넷플릭스 ネットフリックス ネトフリ 奈飞 网飞
 नेटफ्लिक्स নেটফ্লিক্স เน็ตฟลิกซ์ נטפליקס net_flix
spotify: спотифай спотик سبوتيفاي اسپاتیفای اسپوٹیفائی 스포티파이 スポティファイ 声田
 स्पॉटिफाई স্পটিফাই สปอติฟาย ספוטיפיי
canva: канва кэнва كانفا کانوا 캔바 キャンバ 可画 कैनवा ক্যানভা แคนวา
chatgpt: gpt чатгпт чат_гпт гпт чатжпт شات_جي_بي_تي شات_جبت چیٹ_جی_پی_ٹی 챗GPT 챗지피티
 チャットGPT चैटजीपीटी চ্যাটজিপিটি แชทจีพีที chat_gpt openai~
openai: опенай оупенэйай اوبن_اي_اي 오픈AI オープンAI open_ai chatgpt~
claude: клод anthropic كلود クロード 클로드
midjourney: миджорни мидджорни ميدجورني ミッドジャーニー mid_journey
apple: эппл эпл епл яблоко ابل آبل ایپل 애플 アップル 苹果 蘋果 एप्पल অ্যাপল แอปเปิล אפל
 itunes~ icloud~
icloud: айклауд ايكلاود 아이클라우드 アイクラウド i_cloud
amazon: амазон امازون أمازون ایمیزون 아마존 アマゾン 亚马逊 अमेज़न আমাজন อเมซอน אמזון
paypal: пейпал пэйпал палка باي_بال بايبال پے_پال 페이팔 ペイパル 贝宝 पेपैल পেপ্যাল เพย์พาล
 pay_pal
steam: стим ستيم سٹیم 스팀 スチーム 蒸汽 स्टीम স্টিম สตีม
outlook: аутлук аутлюк اوتلوك آؤٹ_لک 아웃룩 アウトルック 微软邮箱 आउटलुक আউটলুক เอาต์ลุค
 out_look hotmail~
hotmail: хотмейл хотмаил хотмайл هوتميل ہاٹ_میل 핫메일 ホットメール हॉटमेल হটমেইল ฮอตเมล
 hot_mail outlook~
yahoo: яху яхо ياهو یاہو 야후 ヤフー 雅虎 याहू ইয়াহু ยาฮู
proton: протон protonmail протонмейл بروتون 프로톤 プロトン proton_mail
snapchat: снапчат снап سناب_شات سناب اسنیپ_چیٹ 스냅챗 スナップチャット 色拉布 स्नैपचैट
 স্ন্যাপচ্যাট สแนปแชท snap snap_chat
linkedin: линкедин линкдин لينكد_ان لنكدان لنکڈان 링크드인 リンクトイン 领英 लिंक्डइन
 লিংকডইন ลิงก์อิน linked_in
reddit: реддит редит ريديت ریڈٹ 레딧 レディット रेडिट রেডডিট เรดดิท
pinterest: пинтерест بينتيريست پنٹرسٹ 핀터레스트 ピンタレスト पिनटेरेस्ट পিন্টারেস্ট
 พินเทอเรสต์
twitch: твич твитч تويتش ٹوئچ 트위치 ツイッチ ट्विच টুইচ ทวิช
vpn: впн فيبيان في_بي_ان وی_پی_ان 브이피엔 梯子 翻墙 वीपीएन ভিপিএন วีพีเอ็น
nordvpn: nord_vpn нордвпн
vk: вк вконтакте вконтакт vkontakte v_kontakte فكونتاكتي
ok: одноклассники odnoklassniki
threads: тредс тридс ثريدز スレッズ 스레드
microsoft: майкрософт مايكروسوفت مائیکروسافٹ 마이크로소프트 マイクロソフト 微软 माइक्रोसॉफ्ट
 মাইক্রোসফট ไมโครซอฟท์
windows: виндовс винда винд ويندوز ونڈوز 윈도우 ウィンドウズ 视窗 विंडोज़ উইন্ডোজ วินโดวส์
 win
office: офис اوفيس آفس 오피스 オフィス 办公 ऑफिस অফিস ออฟฟิศ
adobe: адоб эдоб ادوبي 어도비 アドビ एडोबी
disney: дисней ديزني ڈزنی 디즈니 ディズニー 迪士尼 डिज़्नी ডিজনি ดิสนีย์
roblox: роблокс روبلوكس 로블록스 ロブロックス 罗布乐思 रोब्लॉक्स রোব্লক্স โรบล็อกซ์
minecraft: майнкрафт ماينكرافت 마인크래프트 マインクラフト 我的世界 माइनक्राफ्ट มายคราฟ
fortnite: фортнайт فورتنايت 포트나이트 フォートナイト 堡垒之夜
pubg: пубг пабг ببجي پب_جی 배그 绝地求生 पबजी পাবজি พับจี
valorant: валорант فالورانت 발로란트 ヴァロラント
playstation: плейстейшн psn ps بلايستيشن 플레이스테이션 プレイステーション
xbox: иксбокс хбокс اكسبوكس 엑스박스 エックスボックス x_box
binance: бинанс بينانس 바이낸스 バイナンス 币安 बाइनेंस
tinder: тиндер تندر 틴더 ティンダー
wechat: вичат 微信 위챗 ويشات we_chat
viber: вайбер فايبر
line: лайн 라인 ライン ไลน์
uber: убер اوبر 우버 ウーバー 优步
ebay: ебей ибей ايباي 이베이 イーベイ
yandex: яндекс ياندكس
mail: мейл
github: гитхаб جيتهاب 깃허브 ギットハブ git_hub
capcut: капкат кэпкат كاب_كات 캡컷 キャップカット 剪映 cap_cut
soundcloud: саундклауд ساوندكلاود sound_cloud
"""

_GOODS: Final = """
account: acc акк аккаунт аккаунты аккаунта аккаунтов учетка حساب حسابات اکاؤنٹ 계정
 アカウント 账号 帐号 账户 号 खाता अकाउंट অ্যাকাউন্ট บัญชี cuenta cuentas conta contas
 compte comptes konto konten hesap hesaplar tai_khoan
follower: follow подписчик подписчики подписчиков متابع متابعين متابعون فالوورز 팔로워
 フォロワー 粉丝 关注 फॉलोअर्स फॉलोवर ফলোয়ার ผู้ติดตาม seguidor seguidores abonne abonnes
 takipci takipciler folower
subscriber: подписчик подписчики подписчиков sub сабы مشترك مشتركين 구독자 登録者
 チャンネル登録 订阅 订阅者 inscritos suscriptores abone subscribe
like: лайк лайки лайков اعجاب لايك لايكات إعجابات 좋아요 いいね 点赞 赞 लाइक লাইক ไลค์
 curtidas me_gusta begeni j_aime gefallt
view: просмотр просмотры просмотров مشاهدة مشاهدات 조회수 再生 再生数 播放 观看 浏览 व्यूज
 ভিউ วิว visualizaciones visualizacoes vues aufrufe izlenme goruntulenme luot_xem
comment: комментарий комментарии комменты коммент تعليق تعليقات 댓글 コメント 评论
 comentarios commentaires kommentare yorum
member: участник участники участников عضو اعضاء أعضاء 멤버 メンバー 成员 miembros membros
 membres uye
mail: почта почты email e_mail بريد ايميل إيميل 메일 이메일 メール 邮箱 邮件 电邮 ईमेल ইমেইল
 อีเมล correo courriel
mailbox: ящик почтовый
number: номер номера номеров رقم ارقام أرقام 번호 番号 号码 नंबर নম্বর เบอร์ numero numeros
 nummer numara
sms: смс رسالة 문자 短信 接码 एसएमएस
key: ключ ключи مفتاح 키 キー 密钥 激活码 clave clef schlussel anahtar
gift: подарок подарочная подарочный هدية هدايا 기프트 ギフト 礼品 उपहार regalo presente
 cadeau hediye
card: карта карты карточка بطاقة بطاقات 카드 カード 卡 कार्ड কার্ড บัตร tarjeta cartao carte
 karte kart
proxy: прокси بروكسي 프록시 プロキシ 代理 प्रॉक्सी
premium: премиум بريميوم 프리미엄 プレミアム 会员 高级 प्रीमियम প্রিমিয়াম พรีเมียม prem
aged: старый старые отлега отлегой قديم قديمة 오래된 古い 老号 पुराना পুরানো old~ viejo
 antigas antiguas
old: aged~
verified: верифицированный подтвержденный موثق موثقة 인증 認証済み 已验证 实名 verificado
 verifie
friend: друг друзья друзей amigos amis freunde 친구 友達 好友 朋友 اصدقاء
boost: буст бусты бустов بوست 부스트 ブースト
month: месяц месяца мес شهر 개월 ヶ月 个月 mes mois monat ay
year: год года лет سنة 년 年 ano an jahr yil
day: день дня дней يوم 일 日 天 dia jour tag gun
usa: us сша америка американский أمريكا امريكا 미국 アメリカ 美国 अमेरिका eeuu
russia: ru рф россия русский روسيا 러시아 ロシア 俄罗斯
germany: германия немецкий المانيا 독일 ドイツ 德国 deutschland
india: индия индийский الهند 인도 インド 印度
uk: англия великобритания england britain بريطانيا 영국 イギリス 英国
"""

_NOISE: Final = frozenset(
    normalise(
        "a an the for of to and or with in on at by from buy get want need cheap please me i my "
        "и или для на в с со у к по от купить хочу нужен нужна нужно надо дешево мне "
        "de la el los las para con por del comprar do da dos das um uma le les des du pour "
        "acheter und oder fur mit kaufen ve veya icin satin al mua شراء في من على و اريد"
    ).split()
)
_ALIAS: Final = 0.98
"""What a word counts that something is called beside its name: the very word goes before."""
_AKIN: Final = 0.85
"""What a word counts that is only akin to what was typed: Outlook for Hotmail."""

Meanings = tuple[tuple[str, float], ...]


def _entries() -> Iterator[tuple[str, list[str]]]:
    for entry in re.sub(r"\n ", " ", (_BRANDS + _GOODS).strip()).splitlines():
        if entry.strip():
            name, _, spellings = entry.partition(":")
            yield name, spellings.split()


@cache
def aliases() -> dict[str, Meanings]:
    """By each normalised spelling without blanks, the words that are meant and what they count.

    Also the names themselves are there, and what is akin to them.
    """
    found: dict[str, dict[str, float]] = {}
    akin: dict[str, list[str]] = {}
    for name, spellings in _entries():
        [word] = parts_of(normalise(name))
        found.setdefault(word, {})[word] = 1.0
        akin[word] = [one for one in spellings if one.endswith("~")]
        for spelling in set(spellings).difference(akin[word]):
            written = "".join(parts_of(normalise(spelling.replace("_", " "))))
            found.setdefault(written, {}).setdefault(word, _ALIAS)
    for words in found.values():
        for other in [other for word in words for other in akin.get(word, ())]:
            [near] = parts_of(normalise(other))
            words.setdefault(near, _AKIN)
    return {written: tuple(words.items()) for written, words in found.items()}


@cache
def _runs() -> re.Pattern[str]:
    """The spellings that stand inside runs of scripts without blanks, the longest first."""
    inside = sorted((one for one in aliases() if gram_size(one)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, inside)))


def split_run(run: str) -> Iterator[str]:
    """A run of Han, kana or Thai, cut where something in it has a name, as in `谷歌邮箱老号`."""
    at = 0
    for found in _runs().finditer(run):
        if found.start() > at:
            yield run[at : found.start()]
        yield found.group()
        at = found.end()
    if at < len(run):
        yield run[at:]


def is_noise(word: str) -> bool:
    """Whether a word says nothing of what is looked for: `buy`, `для`."""
    return word in _NOISE
