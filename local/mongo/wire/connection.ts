import type { Socket } from "node:net";
import { MAX_MESSAGE_BYTES } from "./message.ts";

/** Above this many bytes of requests that wait for their turn, no more are read; MongoDB's drivers send one at a time. */
const MOST_WAITING = 1024 * 1024;

/**
 * Cuts a socket's stream into messages and answers them one after the other, in order. While a client does not read
 * its answers, nothing more is done for it. A message above 48 MB ends the connection, as in MongoDB.
 */
export function serve(socket: Socket, answer: (message: Buffer) => Promise<Buffer | null>): void {
  let chunks: Buffer[] = [];
  let size = 0;
  let busy = false;
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (!busy) void answerAll();
    else if (size > MOST_WAITING) socket.pause();
  });

  async function answerAll(): Promise<void> {
    busy = true;
    try {
      for (let message = next(); message; message = next()) {
        const bytes = await answer(message);
        if (bytes && socket.writable && !socket.write(bytes)) await drained();
      }
    } catch {
      // Errors are answers; only a broken frame or an answer that can't be written ends here: the driver then tries again.
      socket.destroy();
    }
    busy = false;
    socket.resume();
  }

  /** The next message, if all of it is there. */
  function next(): Buffer | null {
    if (size < 16 || socket.destroyed) return null;
    if (chunks[0]!.length < 16) chunks = [Buffer.concat(chunks)];
    const wanted = chunks[0]!.readInt32LE(0);
    if (wanted < 21 || wanted > MAX_MESSAGE_BYTES) throw new Error(`a message of ${wanted} bytes`);
    if (size < wanted) return null;
    const all = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    size -= wanted;
    chunks = size > 0 ? [all.subarray(wanted)] : [];
    return all.subarray(0, wanted);
  }

  function drained(): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        socket.off("drain", go).off("close", go);
        resolve();
      };
      socket.on("drain", go).on("close", go);
    });
  }
}
