import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { Stop } from "./stop.ts";
import { groups, modeOf, type Service } from "./vendors.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

export type Settings = {
  root: string;
  dataDir: string;
  host: string;
  /** 0: any free one. */
  port: number;
  dev: boolean;
  empty: boolean;
  /** The services that have no keys, so that local/ runs them. */
  local: ReadonlySet<Service>;
  /** The environment with .env.local and .env beneath it. */
  variables: Variables;
};

/** What this start was asked for, from arguments, environment and .env files. Throws Stop for anything that cannot be meant. */
export function readSettings(root: string, args: string[], environment: Variables): Settings {
  const { dev, empty } = options(args);
  const variables = withFiles(root, environment);
  return {
    root,
    dataDir: resolve(root, variables.TWOWAY_DATA || ".data"),
    host: variables.HOST || "127.0.0.1",
    port: portFrom(variables.PORT || "3000"),
    dev,
    empty,
    local: localServices(variables),
    variables,
  };
}

function options(args: string[]): { dev: boolean; empty: boolean } {
  try {
    const { values } = parseArgs({ args, options: { dev: { type: "boolean", default: false }, empty: { type: "boolean", default: false } } });
    return values;
  } catch (cause) {
    throw new Stop(`Unknown: ${args.join(" ")}. The only option is --empty: npm start -- --empty`, { cause });
  }
}

/** As Next reads them: the environment wins, then .env.local, then .env. */
function withFiles(root: string, environment: Variables): Variables {
  const read = (name: string) => {
    const file = join(root, name);
    return existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  };
  // What npm tells of itself is for nobody here, and the jobs' SDK reads every variable at each call.
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("npm_")));
  return { ...read(".env"), ...read(".env.local"), ...own };
}

function portFrom(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Stop(`PORT is "${text}"; it must be a number from 0 to 65535.`);
}

function localServices(variables: Variables): Set<Service> {
  try {
    return new Set((Object.keys(groups) as Service[]).filter((service) => modeOf(service, variables) === "local"));
  } catch (cause) {
    throw new Stop((cause as Error).message, { cause });
  }
}
