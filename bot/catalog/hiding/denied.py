"""What a new shop does not sell before an owner says otherwise, and the words it is known by.

Words stand apart by commas and are compared as search compares them: neither case, marks nor
signs matter. `*` stands for any ending of a word. In scripts that put no blanks between words a
word is found inside of a longer one. Only goods and SMS numbers are looked at: what is done to a
link, such as members for a channel, is never on the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final

from bot.suppliers.words import Kind


class DenyReason(StrEnum):
    """Why goods are on the list; the desk has a sentence for each."""

    TELEGRAM = "telegram"
    BANK = "bank"
    IDENTITY = "identity"


class Hint(Enum):
    """What a word in the name of a service or of its category says."""

    TELEGRAM = auto()
    BANK = auto()
    """A bank, a payment service or an exchange by its name."""
    BANKING = auto()
    """Names of what gives access to somebody's bank."""
    ACCOUNT = auto()
    CODE = auto()
    AGE = auto()
    """What is said of accounts, and only counts in a category that names what they are of."""
    CHECKED = auto()
    """Somebody proved who they are."""
    IDENTITY = auto()
    """Proofs of somebody's identity, or an account made with them."""
    NOT = auto()
    """Turns what follows into its opposite."""
    NEEDLESS = auto()
    """Turns what stands before it into its opposite."""
    YOURS = auto()
    """What follows belongs to the buyer already."""
    LINKED = auto()
    """What follows is only attached to the goods."""
    TOOL = auto()
    FOR = auto()
    VOUCHER = auto()
    ASIDE = auto()
    """Something else of the same house: a channel of Telegram's, its stars."""
    PROJECT = auto()
    """A bank, where it is what SMS numbers are for; in other names the word says little."""
    GAME = auto()


WORDS: Final[Mapping[Hint, str]] = {
    Hint.TELEGRAM: (
        "telegram*, tg, телеграм*, телега, тг, 电报, 電報, 纸飞机, 텔레그램, テレグラム, تيليجرام,"
        " تليجرام, تلغرام, تيليغرام, تلگرام, ٹیلیگرام, टेलीग्राम, টেলিগ্রাম, เทเลแกรม"
    ),
    Hint.BANK: (
        "paypal, pay pal, payoneer, skrill, neteller, revolut, transferwise, wise account,"
        " wise accounts, wise business, wise personal, wise verified, cash app, cashapp,"
        " venmo, zelle, chime, n26, monzo, bunq, stripe, webmoney, вебмани, qiwi, киви, yoomoney,"
        " юmoney, юмани, payeer, advcash, perfect money, paysera, wirex, airtm, gcash, paymaya,"
        " paytm, phonepe, mercado pago, mercadopago, nubank, picpay, bkash, nagad, papara, mpesa,"
        " m pesa, kaspi, каспи, monobank, монобанк, privatbank, приватбанк, sberbank, сбер,"
        " сбербанк*, tinkoff, тинькофф, т банк, t bank, альфа банк, альфабанк, alfa bank, втб,"
        " райффайзен*, alipay, 支付宝, wechat pay, 微信支付, wells fargo, bank of america,"
        " chase bank, citibank, hsbc, barclays, santander, binance, бинанс, 币安, bybit, байбит,"
        " okx, kucoin, coinbase, kraken, huobi, htx, bitget, mexc, gate io, bitstamp, crypto com,"
        " usbank, capital one, deutsche bank, commerzbank, bbva, akbank, ziraat, garanti"
    ),
    Hint.BANKING: (
        "bank account, bank accounts, bank acc, bank accs, bank log, bank logs, bank login,"
        " bank logins, bank drop, bank drops, bank transfer account, online banking,"
        " банковск* аккаунт*, банковск* счет*, банковск* карт*, банк аккаунт*, аккаунт* банк*,"
        " счет* в банк*, карт* банк*, дроп карт*, дропы карт*, 银行账户, 银行账号, 银行帐户,"
        " 银行卡, 对公账户, 四件套, cuenta bancaria, cuentas bancarias, conta bancaria,"
        " contas bancarias, compte bancaire, comptes bancaires, bankkonto, bankkonten,"
        " banka hesab*, rekening bank, tai khoan ngan hang, حساب بنكي, حسابات بنكية, 銀行口座,"
        " 은행 계좌, 은행계좌, बैंक खाता, ব্যাংক অ্যাকাউন্ট, بینک اکاؤنٹ, บัญชีธนาคาร"
    ),
    Hint.ACCOUNT: (
        "account, accounts, acc, accs, acct, session, sessions, tdata, profile, profiles, login,"
        " logins, logs, drop, drops, аккаунт*, акк, акки, аки, сесси*, логи, тдата, учетк*,"
        " учетн*, 账号, 账户, 帐号, 帐户, 帳號, 老号, 新号, 小号, 协议号, 直登, 成品号, 飞机号,"
        " cuenta, cuentas, conta, contas, compte, comptes, konto, konten, hesap*, hesab*, akun,"
        " tai khoan, حساب*, アカウント, 계정, खाता, खाते, অ্যাকাউন্ট, اکاؤنٹ*, บัญชี"
    ),
    Hint.CODE: (
        "otp, login code, login codes, sms, sms code, sms codes, verification code,"
        " verification codes, auth code, auth codes, код входа, коды входа, код для входа, смс,"
        " код подтверждения, коды подтверждения, 验证码, 接码, 登录码, número virtual,"
        " virtual number, virtual numbers, виртуальн* номер*"
    ),
    Hint.AGE: (
        "aged, old, fresh, autoreg*, softreg, reg, registered, 2fa, warmed, авторег*, отлеж*,"
        " прогрет*, спамблок*, spamblock, spam block, json, geo, гео, трастов*"
    ),
    Hint.CHECKED: (
        "verified, verification, верифиц*, верификац*, подтвержден*, 认证, 已认证, 验证,"
        " verificada, verificado, verificadas, verifiziert, verifie, verifiee, onayli"
    ),
    Hint.IDENTITY: (
        "kyc, kyced, кус верифик*, кyc, fullz, ssn, passport verified, documents verified,"
        " docs verified, id verified, selfie verified, verified with documents,"
        " verified with passport, verified by documents, verified on documents, passport scan,"
        " passport scans, id scan, id scans, id card scan, id card scans, driver license scan,"
        " drivers license scan, driver license scans, скан* паспорт*, паспорт* скан*,"
        " верифиц* на документ*, верифиц* на паспорт*, верифиц* на дроп*, верифиц* по паспорт*,"
        " верифиц* личност*, с верификацией личности, 实名, 實名, 身份证, 护照扫描, 手持证件"
    ),
    Hint.NOT: (
        "no, non, not, without, w o, un, без, не, нет, sin, sem, sans, ohne, 无, 無, 免,"
        " 无需, 不需, 不用, 未, 非, 不, 没有, بدون, without any, no need, not need"
    ),
    Hint.NEEDLESS: "free, not required, not needed, не нужен, не нужна, не требуется",
    Hint.YOURS: (
        "your, own, my, buyers, customers, ваш*, вашу, свой, своего, твой, 您的, 你的, 自己的"
    ),
    Hint.LINKED: (
        "with, linked, link, via, through, to, by, pay, paid, accepts, plus, attached, added,"
        " для, через, с, оплата, привязк*, привязан*, for, on"
    ),
    Hint.TOOL: (
        "bot, bots, script, scripts, software, soft, checker, checkers, parser, panel, course,"
        " guide, manual, ebook, template, templates, generator, converter, manager, creator,"
        " regger, method, methods, api, theme, plugin, софт, скрипт*, чекер*, парсер*, бот, боты,"
        " курс*, гайд*, инструкци*, шаблон*, конвертер*, 脚本, 软件, 教程, 机器人"
    ),
    Hint.FOR: "for, для, under, 用于",
    Hint.PROJECT: "wise, bank, banks, banking, банк*, chase, current, ally, 银行, kraken",
    Hint.VOUCHER: (
        "gift card, gift cards, giftcard, giftcards, voucher, vouchers, prepaid, 礼品卡,"
        " подарочн* карт*, ваучер*"
    ),
    Hint.ASIDE: (
        "gift, gifts, stars, premium, channel, channels, group, groups, chat, chats, members,"
        " subscribers, sticker*, boost*, ads, username, usernames, top up, topup, подар*, звезд*,"
        " премиум, подписк*, подписчик*, канал*, групп*, чат*, стикер*, 会员, 频道, 群组,"
        " 成员, 粉丝"
    ),
    Hint.GAME: (
        "game, games, gaming, simulator, steam, xbox, playstation, psn, nintendo, epic games, gta,"
        " roblox, minecraft, fortnite, heist, payday, monopoly, игр*, 游戏"
    ),
}
"""By which words a hint is found."""


