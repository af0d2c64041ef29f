import { describe, expect, test } from "vitest";
import { mentionable } from "@/components/desk/mentionable";
import { cutByMentions, matching, mentionsIn, typedMention } from "@/components/thread/mentions";
import type { PersonView } from "@/lib/auth/view";

const ref = (name: string) => ({ id: name, name });
const people = [ref("Mia"), ref("Mia Chen"), ref("Omar Haddad"), ref("Zoë Ångström"), ref("Ann-Marie O’Neil")];
const named = (text: string) => mentionsIn(text, people).map(({ name }) => name);

describe("an @ that is being typed", () => {
  test.each([
    ["@", { at: 0, words: "" }],
    ["Hello @mi", { at: 6, words: "mi" }],
    ["(@Mia Ch", { at: 1, words: "Mia Ch" }],
    ["line\n@o", { at: 5, words: "o" }],
    ["write to mia@desk.example", null],
    ["@Mia Chen please", null],
    ["nothing", null],
  ])("%j", (text, expected) => {
    expect(typedMention(text, text.length)).toEqual(expected);
  });

  test("only up to the caret", () => {
    expect(typedMention("@mi and more", 3)).toEqual({ at: 0, words: "mi" });
  });

  test("offers by the beginning of any part of a name, without accents, whole names first", () => {
    expect(matching(people, "").map(({ name }) => name)).toEqual(people.map(({ name }) => name));
    expect(matching(people, "h").map(({ name }) => name)).toEqual(["Omar Haddad"]);
    expect(matching(people, "zoe a").map(({ name }) => name)).toEqual(["Zoë Ångström"]);
    expect(matching([ref("Ben Ann"), ref("Ann")], "ann").map(({ name }) => name)).toEqual(["Ann", "Ben Ann"]);
    expect(matching(people, "x")).toEqual([]);
  });
});

describe("names in a text", () => {
  test.each([
    ["@Mia Chen, can you look?", ["Mia Chen"]],
    ["@Mia can you look?", ["Mia"]],
    ["@Mias idea, mia@Mia", []],
    ["(@Zoë Ångström) and @Ann-Marie O’Neil. @Mia", ["Mia", "Zoë Ångström", "Ann-Marie O’Neil"]],
    ["@@Omar Haddad @nobody", ["Omar Haddad"]],
  ])("%j", (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  test("nothing of the text is lost where it is cut", () => {
    const text = "a @Mia Chen b\n@Mia@Omar Haddad c @";
    expect(cutByMentions(text, people).map((part) => (typeof part === "string" ? part : `@${part.person.name}`)).join("")).toBe(text);
  });

  test("all who share a name are meant", () => {
    expect(mentionsIn("@Sam Lee", [{ id: "1", name: "Sam Lee" }, { id: "2", name: "Sam Lee" }, ref("Sam")]).map(({ id }) => id)).toEqual(["1", "2"]);
  });
});

test("offered are active colleagues who may read the ticket then; engineers once it is at engineering", () => {
  const person = (name: string, roles: string[], more = {}) => ({ id: name, name, roles, active: true, invited: false, ...more }) as PersonView;
  const staff = [person("agent", ["agent"]), person("engineer", ["engineer"]), person("boss", ["manager", "admin"]), person("left", ["agent"], { active: false }), person("invited", ["agent"], { invited: true })];
  expect(mentionable({ level: "l1" }, staff).map(({ name }) => name)).toEqual(["agent", "boss"]);
  expect(mentionable({ level: "engineering" }, staff).map(({ name }) => name)).toEqual(["agent", "engineer", "boss"]);
});
