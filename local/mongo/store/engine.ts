import { CommandError, refuse } from "../errors.ts";
import { Catalog } from "./catalog.ts";
import type { Connection } from "./connection.ts";
import { Documents } from "./documents.ts";
import { CORRUPT, damaged, FULL, NOT_A_DATABASE } from "./files.ts";
import { WriterLock } from "./lock.ts";
import { type FileOptions, type Files, openFiles } from "./open.ts";
import { beginTurn, nextTurn } from "./turn.ts";

/** Work that yields now and then so that others get their turn. */
export type Steps<T> = Generator<undefined, T>;

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
  /** Single writes that pause in the middle and must be committed whole. */
  #unfinished = 0;
  #closed = false;
  /** Once the file was found damaged: the sentence about it. Nothing is written any more. */
  #damage: string | null = null;

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
   * Runs a single write and resolves once it is durable. A `whole` write is committed in one piece from its first
   * change on; another is committed in parts at its pauses (updateMany is not atomic), and lets transactions pass.
   */
  async write<T>(steps: Steps<T>, whole: boolean): Promise<T> {
    await this.#enter();
    let inside = true;
    const leave = () => {
      inside = false;
      this.#lock.leave(false);
    };
    try {
      for (let changed = false; ; ) {
        const batch = this.#openBatch();
        const before = this.documents.changes;
        const step = this.#run(steps);
        if (step.done) {
          leave();
          await batch.done;
          return step.value;
        }
        changed ||= this.documents.changes !== before;
        if (whole && changed) {
          this.#unfinished++;
          await nextTurn();
          this.#unfinished--;
          if (this.#batch !== batch) await batch.done; // It has failed, and what this write did is gone with it.
        } else {
          leave();
          await batch.done;
          await nextTurn();
          await this.#enter();
          inside = true;
        }
      }
    } finally {
      if (inside) this.#lock.leave(false);
      steps.return(undefined as never);
    }
  }

  async #enter(): Promise<void> {
    this.#checkUsable();
    if (!this.#lock.tryEnter(false)) await this.#lock.enter(false, SINGLE_WRITE_PATIENCE_MS);
  }

  #run<T>(steps: Steps<T>): IteratorResult<undefined, T> {
    beginTurn();
    try {
      return steps.next();
    } catch (error) {
      // A refusal leaves nothing behind; after anything else (disk full, I/O) the shared commit can't be trusted.
      if (!(error instanceof CommandError)) this.#fail(error);
      throw error;
    }
  }

  #openBatch(): Batch {
    if (this.#batch) return this.#batch;
    this.#checkUsable();
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
    try {
      this.writer.exec("COMMIT");
      this.#batch = null;
      this.catalog.committed();
      batch.settle();
    } catch (error) {
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

  #checkUsable(): void {
    if (this.#closed) refuse(91, "The server is shutting down.");
    if (this.#damage) refuse(8, this.#damage);
  }

  /** What the client is told of an error of SQLite: a full disk (14031), a damaged file (after which nothing is written any more). */
  explain(error: unknown): CommandError {
    const { errcode = 0, message } = error as Error & { errcode?: number };
    const code = errcode & 0xff;
    if (code === FULL) return new CommandError(14031, "The disk is full: nothing of this command was stored. It works again once there is space.");
    if (code === CORRUPT || code === NOT_A_DATABASE) return new CommandError(8, (this.#damage ??= damaged(this.#files.path, message)));
    return new CommandError(8, `Internal error: ${message}`);
  }

  /** Takes the writer for a transaction, waiting at most two seconds (then 112, transient). */
  async begin(): Promise<void> {
    this.#checkUsable();
    if (!this.#lock.tryEnter(true)) await this.#lock.enter(true, TRANSACTION_PATIENCE_MS);
    try {
      this.#checkUsable();
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

  /** Writes everything to the main file and lets the folder go. An unfinished write is undone. */
  close(): void {
    if (this.#unfinished > 0) this.#fail(new CommandError(91, "The server is shutting down."));
    this.#commitBatch();
    if (this.#lock.held) this.#rollback();
    this.#closed = true;
    this.#files.reader.close();
    this.writer.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    this.writer.close();
    this.#files.unlock();
  }
}
