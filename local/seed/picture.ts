import { crc32, deflateSync } from "node:zlib";

type Colour = readonly [red: number, green: number, blue: number];
/** A filled rectangle: left, top, width, height in pixels, and its colour. */
export type Box = readonly [left: number, top: number, width: number, height: number, colour: Colour];

function chunk(type: string, content: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + content.length);
  bytes.writeUInt32BE(content.length);
  bytes.write(type, 4, "latin1");
  content.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
  return bytes;
}

/** A picture of boxes, each over those before it, as PNG (RFC 2083: 8 bits a colour, no filter). */
export function pictureOf(width: number, height: number, boxes: readonly Box[]): Buffer {
  const line = width * 3 + 1;
  const pixels = Buffer.alloc(line * height, 255);
  for (let y = 0; y < height; y += 1) pixels[y * line] = 0;
  for (const [left, top, wide, high, colour] of boxes) {
    const stroke = Buffer.concat(Array.from({ length: Math.min(wide, width - left) }, () => Buffer.from(colour)));
    for (let y = top; y < Math.min(top + high, height); y += 1) stroke.copy(pixels, y * line + 1 + left * 3);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))]);
}
