import { CommandError } from "../errors.ts";
import { Catalog } from "./catalog.ts";
import type { Connection } from "./connection.ts";
import { Documents } from "./documents.ts";
import { WriterLock } from "./lock.ts";
import { type FileOptions, type Files, openFiles } from "./open.ts";

/** Work that yields now and then so that others get their turn. */
export type Steps<T> = Generator<undefined, T>;

/** Lets sockets and timers have their turn. */
export const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const SINGLE_WRITE_PATIENCE_MS = 30_000;
const TRANSACTION_PATIENCE_MS = 2_000;

interface Batch {
  done: Promise<void>;
  settle(error?: unknown): void;
}

/**
 * The data file: one connection that writes, one that reads while a transaction holds the first. Single writes of one
 * tick share one commit (one fsync); nobody is answered before it.
 */
export class Engine {
  readonly catalog: Catalog;
  readonly documents: Documents;
  readonly #files: Files;
  readonly #lock = new WriterLock(() => this.#commitBatch());
  #batch: Batch | null = null;
  /** Single writes that stretch over ticks and must be committed whole. */
  #unfinished = 0;

  constructor(folder: string, options: FileOptions) {
    this.#files = openFiles(folder, options);
    this.catalog = new Catalog(this.#files.writer);
    this.documents = new Documents(this.#files.writer, this.catalog);
  }

  get writer(): Connection {
    return this.#files.writer;
  }

  get lock(): WriterLock {
    return this.#lock;
  }

  /** True while reads outside the open transaction (or unfinished write) must not see the writer's state. */
  get split(): boolean {
    return this.#lock.held || this.#unfinished > 0;
  }

  /** The connection for a read outside transactions, now. */
  get reads(): Connection {
    return this.split ? this.#files.reader : this.#files.writer;
  }

  /** The commit that must succeed before what was just read from the writer may be told to anybody. */
  get pendingCommit(): Promise<void> | null {
    return this.#batch?.done ?? null;
  }

  /**
   * Runs a single write and resolves once it is durable. A `whole` write is committed in one piece even if it takes
   * many ticks; another may be committed in parts (updateMany is not atomic), and lets transactions pass in between.
   */
  async write<T>(steps: Steps<T>, whole: boolean): Promise<T> {
    if (!this.#lock.tryEnter(false)) await this.#lock.enter(false, SINGLE_WRITE_PATIENCE_MS);
    let inside = true;
    if (whole) this.#unfinished++;
    try {
      for (;;) {
        const batch = this.#openBatch();
        const step = steps.next();
        if (step.done) {
          if (whole) this.#unfinished--;
          whole = false;
          inside = false;
          this.#lock.leave(false);
          await batch.done;
          return step.value;
        }
        if (whole) await nextTick();
        else {
          this.#lock.leave(false);
          inside = false;
          await nextTick();
          if (!this.#lock.tryEnter(false)) await this.#lock.enter(false, SINGLE_WRITE_PATIENCE_MS);
          inside = true;
        }
      }
    } catch (error) {
      // A refusal leaves nothing behind; after anything else (disk full, I/O) the shared commit can't be trusted.
      if (inside && !(error instanceof CommandError)) this.#fail(error);
      throw error;
    } finally {
      if (whole) this.#unfinished--;
      if (inside) this.#lock.leave(false);
    }
  }

  #openBatch(): Batch {
    if (this.#batch) return this.#batch;
    this.writer.exec("BEGIN IMMEDIATE");
    let settle!: Batch["settle"];
    const done = new Promise<void>((resolve, reject) => (settle = (error) => (error === undefined ? resolve() : reject(error))));
    done.catch(() => undefined); // Every writer of the batch awaits it; a batch of failed commands has no one to tell.
    this.#batch = { done, settle };
    setImmediate(() => this.#commitBatch());
    return this.#batch;
  }

  #commitBatch(): void {
    const batch = this.#batch;
    if (!batch) return;
    if (this.#unfinished > 0) return void setImmediate(() => this.#commitBatch());
    this.#batch = null;
    try {
      this.writer.exec("COMMIT");
      this.catalog.committed();
      batch.settle();
    } catch (error) {
      this.#batch = batch;
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const batch = this.#batch;
    this.#batch = null;
    this.#rollback();
    batch?.settle(error);
  }

  #rollback(): void {
    try {
      this.writer.exec("ROLLBACK");
    } catch {
      // SQLite has already rolled back by itself (disk full, I/O error): then there is nothing to roll back.
    }
    this.catalog.rolledBack();
  }

  /** Takes the writer for a transaction, waiting at most two seconds (then 112, transient). */
  async begin(): Promise<void> {
    if (!this.#lock.tryEnter(true)) await this.#lock.enter(true, TRANSACTION_PATIENCE_MS);
    try {
      this.writer.exec("BEGIN IMMEDIATE");
    } catch (error) {
      this.#lock.leave(true);
      throw error;
    }
  }

  /** Makes the transaction durable, or throws and has rolled it back. */
  commit(): void {
    try {
      this.writer.exec("COMMIT");
      this.catalog.committed();
    } catch (error) {
      this.#rollback();
      throw error;
    } finally {
      this.#lock.leave(true);
    }
  }

  abort(): void {
    this.#rollback();
    this.#lock.leave(true);
  }

  /** Writes everything to the main file and lets the folder go. */
  close(): void {
    this.#commitBatch();
    if (this.#lock.held) this.#rollback();
    this.#files.reader.close();
    this.writer.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    this.writer.close();
    this.#files.unlock();
  }
}
