import { ReadableStream as NodeStream } from "node:stream/web";
import { known, toProblem } from "./errors.ts";
import { log } from "./log.ts";

/**
 * An answer that grows: one JSON document a line (application/x-ndjson), each made when the reader has taken the one
 * before, so a slow reader holds up the work and fills no memory. A reader who leaves ends the work. What goes wrong
 * on the way is the last line, as `{problem}` (RFC 9457): the status was sent long ago.
 */
export const ndjson = (lines: AsyncIterable<object>): Response => new Response(NodeStream.from(written(lines)) as ReadableStream<Uint8Array>, { headers: { "content-type": "application/x-ndjson" } });

async function* written(lines: AsyncIterable<object>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const line = (value: object) => encoder.encode(`${JSON.stringify(value)}\n`);
  try {
    for await (const value of lines) yield line(value);
  } catch (error) {
    const expected = known(error);
    if (!expected) log("error", "an answer broke off", { error });
    yield line({ problem: toProblem(expected) });
  }
}
