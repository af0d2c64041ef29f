import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "@/local/jobs/canonical.ts";
import { duration, moment } from "@/local/jobs/durations.ts";
import { expression, valueAt } from "@/local/jobs/expression/expression.ts";
import { nextOf } from "@/local/jobs/spec.ts";

const event = { name: "e", data: { n: 3, text: "Grüße", list: [1, "two", { deep: true }], nothing: null, flag: true, o: { a: { b: 1 } }, "with space": 1 } };
const async = { name: "a", data: { n: 3, text: "Grüße", o: { a: { b: 1 } } } };

describe("expressions", () => {
  it.each([
    ["event.data.n == 3", true],
    ["event.data.n == 3.0 && !(event.data.n > 3)", true],
    ["event.data.n == '3'", false],
    ['event.data.text == "Gr\\u00fc"', false],
    ["event.data.text.startsWith('Gr') && event.data.text.endsWith('ße') && event.data.text.contains('üß')", true],
    ["event.data.text.matches('^G.+e$')", true],
    ["event.data.text.matches('(')", false],
    ["size(event.data.list) == 3 && event.data.text.size() == 5", true],
    ["event.data.list[1] == 'two' && event.data.list[2].deep", true],
    ["event.data['with space'] == 1", true],
    ["'two' in event.data.list && 'n' in event.data && !('x' in event.data)", true],
    ["event.data.n in [1, 2, 3]", true],
    ["event.data.n + 1 * 2 == 5 && (event.data.n + 1) * 2 == 8 && 7 % 4 == event.data.n && 7 - 2 - 2 == 3", true],
    ["(event.data.flag ? 'yes' : 'no') == 'yes'", true],
    ["string(event.data.n) + '-' + event.data.text == '3-Grüße'", true],
    ["event.data.o == async.data.o", true],
    ["event.data.n == async.data.n && event.name != async.name", true],
    ["has(event.data.n) && !has(event.data.missing.deeper)", true],
    ["event.data.nothing == null", true],
    // The vendor's rules for what is missing.
    ["event.data.missing == null", true],
    ["event.data.missing == async.data.missing", false],
    ["event.data.missing != 3", true],
    ["event.data.missing < 3", true],
    ["event.data.missing > 3", false],
    ["event.data.missing <= 3", true],
    ["event.data.missing >= 3", false],
    ["3 > event.data.missing", true],
    ["3 < event.data.missing", false],
    ["event.data.missing < 'a'", true],
    ["event.data.missing == 3", false],
    ["event.data.missing == false", false],
    ["event.data.missing != null", false],
    ["event.data.missing.deeper.still == null", true],
    ["event.data.missing[0] == null", true],
    ["event.data.list[9] == null", true],
    ["async.missing == event.data.nothing", true],
    ["!event.data.missing", true],
    ["event.data.missing in [1, 2]", false],
    ["event.data.missing + 1 == 1", false],
    ["event.data.missing || event.data.flag", true],
    ["event.data.missing && event.data.flag", false],
    ["size(event.data.missing) == 0", false],
    ["event.data.missing.startsWith('a')", false],
    // Every operator and function of the subset.
    ["-event.data.n == -3 && --3 == 3", true],
    ["10 - 4 - 3 == 3 && 2 + 3 * 4 == 14 && 20 / 2 / 5 == 2", true],
    ["1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 'a' < 'b'", true],
    ["true ? false ? 1 == 1 : 1 == 2 : true", false],
    ["false || true && false", false],
    ["!true == false", true],
    ["[1, 'a', [2]] == [1, 'a', [2]] && [] != [1]", true],
    ["[1] + [2] == [1, 2] && 'a' + 'b' == \"ab\"", true],
    ["string(1.5) == '1.5' && string(true) == 'true' && string('x') == 'x'", true],
    ["size('') == 0 && size([]) == 0 && size(event.data.o) == 1", true],
    ["event.data.o.a.b == 1 && event['data']['o'].a['b'] == 1", true],
    ["'it\\'s' == \"it's\" && '\\n' == \"\\n\"", true],
    ["1e3 == 1000 && 1.5e-1 == 0.15", true],
    // Values without a rule make the whole false.
    ["event.data.text > 3", false],
    ["event.data.text * 2 == 4", false],
    ["event.data.n / 0 == 1", false],
    ["event.data.text", false],
  ])("%s is %s", (source, value) => expect(expression(source).holds({ event, async })).toBe(value));

  it.each([
    ["event.data.", "a name must follow"],
    ["event.data.n ==", "not expected"],
    ["event.data.n = 3", "unreadable at character 13"],
    ["user.id == 1", "the names are event and async"],
    ["lower(event.data.text)", "function lower is not supported"],
    ["event.data.text.contains('a', 'b')", "takes 2"],
    ["(event.data.n", "expected )"],
    ["event.data.n 3", "left over"],
    ["[1, 2", "expected ,"],
  ])("%s is refused: %s", (source, reason) => expect(() => expression(source)).toThrow(reason));

  it("keys tell values apart, and take the missing for null", () => {
    expect(expression("event.data.n").key(event)).toBe("3");
    expect(expression("event.data.text").key(event)).toBe('"Grüße"');
    expect(expression("event.data.missing").key(event)).toBe("null");
  });

  it("finds what an arriving event can be looked up by", () => {
    expect(expression("event.data.a.b == async.data.c").match).toEqual({ event: "data.a.b", async: "data.c" });
    expect(expression("async.data.c == event.data.a && async.data.n > 3").match).toEqual({ event: "data.a", async: "data.c" });
    expect(expression("async.data.n > 3 && event.data['k'] == async.data.k").match).toEqual({ event: "data.k", async: "data.k" });
    for (const source of ["event.data.a == async.data.a || true", "event.data.a == 1", "async.data.a == async.data.b", "!(event.data.a == async.data.a)"]) expect(expression(source).match, source).toBeNull();
  });

  it("what the index passes over, the expression would refuse", () => {
    const value = fc.constantFrom(null, 0, -0, 1, "1", "", true, [1], { a: 1 }, undefined);
    const when = expression("event.data.k == async.data.k");
    fc.assert(fc.property(value, value, (mine, theirs) => {
      const [one, other] = [{ data: mine === undefined ? {} : { k: mine } }, { data: theirs === undefined ? {} : { k: theirs } }];
      if (when.holds({ event: one, async: other })) expect(valueAt(one, "data.k") ?? "null").toBe(valueAt(other, "data.k") ?? "null");
    }));
  });
});

