import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

export type Row = (null | number | bigint | string | Uint8Array)[];

/** A connection to the data file with its prepared statements. Everything on it is synchronous. */
export class Connection {
  readonly #db: DatabaseSync;
  readonly readOnly: boolean;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string, readOnly: boolean) {
    this.#db = new DatabaseSync(file, { readOnly, timeout: 2000 });
    this.readOnly = readOnly;
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  rows(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as unknown as Row[];
  }

  /** As many rows as fit into `bytes` (at least one), for a chunk of documents of unknown size; `cut`: there may be more. */
  rowsWithin(bytes: number, sql: string, ...values: SQLInputValue[]): { rows: Row[]; cut: boolean } {
    const rows: Row[] = [];
    let size = 0;
    for (const row of this.#prepare(sql).iterate(...values) as unknown as Iterable<Row>) {
      if (size > bytes) return { rows, cut: true };
      rows.push(row);
      for (const v of row) if (v instanceof Uint8Array) size += v.length;
    }
    return { rows, cut: false };
  }

  row(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as unknown as Row | undefined;
  }

  /** Runs a change. `id` is the rowid of an insert. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number } {
    const { changes, lastInsertRowid } = this.#prepare(sql).run(...values);
    return { changes: Number(changes), id: Number(lastInsertRowid) };
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** Forgets the prepared statements: tables were dropped. */
  forget(): void {
    this.#statements.clear();
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}

/** SQLite hands out a Uint8Array; the same memory as a Buffer. */
export const bytesOf = (v: unknown): Buffer => {
  const u = v as Uint8Array;
  return Buffer.from(u.buffer as ArrayBuffer, u.byteOffset, u.byteLength);
};
