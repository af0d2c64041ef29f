import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { disposition, cleanName } from "@/lib/file-names";
import { fileLimits, sizeWords } from "@/lib/file-size";
import { isPreviewed, typeOf } from "@/lib/file-types";
import { demandRoom, withFiles } from "@/lib/tickets/attached";
import { samples } from "../support/files";

const latin = (text: string) => Buffer.from(text, "latin1");

describe("a type is what the first bytes say", () => {
  test.each<[string, Uint8Array]>([
    ["image/png", samples.png],
    ["image/gif", samples.gif],
    ["image/jpeg", latin("\xff\xd8\xff\xe0\x00\x10JFIF")],
    ["image/webp", latin("RIFF\x10\x00\x00\x00WEBPVP8 ")],
    ["application/octet-stream", latin("RIFF\x10\x00\x00\x00ABCD")],
    ["application/pdf", samples.pdf],
    ["application/zip", latin("PK\x03\x04\x14\x00")],
    ["application/x-msdownload", latin("MZ\x90\x00")],
    ["video/mp4", latin("\x00\x00\x00\x20ftypisom")],
    ["image/svg+xml", samples.svg],
    ["image/svg+xml", latin("  \n<SVG width='1'>")],
    ["text/html", samples.html],
    ["text/html", latin("\n\n<!-- x --><html><body>")],
    ["text/html", latin("<script>alert(1)</script>")],
    ["text/plain", samples.log],
    ["text/plain", Buffer.from("Grüße, 世界 👋")],
    ["text/plain", Buffer.from("\ufeffname;value\r\n")],
    ["text/plain", Buffer.from("\xff\xfea\x00b\x00", "latin1")],
    ["application/octet-stream", latin("abc\x00def")],
    ["application/octet-stream", latin("\xc3\x28 no UTF-8")],
  ])("%s", (type, bytes) => {
    expect(typeOf(bytes)).toBe(type);
  });

  test("a letter that the end of the looked-at part cuts in two is still text", () => {
    const bytes = Buffer.from(`${"a".repeat(4095)}é`);
    expect(typeOf(bytes.subarray(0, 4096))).toBe("text/plain");
  });

  test("only four kinds of image are shown inline; never a drawing that may hold a script", () => {
    expect(["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "text/html", "application/pdf", "image/avif", "text/plain", "video/mp4"].filter(isPreviewed)).toEqual(["image/png", "image/jpeg", "image/gif", "image/webp"]);
  });
});

describe("a name", () => {
  test.each([
    ["report.pdf", "report.pdf"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\me\\secret.txt", "secret.txt"],
    ["", "file"],
    ["..", "file"],
    ["a/..", "file"],
    [" . ", "file"],
    [".env", ".env"],
    ["two\r\nlines.txt", "two lines.txt"],
    ["nul\0.txt", "nul .txt"],
    ["\u202egnp.exe", "gnp.exe"],
    ["e\u0301te\u0301.png", "été.png"],
    ["👩‍👩‍👧.png", "👩‍👩‍👧.png"],
    ["lone \ud800.txt", "lone \ufffd.txt"],
    ["100% \"sure\".txt", "100% \"sure\".txt"],
  ])("%j is kept as %j", (sent, kept) => {
    expect(cleanName(sent)).toBe(kept);
  });

  test("has 200 characters at most and keeps its ending", () => {
    const kept = cleanName(`${"Donaudampfschiff".repeat(40)}.tar.gz`);
    expect([...kept]).toHaveLength(200);
    expect(kept.endsWith("….gz")).toBe(true);
  });

  test("whatever is sent, what is kept is a single harmless line, and keeping it again changes nothing", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), (sent) => {
      const kept = cleanName(sent);
      expect(kept).toMatch(/^[^/\\\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u);
      expect([...kept].length).toBeLessThanOrEqual(200);
      expect(cleanName(kept)).toBe(kept);
      expect(() => new Headers({ "content-disposition": disposition("attachment", kept) })).not.toThrow();
    }));
  });

  test.each([
    ["a.png", `attachment; filename="a.png"; filename*=UTF-8''a.png`],
    ["Grüße (1).png", `attachment; filename="Gru_e (1).png"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%281%29.png`],
    ['x"; filename="evil.exe', `attachment; filename="x_; filename=_evil.exe"; filename*=UTF-8''x%22%3B%20filename%3D%22evil.exe`],
  ])("%j in a header", (name, header) => {
    expect(disposition("attachment", name)).toBe(header);
  });
});

test.each([[0, "0 bytes"], [1, "1 byte"], [1023, "1023 bytes"], [1024, "1 KB"], [1_500_000, "1.4 MB"], [25 * 1024 * 1024, "25 MB"], [10 * 1024 * 1024 + 500_000, "10 MB"]])("%d bytes are %s", (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});

describe("a ticket's files are counted", () => {
  const file = (size: number) => ({ id: "file000001", name: "a", size, type: "text/plain" });

  test("the public ones apart", () => {
    const once = withFiles(undefined, [file(10), file(20)], "public");
    expect(withFiles(once, [file(5)], "private")).toEqual({ count: 3, bytes: 35, publicCount: 2, publicBytes: 30 });
  });

  test.each([
    ["too many in one message", undefined, Array.from({ length: 11 }, () => file(1)), "may name 10 files"],
    ["too large together", undefined, [file(30 * 1024 * 1024), file(21 * 1024 * 1024)], "50 MB together"],
    ["one more than a ticket may have", { count: 100, bytes: 1, publicCount: 100, publicBytes: 1 }, [file(1)], "100 files and 500 MB"],
    ["more bytes than a ticket may have", { count: 9, bytes: fileLimits.ticketBytes, publicCount: 9, publicBytes: fileLimits.ticketBytes }, [file(1)], "500 MB"],
  ])("%s is refused", (_what, before, files, words) => {
    expect(() => demandRoom(before, files, "staff")).toThrow(words);
  });

  test("a customer is never refused because of files in private notes", () => {
    const full = { count: 100, bytes: fileLimits.ticketBytes, publicCount: 3, publicBytes: 3 };
    expect(() => demandRoom(full, [file(1)], "customer")).not.toThrow();
    expect(() => demandRoom(full, [file(1)], "staff")).toThrow("attachmentIds");
  });
});
