"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type RefObject } from "react";
import { toast } from "sonner";
import type { Visibility } from "@/lib/tickets/schema.ts";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { useNoticeCenter } from "../notices/center.tsx";
import { Drawer } from "../ui/dialog.tsx";
import { asAct, useAct } from "./acts.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import { CloseDialog } from "./close-dialog.tsx";
import { CommandContext, type CommandId } from "./command-context.tsx";
import { commands, noticesKey, offered } from "./commands.ts";
import { useDesk } from "./desk-context.tsx";
import { EscalateDialog } from "./escalate-dialog.tsx";
import { HelpSheet } from "./help-sheet.tsx";
import { useRows } from "./inbox-list.tsx";
import { InboxPane } from "./inbox-pane.tsx";
import { Palette } from "./palette.tsx";
import { usePlace } from "./place.ts";
import { ticketOptions, usePrefetchTicket } from "./queries.ts";
import { TicketDetails } from "./ticket-details.tsx";
import { TicketPane } from "./ticket-pane.tsx";
import { useKeys } from "./use-keys.ts";
import { useTabTitle } from "./use-tab-title.ts";
import { views } from "./views.ts";

/** The composer of a ticket that is just being opened comes a moment later. `until`: when to give up, in ms. */
function focusWhenThere(input: RefObject<HTMLTextAreaElement | null>, until: number) {
  requestAnimationFrame(() => {
    if (input.current && !input.current.disabled) input.current.focus();
    else if (performance.now() < until) focusWhenThere(input, until);
  });
}

type Sheet = "assign" | "escalate" | "close" | "palette" | "help" | null;

/** The agents' desk: list, thread, what surrounds it; every act by button, key and palette alike. */
export function Desk() {
  const place = usePlace();
  const desk = useDesk();
  const act = useAct();
  const prefetch = usePrefetchTicket();
  const notices = useNoticeCenter();
  const { rows } = useRows();
  const [cursor, setCursor] = useState<string | null>(null);
  const [mode, setMode] = useState<Visibility>("public");
  const [sheet, setSheet] = useState<Sheet>(null);
  const [details, setDetails] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const { data: opened } = useQuery({ ...ticketOptions(place.ticketId ?? ""), enabled: place.ticketId !== null });
  const marked = place.ticketId ?? cursor;
  const ticket = (place.ticketId ? opened : undefined) ?? rows.find((row) => row.id === marked) ?? null;
  const index = rows.findIndex((row) => row.id === marked);
  useTabTitle(place.ticketId && ticket ? `#${ticket.number} ${ticket.subject}` : views[place.view].label);

  useEffect(() => {
    if (marked === null) return;
    document.getElementById(`row-${marked}`)?.scrollIntoView({ block: "nearest" });
  }, [marked]);
  const beside = [rows[index + 1]?.id, rows[index - 1]?.id].filter((id) => id !== undefined).join(" ");
  useEffect(() => {
    for (const id of beside.split(" ").filter(Boolean)) prefetch(id);
    // only where the neighbours changed: `prefetch` is a new function each time and does nothing by itself
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [beside]);

  function step(by: 1 | -1) {
    const row = rows[index === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, index + by))];
    if (!row) return;
    setCursor(row.id);
    if (place.ticketId) place.open(row.id);
  }
  function write(next: Visibility) {
    setMode(next);
    if (ticket && !place.ticketId) place.open(ticket.id);
    focusWhenThere(input, performance.now() + 2000);
  }
  function resolve(target: StaffTicket) {
    act.mutate(asAct(target, { kind: "resolve" }), {
      onSuccess: (done) => toast.success(`#${done.number} is resolved`, done.may.reopen ? { action: { label: "Undo", onClick: () => act.mutate(asAct(done, { kind: "reopen" })) } } : {}),
    });
  }
  function run(id: CommandId) {
    const command = commands.find((one) => one.id === id);
    if (command && !offered(command, { may: ticket?.may ?? null, open: place.ticketId !== null, rows: rows.length })) return;
    switch (id) {
      case "next": return step(1);
      case "previous": return step(-1);
      case "open": return cursor ? place.open(cursor) : step(1);
      case "back": return place.close();
      case "reply": return write("public");
      case "note": return write("private");
      case "details": return setDetails((shown) => !shown);
      case "search": return document.getElementById("desk-search")?.focus();
      case "palette": return setSheet((shown) => (shown === "palette" ? null : "palette"));
      case "notices": return notices.show();
      case "help": return setSheet("help");
      case "escalate": return setSheet("escalate");
      case "assign":
        if (ticket?.may.assign) return setSheet("assign");
        return ticket && act.mutate(asAct(ticket, { kind: "assign", assigneeId: desk.me.id, name: desk.me.name }));
      case "resolve": return ticket && resolve(ticket);
      case "reopen": return ticket && act.mutate(asAct(ticket, { kind: "reopen" }));
      case "close": return setSheet("close");
    }
  }
  useKeys(run, (letter) => {
    if (letter === noticesKey) return notices.show();
    const name = desk.views.find((one) => views[one].key === letter);
    if (name) place.show(name);
  });
  const shut = () => setSheet(null);
  return (
    <CommandContext value={run}>
      <div className="flex min-h-0 flex-1">
        <InboxPane cursor={cursor} onCursor={setCursor} />
        {place.ticketId && (
          <>
            <TicketPane key={place.ticketId} ticketId={place.ticketId} mode={mode} onMode={setMode} inputRef={input} onDetails={() => setDetails(true)} />
            <aside aria-label="Details" className="hidden w-72 shrink-0 overflow-y-auto border-l bg-surface xl:block"><TicketDetails ticketId={place.ticketId} /></aside>
            <Drawer title="Details" side="right" open={details} onOpenChange={setDetails} className="xl:hidden"><TicketDetails ticketId={place.ticketId} /></Drawer>
          </>
        )}
      </div>
      <p role="status" className="sr-only">{place.ticketId && ticket ? `Ticket ${ticket.number}, ${ticket.subject}, opened` : ""}</p>
      {sheet === "assign" && ticket && <AssignDialog ticket={ticket} onClose={shut} />}
      {sheet === "escalate" && ticket && <EscalateDialog ticket={ticket} onClose={shut} />}
      {sheet === "close" && ticket && <CloseDialog ticket={ticket} onClose={shut} />}
      {sheet === "palette" && <Palette ticket={ticket} rows={rows.length} run={run} onClose={shut} />}
      {sheet === "help" && <HelpSheet onClose={shut} />}
    </CommandContext>
  );
}
