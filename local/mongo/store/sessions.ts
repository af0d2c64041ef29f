import { CommandError, refuse } from "../errors.ts";
import { bytesOf } from "./connection.ts";
import { type Engine } from "./engine.ts";

/** An idle transaction is given up when others wait for it, as is one that lasts as long as MongoDB's default allows. */
const IDLE_MS = 5_000;
const LIFETIME_MS = 60_000;
/** A session that nobody has used for this long is forgotten (logicalSessionTimeoutMinutes of the handshake). */
export const SESSION_MINUTES = 30;

/** The connection a command came over. */
export interface Peer {
  readonly destroyed: boolean;
}

export interface Transaction {
  /** Where its last command came from. */
  peer: Peer;
  session: string;
  number: bigint;
  startedAt: number;
  usedAt: number;
  running: boolean;
}

const gone = (number: bigint) => new CommandError(251, `Given transaction number ${number} does not match any in-progress transactions.`, {}, ["TransientTransactionError"]);

/**
 * Transactions and the memory behind retryable writes. The reply to a session's last write, and the fact that its last
 * transaction was committed, are stored in the same commit as the write itself: a retry after a crash finds them.
 */
export class Sessions {
  readonly #engine: Engine;
  #open: Transaction | null = null;
  readonly #watch: NodeJS.Timeout;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#watch = setInterval(() => this.#giveUp(), 500);
  }

  /** The stored reply to this write, if it has been done before. `null` is a committed transaction. */
  earlier(session: string, number: bigint): Buffer | null | undefined {
    const row = this.#engine.writer.row("SELECT txn, reply FROM replies WHERE lsid = ?", Buffer.from(session, "latin1"));
    if (!row) return undefined;
    const last = BigInt(row[0] as number);
    if (last > number) refuse(225, `Retryable write with txnNumber ${number} is prohibited on session because a newer retryable write with txnNumber ${last} has already started.`);
    if (last < number) return undefined;
    return row[1] === null ? null : bytesOf(row[1]);
  }

  /** Remembers, within the open commit, what was answered (`null`: the transaction was committed). */
  remember(session: string, number: bigint, reply: Buffer | null): void {
    this.#engine.writer.run("INSERT INTO replies (lsid, txn, reply, at) VALUES (?, ?, ?, ?) ON CONFLICT (lsid) DO UPDATE SET txn = excluded.txn, reply = excluded.reply, at = excluded.at", Buffer.from(session, "latin1"), number, reply, Date.now());
  }

  async start(session: string, number: bigint, peer: Peer): Promise<Transaction> {
    if (this.#open?.session === session) {
      if (this.#open.number >= number) refuse(225, `Cannot start transaction ${number} on session because transaction ${this.#open.number} has already started.`);
      this.abort(this.#open);
    }
    await this.#engine.begin();
    const now = performance.now();
    this.#open = { session, number, peer, startedAt: now, usedAt: now, running: true };
    return this.#open;
  }

  /** The open transaction of this session; else 251, which makes the driver run the whole transaction again. */
  current(session: string, number: bigint, peer: Peer): Transaction {
    const t = this.#open;
    if (!t || t.session !== session || t.number !== number) throw gone(number);
    t.peer = peer;
    return t;
  }

  /** A connection has closed: a transaction whose last command came over it has nobody to go on with it. */
  lost(peer: Peer): void {
    if (this.#open?.peer === peer && !this.#open.running) this.abort(this.#open);
  }

  /** Idempotent: a commit that is repeated after its answer was lost is answered again. */
  commit(session: string, number: bigint): void {
    const t = this.#open;
    if (!t || t.session !== session || t.number !== number) {
      if (this.earlier(session, number) === null) return;
      throw gone(number);
    }
    this.remember(session, number, null);
    this.#open = null;
    this.#engine.commit();
  }

  abort(t: Transaction): void {
    if (this.#open !== t) return;
    this.#open = null;
    this.#engine.abort();
  }

  end(session: string): void {
    if (this.#open?.session === session) this.abort(this.#open);
  }

  close(): void {
    clearInterval(this.#watch);
    if (this.#open) this.abort(this.#open);
  }

  #giveUp(): void {
    const t = this.#open;
    if (!t || t.running) return;
    const now = performance.now();
    if ((this.#engine.lock.wanted && now - t.usedAt > IDLE_MS) || now - t.startedAt > LIFETIME_MS) this.abort(t);
  }
}
