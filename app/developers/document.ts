/** The part of OpenAPI 3.1 that our document uses; a schema is JSON Schema 2020-12. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  description?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
};
type Content = Record<string, { schema?: Schema }>;
export type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema };
export type Answer = { description?: string; content?: Content };
export type Operation = {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Content };
  responses?: Record<string, Answer>;
};
export type Document = {
  info: { title: string; version: string; description?: string };
  servers?: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema>; parameters?: Record<string, Parameter>; responses?: Record<string, Answer> };
};

export type Call = { id: string; method: string; path: string; operation: Operation };
export type Group = { id: string; name: string; calls: Call[] };

const methods = ["get", "post", "put", "patch", "delete"];
const slug = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");

/** Calls by their first tag, or by the first segment of their path where they carry none; in the document's order. */
export function groupsOf(document: Document): Group[] {
  const groups = new Map<string, Call[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = operations[method];
      if (!operation) continue;
      const name = operation.tags?.[0] ?? path.replace(/^\/api(\/v1)?/, "").split("/")[1] ?? "other";
      const call = { id: slug(`${method} ${path}`), method: method.toUpperCase(), path, operation };
      groups.set(name, [...(groups.get(name) ?? []), call]);
    }
  }
  return [...groups].map(([name, calls]) => ({ id: slug(name), name: name.charAt(0).toUpperCase() + name.slice(1), calls }));
}

/** The thing behind a `$ref` (`#/components/schemas/Ticket`), or the thing itself. A reference to nothing is an empty schema. */
export function follow(document: Document, schema: Schema): Schema {
  const path = schema.$ref?.replace(/^#\//, "").split("/");
  if (!path) return schema;
  const found = path.reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined), document);
  return (found as Schema | undefined) ?? {};
}

export const bodyOf = (content: Content | undefined): Schema | undefined => Object.values(content ?? {})[0]?.schema;
