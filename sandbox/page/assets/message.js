// One message as it looks now, with its file and its buttons.

import { copy } from "./api.js";
import { h, icon } from "./dom.js";
import { draw } from "./text.js";

/** The element of a message; `phone` says what its links and buttons do. */
export function messageElement(message, phone) {
  const bubble = h("div", { class: "bubble" }, forwarded(message), via(message), attached(message, phone), body(message, phone));
  const rows = message.keyboard.map((row, y) => h("div", { class: "kb-row" }, row.map((button, x) => buttonElement(button, message, `${y}.${x}`, phone))));
  const keyboard = rows.length ? h("div", { class: "kb" }, rows) : null;
  const kind = message.mine ? "msg mine" : "msg";
  const who = message.mine ? phone.person.name : phone.botName;
  return h("li", { class: keyboard ? `${kind} has-kb` : kind, "aria-label": `${who}, ${clock(message.at, phone.person.language)}` }, bubble, keyboard);
}

function clock(unix, language) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(new Date(unix * 1000));
}

function forwarded(message) {
  return message.forwarded ? h("p", { class: "forwarded" }, `Forwarded from ${message.forwarded}`) : null;
}

function via(message) {
  return message.via ? h("p", { class: "forwarded" }, `via @${message.via}`) : null;
}

function attached(message, phone) {
  if (message.sticker) return h("div", { class: "sticker", role: "img", "aria-label": "Sticker" }, message.sticker);
  if (message.photo) return h("div", { class: "snapshot", role: "img", "aria-label": "Photo" }, "🏞");
  if (message.contact) return h("p", {}, `👤 ${phone.person.name} ${message.contact}`);
  const file = message.file;
  if (!file) return null;
  if (file.picture) {
    const [width, height] = file.box;
    return h("a", { href: file.url, target: "_blank" }, h("img", { class: "picture", src: file.url, alt: file.name, width, height }));
  }
  const size = file.size < 1024 ? `${file.size} B` : `${(file.size / 1024).toFixed(1)} KB`;
  return h("div", { class: "file" },
    h("a", { class: "file-get", href: file.url, download: file.name, "aria-label": `Download ${file.name}` }, icon("file")),
    h("div", {}, h("span", { class: "file-name", dir: "auto" }, file.name), h("span", { class: "file-size" }, size),
      h("button", { type: "button", class: "in-text", data: { key: "peek" }, onclick: (event) => peek(event.target, file) }, "Open")));
}

async function peek(button, file) {
  const shown = button.closest(".bubble").querySelector(".peek");
  if (shown) {
    shown.remove();
    button.textContent = "Open";
    return;
  }
  const text = (await (await fetch(file.url)).text()).slice(0, 20000);
  button.closest(".file").after(h("pre", { class: "peek", tabIndex: 0, dir: "auto" }, text));
  button.textContent = "Close";
}

function body(message, phone) {
  const meta = h("span", { class: "meta" }, message.edited ? "edited " : "", clock(message.at, phone.person.language), message.mine ? h("span", { class: "ticks", "aria-hidden": "true" }, " ✓✓") : null);
  return h("div", { class: "text", dir: "auto" }, draw(message.text, message.entities, phone), meta);
}

function buttonElement(button, message, key, phone) {
  const style = `kb-button ${button.style ?? ""}`;
  const label = h("span", { dir: "auto" }, button.text);
  const common = { class: style, data: { key }, title: button.text };
  if (button.url) {
    const follow = (event) => { if (phone.follows(button.url)) event.preventDefault(); };
    return h("a", { ...common, href: button.url, target: "_blank", rel: "noopener noreferrer", onclick: follow }, label, icon("out"));
  }
  const act = action(button, message, phone);
  const more = button.callback_data === undefined ? {} : { data: { key, tapped: button.callback_data } };
  return h("button", { type: "button", ...common, ...more, disabled: !act, onclick: act }, label, mark(button));
}

function action(button, message, phone) {
  if (button.disabled) return null;
  if (button.callback_data !== undefined) return () => phone.taps(message.id, button.callback_data);
  if (button.copy_text) return () => copy(button.copy_text.text, `Copied: ${button.copy_text.text.slice(0, 60)}`);
  const inline = button.switch_inline_query ?? button.switch_inline_query_current_chat ?? button.switch_inline_query_chosen_chat?.query;
  if (inline !== undefined) return () => phone.beginsInline(inline);
  return null;
}

function mark(button) {
  if (button.copy_text) return icon("copy");
  return Object.keys(button).some((name) => name.startsWith("switch_inline")) ? icon("share") : null;
}
