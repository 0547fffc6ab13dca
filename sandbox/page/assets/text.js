// Draws a text with Telegram's entities; offsets are UTF-16 units, as JavaScript counts.

import { copy } from "./api.js";
import { h } from "./dom.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", blockquote: "blockquote" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const FOUND = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]|\bt\.me\/[^\s<>"']+|(?<![\w/])\/[a-z][a-z0-9_]{0,31}(?![\w/])|(?<![\w@])@[A-Za-z]\w{3,31}/g;
const PARTS = {
  w: { weekday: "long" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
  t: { timeStyle: "short" }, T: { timeStyle: "medium" },
};
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** The nodes of a text. `reader` has a language and knows what a command and a link do. */
export function draw(text, entities, reader) {
  return nest(text, 0, text.length, [...entities], reader, false);
}

function nest(text, start, end, waiting, reader, isCode) {
  const nodes = [];
  let at = start;
  while (waiting.length) {
    const entity = waiting.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    const isBlock = BLOCKS.has(entity.type);
    nodes.push(...plain(text.slice(at, isBlock && text[from - 1] === "\n" ? from - 1 : from), reader, isCode));
    const inside = waiting.filter((one) => one.offset < to);
    // What reaches beyond the end is drawn in two pieces.
    waiting = waiting.filter((one) => one.offset + one.length > to);
    const isPlain = isCode || ["code", "pre", "text_link"].includes(entity.type);
    nodes.push(wrap(entity, text.slice(from, to), nest(text, from, to, inside, reader, isPlain), reader));
    at = isBlock && text[to] === "\n" ? to + 1 : to;
  }
  return [...nodes, ...plain(text.slice(at, Math.max(at, end)), reader, isCode)];
}

function plain(text, reader, isCode) {
  if (isCode || !text) return text ? [text] : [];
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(FOUND)) {
    nodes.push(text.slice(at, found.index), reference(found[0], reader));
    at = found.index + found[0].length;
  }
  return [...nodes, text.slice(at)].filter(Boolean);
}

function reference(text, reader) {
  if (text.startsWith("/")) {
    return h("button", { type: "button", class: "in-text", onclick: () => reader.says(text) }, text);
  }
  if (text.startsWith("@")) return h("span", { class: "mention" }, text);
  return link(text.startsWith("http") ? text : `https://${text}`, [text], reader);
}

function link(url, children, reader) {
  const follow = (event) => { if (reader.follows(url)) event.preventDefault(); };
  const isSafe = /^(https?|tg|ton):/i.test(url);
  return h("a", { href: isSafe ? url : "#", target: "_blank", rel: "noopener noreferrer", onclick: follow }, children);
}

function wrap(entity, text, children, reader) {
  switch (entity.type) {
    case "code": return copied(h("code", {}, children), text);
    case "pre": return copied(h("pre", { data: { language: entity.language ?? "" } }, children), text);
    case "text_link": return link(entity.url, children, reader);
    case "text_mention": return h("span", { class: "mention" }, children);
    case "spoiler": return spoiler(children);
    case "expandable_blockquote": return h("blockquote", { class: "expandable" }, children);
    case "date_time": return moment(entity, text, reader.language);
    case "custom_emoji": return h("span", {}, children);
    default: return h(TAGS[entity.type] ?? "span", {}, children);
  }
}

function pressable(element, label, act) {
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.title = label;
  element.addEventListener("click", act);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
  return element;
}

function copied(element, text) {
  return pressable(element, "Copy", () => {
    if (!String(getSelection())) copy(text);
  });
}

function spoiler(children) {
  const hidden = h("span", { class: "spoiler" }, children);
  return pressable(hidden, "Show", () => hidden.classList.add("shown"));
}

function moment(entity, text, language) {
  const date = new Date(entity.unix_time * 1000);
  const full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium" }).format(date);
  const format = entity.date_time_format ?? "";
  const shown = h("time", { dateTime: date.toISOString(), title: full }, format ? written(date, format, language) : text);
  if (format.includes("r")) Object.assign(shown.dataset, { unix: entity.unix_time, language });
  return shown;
}

function written(date, format, language) {
  if (format.includes("r")) return relative(date, language);
  const parts = [...format].filter((letter) => letter in PARTS);
  const options = Object.assign({}, ...parts.filter((letter) => letter !== "w").map((letter) => PARTS[letter]));
  const weekday = parts.includes("w") ? new Intl.DateTimeFormat(language, PARTS.w).format(date) : null;
  const rest = Object.keys(options).length ? new Intl.DateTimeFormat(language, options).format(date) : null;
  return [weekday, rest].filter(Boolean).join(", ");
}

function relative(date, language) {
  const seconds = Math.round((date - Date.now()) / 1000);
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? STEPS.at(-1);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

setInterval(() => {
  for (const shown of document.querySelectorAll("time[data-unix]")) {
    const text = relative(new Date(shown.dataset.unix * 1000), shown.dataset.language);
    if (shown.textContent !== text) shown.textContent = text;
  }
}, 1000);
