import { events } from "@/lib/events";
import { people, settings, tokens } from "@/lib/auth/repo";
import { forgetLimits } from "@/lib/limits";
import { notices, noticeSettings } from "@/lib/notifications/repo";
import { write } from "@/lib/tickets/service";
import { attachments, messages, reads, tickets } from "@/lib/tickets/repo";
import { as } from "../support/doors";
import { columns, headersOf, personNow, queueNow, rulesNow, sceneFor, setQueueVisibility, type Cast, type Column, type Scene } from "./cast";
import type { Row } from "./rows";

export const cellsOf = (row: { expected: string }): string[] => row.expected.trim().split(/\s+/);
export const nameOf = (row: Pick<Row, "door" | "case" | "standing">) => `${row.door} · ${row.case} · ${row.standing}`;

/** Everything that a write of this scene could change, to be compared before and after. */
export async function stateOf(scene: Scene): Promise<string> {
  const id = scene.ticket._id;
  const [counts, ...documents] = await Promise.all([Promise.all([tickets, people, tokens, reads, events, attachments].map((collection) => collection().countDocuments({}))), tickets().findOne({ _id: id }), messages().find({ ticketId: id }).toArray(), personNow(scene.colleague._id), personNow(scene.asker), queueNow(scene.spare._id), rulesNow(scene), settings().findOne({ _id: "desk" }), notices().find({ personId: scene.asker }).toArray(), noticeSettings().findOne({ _id: scene.asker })]);
  return JSON.stringify([counts, documents]);
}

/** What one column gets at a door, as the table writes it; a refusal that changed something says so. */
async function cell(cast: Cast, row: Row, column: Column): Promise<string> {
  forgetLimits();
  await setQueueVisibility(column === "member on");
  const scene = await sceneFor(cast, column, row.standing);
  if (row.case.includes("note")) await write(cast.persons.manager, { id: scene.ticket._id, body: "The customer is a crocodile", visibility: "private" }, { once: null });
  const { method, path, body } = row.ask(scene);
  const writes = method !== "GET" && !row.reads && !row.door.includes("realtime");
  const before = writes ? await stateOf(scene) : null;
  const answer = await as(null, headersOf(cast, column)).ask(method, path, body);
  const refused = answer.status >= 400;
  const changed = writes && before !== (await stateOf(scene));
  const wrongly = writes && refused === changed ? (changed ? "!changed" : "!unchanged") : "";
  return `${answer.status}${refused ? "" : (row.mark?.(answer.body, scene) ?? "")}${wrongly}`;
}

/** The row as it is: one cell a column, written as the expected ones are. */
export async function actual(cast: Cast, row: Row, only: readonly Column[] = columns): Promise<Record<string, string>> {
  const cells: Record<string, string> = {};
  for (const column of only) cells[column] = await cell(cast, row, column);
  return cells;
}

export const expectedOf = (row: { expected: string }): Record<string, string> => Object.fromEntries(cellsOf(row).map((each, index) => [columns[index] ?? "(too many)", each]));
