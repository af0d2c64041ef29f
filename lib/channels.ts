import type { EventRow } from "./events.ts";

/** A realtime message: ids and numbers only, the client fetches the rest through its own rights. */
export type Publication = { channel: string; event: "ticket.new" | "ticket.update" | "message.new" | "notification.new" | "person.update"; payload: Record<string, string | number> };

export const channels = {
  ticket: (id: string) => `private-ticket-${id}`,
  ticketStaff: (id: string) => `private-ticket-${id}-staff`,
  /** Which of the staff look at a ticket and write. Nothing is published to it: its members speak to one another. */
  ticketPresence: (id: string) => `presence-ticket-${id}`,
  person: (id: string) => `private-user-${id}`,
  queue: (id: string) => `private-queue-${id}`,
  desk: "private-desk",
} as const;

/** What a subscriber asks for, read from a channel's name. Null for a name that is none of ours. */
export function channelSubject(name: string): { kind: "ticket" | "ticketStaff" | "ticketPresence" | "person" | "queue" | "desk"; id: string } | null {
  if (name === channels.desk) return { kind: "desk", id: "" };
  const presence = /^presence-ticket-([0-9A-Za-z_]{8,64})$/.exec(name)?.[1];
  if (presence) return { kind: "ticketPresence", id: presence };
  const match = /^private-(ticket|user|queue)-([0-9A-Za-z_]{8,64})(-staff)?$/.exec(name);
  if (!match?.[1] || !match[2]) return null;
  if (match[1] === "ticket") return { kind: match[3] ? "ticketStaff" : "ticket", id: match[2] };
  if (match[3]) return null;
  return { kind: match[1] === "user" ? "person" : "queue", id: match[2] };
}

const eventOf = (type: string) => (type === "ticket/opened" ? "ticket.new" : type === "ticket/replied" || type === "ticket/noted" ? "message.new" : "ticket.update");

/**
 * Which channels hear of a row. The customer's channels carry the public number of rows that a customer may
 * see, and nothing of any other row: not even that it exists.
 */
export function channelsFor(row: EventRow): Publication[] {
  const { audience, subject } = row;
  if (subject.kind !== "ticket") return audience.staffIds.map((id) => ({ channel: channels.person(id), event: "person.update", payload: { id: subject.id, seq: row.seq } }));

  const event = eventOf(row.type);
  const staff = { id: subject.id, seq: row.seq, version: row.version };
  const owner = row.type === "ticket/assigned" ? audience.staffIds[0] : undefined;
  const told: Publication[] = [
    { channel: channels.ticketStaff(subject.id), event, payload: staff },
    { channel: channels.desk, event, payload: staff },
    ...audience.staffIds.map((id): Publication => ({ channel: channels.person(id), event: id === owner ? "ticket.new" : event, payload: staff })),
  ];
  if (audience.queueId !== null) told.push({ channel: channels.queue(audience.queueId), event, payload: staff });
  if (row.publicSeq !== null) {
    const open = { id: subject.id, publicSeq: row.publicSeq };
    told.push({ channel: channels.ticket(subject.id), event, payload: open });
    if (audience.customerId !== null) told.push({ channel: channels.person(audience.customerId), event, payload: open });
  }
  return told;
}
