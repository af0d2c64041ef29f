import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import type { SQLInputValue, StatementSync } from "node:sqlite";
import { migrations } from "./schema.ts";
import { storageTrouble } from "../trouble.ts";

const pageBytes = 4096;

/**
 * The one SQLite file of the executor, in WAL, held exclusively by one process.
 * A killed process loses nothing that was committed. Power loss may take the last commits of `write`, which only
 * brings finished calls back to life; what `writeThrough` committed is on the disk.
 */
export class Store {
  readonly #db: DatabaseSync;
  readonly #file: string;
  readonly #disk: (() => number) | undefined;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens or creates `<dataDir>/jobs.sqlite` (0600) and brings an older file up to date. Throws when another process has
   * it, when a newer version wrote it, or when it is damaged.
   */
  constructor(dataDir: string, disk?: () => number) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const file = join(dataDir, "jobs.sqlite");
    this.#file = file;
    this.#disk = disk;
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
    this.#db = new DatabaseSync(file, { timeout: 0 });
    try {
      this.#prepare();
    } catch (error) {
      this.#db.close();
      throw new Error(storageTrouble(error) ?? (error as Error).message, { cause: error });
    }
  }

  #prepare(): void {
    this.#db.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 33554432; PRAGMA cache_size = -16000");
    const found = this.get<{ quick_check: string }>("PRAGMA quick_check(1)")?.quick_check;
    if (found !== "ok") throw new Error(`The jobs file is damaged (${String(found).replace(/\s+/g, " ")}). Put it aside, or restore a backup.`);
    const version = this.get<{ user_version: number }>("PRAGMA user_version")?.user_version ?? 0;
    if (version > migrations.length) throw new Error(`The jobs file has version ${version}; this program reads up to version ${migrations.length}. Start the newer program that wrote it.`);
    if (version < migrations.length) this.write(() => this.#db.exec(`${migrations.slice(version).join("")}; PRAGMA user_version = ${migrations.length}`));
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  /** Answers the number of changed rows. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** One transaction: all of the work or, when it throws, nothing of it. */
  write<T>(work: () => T): T {
    if (this.#disk) this.#db.exec(`PRAGMA max_page_count = ${Math.ceil(this.#disk() / pageBytes)}`);
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  /** As `write`, and on the disk (with everything before it) when it returns. */
  writeThrough<T>(work: () => T): T {
    this.#db.exec("PRAGMA synchronous = FULL");
    try {
      return this.write(work);
    } finally {
      this.#db.exec("PRAGMA synchronous = NORMAL");
    }
  }

  /**
   * Copies everything that is committed to a new file, as it is at one moment. No other process could: this one holds the file.
   * All pages in one step, which ends before the next write begins.
   */
  async copyTo(file: string): Promise<void> {
    closeSync(openSync(file, "wx", 0o600));
    await backup(this.#db, file, { rate: 2 ** 31 - 1 });
  }

  /** Bytes of the file and of what is not yet folded into it. */
  size(): number {
    return [this.#file, `${this.#file}-wal`].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  }

  close(): void {
    this.#db.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }
}
