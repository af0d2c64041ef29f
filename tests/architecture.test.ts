import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { Variables } from "../lib/env.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 24 }).split("\n").filter(Boolean);
const present = new Set(listed);
const read = (file: string): string => {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    return ""; // listed by git, deleted in the working copy
  }
};
const isCode = (file: string) => /\.(ts|tsx|mjs|js)$/.test(file) && !file.endsWith(".d.ts");
const sources = new Map(listed.filter((file) => isCode(file) && !file.startsWith("tests/")).map((file) => [file, read(file)]).filter((pair): pair is [string, string] => pair[1] !== ""));

type Import = { from: string; to: string; types: boolean };

/** Every import of the source: own files by their path in the project, packages by their name. */
const imports: Import[] = [...sources].flatMap(([file, text]) => importsOf(file, text));

function importsOf(file: string, text: string): Import[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: Import[] = [];
  const note = (specifier: string, types: boolean) => found.push({ from: file, to: resolved(file, specifier), types });
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) note(node.moduleSpecifier.text, node.importClause?.isTypeOnly === true);
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) note(node.moduleSpecifier.text, node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0] && ts.isStringLiteral(node.arguments[0])) note(node.arguments[0].text, false);
    ts.forEachChild(node, look);
  };
  look(tree);
  return found;
}

