import { cron } from "inngest";
import { calendarsToRead, readDaily } from "../../lib/sla/service.ts";
import { inngest } from "../client.ts";

/** Reads, once a night, the holidays at the addresses of calendars; one that fails keeps what it has and holds up no other. */
export const readCalendars = () =>
  inngest().createFunction({ id: "read-calendars", retries: 3, triggers: [cron("41 2 * * *")] }, async ({ step }) => {
    const ids = await step.run("calendars with an address", calendarsToRead);
    return await Promise.all(ids.map((id) => step.run(`read ${id}`, () => readDaily(id))));
  });
