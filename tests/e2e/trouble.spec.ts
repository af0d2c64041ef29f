import { Load, type Victim } from "../support/endurance";
import { expect, startDesk, test, type Desk } from "./desks";

let desk: Desk;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

test("kill -9 of the database, the app, the services and all at once under load: nothing acknowledged is lost or doubled, and the desk is back within ten seconds", async () => {
  test.setTimeout(240_000);
  const load = await Load.start(desk, 3);
  const deaths: Victim[][] = [["mongodb"], ["app"], ["local"], ["mongodb"], ["app"], ["mongodb", "app", "local"]];
  for (const victims of deaths) {
    const before = load.acknowledged.length;
    await expect.poll(() => load.acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 3);
    await load.kill(victims);
  }
  const found = await load.end(90_000);
  expect(found.tickets).toEqual(found.acknowledged);
  expect(found.messages).toBe(2 * found.tickets.length);
  expect(found.sent).toBe(found.tickets.length);
  expect(found.receipts).toEqual(found.acknowledged);
});
