import { expect, test } from "vitest";
import { inHours, inWorkingWords, minutesIn, typicalDay } from "@/lib/sla/rules";

const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const long = [{ from: "09:00", to: "17:30" }];
const short = [{ from: "09:00", to: "13:00" }];

test.each([
  ["30 min", 30], ["30m", 30], ["4 h", 240], ["4h30min", 270], ["1.5 h", 90], ["1,5 hours", 90], ["2 days", 1020], ["1 day 2 h", 630], ["  2D ", 1020], ["0.5 d", 255],
  ["", undefined], ["  ", undefined],
  ["30", null], ["soon", null], ["4 h and more", null], ["2 weeks", null], ["-4 h", null], ["0 min", null], ["4 h 30", null],
])("%j is %j minutes where a day has eight and a half hours", (text, minutes) => {
  expect(minutesIn(text, 510)).toBe(minutes);
});

test.each([[30, "30 min"], [60, "1 h"], [270, "4 h 30 min"], [510, "1 day"], [1020, "2 days"], [540, "9 h"], [5100, "10 days"]])("%i minutes are told as %j, which reads back as the same", (minutes, words) => {
  expect(inWorkingWords(minutes, 510)).toBe(words);
  expect(minutesIn(words, 510)).toBe(minutes);
});

test("a day of less than four hours is told in hours", () => {
  expect(inWorkingWords(180, 180)).toBe("3 h");
  expect(inHours(0)).toBe("0 min");
});

test("a typical day is as long as most working days are; of two the longer; eight hours where nobody works; a full day around the clock", () => {
  expect(typicalDay({ ...none, mon: long, tue: long, wed: short })).toBe(510);
  expect(typicalDay({ ...none, mon: short, tue: long })).toBe(510);
  expect(typicalDay(none)).toBe(480);
  expect(typicalDay({ ...none, sun: [{ from: "00:00", to: "12:00" }, { from: "12:00", to: "24:00" }] })).toBe(1440);
});
