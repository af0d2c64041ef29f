import type { IncomingMessage, ServerResponse } from "node:http";

/** Next keeps so much of what is posted to a page in memory (10 MB), however slowly it is sent, before anything of ours is asked. */
const keptBytes = 10 * 1024 * 1024;
/** Forms without files always come through. */
const smallBytes = 64 * 1024;
const mostBytes = 64 * 1024 * 1024;
/** Doors, which read their bodies themselves and within limits. Nothing that could be another path after all. */
const door = /^\/api\/[\w/-]*(\?|$)/;

/** Bounds the memory that bodies on their way to pages take, so that a flood of large or endless ones can't end the desk. */
export class FormBodies {
  #bytes = 0;

  /** Whether Next may see this request; if not it is answered here (503). */
  admit(request: IncomingMessage, response: ServerResponse): boolean {
    const { method = "GET", url = "/", headers } = request;
    if (method === "GET" || method === "HEAD" || door.test(url)) return true;
    const bytes = headers["transfer-encoding"] ? keptBytes : Math.min(Number(headers["content-length"] ?? 0), keptBytes);
    if (bytes > smallBytes && this.#bytes + bytes > mostBytes) {
      request.resume(); // so that a browser gets to see the answer
      response.writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "5", connection: "close" }).end("Too many files are on their way to the desk. Go back and try again in a moment: what you wrote is still there.\n");
      return false;
    }
    this.#bytes += bytes;
    response.once("close", () => { this.#bytes -= bytes; });
    return true;
  }
}
