import { follow, type Document, type Schema } from "./document.ts";

export type Field = { name: string; type: string; required: boolean; note: string; fields: Field[] };

const deepest = 4;
const figure = (value: number) => value.toLocaleString("en-GB");
const isNull = (schema: Schema) => schema.type === "null";
const choices = (schema: Schema): Schema[] => schema.anyOf ?? schema.oneOf ?? [];

/** A schema's type as a person would say it: "text", "list of ids", "open or pending". */
export function typeOf(document: Document, given: Schema): string {
  const schema = follow(document, given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" · ");
  const options = choices(schema);
  if (options.length > 0) return [...new Set(options.map((option) => typeOf(document, option)))].join(" or ");
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  if (schema.type === "array") return schema.items ? `list of ${typeOf(document, schema.items)}` : "list";
  if (schema.type === "string" && schema.format === "date-time") return "time";
  if (schema.type === "string" && schema.format) return schema.format;
  return { string: "text", integer: "whole number", number: "number", boolean: "true or false", object: "object" }[schema.type ?? ""] ?? schema.type ?? "any";
}

function limits(schema: Schema): string {
  const { minLength, maxLength, minimum, maximum, maxItems } = schema;
  const safe = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    safe(minLength) && safe(maxLength) ? `${figure(minLength)} to ${figure(maxLength)} characters` : safe(maxLength) ? `at most ${figure(maxLength)} characters` : safe(minLength) ? `at least ${minLength} characters` : "",
    safe(minimum) && safe(maximum) ? `${minimum} to ${maximum}` : safe(minimum) ? `at least ${minimum}` : safe(maximum) ? `at most ${maximum}` : "",
    safe(maxItems) ? `at most ${maxItems} entries` : "",
    schema.default === undefined ? "" : `default ${JSON.stringify(schema.default)}`,
  ].filter(Boolean).join(" · ");
}

/** The fields of an object, of a list's entries, or of the objects a value may be, nested ones included. */
export function fieldsOf(document: Document, given: Schema, depth = 0): Field[] {
  const schema = follow(document, given);
  if (depth >= deepest) return [];
  if (schema.type === "array" && schema.items) return fieldsOf(document, schema.items, depth);
  const parts = [...choices(schema).filter((option) => !isNull(option)), ...(schema.allOf ?? [])];
  const merged = new Map<string, Field>();
  for (const part of parts) for (const field of fieldsOf(document, part, depth)) if (!merged.has(field.name)) merged.set(field.name, field);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const target = follow(document, property);
    merged.set(name, {
      name,
      type: typeOf(document, property),
      required: schema.required?.includes(name) ?? false,
      note: [property.description ?? target.description, limits(target)].filter(Boolean).join(" · "),
      fields: fieldsOf(document, property, depth + 1),
    });
  }
  return [...merged.values()];
}

/** A plausible value, for the sample call: what the field is called says most about what belongs there. */
export function sampleOf(document: Document, given: Schema, name = ""): unknown {
  const schema = follow(document, given);
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const option = choices(schema).find((choice) => !isNull(choice));
  if (option) return sampleOf(document, option, name);
  if (schema.type === "array") return [];
  if (schema.type === "boolean") return true;
  if (schema.type === "integer" || schema.type === "number") return schema.minimum && schema.minimum > 0 ? schema.minimum : 1;
  if (schema.properties) {
    const wanted = Object.entries(schema.properties).filter(([key]) => schema.required?.includes(key));
    const shown = wanted.length > 0 ? wanted : Object.entries(schema.properties).slice(0, 1);
    return Object.fromEntries(shown.map(([key, property]) => [key, sampleOf(document, property, key)]));
  }
  return words[name] ?? (schema.format === "email" ? "mara@example.org" : "…");
}

const words: Record<string, string> = {
  subject: "The invoice lists two seats too many",
  body: "Two people left on 3 March and are still counted.",
  email: "mara@example.org",
  name: "Mara Feld",
  reason: "The API answers 500 to every import.",
  password: "correct horse battery",
};
