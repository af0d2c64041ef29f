import { randomUUID } from "node:crypto";
import { canonical } from "./canonical.ts";
import { letGo } from "./slots.ts";
import { nextOf, specOf } from "./spec.ts";
import type { Spec } from "./spec.ts";
import type { Store } from "./store.ts";

/** A function with the id the protocol knows it by, and whether its app still has it. */
export type Registered = Spec & { uuid: string; active: boolean };
type FunctionRow = { id: string; uuid: string; config: string; active: number };

/** The functions that apps have registered, read once and kept in memory beside their rows. */
export class Functions {
  readonly #store: Store;
  #byId = new Map<string, Registered>();
  #byEvent = new Map<string, { spec: Spec; when: string | null }[]>();

  constructor(store: Store) {
    this.#store = store;
    this.#read();
  }

  get(id: string): (Registered) | undefined {
    return this.#byId.get(id);
  }

  all(): (Registered)[] {
    return [...this.#byId.values()];
  }

  /** The functions of the current app that an event of this name may start. */
  triggeredBy(event: string): readonly { spec: Spec; when: string | null }[] {
    return this.#byEvent.get(event) ?? [];
  }

  /**
   * Takes the complete list of an app's functions: new ones, changed ones, and those that are gone, which start no more
   * runs. Answers whether anything changed and what is refused, sentence by sentence. Throws a ZodError for what is no
   * configuration.
   */
  register(app: string, configs: unknown[], now: number): { modified: boolean; refusals: string[] } {
    const specs = configs.map(specOf);
    const sent = new Map(specs.map((spec, index) => [spec.id, canonical(configs[index])]));
    const before = this.#store.all<FunctionRow>("SELECT id, uuid, config, active FROM functions WHERE app = ?", app);
    const active = before.filter((row) => row.active);
    const modified = active.length !== sent.size || active.some((row) => sent.get(row.id) !== row.config);
    if (modified) {
      this.#store.write(() => {
        this.#store.run("UPDATE functions SET active = 0 WHERE app = ?", app);
        for (const [id, config] of sent) {
          this.#store.run("INSERT INTO functions (id, uuid, app, config, active) VALUES (?, ?, ?, ?, 1) ON CONFLICT (id) DO UPDATE SET app = excluded.app, config = excluded.config, active = 1", id, randomUUID(), app, config);
          letGo(this.#store, id);
        }
        this.#read();
        this.#planCrons(now);
      });
    }
    return { modified, refusals: specs.flatMap(({ id, refusal }) => (refusal ? [`${id}: ${refusal}`] : [])) };
  }

  /** One job a cron trigger; one that is new starts at its next moment, one that stays keeps its moment, also a missed one. */
  #planCrons(now: number): void {
    const wanted = new Set(this.all().flatMap((spec) => (spec.active && !spec.refusal ? spec.crons.map((cron) => `${spec.id}\n${cron}`) : [])));
    for (const job of this.#store.all<{ id: number; fn: string; detail: string }>("SELECT id, fn, detail FROM jobs WHERE kind = 'cron'")) {
      if (!wanted.delete(`${job.fn}\n${job.detail}`)) this.#store.run("DELETE FROM jobs WHERE id = ?", job.id);
    }
    for (const entry of wanted) {
      const [fn = "", cron = ""] = entry.split("\n");
      const due = nextOf(cron, new Date(now));
      if (due) this.#store.run("INSERT INTO jobs (kind, fn, detail, due) VALUES ('cron', ?, ?, ?)", fn, cron, due.getTime());
    }
  }

  #read(): void {
    this.#byId = new Map();
    this.#byEvent = new Map();
    for (const row of this.#store.all<FunctionRow>("SELECT id, uuid, config, active FROM functions")) {
      const spec = { ...specOf(JSON.parse(row.config)), uuid: row.uuid, active: row.active === 1 };
      this.#byId.set(spec.id, spec);
      if (!spec.active) continue;
      for (const { event, when } of spec.triggers) this.#byEvent.set(event, [...(this.#byEvent.get(event) ?? []), { spec, when }]);
    }
  }
}
