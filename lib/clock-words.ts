const names: Readonly<Record<string, string>> = { firstResponse: "first response", nextResponse: "next response", resolution: "resolution" };

/** What a clock promises, inside a sentence; by the name that rows and copies have for it. */
export const clockName = (name: unknown): string => (typeof name === "string" && Object.hasOwn(names, name) ? (names[name] ?? "answer") : "answer");
