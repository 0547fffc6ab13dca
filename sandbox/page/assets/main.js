// Holds what the server tells and hands each change to the part of the page that shows it.

import { h, memory, placeIcons } from "./dom.js";
import { Guide } from "./guide.js";
import { Laws } from "./laws.js";
import { Log } from "./log.js";
import { openShared, peopleBar, prepareBorn } from "./people.js";
import { Phone } from "./phone.js";
import { Stall } from "./stall.js";
import { TelegramConsole } from "./telegram_console.js";

const narrow = matchMedia("(max-width: 899px)");
const TABS = ["phones", "console", "log"];
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g; // in a name they would turn the page around it
const TITLES = { telegram: "Telegram", accplanet: "AccPlanet", hstockplus: "HstockPlus" };
const element = (id) => document.getElementById(id);

class World {
  constructor() {
    Object.assign(this, { phones: new Map(), suppliers: [], stalls: new Map(), unread: new Map(), bot: null, judged: null, began: null, looksIntoBooks: true });
    this.shown = memory.get("shown", [1001, 2001]);
    this.current = memory.get("current", 1001);
    this.log = new Log(TITLES, (id) => this.phones.get(id)?.person.name ?? `chat ${id}`);
    this.laws = new Laws();
    this.guide = new Guide(this);
    this.tab(TABS.includes(location.hash.slice(1)) ? location.hash.slice(1) : "phones");
    prepareBorn((id) => this.show(id));
  }

  // What the guide and the phones ask.

  get mayHide() { return !narrow.matches; }
  isShown(id) { return narrow.matches ? this.current === id : this.shown.includes(id); }

  toggle(id) {
    if (narrow.matches || !this.shown.includes(id)) this.show(id);
    else this.arrange(this.shown.filter((one) => one !== id));
  }

