import { day } from "../../lib/clock.ts";
import type { Customer } from "./customers.ts";
import type { Random } from "./random.ts";

const colleagues = ["Ana Marković", "Ben Adeyemi", "Chloé Petit", "Dev Patel", "Erik Solberg", "Farah Siddiqui", "Giulia Conti", "Hugo Martins", "Ines Vogel", "Jamal Carter", "Kasia Wójcik", "Leo Nakamura", "Maja Berg", "Nadia Rahimi", "Owen Clarke", "Paula Reyes"];
const projects = ["Spring launch", "Website relaunch", "Office move", "Autumn catalogue", "Client onboarding", "Trade fair", "Hiring plan", "Product roadmap", "Yearly budget", "Store opening", "Editorial calendar", "Warehouse move"];
const browsers = ["Chrome on Windows", "Firefox", "Safari on my Mac", "Edge", "Chrome on my laptop"];

/** The words that a ticket's texts are filled with: the same in all of its messages. */
export type Words = ReadonlyMap<string, string>;

const priceOf = { Team: 9, Business: 16 } as const;
const dayIn = (style: Intl.DateTimeFormatOptions, at: number) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...style }).format(at);

/** What is true of this customer and drawn for this ticket, as of its opening. */
export function wordsFor(customer: Customer, openedAt: Date, draw: Random): Words {
  const at = openedAt.getTime();
  const money = (amount: number) => `${customer.currency}${amount.toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  const price = priceOf[customer.plan];
  const monthly = price * customer.seats;
  const more = draw.between(2, 6);
  const [colleague = "", other = ""] = draw.shuffled(colleagues);
  const [project = "", otherProject = ""] = draw.shuffled(projects);
  const invoice = draw.between(20_400, 23_900);
  const domain = customer.email.slice(customer.email.indexOf("@") + 1);
  const address = (name: string) => `${name.normalize("NFKD").replace(/[^a-zA-Z ]/g, "").toLowerCase().split(" ")[0] ?? ""}@${domain}`;
  return new Map<string, string>([
    ["first", customer.first], ["name", customer.name], ["company", customer.company], ["email", customer.email], ["domain", domain],
    ["plan", customer.plan], ["seats", String(customer.seats)], ["more", String(more)], ["newSeats", String(customer.seats + more)], ["fewer", String(Math.max(2, customer.seats - more))],
    ["price", money(price)], ["amount", money(monthly)], ["double", money(2 * monthly)], ["newAmount", money(price * (customer.seats + more))], ["extra", money(price * more)],
    ["yearly", money(monthly * 10)], ["unused", money(Math.round(monthly * 4.5))],
    ["invoice", `INV-${invoice}`], ["oldInvoice", `INV-${invoice - draw.between(300, 700)}`], ["card", String(draw.between(1000, 9999))],
    ["colleague", colleague], ["colleagueFirst", colleague.split(" ")[0] ?? ""], ["colleagueEmail", address(colleague)], ["other", other.split(" ")[0] ?? ""], ["otherEmail", address(other)],
    ["project", project], ["otherProject", otherProject], ["browser", draw.pick(browsers)],
    ["month", dayIn({ month: "long" }, at)], ["lastMonth", dayIn({ month: "long" }, at - 31 * day)], ["yesterday", dayIn({ weekday: "long" }, at - day)], ["date", dayIn({ day: "numeric", month: "long" }, at - 4 * day)],
    ["time", `${draw.between(8, 16)}:${String(draw.between(1, 58)).padStart(2, "0")}`], ["tasks", String(draw.between(140, 980))], ["rows", draw.between(1100, 6400).toLocaleString("en-GB")],
    ["bug", `LUM-${draw.between(4100, 4980)}`],
  ]);
}

/** The text with every {name} filled in. Throws for a name that nobody knows, so that none is ever shown. */
export function filled(text: string, words: Words, more: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const word = more[name] ?? words.get(name);
    if (word === undefined) throw new Error(`nobody knows what {${name}} is in “${text.slice(0, 60)}”`);
    return word;
  });
}
