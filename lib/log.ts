/** One JSON line on stderr for whoever runs the desk. Never the words of a customer, never a secret. */
export function log(level: "info" | "warn" | "error", message: string, more: Record<string, unknown> = {}): void {
  const { error, ...rest } = more;
  const told = error instanceof Error ? { error: error.message, stack: error.stack, cause: causeOf(error) } : error === undefined ? {} : { error };
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...rest, ...told })}\n`);
}

const causeOf = (error: Error) => (error.cause instanceof Error ? error.cause.message : error.cause);
