// The calls of the bot, newest on top, bounded, refusals in red.

import { h, memory } from "./dom.js";

const KEPT = 300;
const QUIET = new Set([
  "getUpdates", "status", "sms_status", "sms_code", "balance",
  "setMyCommands", "setMyDescription", "setMyShortDescription", // seventeen of each at every start
]);
const FILTERS = [["refused", "Refusals only"], ["polling", "Polling too"]];

export class Log {
  constructor(titles, nameOf) {
    Object.assign(this, { titles, nameOf });
    this.box = document.getElementById("log-lines");
    this.lines = new Map();
    this.on = new Set(memory.get("log", []));
    this.badge = document.getElementById("log-refused");
    document.getElementById("log-filters").replaceChildren(...FILTERS.map(([id, label]) => this.filter(id, label)));
  }

  filter(id, label) {
    const button = h("button", { type: "button", class: "chip small", "aria-pressed": String(this.on.has(id)), onclick: () => {
      if (!this.on.delete(id)) this.on.add(id);
      button.setAttribute("aria-pressed", String(this.on.has(id)));
      memory.set("log", [...this.on]);
      this.reset([...this.lines.values()].map((known) => known.line).reverse());
    } }, label);
    return button;
  }

  reset(lines) {
    this.lines.clear();
    this.box.replaceChildren();
    for (const line of lines) this.add(line);
  }

  add(line) {
    const known = this.lines.get(line.id);
    const element = this.lineElement(line);
    if (known) {
      element.firstChild.open = known.element.firstChild.open;
      known.element.replaceWith(element);
      this.lines.set(line.id, { line, element });
    } else {
      this.box.prepend(element);
      this.lines = new Map([[line.id, { line, element }], ...this.lines]);
      this.forget();
    }
    this.count();
  }

  forget() {
    if (this.lines.size <= KEPT) return;
    const [id, oldest] = [...this.lines].at(-1);
    oldest.element.remove();
    this.lines.delete(id);
  }

  count() {
    const refused = [...this.lines.values()].filter(({ line }) => line.refused).length;
    this.badge.textContent = refused;
    this.badge.hidden = !refused;
    this.badge.setAttribute("aria-label", `${refused} refused`);
  }

  isShown(line) {
    if (this.on.has("refused")) return Boolean(line.refused);
    return this.on.has("polling") || line.refused || line.fault || !QUIET.has(line.what);
  }

  lineElement(line) {
    const time = new Date(line.at).toLocaleTimeString("en-GB");
    const facts = [line.chat ? this.nameOf(line.chat) : null, line.times > 1 ? `× ${line.times}` : null].filter(Boolean).join(" · ");
    return h("li", { class: line.refused ? "line refused" : "line", hidden: !this.isShown(line) },
      h("details", {}, h("summary", {}, h("time", {}, time), h("span", { class: `who ${line.who}` }, this.titles[line.who] ?? line.who),
        h("b", {}, line.what), h("span", { class: "line-facts" }, facts), line.brief ? h("span", { class: "line-brief", dir: "auto" }, line.brief) : null, line.refused ? h("span", { class: "line-refused" }, line.refused) : null, line.note ? h("span", { class: "line-note" }, line.note) : null),
      h("dl", {}, ...pair("asked", line.asked), ...pair("answered", line.answered), ...pair("trouble", line.fault))));
  }
}

function pair(name, text) {
  return text ? [h("dt", {}, name), h("dd", {}, h("code", {}, text))] : [];
}
