// One supplier's console: its orders, its numbers, its moods.

import { copy, notice, post } from "./api.js";
import { h, swap } from "./dom.js";
import { Shelf } from "./shelf.js";

const PACES = [["auto", "After 2 s"], ["steps", "One every 2 s"], ["hand", "By hand"]];
const ORDER_ACTS = [["deliver", "Deliver one"], ["complete", "Complete"], ["partial", "Partial"], ["cancel", "Cancel"], ["stall", "Stall"], ["fail", "Fail"]];
const FULL = "100.00";
const SHOWN = 2; // the newest cards of a kind, so that the other kind stays in sight
const NUMBER_ACTS = [["expire", "Expire"], ["cancel", "Cancel"]];

export class Stall {
  constructor(supplier) {
    this.id = supplier.id;
    this.shelf = new Shelf(supplier.id);
    this.parts = new Map();
    this.head = h("div", {});
    this.breaks = h("div", {});
    this.orders = h("div", { class: "cards" });
    this.numbers = h("div", { class: "cards" });
    this.ordersTitle = h("h3", {}, "Orders");
    this.ordersMore = moreButton(this.orders, "orders");
    this.numbersMore = moreButton(this.numbers, "numbers");
    this.numbersBox = h("section", { class: "block" }, h("h3", {}, "SMS numbers"), this.numbers, this.numbersMore);
    this.element = h("div", { class: "stall", role: "tabpanel", "aria-label": supplier.title }, this.head,
      h("section", { class: "block", "aria-live": "polite" }, this.ordersTitle, this.orders, this.ordersMore), this.numbersBox, this.breaks,
      this.shelf.element);
    this.show(supplier);
  }

  steer(what, body) { return post(`suppliers/${this.id}/${what}`, body); }

  show(supplier) {
    this.supplier = supplier;
    this.part("head", [supplier.up, supplier.key_ok, supplier.pace, supplier.balance, supplier.too_dear], () => this.headElement(supplier));
    this.part("breaks", [supplier.armed, supplier.up, supplier.key_ok], () => this.breaksElement(supplier));
    this.ordersTitle.textContent = supplier.orders_total ? `Orders (${supplier.orders_total})` : "Orders";
    this.cards(this.orders, supplier.orders, (order) => this.orderElement(order), "Orders appear here the moment the bot places them.");
    this.numbersBox.hidden = !supplier.breakages.some((one) => one.id === "lose-sms");
    this.cards(this.numbers, supplier.numbers, (number) => this.numberElement(number), "Rented numbers appear here.");
    this.ordersMore.hidden = supplier.orders.length <= SHOWN;
    this.numbersMore.hidden = supplier.numbers.length <= SHOWN;
  }

  /** Draw a part again only when its facts changed and nobody types in it. */
  part(name, facts, draw) {
    const key = JSON.stringify(facts);
    const isTyping = this[name].contains(document.activeElement) && document.activeElement.tagName === "INPUT";
    if (this.parts.get(name) === key || isTyping) return;
    this.parts.set(name, key);
    const drawn = draw();
    swap(this[name], drawn);
    this[name] = drawn;
  }

  cards(box, rows, draw, empty) {
    const known = new Map([...box.querySelectorAll("[data-id]")].map((card) => [card.dataset.id, card]));
    const order = rows.map((row) => {
      const card = known.get(row.id);
      const facts = JSON.stringify(row);
      if (card?.dataset.facts === facts) return card;
      const drawn = draw(row);
      Object.assign(drawn.dataset, { id: row.id, facts });
      if (card) swap(card, drawn);
      return drawn;
    });
    if (!order.length) box.replaceChildren(h("p", { class: "nothing" }, empty));
    else if (order.length !== box.children.length || order.some((card, nth) => box.children[nth] !== card)) box.replaceChildren(...order);
  }

  headElement(supplier) {
    const balance = h("input", { value: supplier.balance, inputMode: "decimal", "aria-label": "Balance at the supplier", data: { key: "balance" }, size: 8 });
    const save = (event) => { event.preventDefault(); balance.blur(); this.steer("balance", { balance: balance.value.trim() }); };
    const pace = h("fieldset", { class: "segments small" }, h("legend", {}, "New orders are delivered"), PACES.map(([id, label]) => h("button", {
      type: "button", "aria-pressed": String(supplier.pace === id), data: { key: id }, onclick: () => this.steer("pace", { pace: id }) }, label)));
    const poor = supplier.too_dear ? h("p", { class: "armed" }, `${many(supplier.too_dear)} more than is left here: the shop does not sell what it could not pay for. It looks again every five minutes, or when Olga opens /suppliers.`,
      h("button", { type: "button", class: "mend", data: { key: "refill" }, onclick: () => this.steer("balance", { balance: FULL }) }, "Refill")) : null;
    return h("div", { class: "stall-head" },
      h("div", { class: "facts" }, h("span", { class: supplier.up ? "state good" : "state bad" }, supplier.up ? "Up" : "Down"),
        supplier.key_ok ? null : h("span", { class: "state bad" }, "Key revoked"), h("form", { class: "money", onsubmit: save }, h("label", {}, "Balance ", balance, ` ${supplier.currency}`), h("button", { type: "submit", class: "quiet" }, "Set")), h("code", {}, supplier.url.replace("http://", ""))), poor, pace);
  }

