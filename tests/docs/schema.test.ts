import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { expect, test } from "vitest";
import { declaredCollections, type CollectionSpec } from "@/lib/db";
import "@/lib/answers-once";
import "@/lib/notifications/service";
import "@/lib/routing/service";
import "@/lib/sla/service";

const file = fileURLToPath(new URL("../../docs/schema.md", import.meta.url));

type Json = { type?: string | string[]; description?: string; enum?: unknown[]; const?: unknown; anyOf?: Json[]; items?: Json; properties?: Record<string, Json>; format?: string };

function kind(schema: Json): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kind))].join(" or ");
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.type === "array") return `list of ${kind(schema.items ?? {})}`;
  if (schema.properties) return `{${Object.keys(schema.properties).join(", ")}}`;
  return schema.format === "date-time" ? "time" : String(schema.type ?? "any");
}

const asJson = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, {
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
    },
  }) as Json;

function page(specs: readonly CollectionSpec[]): string {
  const sections = specs.toSorted((one, other) => one.name.localeCompare(other.name)).map((spec) => {
    const fields = Object.entries(asJson(spec.schema).properties ?? {}).map(([name, schema]) => `| \`${name}\` | ${kind(schema).replaceAll("|", "or")} | ${schema.description ?? ""} |`);
    const indexes = spec.indexes.map((index) => {
      const keys = Object.entries(index.key).map(([field, direction]) => `${field} ${direction === 1 ? "↑" : "↓"}`).join(", ");
      const more = [index.unique ? "unique" : "", index.partialFilterExpression ? `where ${JSON.stringify(index.partialFilterExpression)}` : "", index.expireAfterSeconds === undefined ? "" : `expires after ${index.expireAfterSeconds} s`].filter(Boolean);
      return `- \`${index.name}\`: ${keys}${more.length > 0 ? ` (${more.join(", ")})` : ""}`;
    });
    return [`## ${spec.name}`, "", `Owner: ${spec.room.startsWith("lib/") ? spec.room : `lib/${spec.room}`}`, "", "| field | what | note |", "|---|---|---|", ...fields, "", indexes.length > 0 ? indexes.join("\n") : "Only the index on `_id`."].join("\n");
  });
  return ["# Collections", "", "Made from the zod schemas and index lists of the rooms by `npm run schema`; a test fails when this page is old.", "", sections.join("\n\n"), ""].join("\n");
}

test("docs/schema.md says what the rooms declare", async () => {
  const now = page(declaredCollections());
  if (process.env.WRITE_DOCS === "1") await writeFile(file, now);
  expect(await readFile(file, "utf8")).toBe(now);
});
