// One person's phone: their chat with the bot, always as it stands in the world.

import { copy, post } from "./api.js";
import { Composer } from "./composer.js";
import { h, icon, swap } from "./dom.js";
import { messageElement } from "./message.js";
import { personMenu } from "./people.js";

const SPIN_MAX_MS = 30_000;
const TOAST_MS = 3200;
const SCOPES = (id) => [`chat:${id}`, "all_private_chats", "default"];

export class Phone {
  constructor(person, bot, world) {
    Object.assign(this, { person, bot, world, messages: new Map(), spins: new Map(), own: new Set(), asking: 0, early: [] });
    this.list = h("ol", { class: "messages", lang: person.language });
    this.empty = h("div", { class: "empty" });
    this.scroller = h("div", {
      class: "chat", tabIndex: 0, role: "log", "aria-live": "polite", "aria-label": `Chat of ${person.name}`,
      onscroll: () => { this.jump.hidden = this.scroller.scrollTop > -200; },
    }, this.list, this.empty);
    this.jump = h("button", { type: "button", class: "jump", hidden: true, "aria-label": "To the newest message", onclick: () => this.toNewest() }, icon("down"));
    this.toast = h("div", { class: "toast", role: "status", dir: "auto" });
    this.title = h("b", {});
    this.subtitle = h("small", {});
    this.owner = h("div", { class: "owner" });
    this.composer = new Composer(this);
    this.screen = h("div", { class: "screen" },
      h("header", { class: "chat-head" }, h("span", { class: "avatar bot", "aria-hidden": "true" }, icon("shop")), h("div", {}, this.title, this.subtitle)),
      h("div", { class: "chat-box" }, this.scroller, this.jump, this.toast), this.composer.element);
    this.element = h("article", { class: "phone", "aria-label": `Phone of ${person.name}`, data: { person: person.id } }, this.owner, this.screen);
    this.refresh();
  }

  get language() { return this.person.language; }
  get botUsername() { return this.bot.username; }
  get botName() { return this.bot.names[this.language] || this.bot.names[""]; }

  get commands() {
    for (const scope of SCOPES(this.person.id)) {
      for (const language of [this.language.slice(0, 2), ""]) {
        const menu = this.bot.commands.find((one) => one.scope === scope && one.language === language);
        if (menu?.commands.length) return menu.commands;
      }
    }
    return [];
  }

  /** Show a person or a bot that changed. */
  refresh(change = {}) {
    Object.assign(this, change);
    this.owner.replaceChildren(...personMenu(this.person, this));
    this.title.textContent = this.botName;
    this.subtitle.textContent = "bot";
    const description = this.bot.descriptions[this.language.slice(0, 2)] || this.bot.descriptions[""];
    this.empty.replaceChildren(h("b", {}, description ? "What can this bot do?" : "No messages here yet"),
      h("p", { dir: "auto" }, description || "Press Start below and the shop opens."));
    this.composer.refresh();
    this.empty.hidden = this.messages.size > 0;
  }

  /** Show a whole chat anew. */
  reset(messages, spins) {
    this.messages.clear();
    this.list.replaceChildren();
    const all = document.createDocumentFragment();
    for (const message of messages) all.append(this.entry(message));
    this.list.append(all);
    for (const query of [...this.spins.keys()]) this.stops(query);
    for (const spin of spins) this.spin(spin);
    this.empty.hidden = this.messages.size > 0;
  }

  entry(message) {
    const element = messageElement(message, this);
    this.messages.set(message.id, { message, element });
    return element;
  }

  upsert(message) {
    const known = this.messages.get(message.id);
    this.subtitle.textContent = "bot";
    if (known) {
      swap(known.element, this.entry(message));
      this.paintSpins();
      return;
    }
    this.withDay(message);
    this.list.append(this.entry(message));
    this.empty.hidden = true;
    if (message.mine) this.toNewest();
  }

