import { encodeKey, type Keyable } from "../bson/key.ts";
import { elements, type Element } from "../bson/raw.ts";
import { Fields, readDoc } from "../bson/read.ts";
import type { Doc, Value } from "../bson/value.ts";
import type { Writable } from "../bson/write.ts";
import { CommandError } from "../errors.ts";
import type { Catalog, Collection, Index } from "./catalog.ts";
import type { Connection } from "./connection.ts";
import { keysOf, type Keys } from "./index-keys.ts";

/** A stored document: its row id and its BSON. */
export interface Stored {
  rid: number;
  raw: Buffer;
}

function duplicate(collection: Collection, name: string, fields: string[], values: Keyable[]): CommandError {
  const shown = fields.map((field, i) => `${field}: ${JSON.stringify(values[i] ?? null, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v instanceof Map ? Object.fromEntries(v) : v))}`);
  const keyPattern = Object.fromEntries(fields.map((field) => [field, 1 as Writable]));
  const keyValue = Object.fromEntries(fields.map((field, i) => [field, (typeof values[i] === "symbol" ? [] : (values[i] ?? null)) as Writable]));
  return new CommandError(11000, `E11000 duplicate key error collection: ${collection.ns} index: ${name} dup key: { ${shown.join(", ")} }`, { keyPattern, keyValue });
}

/** The fields that the indexes of a collection need, for decoding no more than that. */
function indexed(collection: Collection): Fields {
  const names = ["_id"];
  for (const index of collection.indexes) names.push(...needs(index));
  return new Fields(names);
}

const fieldsOf = new WeakMap<Index[], Fields>();
function fieldsFor(collection: Collection): Fields {
  let fields = fieldsOf.get(collection.indexes);
  if (!fields) fieldsOf.set(collection.indexes, (fields = indexed(collection)));
  return fields;
}

/** The top-level fields in which two documents differ, byte for byte; a name that comes twice is among them. */
function changedFields(before: Buffer, after: Buffer): Set<string> {
  const changed = new Set<string>();
  const old = new Map<string, Element>();
  for (const element of elements(before)) {
    if (old.has(element.name)) changed.add(element.name);
    old.set(element.name, element);
  }
  for (const { name, start, end } of elements(after)) {
    const was = old.get(name);
    if (was === undefined || after.compare(before, was.start, was.end, start, end) !== 0) changed.add(name);
    old.delete(name);
  }
  for (const name of old.keys()) changed.add(name);
  return changed;
}

const needs = (index: Index): string[] => [...index.fields.map((field) => field.path[0]!), ...(index.partial?.fields ?? [])];

/** Writes documents and keeps every index in step, inside the writer's open transaction. Each call does all or nothing. */
export class Documents {
  readonly #writer: Connection;
  readonly #catalog: Catalog;
  /** Counts what was stored or deleted, so that a write can be seen to have begun. */
  changes = 0;
  constructor(writer: Connection, catalog: Catalog) {
    this.#writer = writer;
    this.#catalog = catalog;
  }

  /** Stores a checked document that has an `_id`. Throws 11000 for a duplicate. */
  insert(collection: Collection, raw: Buffer): void {
    this.changes++;
    const doc = readDoc(raw, 0, fieldsFor(collection));
    const keys = collection.indexes.map((index) => keysOf(index, doc));
    const id = doc.get("_id") as Value;
    const { changes, id: rid } = this.#writer.run(`INSERT OR IGNORE INTO c${collection.id} (k, d) VALUES (?, ?)`, encodeKey([id]), raw);
    if (changes === 0) throw duplicate(collection, "_id_", ["_id"], [id]);
    try {
      collection.indexes.forEach((index, i) => this.#claim(collection, index, keys[i]!, rid));
    } catch (error) {
      // Not swallowed: the row goes, so that a refused document leaves nothing behind in the shared transaction.
      this.#writer.run(`DELETE FROM c${collection.id} WHERE rid = ?`, rid);
      throw error;
    }
    collection.indexes.forEach((index, i) => this.#add(index, keys[i]!, rid));
  }

  /** Replaces a stored document by another with the same `_id`. Throws 11000 for a duplicate. */
  replace(collection: Collection, old: Stored, raw: Buffer): void {
    this.changes++;
    // Most changes touch few fields, and what an index costs is mostly working out its keys.
    const changed = changedFields(old.raw, raw);
    const touched = collection.indexes.filter((index) => needs(index).some((name) => changed.has(name)));
    const fields = new Fields(touched.flatMap(needs));
    const [before, after] = touched.length === 0 ? [] : [readDoc(old.raw, 0, fields), readDoc(raw, 0, fields)];
    const moves = touched.map((index) => difference(keysOf(index, before!), keysOf(index, after!)));
    touched.forEach((index, i) => this.#claim(collection, index, moves[i]!.come, old.rid));
    this.#writer.run(`UPDATE c${collection.id} SET d = ? WHERE rid = ?`, raw, old.rid);
    touched.forEach((index, i) => {
      this.#remove(index, moves[i]!.go, old.rid);
      this.#add(index, moves[i]!.come, old.rid);
    });
  }

  delete(collection: Collection, old: Stored): void {
    this.changes++;
    const doc = readDoc(old.raw, 0, fieldsFor(collection));
    for (const index of collection.indexes) this.#remove(index, keysOf(index, doc).keys, old.rid);
    this.#writer.run(`DELETE FROM c${collection.id} WHERE rid = ?`, old.rid);
  }

  /** Adds one document to a new index. */
  index(collection: Collection, index: Index, rid: number, doc: Doc): void {
    const keys = keysOf(index, doc);
    this.#claim(collection, index, keys, rid);
    this.#add(index, keys, rid);
  }

  #claim(collection: Collection, index: Index, { keys, first }: Keys, rid: number): void {
    if (!index.unique) return;
    for (const key of keys) {
      if (!this.#writer.row(`SELECT 1 FROM i${index.id} WHERE k = ? AND rid <> ? LIMIT 1`, key, rid)) continue;
      throw duplicate(collection, index.name, index.fields.map((f) => f.name), first);
    }
  }

  #add(index: Index, { keys, multikey }: Keys, rid: number): void {
    for (const key of keys) this.#writer.run(`INSERT OR IGNORE INTO i${index.id} (k, rid) VALUES (?, ?)`, key, rid);
    this.#catalog.noteMultikey(index, multikey);
  }

  #remove(index: Index, keys: Buffer[], rid: number): void {
    for (const key of keys) this.#writer.run(`DELETE FROM i${index.id} WHERE k = ? AND rid = ?`, key, rid);
  }
}

function difference(before: Keys, after: Keys): { go: Buffer[]; come: Keys } {
  const has = (keys: Buffer[], key: Buffer) => keys.some((other) => other.equals(key));
  if (before.keys.length + after.keys.length < 16) {
    return { go: before.keys.filter((key) => !has(after.keys, key)), come: { ...after, keys: after.keys.filter((key) => !has(before.keys, key)) } };
  }
  const [old, fresh] = [before, after].map(({ keys }) => new Set(keys.map((key) => key.toString("latin1")))) as [Set<string>, Set<string>];
  return { go: before.keys.filter((key) => !fresh.has(key.toString("latin1"))), come: { ...after, keys: after.keys.filter((key) => !old.has(key.toString("latin1"))) } };
}
