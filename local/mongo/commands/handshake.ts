import { MAX_DOCUMENT_BYTES } from "../bson/raw.ts";
import { SESSION_MINUTES } from "../store/sessions.ts";
import { MAX_BATCH, MAX_MESSAGE_BYTES } from "../wire/message.ts";
import { Bin } from "../bson/value.ts";
import type { Call, Command, Reply } from "./call.ts";

const SET_NAME = "twoway";
/** The wire protocol of MongoDB 8.0, whose answers these are. */
const VERSION = [8, 0, 0, 0];

/**
 * The server presents itself as the primary of a replica set of one: only then do drivers use transactions and
 * retryable writes. It offers no compression and no streaming hello (no topologyVersion), so drivers poll.
 */
const hello: Command = {
  fields: ["helloOk", "client", "compression", "loadBalanced", "saslSupportedMechs", "speculativeAuthenticate", "backpressure"],
  kind: "plain",
  *run({ server }: Call): Generator<undefined, Reply> {
    return {
      helloOk: true, ismaster: true, isWritablePrimary: true, secondary: false, setName: SET_NAME, setVersion: 1, hosts: [server.address], primary: server.address, me: server.address,
      maxBsonObjectSize: MAX_DOCUMENT_BYTES, maxMessageSizeBytes: MAX_MESSAGE_BYTES, maxWriteBatchSize: MAX_BATCH, localTime: new Date(),
      logicalSessionTimeoutMinutes: SESSION_MINUTES, minWireVersion: 0, maxWireVersion: 25, readOnly: false,
    };
  },
};

export const HANDSHAKE: Record<string, Command> = {
  hello,
  ismaster: hello,
  isMaster: hello,
  ping: {
    fields: [],
    kind: "plain",
    *run() {
      return {};
    },
  },
  buildInfo: {
    fields: [],
    kind: "plain",
    *run() {
      return { version: VERSION.slice(0, 3).join("."), versionArray: VERSION, modules: [], bits: 64, debug: false, maxBsonObjectSize: MAX_DOCUMENT_BYTES, storageEngines: ["sqlite"], twoway: true };
    },
  },
  endSessions: {
    fields: [],
    kind: "plain",
    *run({ server, body }) {
      const ended = body.get("endSessions");
      for (const session of Array.isArray(ended) ? ended : []) {
        const id = session instanceof Map ? session.get("id") : undefined;
        if (id instanceof Bin) server.sessions.end(id.bytes.toString("latin1"));
      }
      return {};
    },
  },
};
