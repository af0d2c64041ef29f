import { type Doc, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { compileFilter } from "../query/filter.ts";
import type { Steps } from "../store/engine.ts";
import type { Command, Reply } from "./call.ts";

export const COLLECTIONS: Record<string, Command> = {
  create: {
    fields: [],
    kind: "write",
    transactional: true,
    *run(call): Steps<Reply> {
      if (call.target) refuse(48, `Collection ${call.ns} already exists.`);
      call.ensure(call.ns);
      return {};
    },
  },
  drop: {
    fields: [],
    kind: "write",
    *run(call): Steps<Reply> {
      const found = call.target;
      if (!found) return {};
      const nIndexesWas = found.indexes.length + 1;
      call.engine.catalog.drop(found);
      return { ns: call.ns, nIndexesWas };
    },
  },
  dropDatabase: {
    fields: [],
    kind: "write",
    *run(call): Steps<Reply> {
      for (const collection of call.engine.catalog.all()) if (collection.ns.startsWith(`${call.db}.`)) call.engine.catalog.drop(collection);
      return { dropped: call.db };
    },
  },
  listCollections: {
    fields: ["filter", "nameOnly", "authorizedCollections", "cursor"],
    kind: "read",
    *run(call): Steps<Reply> {
      const { test } = compileFilter(call.doc("filter"));
      const all = call.engine.catalog.all().filter((c) => c.ns.startsWith(`${call.db}.`) && !c.uncommitted);
      const described = all.map(({ ns }): Doc => {
        const name: [string, Value][] = [["name", ns.slice(call.db.length + 1)], ["type", "collection"]];
        if (call.flag("nameOnly")) return new Map(name);
        const idIndex = new Map<string, Value>([["v", 2], ["key", new Map([["_id", 1]])], ["name", "_id_"]]);
        return new Map([...name, ["options", new Map()], ["info", new Map([["readOnly", false]])], ["idIndex", idIndex]]);
      });
      return { cursor: { id: 0n, ns: `${call.db}.$cmd.listCollections`, firstBatch: described.filter(test) } };
    },
  },
};
