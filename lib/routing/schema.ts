import { z } from "zod";
import { Id } from "../ids.ts";

/** An agent's turn. Two claims for one agent conflict by `turnVersion`, and one of them looks again. */
export const Seat = z.object({ _id: Id, lastAssignedAt: z.date().nullable(), turnVersion: z.number().int() });
export type Seat = z.infer<typeof Seat>;

/** Who runs the drain, until when. */
export const Lease = z.object({ _id: z.literal("drain"), holder: z.string(), until: z.date() });
