import { z } from "zod";

/** What went wrong, in the words of HTTP (RFC 9110); the one table from kind to status. */
export const statusOf = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  tooLarge: 413,
  mismatch: 422,
  tooMany: 429,
  unavailable: 503,
} as const;

export type ErrorKind = keyof typeof statusOf;
export type FieldError = { path: string; message: string };

/** An error that its reader may see: the message is written for people. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | null;

  constructor(kind: ErrorKind, message: string, more: { errors?: FieldError[]; retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.name = "AppError";
    this.kind = kind;
    this.errors = more.errors ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
  }
}

/** Bad input in one field. */
export const invalid = (path: string, message: string) =>
  new AppError("invalid", `${path}: ${message}`, { errors: [{ path, message }] });

/** A record that does not exist, or that this person may not know of: the two look alike. */
export const missing = (what: string) => new AppError("missing", `There is no such ${what}.`);

export const forbidden = (why = "Your role does not allow this.") => new AppError("forbidden", why);

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[];
};

const titles: Record<ErrorKind, string> = {
  invalid: "The input is not valid",
  unauthenticated: "Sign in first",
  forbidden: "Not allowed",
  missing: "Not found",
  conflict: "Changed in the meantime",
  gone: "No longer there",
  tooLarge: "Too large",
  mismatch: "The key was used for something else",
  tooMany: "Too many requests",
  unavailable: "Not available right now",
};

const databaseIsGone = (error: Error) =>
  /^Mongo(ServerSelection|Network|NetworkTimeout|NotConnected|PoolCleared|WaitQueueTimeout|OperationTimeout|Topology\w*)Error$/.test(error.name);

/** Turns any thrown value into an AppError, or null when it is a fault of ours that must be logged. */
export function known(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) {
    const errors = error.issues.map((issue) => ({ path: issue.path.join(".") || "(body)", message: issue.message }));
    return new AppError("invalid", errors.map((e) => `${e.path}: ${e.message}`).join("; "), { errors, cause: error });
  }
  if (error instanceof Error && databaseIsGone(error)) {
    return new AppError("unavailable", "The database does not answer. Nothing was lost; please try again.", { retryAfterSeconds: 5, cause: error });
  }
  return null;
}

/** Problem details for an HTTP answer (RFC 9457). Unknown faults say nothing of their inside. */
export function toProblem(error: AppError | null): Problem {
  if (!error) {
    return { type: "about:blank", title: "Something went wrong", status: 500, detail: "This is our fault. It was written to the log." };
  }
  const problem: Problem = { type: "about:blank", title: titles[error.kind], status: statusOf[error.kind], detail: error.message };
  return error.errors.length > 0 ? { ...problem, errors: error.errors } : problem;
}