@dataclass(frozen=True, slots=True)
class Denied:
    """One kind of goods of the list: it has all hints of one of `needs`.

    The name itself says one of `told`, where there are any, and none of `unless`.
    """

    reason: DenyReason
    kinds: frozenset[Kind]
    needs: tuple[frozenset[Hint], ...]
    unless: frozenset[Hint] = frozenset()
    told: frozenset[Hint] = frozenset()


def _all(*hints: Hint) -> frozenset[Hint]:
    return frozenset(hints)


_GOODS: Final = frozenset({Kind.PRODUCT})
_NUMBERS: Final = frozenset({Kind.NUMBER})
_BOTH: Final = _GOODS | _NUMBERS

DENIED: Final = (
    # Telegram closes shops that sell accounts of it, and the bot would go with the shop.
    Denied(DenyReason.TELEGRAM, _NUMBERS, (_all(Hint.TELEGRAM),)),
    Denied(
        DenyReason.TELEGRAM,
        _GOODS,
        (_all(Hint.TELEGRAM, Hint.ACCOUNT), _all(Hint.TELEGRAM, Hint.CODE)),
        told=_all(Hint.ACCOUNT, Hint.CODE),
    ),
    Denied(
        DenyReason.TELEGRAM,
        _GOODS,
        (_all(Hint.TELEGRAM, Hint.ACCOUNT), _all(Hint.TELEGRAM, Hint.AGE)),
        unless=_all(Hint.ASIDE),
    ),
    # Accounts and codes that open somebody's bank, wallet or exchange serve fraud above all.
    Denied(DenyReason.BANK, _NUMBERS, (_all(Hint.BANK), _all(Hint.PROJECT)), _all(Hint.GAME)),
    Denied(DenyReason.BANK, _GOODS, (_all(Hint.BANKING),), _all(Hint.GAME, Hint.VOUCHER)),
    Denied(
        DenyReason.BANK,
        _GOODS,
        (
            _all(Hint.BANK, Hint.ACCOUNT),
            _all(Hint.BANK, Hint.CHECKED),
            _all(Hint.BANK, Hint.AGE),
            _all(Hint.BANK, Hint.CODE),
        ),
        _all(Hint.VOUCHER, Hint.GAME),
    ),
    # Checks of identity are passed in the name of somebody else.
    Denied(DenyReason.IDENTITY, _BOTH, (_all(Hint.IDENTITY),)),
)
"""The list."""
