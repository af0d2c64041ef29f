import { beforeAll, expect, test } from "vitest";
import { an, useDesk } from "../support/desk";
import { as } from "../support/doors";

beforeAll(() => {
  // The environment is read at first use: the desk must not have begun.
  Object.assign(process.env, { TWOWAY_LOCAL: "realtime,mail", INNGEST_BASE_URL: "https://inngest.office.example" });
});
useDesk();

test("jobs that run elsewhere: the desk says where, asks that service nothing, and has no runs of its own", async () => {
  const admin = as(await an.admin());
  expect(await admin.get("/api/v1/jobs")).toMatchObject({ status: 200, body: { place: "elsewhere", dashboard: "https://inngest.office.example" } });
  expect(await admin.get("/api/v1/jobs/runs")).toMatchObject({ status: 404, body: { detail: "The jobs run elsewhere; look there." } });
});
