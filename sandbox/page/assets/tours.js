// The tours: small stories whose steps are ticked by what really happened, never by a press.

import { notice, post } from "./api.js";

const ALICE = 1001;
const AMIRA = 1003;
const OLGA = 2001;
const ENOUGH = 5_000_000; // micros: what any of the tours costs
const CONFIRM = "y:";
const DESK = "d"; // what the buttons of operators' cards begin with
const CODE_FROM = "hstockplus";

/** Bring somebody's phone to the front. */
function to(id) {
  return (world) => { world.tab("phones"); world.show(id); };
}

function says(world, id, text) {
  to(id)(world);
  world.phones.get(id)?.says(text);
}

const opens = (id, name) => ({
  title: `${name} opens the shop`, words: "A newcomer sends /start.", button: "Send /start",
  isDone: (look) => look.hasStarted(id), act: (world) => says(world, id, "/start"),
});

const isGiven = (id, name, least = 1) => ({
  title: `${name} gets a balance`, words: `As the operator, Olga sends /topup ${id} 20.`, button: "Send /topup",
  isDone: (look) => (look.person(id).balance ?? 0) >= least, act: (world) => says(world, OLGA, `/topup ${id} 20`),
});

const buys = (id, name, words) => ({
  title: `${name} buys something`, words, button: `To ${name}`, isDone: (look) => look.personSince(id, "orders") > 0, act: to(id),
});

const gets = (id) => ({
  title: "The goods arrive", words: "The supplier delivers after two seconds, and the bot brings it into the chat.", button: null,
  isDone: (look) => look.personSince(id, "completed") > 0,
});

const FIRST = [opens(ALICE, "Alice"), isGiven(ALICE, "Alice", ENOUGH)];

export const TOURS = [
  {
    id: "buy", title: "Buy something",
    steps: [opens(ALICE, "Alice"), isGiven(ALICE, "Alice"), buys(ALICE, "Alice", "Catalog, anything you like, a quantity, and pay."), gets(ALICE)],
    recap: () => "From a greeting to goods. The price paid is the price on the card, to the cent.",
  },
  {
    id: "lose", title: "Lose an answer",
    steps: [...FIRST, {
      title: "An answer will be lost", words: "The supplier will take the next order, and the bot never hears of it.", button: "Lose the next answer",
      isDone: (look) => look.isArmed("Lose the next answer") || look.since("lost") > 0, act: () => post("tours/lose"),
    }, {
      title: "Alice buys", words: "Anything that is delivered at once. Her money is held: nobody knows yet whether it was ordered.", button: "To Alice",
      isDone: (look) => look.since("lost") > 0 && look.since("doubts") > 0, act: to(ALICE),
    }, {
      title: "Olga weighs the evidence", words: "Her card shows the supplier's balance before and after: look at it for five seconds.", button: "To Olga",
      isDone: (look) => look.since("weighed") > 0 && look.sees(OLGA, DESK), act: to(OLGA),
    }, {
      title: "Olga attaches the order", words: "Tap “Attach id” on her card, send the id that stands in her message field, and confirm.", button: "Copy the id",
      isDone: (look) => look.since("attached") > 0, act: handsTheId,
    }, {
      title: "The goods arrive", words: "The order goes on as if nothing had happened.", button: null, isDone: (look) => look.since("rescued") > 0,
    }],
    recap: (look) => `${many(look.since("lost"), "answer")} lost, ${look.says("charged")} charged twice, ${look.says("sent")} sent twice, books: ${look.says("sum")}.`,
  },
  {
    id: "number", title: "Rent a number",
    steps: [...FIRST, {
      title: "Alice rents a number", words: "SMS numbers, a service, a country, and pay.", button: "To Alice",
      isDone: (look) => look.personSince(ALICE, "numbers") > 0, act: to(ALICE),
    }, {
      title: "The code arrives", words: "By itself after eight seconds, or when you send one from the console.", button: "To the console",
      isDone: (look) => look.personSince(ALICE, "codes") > 0, act: (world) => { world.tab("console"); world.openRoom(CODE_FROM); },
    }],
    recap: () => "One number, one code, paid once. Without a code the money comes back by itself: try Expire.",
  },
  {
    id: "arabic", title: "Read it in Arabic",
    steps: [opens(AMIRA, "Amira"), isGiven(AMIRA, "Amira"), buys(AMIRA, "Amira", "The same taps from right to left: the first button, then any."), gets(AMIRA)],
    recap: () => "Her Telegram is Arabic, so the shop is. /language offers sixteen more, and any can be switched in the chat.",
  },
  {
    id: "taps", title: "A hundred taps",
    steps: [...FIRST, {
      title: "Alice is about to pay", words: "Go as far as the card that asks for the payment, and do not pay.", button: "To Alice",
      isDone: (look) => look.since("bursts") > 0 || Boolean(confirmOf(look.phone(ALICE))), act: to(ALICE),
    }, {
      title: "She taps 100 times", words: "A hundred real updates at once, as an impatient thumb or a bad network sends them.", button: "Tap it 100 times",
      isDone: (look) => look.since("bursts") > 0, act: taps,
    }, {
      title: "One order", words: "Counted in the shop's database.", button: null, isDone: (look) => look.since("bursts") > 0 && look.burst.orders > 0,
    }],
    recap: (look) => `${look.burst.taps} taps, ${many(look.burst.orders, "order")}, ${look.says("sent")} sent twice.`,
  },
];

function many(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The newest button with which a purchase is paid, and its message. */
function confirmOf(phone) {
  for (const { message } of [...(phone?.messages.values() ?? [])].reverse()) {
    const button = message.keyboard.flat().find((one) => one.callback_data?.startsWith(CONFIRM));
    if (button) return { message: message.id, tapped: button.callback_data };
  }
  return null;
}

async function taps(world) {
  to(ALICE)(world);
  const found = confirmOf(world.phones.get(ALICE));
  if (found) await post(`tours/burst/${ALICE}`, { ...found, taps: 100 });
}

/** Copy the id of the order that the shop knows nothing of, and put it where Olga writes. */
async function handsTheId(world) {
  const lost = world.judged?.unknown.at(-1);
  if (!lost) return;
  to(OLGA)(world);
  world.phones.get(OLGA)?.drafts(lost.id);
  notice(`It stands in Olga's message field: ${lost.id}`);
  await navigator.clipboard?.writeText(lost.id).catch(() => null); // some browsers do not let a page
}
