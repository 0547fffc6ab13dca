// The people above the phones: who is shown, who is born, who shares what with whom.

import { copy, demand } from "./api.js";
import { h, icon } from "./dom.js";

const HUES = 8;

/** A round sign with the first letter of a name. */
export function avatar(person) {
  return h("span", { class: `avatar hue-${(person.id ^ (person.id >> 8)) % HUES}`, "aria-hidden": "true" }, [...person.name][0]?.toUpperCase() ?? "?");
}

/** The line above a phone: whose it is, and what its owner can do to the bot. */
export function personMenu(person, phone) {
  const close = (event) => { event.target.closest("details").open = false; };
  const offer = (label, act) => h("li", {}, h("button", { type: "button", onclick: (event) => { close(event); act(); } }, label));
  const block = person.blocked ? offer("Unblock the bot", () => phone.acts("unblock")) : offer("Block the bot", () => phone.acts("block"));
  const menu = h("details", { class: "pop" },
    h("summary", { class: "round", "aria-label": `What ${person.name} can do`, title: "More" }, icon("dots")),
    h("ul", { class: "pop-list" }, offer("Send /start", () => phone.says("/start")), block,
      offer(`Copy the id ${person.id}`, () => copy(String(person.id))),
      phone.world.mayHide ? offer("Put the phone away", () => phone.world.toggle(person.id)) : null));
  const role = h("span", { class: `role ${person.role}` }, person.role);
  const facts = [person.language, `id ${person.id}`, person.blocked ? "has blocked the bot" : null];
  return [avatar(person), h("div", { class: "owner-words" }, h("h2", {}, h("bdi", {}, person.name), " ", role), h("p", {}, facts.filter(Boolean).join(" · "))), menu];
}

/** The chips; `world` knows who is shown and how much each has not read. */
export function peopleBar(people, world) {
  const chips = people.map((person) => {
    const isShown = world.isShown(person.id);
    const unread = world.unread.get(person.id) ?? 0;
    return h("button", {
      type: "button", class: "chip", "aria-pressed": String(isShown), data: { key: person.id },
      onclick: () => world.toggle(person.id),
    }, avatar(person), h("span", { dir: "auto" }, person.name), person.role === "operator" ? h("span", { class: "chip-role" }, "operator") : null,
    unread && !isShown ? h("span", { class: "badge", role: "img", "aria-label": `${unread} new` }, String(unread)) : null);
  });
  const add = h("button", { type: "button", class: "chip add", data: { key: "add" }, onclick: openBorn }, icon("plus"), "Person");
  return [...chips, add];
}

const born = document.getElementById("born");

function openBorn() {
  born.querySelector("form").reset();
  born.querySelector(".wrong").textContent = "";
  born.showModal();
}

/** Wire the dialog in which somebody is added; `show` gets the id of the newborn. */
export function prepareBorn(show) {
  const form = born.querySelector("form");
  born.querySelector("[value=cancel]").addEventListener("click", () => born.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    try {
      const person = await demand("people", fields);
      born.close();
      show(person.id);
    } catch (error) {
      born.querySelector(".wrong").textContent = error.message;
    }
  });
}

const shared = document.getElementById("shared");
shared.querySelector("[value=cancel]").addEventListener("click", () => shared.close());

/** Offer a link to everybody but its sharer. */
export function openShared(url, sharer, phones) {
  shared.querySelector(".shared-link").textContent = url;
  const others = [...phones.values()].filter((phone) => phone.person.id !== sharer.id);
  const offers = others.map((phone) => h("button", {
    type: "button", class: "chip", onclick: () => { shared.close(); phone.world.show(phone.person.id); phone.follows(url); },
  }, avatar(phone.person), h("bdi", {}, phone.person.name), " opens it"));
  const toClipboard = h("button", { type: "button", class: "chip", onclick: () => { shared.close(); copy(url); } }, icon("copy"), "Copy the link");
  shared.querySelector(".shared-people").replaceChildren(...offers, toClipboard);
  shared.showModal();
}
