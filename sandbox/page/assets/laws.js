// The strip of laws: what must always hold, as the server reads it from the shop's own books.

import { h } from "./dom.js";

const SHORT = { negative: "Negative", sum: "Sum" }; // where the page is narrow

export class Laws {
  constructor() {
    this.box = document.getElementById("laws");
  }

  show(judged) {
    this.box.hidden = !judged;
    const key = JSON.stringify(judged?.laws);
    if (!judged || key === this.key) return;
    this.key = key;
    this.box.replaceChildren(...judged.laws.map(lawElement));
  }
}

/** One law; a broken one is red, says so in words too, and is read out. */
function lawElement({ id, label, says, hint, holds }) {
  return h("span", { class: holds ? "law" : "law broken", title: hint, data: { law: id }, role: holds ? null : "alert" },
    h("span", { class: "long" }, label), h("span", { class: "short" }, SHORT[id] ?? label), " ", h("b", {}, says), holds ? null : " broken");
}
