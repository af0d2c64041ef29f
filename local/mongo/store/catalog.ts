import { readDoc } from "../bson/read.ts";
import type { Doc } from "../bson/value.ts";
import { encode } from "../bson/write.ts";
import { compileFilter, type Filter } from "../query/filter.ts";
import { bytesOf, type Connection } from "./connection.ts";
import type { Path } from "./path.ts";

export interface Index {
  id: number;
  name: string;
  /** The document that createIndexes was given, with `v: 2`. */
  spec: Doc;
  fields: { name: string; path: Path }[];
  descending: boolean[];
  unique: boolean;
  partial: Filter | null;
  expireAfterSeconds: number | null;
  /** Per field: some document has (or had) an array there. */
  multikey: boolean[];
  dropped: boolean;
  /** Made by a commit that is still open: the reading connection doesn't see it. */
  uncommitted: boolean;
  /** Not yet filled: no query may use it. */
  building: boolean;
}

export interface Collection {
  id: number;
  ns: string;
  indexes: Index[];
  dropped: boolean;
  /** Made by a commit that is still open: the reading connection doesn't see it. */
  uncommitted: boolean;
}

/** An index from its stored specification; `multikey` has a 0 or 1 per field. */
export function indexOf(id: number, spec: Doc, multikey: string): Index {
  const key = spec.get("key") as Doc;
  const partial = spec.get("partialFilterExpression") as Doc | undefined;
  const expire = spec.get("expireAfterSeconds");
  return {
    id, spec, name: spec.get("name") as string, dropped: false, uncommitted: false, building: false,
    fields: [...key.keys()].map((name) => ({ name, path: name.split(".") })),
    descending: [...key.values()].map((direction) => direction === -1),
    unique: spec.get("unique") === true,
    partial: partial ? compileFilter(partial) : null,
    expireAfterSeconds: expire === undefined ? null : Number(expire),
    multikey: [...multikey].map((c) => c === "1"),
  };
}

/** The collections and indexes, in memory and in the file. Every change is part of the writer's open transaction. */
export class Catalog {
  readonly #writer: Connection;
  #byName = new Map<string, Collection>();
  /** The open commit has changed collections or indexes. */
  #changed = false;

  constructor(writer: Connection) {
    this.#writer = writer;
    this.#load();
    this.#dropHalfBuilt();
  }

  /** A build that a kill has cut off: the index is made anew when it is asked for again. */
  #dropHalfBuilt(): void {
    this.#writer.exec("BEGIN");
    for (const collection of this.all()) for (const index of collection.indexes) if (index.building) this.dropIndex(collection, index);
    this.#writer.exec("COMMIT");
  }

  /** The open commit was rolled back. What stays is the same object as before: cursors go on reading through it. */
  rolledBack(): void {
    if (!this.#changed) return;
    this.#changed = false;
    this.#writer.forget();
    const before = this.#byName;
    const known = new Map([...before.values()].map((collection) => [collection.id, collection]));
    this.#load();
    for (const fresh of this.#byName.values()) {
      const old = known.get(fresh.id);
      known.delete(fresh.id);
      if (!old) continue;
      const indexes = fresh.indexes.map((index) => Object.assign(old.indexes.find((other) => other.id === index.id) ?? index, { multikey: index.multikey, building: index.building }));
      for (const index of old.indexes) index.dropped = !indexes.includes(index);
      this.#byName.set(fresh.ns, Object.assign(old, { indexes, dropped: false, uncommitted: false }));
    }
    for (const gone of known.values()) gone.dropped = true;
  }

  #load(): void {
    this.#byName = new Map();
    for (const [id, ns] of this.#writer.rows("SELECT id, ns FROM collections")) {
      const rows = this.#writer.rows("SELECT id, spec, multikey, building FROM indexes WHERE collection = ? ORDER BY id", id!);
      const indexes = rows.map(([indexId, spec, multikey, building]) => ({ ...indexOf(Number(indexId), readDoc(bytesOf(spec)), String(multikey)), building: building === 1 }));
      this.#byName.set(String(ns), { id: Number(id), ns: String(ns), indexes, dropped: false, uncommitted: false });
    }
  }

  /** The open commit has succeeded. */
  committed(): void {
    if (!this.#changed) return;
    this.#changed = false;
    for (const collection of this.#byName.values()) {
      collection.uncommitted = false;
      for (const index of collection.indexes) index.uncommitted = false;
    }
  }

  get(ns: string): Collection | undefined {
    return this.#byName.get(ns);
  }

  all(): Collection[] {
    return [...this.#byName.values()];
  }

  create(ns: string): Collection {
    this.#changed = true;
    const { id } = this.#writer.run("INSERT INTO collections (ns) VALUES (?)", ns);
    this.#writer.exec(`CREATE TABLE c${id} (rid INTEGER PRIMARY KEY, k BLOB NOT NULL UNIQUE, d BLOB NOT NULL)`);
    const collection: Collection = { id, ns, indexes: [], dropped: false, uncommitted: true };
    this.#byName.set(ns, collection);
    return collection;
  }

  drop(collection: Collection): void {
    this.#changed = true;
    for (const index of [...collection.indexes]) this.dropIndex(collection, index);
    this.#writer.exec(`DROP TABLE c${collection.id}`);
    this.#writer.run("DELETE FROM collections WHERE id = ?", collection.id);
    collection.dropped = true;
    this.#byName.delete(collection.ns);
  }

  createIndex(collection: Collection, spec: Doc): Index {
    this.#changed = true;
    const none = "0".repeat((spec.get("key") as Doc).size);
    const { id } = this.#writer.run("INSERT INTO indexes (collection, name, spec, multikey, building) VALUES (?, ?, ?, ?, 1)", collection.id, spec.get("name") as string, encode(spec), none);
    this.#writer.exec(`CREATE TABLE i${id} (k BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (k, rid)) WITHOUT ROWID`);
    const index = { ...indexOf(id, spec, none), uncommitted: true, building: true };
    collection.indexes = [...collection.indexes, index];
    return index;
  }

  /** The index holds every document now, in the open commit. */
  built(index: Index): void {
    this.#changed = true;
    this.#writer.run("UPDATE indexes SET building = 0 WHERE id = ?", index.id);
    Object.assign(index, { building: false, uncommitted: true });
  }

  dropIndex(collection: Collection, index: Index): void {
    this.#changed = true;
    this.#writer.forget();
    this.#writer.exec(`DROP TABLE i${index.id}`);
    this.#writer.run("DELETE FROM indexes WHERE id = ?", index.id);
    index.dropped = true;
    collection.indexes = collection.indexes.filter((other) => other !== index);
  }

  /** Remembers that fields of an index hold arrays. Never forgotten again, as in MongoDB. */
  noteMultikey(index: Index, multikey: boolean[]): void {
    if (!multikey.some((many, i) => many && !index.multikey[i])) return;
    this.#changed = true;
    index.multikey = index.multikey.map((many, i) => many || multikey[i] === true);
    this.#writer.run("UPDATE indexes SET multikey = ? WHERE id = ?", index.multikey.map((many) => (many ? "1" : "0")).join(""), index.id);
  }
}
