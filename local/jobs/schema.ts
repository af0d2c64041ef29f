/** Times are milliseconds since 1970. JSON is canonical. An id of an event or a run is a ULID. */
const first = `
CREATE TABLE functions (id TEXT PRIMARY KEY, uuid TEXT NOT NULL, app TEXT NOT NULL, config TEXT NOT NULL, active INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE events (id TEXT PRIMARY KEY, name TEXT NOT NULL, ts INTEGER NOT NULL, body TEXT NOT NULL, received INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX events_received ON events (received);

-- What has been seen: event ids of senders and idempotency keys of functions, each for 24 hours.
CREATE TABLE seen (key TEXT PRIMARY KEY, event TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX seen_until ON seen (until);

-- status: running, completed, failed, cancelled. parallel: once a plan had several steps, each is called alone.
-- pending: steps found and not done. done: steps done. size: bytes of their results.
CREATE TABLE runs (
  id TEXT PRIMARY KEY, fn TEXT NOT NULL, event TEXT NOT NULL, status TEXT NOT NULL,
  parallel INTEGER NOT NULL DEFAULT 0, pending INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL DEFAULT 0,
  slots TEXT NOT NULL, single TEXT, parent_run TEXT, parent_step TEXT,
  created INTEGER NOT NULL, ended INTEGER, output TEXT, error TEXT) WITHOUT ROWID;
CREATE INDEX runs_status ON runs (status, id);
CREATE INDEX runs_fn ON runs (fn, id);
CREATE INDEX runs_event ON runs (event);
CREATE INDEX runs_ended ON runs (ended) WHERE ended IS NOT NULL;
CREATE INDEX runs_single ON runs (fn, single) WHERE status = 'running' AND single IS NOT NULL;

-- state: pending, data, error. place: order of completion within the run.
CREATE TABLE steps (run TEXT NOT NULL, id TEXT NOT NULL, op TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, place INTEGER, json TEXT, at INTEGER NOT NULL, PRIMARY KEY (run, id)) WITHOUT ROWID;

-- kind: call (the app; step is null for discovery), sleep, wait, invoke (their ends), cron, debounce.
-- run is null for cron and debounce, whose subject is fn and detail. blocked: the full concurrency key it waits for, or the function that is gone.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, run TEXT, step TEXT, fn TEXT, detail TEXT, due INTEGER NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0, leased INTEGER NOT NULL DEFAULT 0, generation INTEGER NOT NULL DEFAULT 0, blocked TEXT);
CREATE INDEX jobs_calls ON jobs (due, id) WHERE kind = 'call' AND leased = 0 AND blocked IS NULL;
CREATE INDEX jobs_timers ON jobs (due, id) WHERE kind <> 'call';
CREATE INDEX jobs_run ON jobs (run) WHERE run IS NOT NULL;
CREATE INDEX jobs_blocked ON jobs (blocked, due, id) WHERE blocked IS NOT NULL;
CREATE UNIQUE INDEX jobs_fn ON jobs (fn, kind, detail) WHERE fn IS NOT NULL;

-- Runs that an event resumes (step given) or cancels (step null). path and value: what the arriving event is looked up
-- by, empty when only evaluating the expression can tell. since: time of the event that started the run.
CREATE TABLE waits (id INTEGER PRIMARY KEY, run TEXT NOT NULL, step TEXT, event TEXT NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL, expression TEXT, since INTEGER NOT NULL, until INTEGER);
CREATE INDEX waits_value ON waits (event, path, value);
CREATE INDEX waits_run ON waits (run);
-- The few paths ever used with an event's name, so that an arriving event knows what to look up.
CREATE TABLE wait_paths (event TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (event, path)) WITHOUT ROWID;

-- One row a debounced function and key: the latest event, and the first moment of the series.
CREATE TABLE debounces (fn TEXT NOT NULL, key TEXT NOT NULL, event TEXT NOT NULL, first INTEGER NOT NULL, PRIMARY KEY (fn, key)) WITHOUT ROWID;
`;

/**
 * What operators see: of a step when its work began, how many attempts it took, and as JSON what it waits or waited for
 * (until, event, if, function, run); of a run, which one it repeats.
 */
const seen = `
ALTER TABLE steps ADD COLUMN began INTEGER;
ALTER TABLE steps ADD COLUMN attempts INTEGER;
ALTER TABLE steps ADD COLUMN detail TEXT;
ALTER TABLE runs ADD COLUMN replay_of TEXT;
CREATE INDEX runs_replay ON runs (replay_of) WHERE replay_of IS NOT NULL;
CREATE INDEX events_name ON events (name, id);
`;

/** The tables in the order in which they came about: a file of version n has had the first n. Only ever append. */
export const migrations: readonly string[] = [first, seen];