function resolved(file: string, specifier: string): string {
  if (!specifier.startsWith(".") && !specifier.startsWith("@/")) return specifier;
  const path = specifier.startsWith("@/") ? specifier.slice(2) : posix.normalize(posix.join(dirname(file), specifier));
  return [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((each) => sources.has(each)) ?? path;
}

const roomOf = (file: string): string | null => /^lib\/([^/]+)\/[^/]+$/.exec(file)?.[1] ?? null;
const shown = (all: readonly Import[]) => all.map(({ from, to }) => `${from} → ${to}`);

describe("rooms", () => {
  const rooms = [...new Set([...sources.keys()].map(roomOf).filter((room) => room !== null))];

  test("are those that the architecture names", () => {
    const known = ["auth", "knowledge", "tickets", "learning", "routing", "chatbot", "sla", "notifications", "analytics"];
    expect(rooms.filter((room) => !known.includes(room))).toEqual([]);
    expect(rooms.length).toBeGreaterThan(2);
  });

  test("show the outside their service, schema, rules, view, actions and policy; beside them the sign-in door and, as a shape, a history", () => {
    const open = /\/(service|schema|rules|view|actions|policy)\.tsx?$/;
    const session = (each: Import) => each.to === "lib/auth/session.ts" && each.from === "app/api/auth/[...nextauth]/route.ts";
    const history = (each: Import) => each.types && each.to === "lib/tickets/restore.ts" && each.from.startsWith("local/seed/");
    const closed = imports.filter((each) => roomOf(each.to) !== null && roomOf(each.to) !== roomOf(each.from) && !open.test(each.to));
    expect(shown(closed.filter((each) => !session(each) && !history(each)))).toEqual([]);
  });

  test("keep their repo to themselves", () => {
    expect(shown(imports.filter(({ from, to }) => to.endsWith("/repo.ts") && roomOf(from) !== roomOf(to)))).toEqual([]);
  });

  test("name their collections in a repo (the audit log and the desk's own files apart)", () => {
    const definers = imports.length > 0 ? [...sources].filter(([file, text]) => file !== "lib/db.ts" && /\bdefineCollection\(/.test(text)).map(([file]) => file) : [];
    expect(definers.filter((file) => !file.endsWith("/repo.ts")).toSorted()).toEqual(["lib/answers-once.ts", "lib/auth/audit.ts", "lib/events.ts", "lib/files.ts"]);
  });

  const below: Record<string, readonly string[]> = {
    auth: [],
    knowledge: ["auth"],
    tickets: ["auth", "knowledge"],
    learning: ["auth", "knowledge", "tickets"],
    routing: ["auth", "knowledge", "tickets", "learning"],
    chatbot: ["auth", "knowledge", "tickets", "learning"],
    sla: ["auth", "knowledge", "tickets"],
    notifications: ["auth", "knowledge", "tickets"],
    analytics: ["auth", "knowledge", "tickets"],
  };

  test("import only rooms below them, so that no circle can exist", () => {
    const across = imports.filter(({ from, to }) => roomOf(from) !== null && roomOf(to) !== null && roomOf(from) !== roomOf(to));
    expect(across.length).toBeGreaterThan(10);
    expect(shown(across.filter(({ from, to }) => !below[roomOf(from) ?? ""]?.includes(roomOf(to) ?? "")))).toEqual([]);
  });

  test("are no business of the faces but for shapes and actions", () => {
    const allowed = /\/(schema|view|actions|rules)\.ts$/;
    expect(shown(imports.filter(({ from, to }) => from.startsWith("components/") && roomOf(to) !== null && !allowed.test(to)))).toEqual([]);
  });

  test("reach no face with the database, however far round", () => {
    const servers = new Set([...sources].filter(([, text]) => /^\s*["']use server["'];/m.test(text)).map(([file]) => file));
    const onwards = Map.groupBy(imports.filter(({ to, types }) => !types && !servers.has(to)), ({ from }) => from);
    const reached = new Set([...sources.keys()].filter((file) => file.startsWith("components/")));
    for (const file of reached) for (const { to } of onwards.get(file) ?? []) reached.add(to);
    expect(reached.size).toBeGreaterThan(150);
    expect([...reached].filter((file) => file === "lib/db.ts" || file === "mongodb")).toEqual([]);
  });

  test("never import a page, a face or a job", () => {
    expect(shown(imports.filter(({ from, to }) => roomOf(from) !== null && /^(app|components|inngest)\//.test(to)))).toEqual([]);
  });
});

describe("one importer a vendor", () => {
  const importers = (vendor: string) => [...new Set(imports.filter(({ to }) => !sources.has(to) && (to === vendor || to.startsWith(`${vendor}/`))).map(({ from }) => from))].filter((file) => !file.startsWith("local/")).toSorted();

  test.each([
    ["mongodb", ["lib/db.ts", "scripts/waiting.ts"]],
    ["pusher", ["lib/realtime.ts"]],
    ["pusher-js", ["components/use-channel.ts"]],
    ["resend", ["lib/mail.ts"]],
    ["@slack/webhook", ["lib/slack.ts"]],
    ["next-auth", ["lib/auth/actions.ts", "lib/auth/identify.ts", "lib/auth/session.ts"]],
    ["jose", ["lib/auth/tokens.ts"]],
    ["inngest", ["app/api/inngest/route.ts", "inngest/client.ts", "inngest/functions/calendars.ts", "inngest/functions/sweep.ts", "inngest/functions/watch.ts", "lib/facts.ts"]],
    ["node-ical", ["lib/sla/ical.ts"]],
    ["@tanstack/react-table", ["components/ui/data-table.tsx"]],
  ])("%s: %j", (vendor, files) => {
    expect(importers(vendor)).toEqual(files);
  });

  test("the environment is read by lib/env.ts; beside it only by processes of their own and the build", () => {
    const readers = [...sources].filter(([file, text]) => /process\.env\b/.test(text) && !/^(local|scripts)\//.test(file) && !/^(vitest|playwright)\.config\.ts$/.test(file)).map(([file]) => file).toSorted();
    expect(readers).toEqual(["instrumentation.ts", "lib/env.ts", "next.config.ts", "proxy.ts"]);
    expect([...(sources.get("proxy.ts") ?? "").matchAll(/process\.env\.(\w+)/g)].map(([, name]) => name)).toEqual(["NODE_ENV"]);
    expect([...(sources.get("instrumentation.ts") ?? "").matchAll(/process\.env\.(\w+)/g)].map(([, name]) => name)).toEqual(["NEXT_RUNTIME"]);
  });
});

describe("doors", () => {
  /** Each has a status test of its own. */
  const exempt = ["app/api/auth/[...nextauth]/route.ts", "app/api/health/route.ts", "app/api/inngest/route.ts"];
  const files = [...sources].filter(([file]) => file.startsWith("app/") && file.endsWith("/route.ts"));

  test("are built by lib/door.ts, every exported method of them", () => {
    expect(files.length).toBeGreaterThan(20);
    const loose = files.filter(([file]) => !exempt.includes(file)).flatMap(([file, text]) => {
      const exported = [...text.matchAll(/^export (?:const|async function|function) (\w+)(.*)$/gm)];
      return exported.filter(([, , rest]) => !/^ = (route|stream|upload|signed|cookieless)\(/.test(rest ?? "")).map(([, name]) => `${file} ${name}`);
    });
    expect(loose).toEqual([]);
  });

  test("that are exempt exist", () => {
    expect(exempt.filter((file) => !sources.has(file))).toEqual([]);
  });

  test("for forms are built by action, whatever a file with “use server” exports", () => {
    const servers = [...sources].filter(([, text]) => /^\s*["']use server["'];/m.test(text));
    expect(servers.map(([file]) => file).toSorted()).toEqual(["lib/auth/actions.ts", "lib/tickets/actions.ts"]);
    const loose = servers.flatMap(([file, text]) => [...text.matchAll(/^export (.*)$/gm)].filter(([, rest]) => !/^const \w+ = action\(/.test(rest ?? "")).map(([line]) => `${file}: ${line}`));
    expect(loose).toEqual([]);
  });
});

describe("size and words", () => {
  const lines = [...sources.values()].map((text) => text.split("\n").length - 1).toSorted((one, other) => one - other);
  const at = (share: number) => lines[Math.min(lines.length - 1, Math.floor(lines.length * share))] ?? 0;

  test("half of the files have at most 60 lines, nine of ten at most 180, all at most 300", () => {
    expect(at(0.5)).toBeLessThanOrEqual(60);
    expect(at(0.9)).toBeLessThanOrEqual(180);
    expect([...sources].filter(([, text]) => text.split("\n").length - 1 > 300).map(([file]) => file)).toEqual([]);
  });

  test("no any, and no check of types or lint is switched off (a named rule for one line apart)", () => {
    const found = [...sources].flatMap(([file, text]) => {
      const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
      const lines: string[] = [];
      const look = (node: ts.Node): void => {
        if (node.kind === ts.SyntaxKind.AnyKeyword) lines.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
        ts.forEachChild(node, look);
      };
      look(tree);
      return /@ts-(ignore|nocheck|expect-error)|eslint-disable(?!-next-line [\w-]+\/[\w-]+$)/m.test(text) ? [...lines, `${file}: a check is switched off`] : lines;
    });
    expect(found).toEqual([]);
  });

  test("no folder or file, and no function, has a name that says nothing", () => {
    const empty = /(^|\/)(utils?|helpers?|common|misc|types)(\/|\.[jt]sx?$)/;
    const bsonTypes = "local/mongo/query/types.ts"; // BSON's own word for what $type asks
    expect([...present].filter((file) => isCode(file) && empty.test(file) && file !== bsonTypes)).toEqual([]);
    const named = /\b(?:function|const|let)\s+(handle[A-Z]\w*|process[A-Z]\w*|helper|util|data|misc)\b\s*(?:=\s*(?:async\s*)?(?:\(|\w+\s*=>|function)|\()/g;
    expect([...sources].flatMap(([file, text]) => [...text.matchAll(named)].map(([, name]) => `${file}: ${name}`))).toEqual([]);
  });

  test("nothing is left to be done later, nothing is printed to the console inside the app", () => {
    expect([...sources].filter(([, text]) => /\b(TODO|FIXME|XXX)\b/.test(text)).map(([file]) => file)).toEqual([]);
    expect([...sources].filter(([file, text]) => /^(app|components|lib|inngest|emails)\//.test(file) && /\bconsole\.\w+\(/.test(text)).map(([file]) => file)).toEqual([]);
  });
});

test(".env.example lists exactly the variables of lib/env.ts, without a value", () => {
  const lines = read(".env.example").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines.map((line) => line.split("=")[0]).toSorted()).toEqual(Object.keys(Variables.shape).toSorted());
  expect(lines.filter((line) => !/^\w+=$/.test(line))).toEqual([]);
});

test("a broken rule is seen: an import of another room's repo, of a vendor and of a type", () => {
  expect(importsOf("lib/sla/service.ts", 'import { tickets } from "../tickets/repo.ts";\nimport type { Filter } from "mongodb";\nexport { x } from "@/lib/auth/tokens";\nawait import("pusher");')).toEqual([
    { from: "lib/sla/service.ts", to: "lib/tickets/repo.ts", types: false },
    { from: "lib/sla/service.ts", to: "mongodb", types: true },
    { from: "lib/sla/service.ts", to: "lib/auth/tokens.ts", types: false },
    { from: "lib/sla/service.ts", to: "pusher", types: false },
  ]);
});
