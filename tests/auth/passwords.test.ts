import { expect, test } from "vitest";
import { hashPassword, passwordMatches } from "@/lib/auth/passwords";

test("the right password matches, any other does not, and two hashes of one password differ", async () => {
  const [one, two] = await Promise.all([hashPassword("correct horse battery"), hashPassword("correct horse battery")]);
  expect(one).not.toBe(two);
  expect(one).toMatch(/^argon2id\$19456\$2\$[\w-]{22}\$[\w-]{43}$/);
  expect(await passwordMatches("correct horse battery", one)).toBe(true);
  expect(await passwordMatches("correct horse batterz", one)).toBe(false);
  expect(await passwordMatches("", one)).toBe(false);
});

test("nobody's password matches nothing, and a damaged hash matches nothing", async () => {
  expect(await passwordMatches("anything at all", null)).toBe(false);
  const [scheme, memory, passes, salt] = (await hashPassword("a")).split("$");
  expect(await passwordMatches("a", [scheme, memory, passes, salt, ""].join("$"))).toBe(false);
  expect(await passwordMatches("a", [scheme, memory, passes, salt, "short"].join("$"))).toBe(false);
});

test("a hash made with other parameters is checked with its own", async () => {
  const stored = await hashPassword("a long password");
  const cheaper = stored.replace("$19456$2$", "$8192$1$");
  expect(await passwordMatches("a long password", cheaper)).toBe(false);
});
