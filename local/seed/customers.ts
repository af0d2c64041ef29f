import { day, hour } from "../../lib/clock.ts";
import type { Person } from "../../lib/auth/schema.ts";
import { randomFrom } from "./random.ts";
import { personOf } from "./staff.ts";

/** A customer of Lumen, and of what size: seats paid each month in a currency. `manner`: how they begin and end a message. */
export type Customer = { name: string; first: string; email: string; company: string; plan: "Team" | "Business"; seats: number; currency: "€" | "£" | "$"; manner: Manner };
type Manner = "brisk" | "warm" | "formal";

const row = (name: string, first: string, email: string, company: string, plan: Customer["plan"], seats: number, currency: Customer["currency"], manner: Manner): Customer => ({ name, first, email, company, plan, seats, currency, manner });

/** The first one writes most often and is the demo's customer; the last three have not proved their address. */
export const customers: readonly Customer[] = [
  row("Marta Nowak", "Marta", "marta@brightwave.example", "Brightwave Studio", "Business", 24, "€", "warm"),
  row("Oliver Hughes", "Oliver", "oliver.hughes@harbourlane.example", "Harbour Lane Architects", "Team", 11, "£", "formal"),
  row("Yuki Sato", "Yuki", "y.sato@kitsune-games.example", "Kitsune Games", "Business", 38, "$", "brisk"),
  row("Fatima Zahra Benali", "Fatima", "fatima@atlasvoyages.example", "Atlas Voyages", "Team", 9, "€", "warm"),
  row("Lars Johansen", "Lars", "lars@fjordtech.example", "Fjordtech", "Team", 14, "€", "brisk"),
  row("Camila Rojas", "Camila", "camila.rojas@andeslogistica.example", "Andes Logística", "Business", 52, "$", "warm"),
  row("Nguyễn Thị Lan", "Lan", "lan.nguyen@lotusprint.example", "Lotus Print", "Team", 7, "$", "formal"),
  row("Kwame Mensah", "Kwame", "kwame@goldcoastmedia.example", "Gold Coast Media", "Team", 12, "$", "warm"),
  row("Elif Yılmaz", "Elif", "elif@bosphorusdesign.example", "Bosphorus Design", "Business", 21, "€", "brisk"),
  row("Sean O’Connor", "Sean", "sean@galwaybrewing.example", "Galway Brewing Co.", "Team", 8, "€", "warm"),
  row("Ananya Iyer", "Ananya", "ananya.iyer@monsoonlabs.example", "Monsoon Labs", "Business", 45, "$", "formal"),
  row("Matteo Ricci", "Matteo", "matteo@officinaricci.example", "Officina Ricci", "Team", 6, "€", "warm"),
  row("Hannah Weber", "Hannah", "h.weber@weber-partner.example", "Weber & Partner", "Business", 30, "€", "formal"),
  row("Chidi Eze", "Chidi", "chidi@lagosfintech.example", "Paywise Lagos", "Business", 27, "$", "brisk"),
  row("Sofia Lindgren", "Sofia", "sofia@norrsken-agency.example", "Norrsken Agency", "Team", 16, "€", "warm"),
  row("Daniel Kim", "Daniel", "daniel.kim@hanriver.example", "Han River Robotics", "Business", 33, "$", "brisk"),
  row("Amélie Laurent", "Amélie", "amelie@ateliersud.example", "Atelier Sud", "Team", 10, "€", "formal"),
  row("Tariq Al-Masri", "Tariq", "tariq@cedarstone.example", "Cedarstone Engineering", "Business", 41, "$", "formal"),
  row("Rebecca Stone", "Rebecca", "rebecca@stonebakery.example", "Stone & Daughters Bakery", "Team", 5, "£", "warm"),
  row("Pedro Almeida", "Pedro", "pedro.almeida@tejosoft.example", "Tejo Software", "Team", 13, "€", "brisk"),
  row("Ivana Horvat", "Ivana", "ivana@adriatour.example", "Adria Tour", "Team", 15, "€", "warm"),
  row("Noah van Dijk", "Noah", "noah@grachtenwerk.example", "Grachtenwerk", "Business", 19, "€", "brisk"),
  row("Grace Mwangi", "Grace", "grace@savannahclinics.example", "Savannah Clinics", "Business", 36, "$", "formal"),
  row("Benjamin Cohen", "Ben", "ben@oldportlegal.example", "Old Port Legal", "Team", 9, "$", "formal"),
  row("Zofia Kamińska", "Zofia", "zofia@modrzew.example", "Modrzew Furniture", "Team", 12, "€", "warm"),
  row("Liam Fraser", "Liam", "liam@glenfraser.example", "Glen Fraser Events", "Team", 8, "£", "brisk"),
  row("Mariam Haddad", "Mariam", "mariam@phoenicianfoods.example", "Phoenician Foods", "Business", 22, "$", "warm"),
  row("Jakub Dvořák", "Jakub", "jakub.dvorak@vltavasoft.example", "Vltava Soft", "Team", 6, "€", "brisk"),
  row("Isabel Torres", "Isabel", "isabel@casatorres.example", "Casa Torres Interiors", "Team", 4, "€", "warm"),
  row("Henry Osei", "Henry", "henry.osei@accrabuild.example", "Accra Build", "Team", 7, "$", "formal"),
];

const unproved = 3;

/** Whether this customer's address was never proved: they wrote from a browser, without an account. */
export const isVisitor = (index: number): boolean => index >= customers.length - unproved;

/** Customers' records, made before their first ticket. Only staff are ever present, so theirs is `away`. */
export function customersAt(anchor: Date): Person[] {
  return customers.map(({ name, email }, index) => {
    const draw = randomFrom(`customer/${email}`);
    const createdAt = new Date(anchor.getTime() - draw.between(24, 500) * day - draw.between(0, 8) * hour);
    return personOf({ name, email, role: "customer", createdAt, verifiedAt: isVisitor(index) ? null : createdAt, availability: { state: "away", since: createdAt, seenAt: createdAt } });
  });
}
