/** A fault that the person at the terminal can mend. The message is one sentence, shown without a stack. */
export class Stop extends Error {}

const byCode: Record<string, (error: NodeJS.ErrnoException) => string> = {
  ENOSPC: () => "The disk is full: free some space and start again.",
  EROFS: (error) => `The file system is read-only: ${error.path ?? "the data folder"} cannot be written.`,
  EACCES: (error) => `This account may not use ${error.path ?? "a file or port that is needed"}.`,
  EADDRINUSE: (error) => `Port ${(error as { port?: number }).port ?? ""} is taken: set PORT to another one.`,
};

/** What to print for an error: one sentence for what a person can mend, the stack for our own mistakes. */
export function sentenceFor(error: unknown): string {
  if (error instanceof Stop) return error.message;
  if (!(error instanceof Error)) return String(error);
  const known = byCode[(error as NodeJS.ErrnoException).code ?? ""];
  return known ? known(error) : (error.stack ?? error.message);
}