describe("canonical JSON", () => {
  it("is read back the same, with sorted keys", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }));
    expect(canonical({ b: 1, a: undefined, "\u20ac": 2, A: [undefined, { z: 1, y: 2 }] })).toBe('{"A":[null,{"y":2,"z":1}],"b":1,"\u20ac":2}');
  });
});

describe("times", () => {
  it.each([["1h30m", 5_400_000], ["7d", 604_800_000], ["1w2d", 777_600_000], ["90s", 90_000], ["250ms", 250], ["", undefined], ["soon", undefined], ["5", undefined]])("%s", (text, span) => expect(duration(text)).toBe(span));

  it("a moment is a duration from now or an ISO time", () => {
    expect(moment("1m", 1000)).toBe(61_000);
    expect(moment("2026-03-29T01:30:00Z", 0)).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(moment("whenever", 0)).toBeUndefined();
  });

  it("a cron moment follows its zone over the change of clocks", () => {
    const at = (from: string) => nextOf("TZ=Europe/Berlin 0 9 * * *", new Date(from))?.toISOString();
    expect(at("2026-03-27T12:00:00Z")).toBe("2026-03-28T08:00:00.000Z");
    expect(at("2026-03-28T12:00:00Z")).toBe("2026-03-29T07:00:00.000Z");
    expect(nextOf("*/5 * * * *", new Date("2026-01-01T00:02:00Z"))?.toISOString()).toBe("2026-01-01T00:05:00.000Z");
  });
});
