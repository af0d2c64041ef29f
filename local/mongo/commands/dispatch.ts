import { elements } from "../bson/raw.ts";
import { readDoc, readValue } from "../bson/read.ts";
import { integer, isNum } from "../bson/numbers.ts";
import { Bin, type Doc, isDoc, Stamp } from "../bson/value.ts";
import { encode } from "../bson/write.ts";
import { CommandError, refuse } from "../errors.ts";
import type { Steps } from "../store/engine.ts";
import type { Peer, Transaction } from "../store/sessions.ts";
import { beginTurn, nextTurn } from "../store/turn.ts";
import { parseMessage, reply, type Request } from "../wire/message.ts";
import { BULK_WRITE } from "./bulk-write.ts";
import { Call, type Command, type Reply, type Server } from "./call.ts";
import { COLLECTIONS } from "./collections.ts";
import { HANDSHAKE } from "./handshake.ts";
import { INDEXES } from "./indexes.ts";
import { READS } from "./reads.ts";
import { WRITES } from "./writes.ts";

const COMMANDS: Record<string, Command> = { ...HANDSHAKE, ...READS, ...WRITES, ...COLLECTIONS, ...INDEXES, bulkWrite: BULK_WRITE };
/** Fields that any command may carry. Concerns are met by every commit here; readPreference has one member to choose. */
const GENERAL = new Set(["lsid", "txnNumber", "startTransaction", "autocommit", "$db", "$clusterTime", "$readPreference", "readConcern", "writeConcern", "maxTimeMS", "comment"]);

const operationTime = (): Stamp => new Stamp((BigInt(Math.floor(Date.now() / 1000)) << 32n) | 1n);

/** Decodes a command without its documents, which are wanted as bytes. */
function bodyOf(raw: Buffer): Doc {
  const body: Doc = new Map();
  for (const e of elements(raw)) if (e.name !== "documents") body.set(e.name, readValue(raw, e.type, e.value));
  return body;
}

function checkConcerns(body: Doc): void {
  const write = body.get("writeConcern");
  const w = isDoc(write ?? null) ? (write as Doc).get("w") : undefined;
  if (w !== undefined && w !== "majority" && !(isNum(w) && integer(w, "w") <= 1)) refuse(100, "Not enough data-bearing nodes: the local database is one node.");
  const read = body.get("readConcern");
  if (!isDoc(read ?? null)) return;
  const level = String((read as Doc).get("level") ?? "local");
  const known = ["local", "majority", "available", "linearizable", ...(body.get("autocommit") === false ? ["snapshot"] : [])];
  if (!known.includes(level) || (read as Doc).has("atClusterTime")) refuse(72, `readConcern '${level}' is not supported here: outside transactions a read sees the newest commit.`);
}

/** Every step of a command is a turn of its own; between two, its time may be over or a reading client gone. */
function* turns(call: Call, steps: Steps<Reply>, deadline: number): Steps<Reply> {
  try {
    for (;;) {
      beginTurn();
      const step = steps.next();
      if (step.done) return step.value;
      if (performance.now() > deadline) refuse(50, "operation exceeded time limit");
      if (call.peer.destroyed && !call.writing) refuse(279, "The client has disconnected.");
      yield undefined;
    }
  } finally {
    steps.return({});
  }
}

/** Runs a command outside the writer's lock. */
async function finish(steps: Steps<Reply>): Promise<Reply> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}

const sessionOf = (body: Doc): string | null => {
  const lsid = body.get("lsid");
  const id = isDoc(lsid ?? null) ? (lsid as Doc).get("id") : undefined;
  return id instanceof Bin ? id.bytes.toString("latin1") : null;
};

/** A retryable write: what was answered before is answered again; else the answer is kept with the write. */
function* once(call: Call, steps: Steps<Reply>, session: string, number: bigint): Steps<Reply> {
  const { sessions } = call.server;
  const earlier = sessions.earlier(session, number);
  if (earlier) return Object.fromEntries(readDoc(earlier));
  if (earlier === null) refuse(225, `Transaction ${number} has already been used for a transaction`);
  const answer = yield* steps;
  sessions.remember(session, number, encode(answer));
  return answer;
}

