// What a tester does on the page, as functions of the page: wait until something is so, press what can be seen.

globalThis.hands = {
  /** Answers what `look` finds, as soon as it finds something. */
  until(look) {
    return new Promise((done, fail) => {
      const again = () => {
        try {
          const found = look();
          if (found) done(found);
          else setTimeout(again, 10);
        } catch (error) { fail(error); }
      };
      again();
    });
  },

  /** The last element that fits, can be seen and is not waiting for an answer. */
  find(selector, words = "") {
    return [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true })
      && !one.disabled && !one.hasAttribute("aria-busy") && one.textContent.includes(words)).at(-1);
  },

  /** Press it where a finger would, unless something lies on top of it. */
  press(selector, words) {
    const found = hands.find(selector, words);
    if (!found) return false;
    found.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = found.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!found.contains(top)) return false;
    found.click();
    return true;
  },

  /** Whether the focus can be seen, and is on something that fits. */
  isOn(selector, words) {
    const focused = document.activeElement;
    return focused.matches(selector) && focused.textContent.includes(words) && focused.checkVisibility();
  },

  /** What sticks out of the window to the side, as far as a person could scroll to it. */
  overflowing() {
    const wide = document.documentElement;
    const clipped = (one) => {
      for (let box = one.parentElement; box && box !== wide; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== "visible") return true;
      }
      return false;
    };
    const bodies = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && one.getBoundingClientRect().width);
    const out = bodies.filter((one) => !one.matches(".skip") && !clipped(one) && one.getBoundingClientRect().right > wide.clientWidth + 1);
    const names = out.map((one) => `${one.tagName}.${one.className}`);
    return wide.scrollWidth > wide.clientWidth ? ["the page", ...names] : names;
  },

  /** What is wider than the message or the key it belongs to. */
  spilling(root) {
    const boxes = [...document.querySelectorAll(`${root} .bubble, ${root} .kb-button, ${root} .chat`)];
    return boxes.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.slice(0, 60));
  },

  /** Press something and answer the milliseconds until `look` sees its result on the page. */
  async time(selector, words, look) {
    const before = performance.now();
    if (!hands.press(selector, words)) throw new Error(`cannot press ${words}`);
    await new Promise((done) => {
      const watch = new MutationObserver(() => { if (look()) { watch.disconnect(); done(); } });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    return performance.now() - before;
  },
};
