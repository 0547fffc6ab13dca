// Telegram's own console: its troubles and its pace.

import { notice, post } from "./api.js";
import { h } from "./dom.js";

const BREAKS = [
  ["429", "Too fast: wait 5 s", "The next message is refused with retry_after"],
  ["502", "Bad gateway once", "The next message meets a page instead of JSON"],
  ["lose", "Lose the next answer", "The message arrives, the bot never hears of it"],
  ["edit", "Fail the next edit", "The next edit of a card is answered with 500"],
];

export class TelegramConsole {
  constructor(paced) {
    this.toggle = h("input", { type: "checkbox", onchange: () => post("telegram/pace", { paced: this.toggle.checked }) });
    const once = BREAKS.map(([id, label, hint]) => h("button", { type: "button", class: "break", title: hint, onclick: () => this.breakOnce(id, hint) }, label));
    this.element = h("div", { class: "stall", role: "tabpanel", "aria-label": "Telegram" },
      h("section", { class: "block" }, h("h3", {}, "Break something"), h("div", { class: "grid" }, once)),
      h("section", { class: "block" }, h("h3", {}, "Pace"), h("label", { class: "line" }, this.toggle,
        " Keep Telegram's limits: one message a second per chat, thirty overall")),
      h("section", { class: "block" }, h("h3", {}, "People"), h("p", { class: "card-facts" },
        "Block the bot from the menu of a phone: what is sold meanwhile stays pending and arrives when they come back.")));
    this.show(paced);
  }

  show(paced) { this.toggle.checked = paced; }

  async breakOnce(id, hint) {
    if (await post("telegram/break", { breakage: id })) notice(hint);
  }
}
