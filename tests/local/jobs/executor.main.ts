/** The executor as a process of its own, to be killed: settings come as JSON in JOBS, the ready line goes to stdout. */
import { startJobs } from "../../../local/jobs/server.ts";

const jobs = await startJobs(JSON.parse(process.env["JOBS"] ?? "{}"));
process.stdout.write(`${JSON.stringify({ ready: true, jobs: jobs.url })}\n`);
