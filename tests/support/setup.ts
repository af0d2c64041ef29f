import { afterEach, beforeEach, expect } from "vitest";
import { setClock } from "@/lib/clock";
import { forgetLimits } from "@/lib/limits";

const said: string[] = [];
const channels = ["log", "info", "warn", "error"] as const;
const write = process.stderr.write.bind(process.stderr);
let expectedLines: RegExp[] = [];

/** Names log lines that a test provokes on purpose; any other line fails it. */
export function expectLog(...lines: RegExp[]): void {
  expectedLines = lines;
}

for (const channel of channels) {
  console[channel] = (...words: unknown[]) => {
    said.push(`console.${channel}: ${words.map(String).join(" ")}`);
  };
}
process.stderr.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
  const text = String(chunk);
  if (!text.startsWith('{"at":')) return write(chunk, ...rest);
  said.push(text);
  return true;
}) as typeof process.stderr.write;

beforeEach(() => {
  said.length = 0;
  expectedLines = [];
  forgetLimits();
});

afterEach(() => {
  setClock(null);
  expect(said.filter((line) => !expectedLines.some((expected) => expected.test(line)))).toEqual([]);
});
