import { NextRequest } from "next/server";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { homeOf, ownPath } from "@/app/(auth)/destination";
import { config, proxy } from "@/proxy";
import type { PersonActor } from "@/lib/auth/policy";

const origin = "http://127.0.0.1:3000";

describe("after signing in one stays on this desk", () => {
  test.each(["/my", "/my/abcdefgh1234", "/desk?view=all&q=a%20b", "/settings/people#top", "/"])("%s is followed", (path) => {
    expect(ownPath(path)).toBe(path);
  });

  test.each(["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "javascript:alert(1)", "data:text/html,x", "evil.example", "@evil.example", "", "/a b", "/a\\b"])("%j is not", (path) => {
    expect(ownPath(path)).toBeNull();
  });

  test("whatever is followed leads to this origin, as a browser reads it", () => {
    const odd = ["/.//evil.example", "/..//evil.example", "/%2f%2fevil.example", "/%5cevil.example", "/;//evil.example", "/?//evil.example", "/#//evil.example", "/@evil.example", "/:80", "/\u2028/evil.example", "/\u0000/evil.example"];
    for (const path of odd) {
      const followed = ownPath(path);
      if (followed !== null) expect([path, new URL(followed, origin).origin]).toEqual([path, origin]);
    }
  });

  test("the first of several is looked at, and everybody has a place of their own", () => {
    expect(ownPath(["//evil.example", "/my"])).toBeNull();
    const person = (role: "agent" | "customer"): PersonActor => ({ kind: "person", id: "p", name: "P", email: "p@desk.example", roles: [role], claimsFrom: [] });
    expect([homeOf(person("agent")), homeOf(person("customer")), homeOf({ kind: "visitor", id: null })]).toEqual(["/desk", "/my", "/my"]);
  });
});

describe("what every page is sent with", () => {
  beforeAll(() => void vi.stubEnv("MONGODB_URI", "mongodb://nobody.asks/it")); // the environment is read as a whole
  const asked = (path: string, headers: Record<string, string> = {}) => proxy(new NextRequest(new URL(path, origin), { headers }));
  const policyOf = (response: Response) => new Map((response.headers.get("content-security-policy") ?? "").split("; ").map((line) => [line.split(" ")[0] ?? "", line.split(" ").slice(1)]));

  test("scripts run by this page's nonce alone; nothing frames it, and no base or plugin changes it", () => {
    const policy = policyOf(asked("/"));
    expect(policy.get("script-src")).toEqual(["'self'", expect.stringMatching(/^'nonce-[A-Za-z0-9+/=]{40,}'$/), "'strict-dynamic'"]);
    expect([policy.get("default-src"), policy.get("frame-ancestors"), policy.get("base-uri"), policy.get("form-action"), policy.get("object-src")]).toEqual([["'self'"], ["'none'"], ["'self'"], ["'self'"], ["'none'"]]);
    const all = [...policy.values()].flat();
    for (const never of ["'unsafe-eval'", "*", "http:", "https:"]) expect(all).not.toContain(never);
    expect(asked("/").headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("connects to nothing but this desk: 'self' holds for its sockets too (CSP 3)", () => {
    expect(policyOf(asked("/")).get("connect-src")).toEqual(["'self'"]);
  });

  test("each page has a nonce of its own, and a client's own is not taken over", () => {
    const [one, two] = [policyOf(asked("/")).get("script-src"), policyOf(asked("/", { "x-nonce": "mine", "content-security-policy": "script-src *" })).get("script-src")];
    expect(one?.[1]).not.toBe(two?.[1]);
    expect(two).not.toContain("*");
    expect(asked("/", { "x-nonce": "mine" }).headers.get("x-middleware-request-x-nonce")).not.toBe("mine");
  });

  test("the desk sends whoever has no session to sign in and back, and reads no session itself", () => {
    const { pathname, search } = new URL(asked("/desk/abc?view=all").headers.get("location") ?? origin);
    expect(pathname + search).toBe(`/sign-in?to=${encodeURIComponent("/desk/abc?view=all")}`);
    expect(asked("/settings").status).toBe(307);
    expect(asked("/desktop").status).toBe(200);
    expect(asked("/desk", { cookie: "authjs.session-token=whatever" }).status).toBe(200);
  });

  test("the doors of the API are left to themselves", () => {
    const matcher = new RegExp(`^${config.matcher[0]?.source ?? ""}$`);
    for (const path of ["/api/v1/tickets", "/api/health", "/realtime/app/key", "/_next/static/a.js"]) expect([path, matcher.test(path)]).toEqual([path, false]);
    for (const path of ["/", "/desk", "/my/abc", "/link"]) expect([path, matcher.test(path)]).toEqual([path, true]);
  });
});
