// The tours on top of the phones: one is open, its steps are read from the world as it is.

import { h, icon, iconButton, memory } from "./dom.js";
import { TOURS } from "./tours.js";

const NOTHING = { facts: {}, people: {} };

/** What the steps of a tour may ask; "since" counts from the moment at which the tour began. */
class Look {
  constructor(world, base) {
    Object.assign(this, { world, base, judged: world.judged ?? NOTHING });
  }

  get burst() { return this.judged.burst ?? { taps: 0, orders: 0 }; }
  phone(id) { return this.world.phones.get(id); }
  hasStarted(id) { return Boolean(this.phone(id)?.person.started); }
  person(id) { return this.judged.people[id] ?? {}; }
  personSince(id, what) { return (this.person(id)[what] ?? 0) - (this.base.people[id]?.[what] ?? 0); }
  since(what) { return (this.judged.facts[what] ?? 0) - (this.base.facts[what] ?? 0); }
  isArmed(label) { return this.world.suppliers.some((one) => one.armed.includes(label)); }
  says(law) { return this.judged.laws?.find((one) => one.id === law)?.says ?? "?"; }

  /** Whether somebody's phone is in sight and shows a button of such a kind. */
  sees(id, prefix) {
    if (!this.world.isShown(id)) return false;
    const buttons = [...(this.phone(id)?.messages.values() ?? [])].flatMap(({ message }) => message.keyboard.flat());
    return buttons.some((one) => one.callback_data?.startsWith(prefix));
  }
}

export class Guide {
  constructor(world) {
    this.world = world;
    this.box = document.getElementById("guide");
    this.opener = document.getElementById("show-guide");
    this.opener.addEventListener("click", () => this.open(this.box.hidden));
    this.tour = TOURS.find((one) => one.id === memory.get("tour", TOURS[0].id)) ?? TOURS[0];
    this.open(memory.get("guide", true));
  }

  open(isOpen) {
    this.box.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    memory.set("guide", isOpen);
    this.show();
  }

  /** Begin a tour: what happened before does not count. */
  begin(tour) {
    this.tour = tour;
    const { facts, people } = this.world.judged ?? NOTHING;
    memory.set("tour", tour.id);
    memory.set("tour-base", { facts, people, world: this.world.began });
    this.show();
  }

  /** Where the tour began; in another world than this one nothing had happened yet. */
  base() {
    const base = memory.get("tour-base", NOTHING);
    return base.world === this.world.began ? base : NOTHING;
  }

  show() {
    if (this.box.hidden) return;
    const look = new Look(this.world, this.base());
    // A step that is behind us stays done, although the money it brought is spent by now.
    const done = this.tour.steps.map((step) => step.isDone(look)).lastIndexOf(true) + 1;
    const recap = done === this.tour.steps.length ? this.tour.recap(look) : null;
    const key = JSON.stringify([this.tour.id, done, recap, this.world.looksIntoBooks]);
    if (this.key === key) return;
    this.key = key;
    const focused = this.box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.box.replaceChildren(this.chooser(), this.steps(done), this.now(done, recap),
      iconButton("close", "Leave the tours", () => this.open(false)));
    [...this.box.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused)?.focus();
  }

  chooser() {
    return h("div", { class: "tours", role: "group", "aria-label": "Tours" }, TOURS.map((tour) => h("button", {
      type: "button", class: "chip small", "aria-pressed": String(tour === this.tour), data: { key: tour.id }, onclick: () => this.begin(tour) }, tour.title)));
  }

  steps(done) {
    return h("ol", { class: "steps", "aria-label": this.tour.title }, this.tour.steps.map((step, nth) => {
      const [kind, label] = nth < done ? ["done", "done"] : [nth === done ? "now" : "", `step ${nth + 1}`];
      return h("li", { class: `step ${kind}`, "aria-current": kind === "now" ? "step" : null },
        h("span", { class: "step-mark", role: "img", "aria-label": label }, kind === "done" ? icon("check") : String(nth + 1)), h("b", {}, step.title));
    }));
  }

  now(done, recap) {
    if (recap) return h("p", { class: "guide-end", role: "status" }, icon("check"), recap);
    const step = this.tour.steps[done];
    return h("div", { class: "step-now" }, h("p", {}, step.words),
      this.world.looksIntoBooks ? null : h("p", {}, "The steps are read from the shop's database: name it with --database, or use make demo."),
      step.button ? h("button", { type: "button", class: "strong", data: { key: "act" }, onclick: () => step.act(this.world) }, step.button) : null);
  }
}
