import { afterEach, describe, expect, it } from "vitest";
import { Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

describe("events start runs", () => {
  it("an event reaches its function, and its result is kept", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "greet", triggers: { event: "person.came" } }, async ({ event, step, attempt, runId }) => {
      const name = await step.run("name", () => String(event.data["name"]).toUpperCase());
      return { name, id: event.id, attempt, runId };
    })]);
    const { ids } = await rig.client.send({ name: "person.came", data: { name: "Åsa \u{1F600} \"q\"" } });
    const [run] = await rig.until("greet", "completed");
    expect(await rig.output(run)).toEqual({ name: "ÅSA \u{1F600} \"Q\"", id: ids[0], attempt: 0, runId: run?.id });
  });
});
