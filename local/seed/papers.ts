import { typeOf } from "../../lib/file-types.ts";
import { newId } from "../../lib/ids.ts";
import type { AttachedFile } from "../../lib/tickets/schema.ts";
import { pictureOf, type Box } from "./picture.ts";

const [ink, soft, line, teal, amber, red] = [[48, 44, 40], [176, 170, 160], [228, 224, 216], [16, 104, 112], [214, 160, 60], [190, 64, 48]] as const;

/** Lines of a page, as they look from afar. */
const words = (left: number, top: number, widths: readonly number[]): Box[] => widths.map((width, index) => [left, top + index * 26, width, 9, soft]);
const windowOf = (width: number): Box[] => [[0, 0, width, 44, teal], [20, 15, 90, 14, [240, 246, 246]], [width - 60, 12, 36, 20, amber]];

/** The timeline that stays white: its frame is there, and nothing in it. */
const blankTimeline = () => pictureOf(1100, 620, [...windowOf(1100), [0, 44, 210, 576, [246, 244, 240]], ...words(20, 76, [130, 160, 110, 150, 120, 140]), [240, 70, 180, 16, ink], [240, 110, 830, 1, line], [640, 330, 60, 4, soft]]);
/** The page that says that a subscription has ended. */
const confirmation = () => pictureOf(900, 520, [...windowOf(900), [230, 110, 440, 300, [250, 249, 246]], [230, 110, 440, 5, teal], [260, 145, 250, 18, ink], ...words(260, 190, [360, 380, 300]), [260, 300, 380, 1, line], [260, 330, 150, 34, teal]]);
/** A phone on which an app says that it has ended. */
const phone = () => pictureOf(390, 844, [[0, 0, 390, 844, [34, 38, 42]], [0, 0, 390, 88, teal], [24, 48, 150, 16, [240, 246, 246]], ...[0, 1, 2, 3].map((row): Box => [20, 112 + row * 150, 350, 130, [52, 58, 64]]), [40, 330, 310, 170, [248, 246, 242]], [64, 360, 200, 15, ink], ...words(64, 396, [250, 210]), [250, 452, 76, 24, red]]);

const consoleLog = () => Buffer.from(Array.from({ length: 60 }, (_, index) => `09:41:${String(index).padStart(2, "0")}.214 timeline  layout pass ${index + 1}: milestone 17 after task 204, task 204 after milestone 17\n`).join(""));
const crashLog = () => Buffer.from(["app 8.12.0 (81200) on release-keys", "", "java.lang.OutOfMemoryError: failed to allocate 241864204 bytes, 25165824 free", ...["decodeCover", "bindCard", "showBoard", "onOpen"].map((name, index) => `    at example.lumen.board.Covers.${name}(Covers.kt:${88 + index * 31})`), ""].join("\n"));
const forIt = () => Buffer.from("Please exclude *.lumen.example from the inspection of WebSocket connections.\nAddresses: app.lumen.example, live.lumen.example. Port 443.\n");

/** One page of PDF 1.4 with a few lines on it; its table of contents is counted, so that every reader opens it. */
function invoice(): Buffer {
  const text = ["Lumen", "Invoice, corrected copy", "", "12 seats, one month", "Reverse charge: VAT is owed by the recipient."].map((each) => `(${each}) Tj T*`).join(" ");
  const page = `BT /F1 14 Tf 72 760 Td 22 TL ${text} ET`;
  const parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", `<</Length ${page.length}>>stream\n${page}\nendstream`, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"];
  let body = "%PDF-1.4\n";
  const places = parts.map((part, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj${part}endobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  return Buffer.from(`${body}xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${places.join("")}trailer<</Size ${parts.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`, "latin1");
}

const papers = {
  "blank timeline": ["timeline.png", blankTimeline],
  confirmation: ["Confirmation of cancellation.png", confirmation],
  phone: ["IMG_2041.png", phone],
  "console log": ["console.log", consoleLog],
  "crash log": ["crash-8.12.0.txt", crashLog],
  "for IT": ["for-your-it.txt", forIt],
  invoice: ["invoice-corrected.pdf", invoice],
} as const;

/** What somebody in a story sends along. */
export type Paper = keyof typeof papers;
/** A file of the demo with its bytes. */
export type DemoFile = AttachedFile & { bytes: Uint8Array };

const drawn = new Map<Paper, Buffer>();

/** A new copy of a paper; each is drawn once, however many tickets it hangs on. */
export function paperOf(paper: Paper): DemoFile {
  const [name, draw] = papers[paper];
  const bytes = drawn.get(paper) ?? draw();
  drawn.set(paper, bytes);
  return { id: newId(), name, size: bytes.length, type: typeOf(bytes.subarray(0, 4096)), bytes };
}
