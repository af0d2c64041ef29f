/** Why a step or a run failed; other members of the SDK's serialised error are kept. */
export type Failure = { name: string; message: string; stack?: string };

/** The SDK's serialised error, or whatever else an app answers, as an error with a name and a message. */
export function failureOf(sent: unknown): Failure {
  if (typeof sent !== "object" || sent === null) return { name: "Error", message: String(sent).slice(0, 2000) };
  const { name, message, error, ...rest } = sent as Record<string, unknown>;
  return { ...rest, name: typeof name === "string" ? name : "Error", message: String(message ?? error ?? "Unknown error") };
}

/** A use of what the local executor does not do. */
export const notSupported = (message: string): Failure => ({ name: "NotSupported", message });
