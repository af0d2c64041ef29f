import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { mayRate, onRate, ratingOf } from "@/lib/tickets/rating-rules";
import { apply, blank, onClose, onReopen, onResolve, opened, unlookedAt, type Act } from "@/lib/tickets/rules";
import type { Ticket } from "@/lib/tickets/schema";

const minutes = (after: number) => new Date(Date.UTC(2026, 2, 2, 9, after));
const tia = (after: number): Act => ({ by: { kind: "person", id: "customer01", name: "Tia" }, side: "customer", at: minutes(after) });
const ana = (after: number): Act => ({ by: { kind: "person", id: "agent00001", name: "Ana" }, side: "staff", at: minutes(after) });
const asked = { asked: true };

const before = blank({ number: 1001, subject: "Invoice twice", body: "Please help", channel: "portal", requester: { id: "customer01", name: "Tia", email: "tia@shop.example" }, visitor: null, category: unlookedAt, priority: "normal", tags: [], follows: null, once: null }, tia(0));
const open = apply(before, opened(before, { body: "Please help" }), tia(0)).ticket;
const resolvedAt = (ticket: Ticket, after: number) => apply(ticket, onResolve(ticket, ana(after)), ana(after)).ticket;
const closedAt = (ticket: Ticket, after: number) => apply(ticket, onClose(ticket, ana(after)), ana(after)).ticket;
const reopenedAt = (ticket: Ticket, after: number) => apply(ticket, onReopen(ticket, tia(after)), tia(after)).ticket;
const ratedAt = (ticket: Ticket, after: number, score: number, comment?: string | null) => apply(ticket, onRate(ticket, { score, comment }, asked, tia(after)), tia(after)).ticket;

/** What a rating does: "4 nice" is the score and comment then, "-" nothing was written, a sentence is the refusal. */
function outcome(ticket: Ticket, given: { score: number; comment?: string | null }, asking = asked): string {
  try {
    const change = onRate(ticket, given, asking, tia(50));
    if (change.happened.length === 0) return "-";
    const { rating } = apply(ticket, change, tia(50)).ticket;
    return [rating?.score, rating?.comment].filter((each) => each !== null).join(" ");
  } catch (error) {
    if (error instanceof AppError && error.kind === "conflict") return error.message;
    throw error;
  }
}

const resolved = resolvedAt(open, 10);
const closed = closedAt(resolved, 20);
const unsolved = "This request is not solved. It can be rated when it is.";
const scoreStays = "This request is closed: the rating that was given stays.";
const commentStays = "This request is closed: the comment that was given stays.";

describe("a rating", () => {
  test.each<[string, Ticket, { score: number; comment?: string | null }, string]>([
    ["of an open request", open, { score: 4 }, unsolved],
    ["of one that was opened again", reopenedAt(resolved, 15), { score: 4 }, unsolved],
    ["of one that was closed without being solved", closedAt(open, 20), { score: 4 }, "This request was closed without being solved, so there is nothing to rate."],
    ["of a solved one", resolved, { score: 4 }, "4"],
    ["with a comment", resolved, { score: 1, comment: "slow" }, "1 slow"],
    ["again, the same", ratedAt(resolved, 12, 4, "nice"), { score: 4, comment: "nice" }, "-"],
    ["again without its comment, which stays", ratedAt(resolved, 12, 4, "nice"), { score: 4 }, "-"],
    ["changed before closing, with the comment that stays", ratedAt(resolved, 12, 4, "nice"), { score: 2 }, "2 nice"],
    ["whose comment is taken away", ratedAt(resolved, 12, 4, "nice"), { score: 4, comment: null }, "4"],
    ["first given after closing", closed, { score: 3 }, "3"],
    ["after closing, the same", closedAt(ratedAt(resolved, 12, 4), 20), { score: 4 }, "-"],
    ["after closing, another score", closedAt(ratedAt(resolved, 12, 4), 20), { score: 5 }, scoreStays],
    ["after closing, another score with a comment", closedAt(ratedAt(resolved, 12, 4), 20), { score: 5, comment: "nice" }, scoreStays],
    ["after closing, the comment that was missing", closedAt(ratedAt(resolved, 12, 4), 20), { score: 4, comment: "nice" }, "4 nice"],
    ["after closing, another comment", closedAt(ratedAt(resolved, 12, 4, "nice"), 20), { score: 4, comment: "bad" }, commentStays],
    ["after closing, no comment any more", closedAt(ratedAt(resolved, 12, 4, "nice"), 20), { score: 4, comment: null }, commentStays],
    ["of the second solution", resolvedAt(reopenedAt(ratedAt(resolved, 12, 1, "wrong"), 15), 30), { score: 5 }, "5"],
  ])("%s", (_case, ticket, given, expected) => {
    expect(outcome(ticket, given)).toBe(expected);
  });

  test.each([["solved", resolved], ["closed", closed], ["open", open]])("where the desk does not ask, of a %s request", (_case, ticket) => {
    expect(outcome(ticket, { score: 4 }, { asked: false })).toBe("This desk does not ask for ratings.");
    expect(mayRate(ticket, { asked: false })).toBeNull();
  });

  test.each<[string, Ticket, ReturnType<typeof mayRate>]>([
    ["open", open, null],
    ["solved", resolved, "score"],
    ["rated", ratedAt(resolved, 12, 4, "nice"), "score"],
    ["closed, not rated", closed, "score"],
    ["closed, rated", closedAt(ratedAt(resolved, 12, 4), 20), "comment"],
    ["closed, rated with a comment", closedAt(ratedAt(resolved, 12, 4, "nice"), 20), null],
    ["closed, not solved", closedAt(open, 20), null],
    ["opened again", reopenedAt(ratedAt(resolved, 12, 4), 15), null],
    ["solved again", resolvedAt(reopenedAt(ratedAt(resolved, 12, 4, "nice"), 15), 30), "score"],
  ])("is asked for while a request is %s", (_case, ticket, expected) => {
    expect(mayRate(ticket, asked)).toBe(expected);
  });

  test("is a row that the customer sees, no activity, no change of version", () => {
    const { ticket, rows } = apply(resolved, onRate(resolved, { score: 2, comment: "slow" }, asked, tia(12)), tia(12));
    expect(rows).toMatchObject([{ type: "ticket/rated", publicSeq: resolved.publicSeq + 1, actor: { name: "Tia" }, data: { score: 2, comment: "slow", resolvedAt: "2026-03-02T09:10:00.000Z" } }]);
    expect([ticket.updatedAt, ticket.version]).toEqual([resolved.updatedAt, resolved.version]);
  });

  test("of a solution that was opened again is kept with its row, and is not that of the next", () => {
    const again = resolvedAt(reopenedAt(ratedAt(resolved, 12, 1, "wrong"), 15), 30);
    expect(again.rating).toMatchObject({ score: 1, comment: "wrong" });
    expect(ratingOf(again)).toBeNull();
    expect(ratingOf(ratedAt(again, 40, 5))).toMatchObject({ score: 5, comment: null, resolvedAt: minutes(30) });
  });
});