  breaksElement(supplier) {
    const once = supplier.breakages.map((one) => h("button", {
      type: "button", class: "break", title: one.hint, data: { key: one.id }, onclick: () => this.steer("break", { breakage: one.id }) }, one.label));
    const door = h("button", { type: "button", class: supplier.up ? "break lasting" : "mend", data: { key: "door" }, onclick: () => this.steer("door", { up: !supplier.up }) }, supplier.up ? "Go down" : "Come back");
    const key = h("button", { type: "button", class: supplier.key_ok ? "break lasting" : "mend", data: { key: "key" }, onclick: () => this.steer("key", { key_ok: !supplier.key_ok }) }, supplier.key_ok ? "Refuse the key" : "Accept the key");
    const armed = supplier.armed.length ? h("p", { class: "armed" }, h("b", {}, "Waiting to strike: "), supplier.armed.join(", "),
      h("button", { type: "button", class: "mend", data: { key: "mend" }, onclick: () => this.steer("mend", {}) }, "Mend all")) : null;
    return h("section", { class: "block breaks", "aria-label": "Break something" }, h("h3", {}, "Break something"), armed, h("div", { class: "grid" }, door, key, once));
  }

  orderElement(order) {
    const total = Math.max(order.quantity, 1);
    const bar = h("progress", { max: total, value: order.delivered, "aria-label": "Delivered" });
    const acts = order.over ? null : h("div", { class: "grid" }, ORDER_ACTS.filter(([id]) => id !== "deliver" || order.quantity > 1).map(([id, label]) => h("button", {
      type: "button", data: { key: id }, class: `act ${id}`, onclick: () => this.steer(`orders/${order.id}/${id}`) }, label)));
    return h("article", { class: "card" },
      h("div", { class: "card-top" }, h("b", { dir: "auto" }, order.service), h("span", { class: `state ${tone(order.status)}` }, order.status)),
      h("p", { class: "card-facts" }, idButton(order.id), ` · ${order.delivered} of ${order.quantity} · charged ${order.charge}`, order.steered && !order.over ? " · by hand" : ""),
      order.link ? h("p", { class: "card-facts link" }, order.link) : null, bar, acts);
  }

  numberElement(number) {
    const code = h("input", { value: nextCode(number.code), size: 8, "aria-label": "Code", data: { key: "code" }, maxLength: 32 });
    const send = async (event) => {
      event.preventDefault();
      const told = code.value === number.code ? `${code.value} came a second time: the bot tells a code once` : `Sent: ${code.value}`;
      if (await this.steer(`numbers/${number.id}/code`, { code: code.value })) notice(told);
    };
    const acts = number.over ? null : h("form", { class: "money", onsubmit: send }, code, h("button", { type: "submit", class: "act complete" }, "Send code"),
      NUMBER_ACTS.map(([id, label]) => h("button", { type: "button", data: { key: id }, class: `act ${id}`, onclick: () => this.steer(`numbers/${number.id}/${id}`) }, label)));
    return h("article", { class: "card" },
      h("div", { class: "card-top" }, h("b", {}, number.phone), h("span", { class: `state ${tone(number.status)}` }, number.status)),
      h("p", { class: "card-facts" }, idButton(number.id), ` · ${number.project} · ${number.country}${number.code ? ` · code ${number.code}` : ""}`), acts);
  }
}

/** Shows the older cards of a box, and puts them away again. */
function moreButton(box, noun) {
  const button = h("button", { type: "button", class: "quiet more", "aria-expanded": "false", onclick: () => {
    const isOpen = box.classList.toggle("all");
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = isOpen ? `Only the newest ${noun}` : `Older ${noun}`;
  } }, `Older ${noun}`);
  return button;
}

/** The code that is offered to be sent: another one than came last, as every SMS brings another. */
function nextCode(last) {
  if (!last) return "48213";
  const next = String(Math.floor(10000 + Math.random() * 90000));
  return next === last ? nextCode(last) : next;
}

function many(services) {
  return services === 1 ? "One service costs" : `${services} services cost`;
}

/** An id in short, which copies it in full: the operator needs it to attach a lost order. */
function idButton(id) {
  return h("button", { type: "button", class: "in-text", title: `Copy ${id}`, data: { key: "id" }, onclick: () => copy(id, `Copied: ${id}`) }, `#${id.length > 8 ? `…${id.slice(-6)}` : id}`);
}

function tone(status) {
  const word = status.toLowerCase();
  if (["completed", "code_received"].includes(word)) return "good";
  if (["canceled", "failed", "expired"].includes(word)) return "bad";
  return word === "partial" ? "mixed" : "busy";
}
