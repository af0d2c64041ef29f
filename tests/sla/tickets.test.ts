import { beforeEach, describe, expect, test } from "vitest";
import { setClock } from "@/lib/clock";
import { events } from "@/lib/events";
import { calendars, policies } from "@/lib/sla/repo";
import { restoreRules, timeLeftBehind, timeAnew, timeTicket } from "@/lib/sla/service";
import { usualRules } from "@/lib/sla/usual";
import { tickets } from "@/lib/tickets/repo";
import { edit, noteClocks, openTicket, resolve, restore, write } from "@/lib/tickets/service";
import { openedWith } from "@/lib/tickets/rules";
import type { StaffTicket } from "@/lib/tickets/view";
import { auditOf } from "../auth/kept";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

useDesk();
const none = { ifMatch: null, once: null };
/** A Monday in Berlin. */
const at = (time: string) => new Date(`2026-03-02T${time}:00+01:00`);
let [customer, manager]: Somebody[] = [];
const people = () => ({ customer: customer as Somebody, manager: manager as Somebody });
const opened = async (priority: "normal" | "urgent" = "normal", time = "09:00") => {
  setClock(at(time));
  const { id } = await openTicket(people().customer, { subject: "Help", body: "Please", priority }, none);
  await timeTicket(id);
  return id;
};
const shown = async (id: string) => (await as(people().manager).get(`/api/v1/tickets/${id}`)).body as StaffTicket;
const listed = async (query: string) => ((await as(people().manager).get(`/api/v1/tickets?${query}`)).body as { items: StaffTicket[] }).items.map((ticket) => ticket.id);

beforeEach(async () => {
  await Promise.all([calendars().deleteMany({}), policies().deleteMany({}), tickets().deleteMany({}), events().deleteMany({})]);
  [customer, manager] = await Promise.all([a.customer(), a.manager()]);
  await restoreRules(usualRules("Europe/Berlin", at("00:00")));
});

describe("a ticket's clocks", () => {
  test("start with it, answer with the ticket, and never reach the customer", async () => {
    const id = await opened();
    expect((await shown(id)).sla).toMatchObject({ firstResponse: { state: "running", dueAt: at("13:00").toISOString(), targetMinutes: 240 }, nextResponse: null, resolution: { state: "running", dueAt: new Date("2026-03-06T17:30+01:00").toISOString() } });
    const { body } = await as(people().customer).get(`/api/v1/tickets/${id}`);
    expect(JSON.stringify(body)).not.toMatch(/sla|dueAt/);
    expect((await as(people().customer).get("/api/v1/tickets?sla=due")).status).toBe(400);
    expect((await as(people().customer).get("/api/v1/tickets?sort=slaDueAt")).status).toBe(400);
  });

  test("follow replies, statuses, priorities and resolution", async () => {
    const id = await opened();
    setClock(at("10:00"));
    await write(people().manager, { id, body: "Which one?", visibility: "public", status: "pending" }, none);
    await timeTicket(id);
    expect((await shown(id)).sla).toMatchObject({ firstResponse: { state: "met", stoppedAt: at("10:00").toISOString() }, resolution: { state: "paused", dueAt: null } });
    setClock(at("11:00"));
    await write(people().customer, { id, body: "This one", visibility: "public" }, none);
    await edit(people().manager, { id, priority: "urgent" }, none);
    await timeTicket(id);
    expect((await shown(id)).sla).toMatchObject({ firstResponse: { state: "met" }, nextResponse: { state: "running", dueAt: at("12:00").toISOString() }, resolution: { state: "running", dueAt: at("14:00").toISOString() } });
    setClock(at("11:30"));
    await resolve(people().manager, { id }, none);
    await timeTicket(id);
    expect((await shown(id)).sla).toMatchObject({ nextResponse: { state: "met" }, resolution: { state: "met" } });
  });

  test("are those of its queue's policy, if it has one", async () => {
    const queue = await a.queue();
    const { calendars: [calendar], policies: [policy] } = usualRules("UTC", at("00:00"));
    await restoreRules({ calendars: [{ ...calendar, name: "Other" }], policies: [{ ...policy, name: "Gold", default: false, queueIds: [queue._id], targets: { ...policy.targets, normal: { firstResponseMinutes: 10 } } }] });
    const id = await opened("normal", "12:00");
    expect((await shown(id)).sla.firstResponse).toBeNull(); // its queue is not known yet
    await edit(people().manager, { id, category: queue.category }, none);
    expect(await timeLeftBehind()).toBe(1);
    expect((await shown(id)).sla).toMatchObject({ firstResponse: { dueAt: at("12:10").toISOString() }, resolution: null });
    const unplaced = await opened("normal", "12:00");
    setClock(at("12:01"));
    await timeLeftBehind();
    expect((await shown(unplaced)).sla).toMatchObject({ firstResponse: { dueAt: at("16:00").toISOString() } });
  });

  test("follow a policy that changes, from their own start", async () => {
    const id = await opened();
    const policy = await policies().findOne({ default: true });
    setClock(at("09:30"));
    const answer = await as(await an.admin()).patch(`/api/v1/sla-policies/${policy?._id ?? ""}`, { targets: { low: {}, normal: { firstResponseMinutes: 60 }, high: {}, urgent: {} } });
    expect(answer.status).toBe(200);
    expect(await timeAnew(["new", "open", "pending", "on_hold"], "")).toBeNull();
    expect((await shown(id)).sla).toMatchObject({ firstResponse: { state: "running", dueAt: at("10:00").toISOString() }, resolution: null });
  });

  test("are kept from the newest computation, whichever ends last", async () => {
    const id = await opened();
    const ticket = await tickets().findOne({ _id: id });
    if (!ticket?.sla) throw new Error("it is timed");
    expect(await noteClocks(ticket, { ...ticket.sla, seq: ticket.sla.seq - 1, breached: true })).toBe(false);
    expect(await noteClocks(ticket, { ...ticket.sla, at: new Date(ticket.sla.at.getTime() - 1), breached: true })).toBe(false);
    expect(await noteClocks(ticket, { ...ticket.sla, seq: ticket.sla.seq + 1 })).toBe(true);
    expect(await tickets().countDocuments({ "sla.breached": true })).toBe(0);
  });

  test("explain themselves to staff", async () => {
    const id = await opened();
    setClock(at("10:00"));
    await write(people().manager, { id, body: "Which one?", visibility: "public", status: "pending" }, none);
    setClock(new Date("2026-03-03T04:00+01:00"));
    await write(people().customer, { id, body: "This one", visibility: "public" }, none);
    setClock(new Date("2026-03-03T10:10+01:00"));
    const { body } = await as(people().manager).get(`/api/v1/tickets/${id}/clocks`);
    expect((body as { clocks: { name: string; text: string }[] }).clocks.map(({ name, text }) => `${name}: ${text}`)).toEqual([
      "firstResponse: Met: 1 h of 4 h worked, was due Monday 13:00",
      "nextResponse: 1 h 10 min of 8 h 30 min worked, due Tuesday 17:30",
      "resolution: 2 h 10 min of 42 h 30 min worked, paused 18 h while we waited for the customer, due Mon 9 Mar 2026, 16:30",
    ]);
  });
});

