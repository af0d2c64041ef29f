import type { Store } from "../../../local/jobs/store.ts";

type Row = Record<string, string | number | null>;

/**
 * Puts many runs to sleep that differ only in the number `n` of their event: copies of the rows that the executor wrote
 * for one that went to sleep by itself, since bringing tens of thousands to sleep one by one takes minutes.
 */
export function multiply(store: Store, run: string, count: number, from: number): void {
  const row = store.get<Row>("SELECT * FROM runs WHERE id = ?", run);
  const event = store.get<Row>("SELECT * FROM events WHERE id = ?", row?.["event"] ?? "");
  if (!row || !event) throw new Error(`There is no run ${run}.`);
  const beside = ["steps", "jobs", "waits"].map((table) => ({ table, rows: store.all<Row>(`SELECT * FROM ${table} WHERE run = ?`, run) }));
  const insert = (table: string, values: Row): void => {
    const names = Object.keys(values).filter((name) => table === "steps" || name !== "id" || typeof values[name] === "string");
    store.run(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`, ...names.map((name) => values[name] ?? null));
  };
  store.write(() => {
    for (let n = from; n < from + count; n++) {
      // Ids made in one moment differ in their last letter.
      const other = (id: string): string => id.slice(0, 16) + String(n).padStart(9, "0") + id.slice(-1);
      const [runId, eventId] = [other(run), other(String(event["id"]))];
      insert("events", { ...event, id: eventId, body: String(event["body"]).replace(/"n":\d+/, `"n":${n}`) });
      insert("runs", { ...row, id: runId, event: eventId });
      for (const { table, rows } of beside) for (const each of rows) insert(table, { ...each, run: runId, ...(table === "waits" && each["path"] !== "" ? { value: String(n) } : {}) });
    }
  });
}
