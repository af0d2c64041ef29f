import { afterEach, describe, expect, test } from "vitest";
import { day, setClock } from "@/lib/clock";
import { linkTo } from "@/lib/file-links";
import { newId } from "@/lib/ids";
import { ratingUrl, readRatingToken } from "@/lib/tickets/rating-links";
import { useDesk } from "../support/desk";

useDesk(); // the secret is in the environment, which is read whole

const about = { ticketId: newId(), requesterId: newId(), resolvedAt: new Date("2026-03-02T09:10:00.123Z") };
const tokenOf = (path: string) => path.split("/")[2]?.split("?")[0] ?? "";
const written = new Date("2026-03-02T23:59:00Z");

afterEach(() => setClock(null));

describe("a link to rate", () => {
  test("names one resolution of one request, and the score that was clicked", () => {
    expect(readRatingToken(tokenOf(ratingUrl(about)))).toEqual(about);
    expect(ratingUrl(about, 4)).toBe(`${ratingUrl(about)}?score=4`);
  });

  test("works for 60 days, and not for ever", () => {
    setClock(written);
    const token = tokenOf(ratingUrl(about, 5));
    setClock(new Date(written.getTime() + 60 * day - 1));
    expect(readRatingToken(token)).toEqual(about);
    setClock(new Date(written.getTime() + 61 * day));
    expect(readRatingToken(token)).toBeNull();
  });

  test("that was altered in any letter is none of ours", () => {
    const token = tokenOf(ratingUrl(about));
    const altered = [...token].map((letter, index) => token.slice(0, index) + (letter === "b" ? "c" : "b") + token.slice(index + 1));
    expect(altered.filter((each) => each !== token && readRatingToken(each) !== null)).toEqual([]);
  });

  test.each(["", "x", ".", "....", "a".repeat(4000), "\u0000", "..%2f", "…"])("that is %j is none", (token) => {
    expect(readRatingToken(token)).toBeNull();
  });

  test("has a signature of its own: that of a link to a file does not open it", () => {
    const mac = linkTo(about.ticketId).split(".")[2] ?? "";
    expect(readRatingToken(tokenOf(ratingUrl(about)).replace(/[^.]+$/, mac))).toBeNull();
  });
});
