import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { integer } from "../bson/numbers.ts";
import type { Writable } from "../bson/write.ts";
import { refuse } from "../errors.ts";
import type { Variables } from "../expressions/scope.ts";
import type { Cursors } from "../store/cursors.ts";
import type { Collection } from "../store/catalog.ts";
import type { Connection } from "../store/connection.ts";
import type { Engine, Steps } from "../store/engine.ts";
import type { Peer, Sessions, Transaction } from "../store/sessions.ts";
import type { Request } from "../wire/message.ts";

export type Reply = { [name: string]: Writable | undefined };

export interface Command {
  /** Fields it understands besides the general ones; any other is refused. */
  fields: readonly string[];
  /** A write takes the writer's lock; a read doesn't; a plain one touches no data. */
  kind: "read" | "write" | "plain";
  /** Allowed inside a transaction. */
  transactional?: boolean;
  run(call: Call): Steps<Reply>;
}

export interface Server {
  engine: Engine;
  sessions: Sessions;
  cursors: Cursors;
  address: string;
}

/** One command on its way: its arguments, and the data as it may see it. */
export class Call {
  readonly server: Server;
  readonly request: Request;
  readonly body: Doc;
  readonly name: string;
  readonly db: string;
  readonly peer: Peer;
  transaction: Transaction | null = null;
  writing = false;
  /** The commit of others that this command has seen before it was durable. */
  seen: Promise<void> | null = null;

  constructor(server: Server, request: Request, body: Doc, peer: Peer) {
    this.server = server;
    this.peer = peer;
    this.request = request;
    this.body = body;
    this.name = [...body.keys()][0] ?? "";
    const db = body.get("$db") ?? (request.legacy ? "admin" : undefined);
    if (typeof db !== "string" || db === "" || /[/\\. "$\0]/.test(db)) refuse(73, `Invalid database name: '${String(db)}'`);
    this.db = db;
  }

  get engine(): Engine {
    return this.server.engine;
  }

  /** The connection to read from, now. */
  connection(): Connection {
    if (this.transaction || this.writing) return this.engine.writer;
    if (!this.engine.split) this.seen = this.engine.pendingCommit ?? this.seen;
    return this.engine.reads;
  }

  collection(ns: string): Collection | undefined {
    const found = this.engine.catalog.get(ns);
    return found?.uncommitted && this.connection().readOnly ? undefined : found;
  }

  /** The full name of the collection that the command names. */
  get ns(): string {
    return this.namespace(this.body.get(this.name));
  }

  namespace(name: Maybe): string {
    if (typeof name !== "string" || name === "" || name.startsWith(".") || name.startsWith("system.") || /[$\0]/.test(name)) refuse(73, `Invalid namespace specified '${this.db}.${String(name)}'`);
    return `${this.db}.${name}`;
  }

  get target(): Collection | undefined {
    return this.collection(this.ns);
  }

  ensure(ns: string): Collection {
    return this.collection(ns) ?? this.engine.catalog.create(ns);
  }

  doc(name: string): Doc {
    const v = this.body.get(name);
    if (v === undefined) return new Map();
    return isDoc(v) ? v : refuse(14, `BSON field '${this.name}.${name}' is the wrong type, expected type 'object'`);
  }

  /** A list of documents, from the body or from a document sequence (already decoded by the caller's `read`). */
  list(name: string): Value[] | undefined {
    const v = this.body.get(name);
    if (v === undefined) return undefined;
    return Array.isArray(v) ? v : refuse(14, `BSON field '${this.name}.${name}' is the wrong type, expected type 'array'`);
  }

  count(name: string): number {
    const v = this.body.get(name);
    const n = v === undefined || v === null ? 0 : integer(v, name);
    return n < 0 ? refuse(51024, `BSON field '${name}' value must be >= 0, actual value '${n}'`) : n;
  }

  flag(name: string, otherwise = false): boolean {
    const v = this.body.get(name);
    if (v === undefined || v === null) return otherwise;
    return typeof v === "boolean" ? v : integer(v, name) !== 0;
  }

  /** `let` of the command, and `$$NOW`. */
  get variables(): Variables {
    return { values: { NOW: new Date(), ...Object.fromEntries(this.doc("let")) } };
  }

  hint(of: Doc = this.body): string | Doc | null {
    const v = of.get("hint");
    if (v === undefined || v === null) return null;
    if (typeof v === "string") return v;
    return isDoc(v) ? (v.size === 0 ? null : v) : refuse(9, "hint must be a string or an object");
  }
}
