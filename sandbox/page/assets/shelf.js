// What a supplier has on sale: looked up on demand, changed row by row.

import { ask, post } from "./api.js";
import { h } from "./dom.js";

const PAUSE_MS = 200;

export class Shelf {
  constructor(supplier) {
    this.path = `suppliers/${supplier}/shelf`;
    this.search = h("input", { type: "search", placeholder: "Name or id", "aria-label": "Find a service", oninput: () => this.later() });
    this.rows = h("div", { class: "rows" });
    this.told = h("p", { class: "card-facts", role: "status" });
    this.element = h("details", { class: "block shelf", ontoggle: () => this.element.open && this.load() },
      h("summary", {}, "Stock and prices"), this.search, this.told, this.rows);
  }

  later() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.load(), PAUSE_MS);
  }

  async load() {
    const found = await ask(`${this.path}?q=${encodeURIComponent(this.search.value)}`);
    if (!found) return;
    this.told.textContent = found.found > found.services.length ? `The first ${found.services.length} of ${found.found}` : `${found.found} found`;
    this.rows.replaceChildren(...found.services.map((service) => this.row(service)));
  }

  row(service) {
    const stock = h("input", { value: service.stock, inputMode: "numeric", size: 6, "aria-label": `Stock of ${service.name}` });
    const rate = h("input", { value: service.rate, inputMode: "decimal", size: 6, "aria-label": `Rate of ${service.name}` });
    const listed = h("input", { type: "checkbox", checked: service.listed, "aria-label": `${service.name} is listed`, onchange: () => save() });
    const save = async (event) => {
      event?.preventDefault();
      const changed = await post(`${this.path}/${service.id}`, { stock: stock.value.trim(), rate: rate.value.trim(), listed: listed.checked });
      if (changed) element.replaceWith(this.row(changed));
    };
    const unsaved = () => element.classList.add("unsaved");
    const element = h("form", { class: "row", onsubmit: save, oninput: unsaved },
      h("span", { class: "row-name", dir: "auto" }, service.name, h("small", {}, ` ${service.category} · ${service.rate_per === 1 ? "each" : `per ${service.rate_per}`}`)),
      h("label", {}, "stock", stock), h("label", {}, "rate", rate), h("label", { class: "listed" }, listed, "listed"),
      h("button", { type: "submit", class: "quiet" }, "Set"));
    return element;
  }
}