  withDay(message) {
    const last = [...this.messages.values()].at(-1)?.message;
    const day = (unix) => new Date(unix * 1000).toDateString();
    if (!last || day(last.at) === day(message.at)) return;
    this.list.append(h("li", { class: "day" }, new Intl.DateTimeFormat(this.language, { dateStyle: "long" }).format(new Date(message.at * 1000))));
  }

  remove(id) {
    this.messages.get(id)?.element.remove();
    this.messages.delete(id);
  }

  toNewest() { this.scroller.scrollTop = 0; }
  lastOwn() { return [...this.messages.values()].map((one) => one.message).findLast((one) => one.mine); }

  // What the person does.

  acts(act, body = {}) { return post(`people/${this.person.id}/${act}`, body); }
  says(text) { return this.acts("text", { text }); }

  /** Tap a button; what is answered is shown here and not in another tab, as on one phone of many. */
  async taps(message, tapped) {
    this.asking += 1;
    const told = await this.acts("tap", { message, tapped });
    this.asking -= 1;
    if (told) this.own.add(told.query);
    for (const answer of this.early.splice(0)) this.answered(answer);
  }

  /** Put words where the person writes, ready to be sent. */
  drafts(text) {
    this.composer.input.value = text;
    this.composer.changed();
    this.composer.input.focus();
  }

  beginsInline(query) { this.drafts(`@${this.botUsername} ${query}`); }

  /** Open an address the way Telegram would; false leaves it to the browser. */
  follows(url) {
    const { hostname, pathname, searchParams } = new URL(url, location.href);
    if (hostname !== "t.me") return false;
    if (pathname === "/share/url") this.shares(searchParams.get("url") ?? url);
    else if (pathname.slice(1) === this.botUsername) this.says(`/start ${searchParams.get("start") ?? ""}`.trim());
    else copy(url, `Outside of the sandbox, copied: ${url}`);
    return true;
  }

  shares(url) { this.world.shares(url, this.person); }

  // What the bot answers.

  spin({ query, message, tapped }) {
    const timer = setTimeout(() => this.stops(query), SPIN_MAX_MS);
    this.spins.set(query, { message, tapped, timer });
    this.paintSpins();
  }

  stops(query) {
    clearTimeout(this.spins.get(query)?.timer);
    this.spins.delete(query);
    this.paintSpins();
  }

  paintSpins() {
    for (const button of this.list.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    for (const { message, tapped } of this.spins.values()) {
      const element = this.messages.get(message)?.element;
      for (const button of element?.querySelectorAll("[data-tapped]") ?? []) {
        if (button.dataset.tapped === tapped) button.setAttribute("aria-busy", "true");
      }
    }
  }

  answered(answer) {
    const { query, text, alert, url } = answer;
    this.stops(query);
    if (!this.own.delete(query)) {
      if (this.asking) this.early.push(answer); // perhaps ours: the answer was faster than our own request
      return;
    }
    if (url) this.follows(url);
    if (text && alert) this.alerts(text);
    else if (text) this.toasts(text);
  }

  toasts(text) {
    clearTimeout(this.toastTimer);
    // Always there, so that a screen reader has heard of it before words come into it.
    this.toast.textContent = text;
    this.toastTimer = setTimeout(() => { this.toast.textContent = ""; }, TOAST_MS);
  }

  alerts(text) {
    const before = document.activeElement;
    const close = () => { box.remove(); before?.focus?.({ preventScroll: true }); };
    const ok = h("button", { type: "button", onclick: close }, "OK");
    const box = h("div", { class: "alert", onkeydown: (event) => event.key === "Escape" && close() },
      h("div", { role: "alertdialog", "aria-label": this.botName }, h("b", {}, this.botName), h("p", { dir: "auto" }, text), ok));
    this.screen.append(box);
    if (this.element.checkVisibility?.() ?? true) ok.focus({ preventScroll: true });
  }

  typing() {
    this.subtitle.textContent = "typing …";
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => { this.subtitle.textContent = "bot"; }, 5000);
  }
}

