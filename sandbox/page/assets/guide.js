// The first minute in four steps; each is ticked by what really happened in the world.

import { h, icon, iconButton, memory } from "./dom.js";

const ALICE = 1001;
const OLGA = 2001;

const STEPS = [
  {
    title: "Alice opens the shop", words: "She sends /start.", button: "Send /start",
    isDone: (world) => Boolean(world.phones.get(ALICE)?.person.started), act: (world) => { world.show(ALICE); world.phones.get(ALICE)?.says("/start"); },
  },
  {
    title: "Olga gives her credit", words: `As the operator she sends /topup ${ALICE} 20.`, button: "Send /topup",
    isDone: (world) => world.wrote(OLGA, "/topup"), act: (world) => { world.show(OLGA); world.phones.get(OLGA)?.says(`/topup ${ALICE} 20`); },
  },
  {
    title: "Alice buys something", words: "Catalog, any service, a quantity, Confirm.", button: "To Alice",
    isDone: (world) => world.suppliers.some((one) => one.orders_total || one.numbers.length),
    act: (world) => { world.show(ALICE); world.tab("phones"); },
  },
  {
    title: "Break something", words: "Lose an answer, then buy again: no money is lost.", button: "To the console",
    isDone: (world) => world.broken, act: (world) => world.toConsole(),
  },
];

export class Guide {
  constructor(world) {
    this.world = world;
    this.box = document.getElementById("guide");
    this.opener = document.getElementById("show-guide");
    this.opener.addEventListener("click", () => this.open(this.box.hidden));
    this.open(memory.get("guide", true));
  }

  open(isOpen) {
    this.box.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    memory.set("guide", isOpen);
    this.show();
  }

  show() {
    const done = STEPS.map((step) => step.isDone(this.world));
    const now = done.indexOf(false);
    const key = JSON.stringify([done, now]);
    if (this.box.hidden || this.key === key) return;
    this.key = key;
    const steps = STEPS.map((step, nth) => this.step(step, nth, done[nth], nth === now));
    const last = now < 0 ? h("p", { class: "guide-end" }, "That was it. Everything else is yours to find.") : null;
    this.box.replaceChildren(h("ol", { class: "steps", "aria-label": "First minute" }, steps), last ?? "",
      iconButton("close", "Close the first minute", () => this.open(false)));
  }

  step(step, nth, isDone, isNow) {
    const kind = isDone ? "step done" : isNow ? "step now" : "step";
    return h("li", { class: kind, "aria-current": isNow ? "step" : null },
      h("span", { class: "step-mark", role: "img", "aria-label": isDone ? "done" : `step ${nth + 1}` }, isDone ? icon("check") : String(nth + 1)),
      h("div", {}, h("b", {}, step.title), h("p", {}, step.words)),
      isNow ? h("button", { type: "button", class: "strong", onclick: () => step.act(this.world) }, step.button) : null);
  }
}
