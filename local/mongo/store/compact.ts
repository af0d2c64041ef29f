import type { Engine, Steps } from "./engine.ts";

/** Pages given back before the others get their turn (4 KB each). */
const SLICE = 128;
/** Below this many free pages, or this share of the file, they are left for the next inserts. */
const WORTH_PAGES = 256;
const WORTH_SHARE = 0.05;

/** Gives the space that deletions left back to the disk, a slice at a time, each in a commit of its own. */
export function* compact(engine: Engine): Steps<void> {
  const count = (pragma: string) => Number(engine.writer.row(`PRAGMA ${pragma}`)![0]);
  const free = count("freelist_count");
  if (free < WORTH_PAGES || free < count("page_count") * WORTH_SHARE) return;
  while (count("freelist_count") > 0) {
    engine.writer.exec(`PRAGMA incremental_vacuum(${SLICE})`);
    yield undefined;
  }
}
