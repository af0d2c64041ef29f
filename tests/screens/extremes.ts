import type { Desk } from "../support/running-desk.ts";

const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2).slice(0, 190);
const paragraphs = Array.from({ length: 60 }, (_, index) => `Paragraph ${index + 1}: this customer explains everything in great detail, twice, and then once more.`).join("\n\n");

/** Brings a demo desk to its limits: one long word, forty tags, a very long thread, names without end. */
export async function extremes(desk: Desk): Promise<Record<"long" | "closed" | "calendarId" | "policyId", string>> {
  const [customer, manager, admin] = [await desk.api("customer"), await desk.api("manager"), await desk.api("admin")];
  const { id: long } = await customer("POST", "/tickets", { subject: longWord, body: `${longWord.repeat(10)}\n\n${paragraphs}` });
  await manager("PATCH", `/tickets/${long}`, { tags: Array.from({ length: 40 }, (_, index) => `tag-number-${index + 1}-of-forty`), priority: "urgent" });
  for (let each = 0; each < 40; each += 1) {
    const [who, visibility] = each % 3 === 0 ? ([customer, "public"] as const) : ([manager, each % 3 === 1 ? "public" : "private"] as const);
    await who("POST", `/tickets/${long}/messages`, { body: each % 5 === 0 ? `https://example.com/${"very-long-path/".repeat(12)}` : "short 👍", visibility });
  }
  const { id: closed } = await customer("POST", "/tickets", { subject: "x", body: "y" });
  await manager("PUT", `/tickets/${closed}/closure`);
  const person = await admin<{ id: string }>("POST", "/users", { email: `${"long".repeat(14)}@${"sub.".repeat(12)}example.com`, name: `Maximiliana ${longWord}`.slice(0, 120), role: "agent", password: "a long enough password" });
  for (let each = 0; each < 24; each += 1) {
    await admin("POST", "/queues", { name: each === 0 ? longWord.slice(0, 120) : `Queue ${each} of many`, category: `many-${each}`, memberIds: [person.id], keywords: Array.from({ length: each === 0 ? 100 : 2 }, (_, index) => `keyword ${each} ${index}`) });
  }
  const spans = Array.from({ length: 12 }, (_, index) => ({ from: `${String(index * 2).padStart(2, "0")}:00`, to: `${String(index * 2 + 1).padStart(2, "0")}:30` }));
  const holidays = Array.from({ length: 300 }, (_, index) => ({ date: new Date(Date.now() + (index - 40) * 4 * 86_400_000).toISOString().slice(0, 10), name: index % 7 === 0 ? longWord.slice(0, 120) : `Holiday ${index}` }));
  const { id: calendarId } = await admin("POST", "/calendars", { name: longWord.slice(0, 120), timeZone: "America/Argentina/Buenos_Aires", weekdays: { mon: spans, tue: spans, wed: spans, thu: [{ from: "00:00", to: "24:00" }], fri: spans, sat: [], sun: [] }, holidays });
  const far = { firstResponseMinutes: 1, nextResponseMinutes: 525_600, resolutionMinutes: 525_600 };
  const policies: string[] = [];
  for (let each = 0; each < 10; each += 1) policies.push((await admin("POST", "/sla-policies", { name: each === 0 ? longWord.slice(0, 120) : `Policy ${each} of many`, calendarId, targets: { low: far, normal: far, high: {}, urgent: far } })).id);
  return { long, closed, calendarId, policyId: policies[0] ?? "" };
}
