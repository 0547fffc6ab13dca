"""The hosts and words by which a contact is told from what belongs to the goods."""

from __future__ import annotations

from typing import Final


def _set(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


INVITING: Final = _set(
    "t.me telegram.me telegram.dog wa.me whatsapp.com discord.gg discord.me m.me viber.com vk.me",
    "line.me zalo.me join.skype.com icq.im signal.me signal.group linktr.ee taplink.cc wechat.com",
    "qm.qq.com",
)
"""Where a link with a path leads to a person, a channel or a group."""
NEEDED: Final = _set(
    # Codes of the second factor, and letters that are read in a browser.
    "2fa.live 2fa.cn 2fa.cc 2fa.zone 2fa.fb.rip 2fa.fb.tools gauth.apps.gbraad.nl totp.app",
    "totp.danhersam.com dongvanfb.net firstmail.ltd notletters.com mail.tm temp-mail.org",
    "mail.ru inbox.ru list.ru bk.ru rambler.ru yandex.ru yandex.com ya.ru gmail.com google.com",
    "outlook.com live.com hotmail.com office.com microsoft.com msn.com yahoo.com aol.com gmx.com",
    "gmx.de gmx.net web.de icloud.com apple.com proton.me protonmail.com tutanota.com zoho.com",
    "mail.com t-online.de libero.it wp.pl onet.pl o2.pl interia.pl qq.com 163.com 126.com",
    "naver.com daum.net",
    # Where the goods themselves are used.
    "facebook.com instagram.com threads.net twitter.com x.com tiktok.com youtube.com linkedin.com",
    "reddit.com pinterest.com discord.com snapchat.com vk.com ok.ru twitch.tv spotify.com",
    "netflix.com steampowered.com steamcommunity.com epicgames.com roblox.com openai.com",
    "chatgpt.com claude.ai anthropic.com midjourney.com canva.com github.com amazon.com ebay.com",
    "paypal.com nordvpn.com adobe.com telegram.org whoer.net browserleaks.com multilogin.com",
    "dolphin-anty.com adspower.com gologin.com mozilla.org",
)
"""What a customer needs to use goods: such a link stays, but for invitations there."""
MAIL_HOUSES: Final = _set(
    "gmail mail outlook hotmail yahoo aol gmx icloud proton protonmail rambler yandex inbox list",
    "bk live msn web email domain example qq",
)
"""Behind an @ they are no one's name."""
PLACEHOLDERS: Final = _set(
    "username user yourname your_name yourusername your_username name channel channel_name",
    "channelname yourchannel your_channel group groupname link your_link xxx xxxx profile page",
    "post example login nickname invite_link",
)
"""In the place of a name they stand for the customer's own."""
ASKING: Final = (
    "support|contact|contacts|helpdesk|manager|admin|owner|seller|write us|write to us|write to"
    "|message us|message me|dm|pm me|join us|join our|joining|subscribe to|our channel|our group"
    "|our chat|our shop|our store|our site|our website|visit|more info|more details|for details"
    "|order at|order here|buy at|buy here|bulk orders|wholesale|for questions|any questions"
    "|call us"
    "|поддержк[а-я]{0,3}|саппорт[а-я]{0,2}|контакт[а-я]{0,4}|пишите|писать|напишите|написать"
    "|связ[а-я]{1,4}|менеджер[а-я]{0,3}|админ[а-я]{0,2}|оператор[а-я]{0,3}|подпишитесь|подпишись"
    "|наш[а-я]{0,2} канал[а-я]{0,2}|наш сайт|наш магазин|наш чат|наша группа|по вопросам|оптом"
    "|подробн[а-я]{1,5}"
    "|contacto|soporte|suporte|contato|kontakt|destek|iletişim|hỗ trợ|liên hệ|الدعم|تواصل"
)
"""Words beside which a name, a number or an address is somebody to write to."""
ASKING_INSIDE: Final = "客服|联系|聯繫|加群|群组|咨询|售后|官网|店铺|問い合わせ|문의"
"""The same in scripts that put no blanks between words."""
CALLING: Final = (
    "whatsapp|whats app|viber|skype|icq|jabber|wechat|phone|tel|вотсап|ватсап|вайбер|телефон|тел"
)
"""Words beside which a number is somebody's, if it is long enough for that."""
SHOWING: Final = "format|example|e.g|sample|формат|пример|образец"
"""Words beside which a link shows what a customer's own should look like."""
FETCHING: Final = (
    "2fa|otp|code|codes|inbox|webmail|web mail|imap|pop3|smtp|mailbox|log in|login|sign in"
    "|authenticator|read mail|check mail|get the mail|mail is read|download|redeem|activate"
    "|код|коды|почт[а-я]{1,2}|вход|войти|войдите|скачать|активац[а-я]{1,3}"
)
"""Words beside which an address is where the goods are used or their codes are fetched."""
FETCHING_INSIDE: Final = "验证码|登录|邮箱|收码|下载|激活"
