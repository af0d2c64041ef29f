// Error codes and their names are those of MongoDB's error_codes.yml; drivers and applications branch on them.
const NAMES: Record<number, string> = {
  2: "BadValue", 8: "UnknownError", 9: "FailedToParse", 10: "InvalidBSON", 14: "TypeMismatch", 20: "IllegalOperation", 26: "NamespaceNotFound",
  27: "IndexNotFound", 28: "PathNotViable", 43: "CursorNotFound", 48: "NamespaceExists", 50: "MaxTimeMSExpired", 52: "DollarPrefixedFieldName",
  53: "InvalidIdField", 59: "CommandNotFound", 66: "ImmutableField", 67: "CannotCreateIndex", 72: "InvalidOptions", 73: "InvalidNamespace",
  85: "IndexOptionsConflict", 86: "IndexKeySpecsConflict", 91: "ShutdownInProgress", 96: "OperationFailed", 100: "UnsatisfiableWriteConcern",
  112: "WriteConflict", 115: "CommandNotSupported", 171: "CannotIndexParallelArrays", 175: "QueryPlanKilled", 225: "TransactionTooOld",
  251: "NoSuchTransaction", 256: "TransactionCommitted", 263: "OperationNotSupportedInTransaction", 292: "QueryExceededMemoryLimitNoDiskUseAllowed",
  276: "IndexBuildAborted", 279: "ClientDisconnect",
  10334: "BSONObjectTooLarge", 11000: "DuplicateKey", 14031: "OutOfDiskSpace", 17280: "KeyTooLong",
};

/** An answer with `ok: 0`: what MongoDB would have said, with its code. `details` are further fields of the reply. */
export class CommandError extends Error {
  readonly code: number;
  readonly details: Record<string, unknown>;
  readonly labels: string[];
  constructor(code: number, message: string, details: Record<string, unknown> = {}, labels: string[] = []) {
    super(message);
    this.code = code;
    this.details = details;
    this.labels = labels;
  }
  get codeName(): string {
    return NAMES[this.code] ?? `Location${this.code}`;
  }
}

/** Stops the command with MongoDB's error `code` and one clear sentence. */
export function refuse(code: number, message: string): never {
  throw new CommandError(code, message);
}