  show(id) {
    this.current = id;
    memory.set("current", id);
    this.arrange(this.shown.includes(id) ? this.shown : [...this.shown, id]);
    if (narrow.matches) this.tab("phones");
    else this.phones.get(id)?.element.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "nearest" });
  }

  arrange(shown) {
    this.shown = shown;
    memory.set("shown", shown);
    for (const [id, phone] of this.phones) {
      phone.element.hidden = !this.isShown(id);
      if (this.isShown(id)) this.unread.delete(id);
    }
    this.paintPeople();
  }

  paintPeople() {
    const bar = element("people");
    const focused = bar.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    bar.replaceChildren(...peopleBar([...this.phones.values()].map((phone) => phone.person), this));
    [...bar.children].find((chip) => chip.dataset.key === focused)?.focus();
  }

  shares(url, sharer) { openShared(url, sharer, this.phones); }

  tab(name) {
    document.body.dataset.tab = name;
    for (const button of document.querySelectorAll("[data-tab][role=tab]")) {
      button.setAttribute("aria-selected", String(button.dataset.tab === name));
      button.tabIndex = button.dataset.tab === name ? 0 : -1;
    }
    history.replaceState(null, "", `#${name}`);
  }

  // What the server tells.

  hello(state) {
    Object.assign(this, { bot: state.bot, suppliers: state.suppliers, began: state.began, judged: state.judged, looksIntoBooks: state.looks_into_books });
    for (const person of state.people) this.person({ person });
    for (const [id, phone] of this.phones) {
      phone.refresh({ bot: state.bot });
      phone.reset(state.chats[id] ?? [], state.spins.filter((spin) => spin.chat === id));
    }
    this.log.reset(state.log);
    for (const supplier of state.suppliers) this.supplier({ supplier });
    this.telegramConsole ??= new TelegramConsole(state.paced);
    this.paced(state);
    this.consoleTabs();
    this.listening(state);
    this.laws.show(state.judged);
    this.arrange(this.shown);
    document.body.classList.add("ready");
  }

  person({ person: told }) {
    const person = { ...told, name: told.name.replace(DIRECTIONS, "") };
    const known = this.phones.get(person.id);
    if (known) known.refresh({ person });
    else {
      const phone = new Phone(person, this.bot, this);
      this.phones.set(person.id, phone);
      element("stage").append(phone.element);
      phone.element.hidden = !this.isShown(person.id);
    }
    this.paintPeople();
  }

  message({ chat, message }) {
    const phone = this.phones.get(chat);
    if (!phone) return;
    const isNew = !phone.messages.has(message.id) && !message.mine;
    phone.upsert(message);
    if (isNew && !this.isShown(chat)) {
      this.unread.set(chat, (this.unread.get(chat) ?? 0) + 1);
      this.paintPeople();
    }
  }

  deleted({ chat, id }) { this.phones.get(chat)?.remove(id); }
  spin(spin) { this.phones.get(spin.chat)?.spin(spin); }
  answered(answer) { this.phones.get(answer.chat)?.answered(answer); }
  inline({ chat, ...answer }) { this.phones.get(chat)?.composer.inline.show(answer); }
  typing({ chat }) { this.phones.get(chat)?.typing(); }
  paced({ paced }) { this.telegramConsole?.show(paced); }
  judge(judged) {
    this.judged = judged;
    this.laws.show(judged);
  }

  line({ line }) { this.log.add(line); }

  newBot({ bot }) {
    this.bot = bot;
    for (const phone of this.phones.values()) phone.refresh({ bot });
  }

  listening({ listening }) {
    const pill = element("listening");
    pill.textContent = listening ? "The bot is listening" : "No bot is listening yet";
    pill.className = listening ? "pill good" : "pill";
  }

  supplier({ supplier }) {
    this.suppliers = this.suppliers.map((one) => (one.id === supplier.id ? supplier : one));
    const known = this.stalls.get(supplier.id);
    if (known) known.show(supplier);
    else this.stalls.set(supplier.id, new Stall(supplier));
    this.paintConsoleTabs();
  }

  // The console's own tabs.

  consoleTabs() {
    this.rooms = [...[...this.stalls].map(([id, stall]) => [id, TITLES[id] ?? id, stall.element]), ["telegram", "Telegram", this.telegramConsole.element]];
    element("console-tabs").replaceChildren(...this.rooms.map((room) => this.roomTab(room)));
    this.openRoom(memory.get("room", this.rooms[0][0]));
  }

  openRoom(id) {
    const room = this.rooms.find(([one]) => one === id) ?? this.rooms[0];
    this.room = room[0];
    memory.set("room", this.room);
    element("console-body").replaceChildren(room[2]);
    for (const button of element("console-tabs").children) {
      button.setAttribute("aria-selected", String(button.dataset.room === this.room));
      button.tabIndex = button.dataset.room === this.room ? 0 : -1;
    }
    this.paintConsoleTabs();
  }

  roomTab([id, title]) {
    const trouble = h("span", { class: "dot", role: "img", "aria-label": "in trouble", hidden: true });
    return h("button", {
      type: "button", role: "tab", "aria-controls": "console-body", data: { room: id },
      onclick: () => this.openRoom(id), onkeydown: (event) => this.stepsRoom(event) }, title, trouble);
  }

  stepsRoom(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const ids = this.rooms.map(([id]) => id);
    const next = (ids.indexOf(this.room) + step + ids.length) % ids.length;
    this.openRoom(ids[next]);
    element("console-tabs").children[next].focus();
  }

  paintConsoleTabs() {
    for (const button of element("console-tabs").children) {
      const one = this.suppliers.find((supplier) => supplier.id === button.dataset.room);
      button.lastChild.hidden = !one || (one.up && one.key_ok && !one.armed.length);
    }
  }
}

const world = new World();
const KINDS = { log: "line", bot: "newBot", judged: "judge" };

const source = new EventSource("/api/events");
source.onmessage = (event) => {
  const { kind, ...facts } = JSON.parse(event.data);
  world[KINDS[kind] ?? kind](facts);
  if (kind !== "log") world.guide.show();
};
source.onerror = () => {
  const pill = element("listening");
  pill.textContent = "The sandbox is closed";
  pill.className = "pill bad";
};

for (const button of document.querySelectorAll("[data-tab][role=tab]")) {
  button.addEventListener("click", () => world.tab(button.dataset.tab));
  button.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABS[(TABS.indexOf(button.dataset.tab) + step + TABS.length) % TABS.length];
    world.tab(next);
    element(`tab-${next}`).focus();
  });
}
document.querySelector(".skip").addEventListener("click", () => world.tab("phones"));
narrow.addEventListener("change", () => world.arrange(world.shown));
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.pop[open]")) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" ? document.querySelector("details.pop[open]") : null;
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});

const theme = memory.get("theme", null);
if (theme) document.documentElement.dataset.theme = theme;
element("theme").addEventListener("click", () => {
  const isDark = getComputedStyle(document.documentElement).getPropertyValue("--is-dark").trim() === "1";
  document.documentElement.dataset.theme = isDark ? "light" : "dark";
  memory.set("theme", document.documentElement.dataset.theme);
});
placeIcons();
