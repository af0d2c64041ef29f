import { beforeAll, describe, expect, test } from "vitest";
import { channels } from "@/lib/channels";
import { useDesk } from "../support/desk";
import { doors, methodsOf } from "../support/doors";
import { cast, columns, type Cast } from "./cast";
import { apart, channelRows, deskRows, ticketRows } from "./rows";
import { actual, cellsOf, expectedOf, nameOf } from "./run";

useDesk();

let everybody: Cast;
beforeAll(async () => {
  everybody = await cast();
});

const rows = [...ticketRows, ...deskRows, ...channelRows];

describe("every door × role × ownership", () => {
  test.each(rows.map((row) => [nameOf(row), row] as const))("%s", async (_name, row) => {
    const who = row.case === "make oneself admin" ? await cast() : everybody; // the admin's session ends by it
    expect(await actual(who, row)).toEqual(expectedOf(row));
  });
});

describe("the table", () => {
  test("has a cell for every column", () => {
    expect(rows.filter((row) => cellsOf(row).length !== columns.length).map(nameOf)).toEqual([]);
  });

  test("has a row for every door of the API, and none for a door that is not there", async () => {
    const found = (await doors()).flatMap(({ path, module }) => methodsOf(module).map((method) => `${method} ${path}`)).toSorted();
    const listed = [...new Set([...rows.map((row) => row.door), ...Object.keys(apart)])].toSorted();
    expect(listed).toEqual(found);
  });

  test("has a row for every channel that we publish to", () => {
    expect([...new Set(channelRows.map((row) => row.case))].filter((name) => name !== "(any other)").toSorted()).toEqual(Object.keys(channels).toSorted());
  });

  test("asks for each ticket door in every standing in which it may be asked", () => {
    for (const door of new Set(ticketRows.map((row) => row.door))) {
      const standings = ticketRows.filter((row) => row.door === door).map((row) => row.standing);
      expect([door, standings.length > 1 || standings[0] === "resolved"]).toEqual([door, true]);
    }
  });
});
