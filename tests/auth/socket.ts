import { WebSocket } from "ws";
import { as } from "../support/doors";
import type { Somebody } from "../support/desk";

type Frame = { event: string; data?: unknown; channel?: string };

/** A live page: a connection to the realtime service, signed in and subscribed through the desk's own doors. */
export async function livePage(person: Pick<Somebody, "bearer">, channels: string[] = []) {
  const { PUSHER_HOST, PUSHER_PORT, PUSHER_KEY } = process.env;
  const socket = new WebSocket(`ws://${PUSHER_HOST}:${PUSHER_PORT}/app/${PUSHER_KEY}?protocol=7&client=test`);
  const heard: Frame[] = [];
  const waiting: { wants: (frame: Frame) => boolean; tell: (frame: Frame) => void }[] = [];
  socket.on("message", (raw) => {
    const frame = JSON.parse(String(raw)) as Frame;
    heard.push(frame);
    for (const each of waiting) if (each.wants(frame)) each.tell(frame);
  });
  const closed = new Promise<number>((tell) => socket.on("close", (code) => tell(code)));
  const frame = (event: string) => new Promise<Frame>((tell) => {
    const already = heard.find((each) => each.event === event);
    if (already) tell(already);
    else waiting.push({ wants: (each) => each.event === event, tell });
  });
  const dataOf = ({ data }: Frame) => JSON.parse(String(data)) as Record<string, string>;
  const socketId = dataOf(await frame("pusher:connection_established")).socket_id ?? "";
  const own = as(person);
  const pass = (await own.post("/api/realtime/user", { socket_id: socketId })).body as object;
  socket.send(JSON.stringify({ event: "pusher:signin", data: pass }));
  await frame("pusher:signin_success");
  for (const channel of channels) {
    const allowed = (await own.post("/api/realtime/auth", { socket_id: socketId, channel_name: channel })).body as object;
    const done = new Promise<void>((tell) => waiting.push({ wants: (each) => each.event === "pusher_internal:subscription_succeeded" && each.channel === channel, tell: () => tell() }));
    socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel, ...allowed } }));
    await done;
  }
  return { closed, heard, isOpen: () => socket.readyState === WebSocket.OPEN, close: () => socket.close() };
}
