import { beforeAll, describe, expect, test, vi } from "vitest";
import { useDesk } from "../support/desk";
import { cast, columns, type Cast, type Column } from "./cast";
import { deskRows, ticketRows, type Row } from "./rows";
import { actual, cellsOf, expectedOf, nameOf } from "./run";

/** The one place where an own module is replaced: to see that the table bites when the policy is broken on purpose. */
const broken = vi.hoisted(() => ({ scope: false, can: false }));
vi.mock("@/lib/auth/policy", async (load) => {
  const real = await load<typeof import("@/lib/auth/policy")>();
  return {
    ...real,
    visibleTo: (actor: Parameters<typeof real.visibleTo>[0]) => (broken.scope ? {} : real.visibleTo(actor)),
    can: (...asked: Parameters<typeof real.can>) => broken.can || real.can(...asked),
    demand: (...asked: Parameters<typeof real.demand>) => (broken.can ? undefined : real.demand(...asked)),
  };
});

useDesk();

let everybody: Cast;
beforeAll(async () => {
  everybody = await cast();
});

const cellOf = (row: Row, column: Column) => cellsOf(row)[columns.indexOf(column)] ?? "";
const only = (row: Row, these: readonly Column[]) => Object.fromEntries(these.map((column) => [column, expectedOf(row)[column]]));

async function unnoticed(rows: readonly Row[], these: readonly Column[]): Promise<string[]> {
  const names: string[] = [];
  for (const row of rows) {
    const found = await actual(everybody, row, these);
    if (these.every((column) => found[column] === only(row, these)[column])) names.push(nameOf(row));
  }
  return names;
}

describe("the matrix fails", () => {
  test("not while nothing is broken, so that what follows means something", async () => {
    const some = ticketRows.filter((row) => row.standing === "owned").slice(0, 4);
    expect(await unnoticed(some, ["other", "watcher"])).toEqual(some.map(nameOf));
  });

  test("when visibleTo answers {}: at every door through which a ticket is reached", async () => {
    Object.assign(broken, { scope: true, can: false });
    const rows = ticketRows.filter((row) => row.standing === "owned" || row.standing === "resolved");
    expect(rows.every((row) => cellOf(row, "other") === "404" && cellOf(row, "agent") === "404")).toBe(true);
    expect(await unnoticed(rows, ["other", "agent"])).toEqual([]);
    expect(await unnoticed(deskRows.filter((row) => row.door === "GET /api/v1/tickets"), ["other"])).toEqual([]);
  });

  test("when can answers true: at every door that asks it", async () => {
    Object.assign(broken, { scope: false, can: true });
    for (const column of ["customer", "admin", "watcher"] as const) {
      const rows = [...ticketRows, ...deskRows].filter((row) => cellOf(row, column) === "403" && row.standing !== "engineering");
      expect(rows.length).toBeGreaterThan(8);
      expect(await unnoticed(rows, [column])).toEqual([]);
    }
  });
});
