import type { PersonRef } from "@/lib/auth/view.ts";

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

/** A name that is being typed: `at` is the place of its @, `words` what stands after it so far, up to the caret. Null: none is. */
export function typedMention(text: string, caret: number): { at: number; words: string } | null {
  const found = /(?:^|[\s([])@([^\s@]{0,40}(?: [^\s@]{0,40})?)$/.exec(text.slice(0, caret));
  return found ? { at: caret - (found[1] ?? "").length - 1, words: found[1] ?? "" } : null;
}

/** Those whose name, or a later part of it, begins so; those whose whole name does come first. */
export function matching<P extends PersonRef>(people: readonly P[], words: string): P[] {
  const wanted = plain(words);
  const rank = ({ name }: P) => (plain(name).startsWith(wanted) ? 0 : plain(name).includes(` ${wanted}`) ? 1 : 2);
  return people.filter((person) => rank(person) < 2).toSorted((one, other) => rank(one) - rank(other));
}

/** Cuts a text where it names one of these people as @Name; of names that begin alike the longest counts. */
export function cutByMentions<P extends PersonRef>(text: string, people: readonly P[]): (string | { person: P })[] {
  const byLength = people.toSorted((one, other) => other.name.length - one.name.length);
  const parts: (string | { person: P })[] = [];
  let [from, at] = [0, text.indexOf("@")];
  while (at !== -1) {
    const after = text.slice(at + 1);
    const person = /[\p{L}\p{N}]$/u.test(text.slice(0, at)) ? undefined : byLength.find(({ name }) => after.startsWith(name) && !/^[\p{L}\p{N}]/u.test(after.slice(name.length)));
    if (person) {
      parts.push(text.slice(from, at), { person });
      from = at + 1 + person.name.length;
    }
    at = text.indexOf("@", Math.max(from, at + 1));
  }
  return [...parts, text.slice(from)].filter((part) => part !== "");
}

/** The people whom a text names as @Name, each once. Several who share a name are all meant. */
export function mentionsIn<P extends PersonRef>(text: string, people: readonly P[]): P[] {
  const named = new Set(cutByMentions(text, people).flatMap((part) => (typeof part === "string" ? [] : [part.person.name])));
  return people.filter(({ name }) => named.has(name));
}