async function inTransaction(call: Call, command: Command | undefined, session: string, number: bigint, deadline: number): Promise<Reply> {
  const { sessions, cursors } = call.server;
  const owner = `${session}/${number}`;
  if (call.name === "commitTransaction") {
    cursors.endOf(owner);
    sessions.commit(session, number);
    return {};
  }
  if (call.name === "abortTransaction") {
    cursors.endOf(owner);
    sessions.abort(sessions.current(session, number, call.peer));
    return {};
  }
  const transaction: Transaction = call.body.get("startTransaction") === true ? await sessions.start(session, number, call.peer) : sessions.current(session, number, call.peer);
  call.transaction = transaction;
  transaction.running = true;
  let failed = true;
  try {
    if (!command?.transactional) refuse(263, `Cannot run '${call.name}' in a multi-document transaction.`);
    const answer = await finish(turns(call, command.run(call), deadline));
    failed = call.peer.destroyed || answer.writeErrors !== undefined || (answer.nErrors as number) > 0;
    return answer;
  } finally {
    transaction.running = false;
    transaction.usedAt = performance.now();
    if (failed) {
      cursors.endOf(owner);
      sessions.abort(transaction);
    }
  }
}

async function execute(server: Server, request: Request, peer: Peer): Promise<Reply> {
  const body = bodyOf(request.body);
  const call = new Call(server, request, body, peer);
  const control = call.name === "commitTransaction" || call.name === "abortTransaction";
  const command = Object.hasOwn(COMMANDS, call.name) ? COMMANDS[call.name] : undefined;
  if (!command && !control) refuse(59, `no such command: '${call.name}'. The local database does not support it.`);
  for (const name of [...body.keys()].slice(1)) if (!GENERAL.has(name) && !command?.fields.includes(name)) refuse(40415, `BSON field '${call.name}.${name}' is an unknown field. The local database does not support it.`);
  checkConcerns(body);
  const session = sessionOf(body);
  const time = body.get("maxTimeMS");
  const deadline = time === undefined || integer(time, "maxTimeMS") === 0 ? Infinity : performance.now() + integer(time, "maxTimeMS");
  const number = body.get("txnNumber");
  const txn = typeof number === "bigint" ? number : isNum(number) ? BigInt(integer(number, "txnNumber")) : null;
  if (txn !== null && session === null) refuse(72, "Transaction number requires a session ID to also be specified");
  if (body.get("autocommit") === false) return inTransaction(call, command, session ?? "", txn ?? refuse(72, "'autocommit' field requires a transaction number to also be specified"), deadline);
  if (!command) refuse(251, `${call.name} must be run within a transaction`);
  if (command.kind !== "write") {
    const answer = await finish(turns(call, command.run(call), deadline));
    await call.seen;
    return answer;
  }
  call.writing = true;
  const steps = turns(call, command.run(call), deadline);
  return server.engine.write(txn === null ? steps : once(call, steps, session!, txn), txn !== null);
}

function failure(server: Server, error: unknown): Reply {
  const { code, codeName, message, details, labels } = error instanceof CommandError ? error : server.engine.explain(error);
  return { ok: 0, errmsg: message, code, codeName, ...(details as Reply), ...(labels.length > 0 ? { errorLabels: labels } : {}), operationTime: operationTime() };
}

/** Answers one message; every failure becomes an answer with `ok: 0`. Null: the client wants none. */
export async function answer(server: Server, message: Buffer, peer: Peer): Promise<Buffer | null> {
  let request: Pick<Request, "id" | "legacy" | "silent"> = { id: message.readInt32LE(4), legacy: false, silent: false };
  let doc: Reply;
  try {
    const parsed = (request = parseMessage(message)) as Request;
    doc = { ...(await execute(server, parsed, peer)), ok: 1, operationTime: operationTime() };
  } catch (error) {
    // The edge: whatever went wrong is told to the client, with its code.
    doc = failure(server, error);
  }
  return request.silent ? null : reply(request, doc);
}
