import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { Priority, sorts, Status } from "@/lib/tickets/schema.ts";
import { viewNames } from "./views.ts";

/** The list's view, filters and search, as they stand in the address. */
export const filterParsers = {
  view: parseAsStringLiteral(viewNames),
  q: parseAsString,
  status: parseAsStringLiteral(Status.options),
  priority: parseAsStringLiteral(Priority.options),
  category: parseAsString,
  queue: parseAsString,
  tag: parseAsString,
  assignee: parseAsString,
  sort: parseAsStringLiteral(sorts),
};

export const loadFilters = createLoader(filterParsers);
