import type { Socket } from "node:net";
import { MAX_MESSAGE_BYTES } from "./message.ts";

/**
 * Cuts a socket's stream into messages and answers them one after the other, in order. A message above 48 MB
 * ends the connection, as in MongoDB.
 */
export function serve(socket: Socket, answer: (message: Buffer) => Promise<Buffer | null>): void {
  let chunks: Buffer[] = [];
  let size = 0;
  let queue: Promise<void> = Promise.resolve();
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    while (size >= 16) {
      if (chunks[0]!.length < 16) chunks = [Buffer.concat(chunks)];
      const wanted = chunks[0]!.readInt32LE(0);
      if (wanted < 21 || wanted > MAX_MESSAGE_BYTES) return void socket.destroy();
      if (size < wanted) return;
      const all = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      const message = all.subarray(0, wanted);
      size -= wanted;
      chunks = size > 0 ? [all.subarray(wanted)] : [];
      queue = queue.then(() => answerOne(message));
    }
  });

  async function answerOne(message: Buffer): Promise<void> {
    try {
      const bytes = await answer(message);
      if (bytes && socket.writable) socket.write(bytes);
    } catch {
      // Errors are answers; only an answer that can't be written ends here, and the driver then tries again.
      socket.destroy();
    }
  }
}