test("an admin reads clocks on the record, as the ticket itself", async () => {
  const [id, admin] = [await opened(), await an.admin()];
  expect((await as(admin).get(`/api/v1/tickets/${id}/clocks`)).status).toBe(200);
  expect(await auditOf(id)).toEqual([admin.id]);
});

describe("lists", () => {
  test("by due time, those without a running clock last; breached and due are found, also before a sweep", async () => {
    const [slow, late, soon] = [await opened("normal", "09:00"), await opened("urgent", "09:00"), await opened("urgent", "09:30")];
    const over = await opened("normal", "09:00");
    setClock(at("09:10"));
    await resolve(people().manager, { id: over }, none);
    await timeTicket(over);
    setClock(at("09:55"));
    expect(await listed("sla=breached")).toEqual([late]);
    expect(await listed("sla=due")).toEqual([soon]);
    expect(await listed("sort=slaDueAt")).toEqual([late, soon, slow, over]);
    expect((await shown(late)).sla.firstResponse?.state).toBe("breached");
    expect(await timeLeftBehind()).toBe(2); // one is late, one is due for a reminder
    expect(await timeLeftBehind()).toBe(0);
    expect(await listed("sla=breached")).toEqual([late]);
    expect((await listed("sort=-slaDueAt")).filter((id) => id !== late)).toEqual([over, slow, soon]);
  });

  test("pages by due time meet every ticket once", async () => {
    const ids = [];
    for (const minute of [10, 11, 11, 12, 13]) ids.push(await opened("normal", `09:${minute}`));
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body } = await as(people().manager).get(`/api/v1/tickets?sort=slaDueAt&limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      const page = body as { items: StaffTicket[]; nextCursor: string | null };
      seen.push(...page.items.map((ticket) => ticket.id));
      cursor = page.nextCursor;
    }
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  test("tickets that no event timed, also from before there were clocks, are timed by the sweep", async () => {
    setClock(at("09:00"));
    const by = { kind: "person" as const, id: people().customer.id, name: "C" };
    const opening = { subject: "Old", body: "Hm", channel: "portal" as const, requester: { id: by.id, name: "C", email: "c@shop.example" }, visitor: null, category: { name: "general", confidence: 0, by: "default" as const, why: "" }, priority: "normal" as const, tags: [], follows: null };
    const [ticket] = await restore([{ opening, openedBy: { by, side: "customer", at: at("09:00") }, acts: [] }]);
    await tickets().updateOne({ _id: ticket?._id ?? "" }, { $unset: { sla: "" } });
    expect(await timeLeftBehind()).toBe(1);
    expect((await shown(ticket?._id ?? "")).sla.firstResponse?.state).toBe("running");
    expect(openedWith({ ...opening, number: 1, once: null }, { by, side: "customer", at: at("09:00") }).ticket.sla).toBeNull();
  });
});
