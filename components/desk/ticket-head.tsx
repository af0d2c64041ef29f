"use client";
import { ArrowLeft, ArrowUpRight, CheckCheck, Ellipsis, Info, Lock, RotateCcw, UserRoundPlus } from "lucide-react";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { PriorityMark } from "../ui/priority-mark.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { useCommands } from "./command-context.tsx";
import { usePlace } from "./place.ts";

const levelWords = { l1: null, engineering: "With engineering", manager: "With a manager" } as const;

/** Subject, state and acts of the open ticket. Only acts that this person may do are there. */
export function TicketHead({ ticket, onDetails }: { ticket: StaffTicket; onDetails: () => void }) {
  const place = usePlace();
  const run = useCommands();
  const { may } = ticket;
  const level = levelWords[ticket.level];
  return (
    <header className="border-b bg-surface px-4 pt-2.5 pb-2.5 sm:px-6">
      <div className="flex items-start gap-2">
        <Button look="quiet" square aria-label="Back to the list" onClick={place.close} className="-ml-2 md:hidden"><ArrowLeft aria-hidden /></Button>
        <h1 className="line-clamp-2 min-w-0 flex-1 pt-0.5 text-pretty text-lg/6 font-semibold wrap-anywhere">{ticket.subject}</h1>
        <div className="flex shrink-0 items-center gap-1.5">
          {may.resolve && <Tooltip text="Resolve" keys="E"><Button onClick={() => run("resolve")} className="max-sm:aspect-square max-sm:px-0"><CheckCheck aria-hidden className="text-good-text" /><span className="max-sm:sr-only">Resolve</span></Button></Tooltip>}
          {may.reopen && <Button onClick={() => run("reopen")}><RotateCcw aria-hidden />Reopen</Button>}
          <Acts ticket={ticket} />
          <Tooltip text="Details" keys="I"><Button look="quiet" square aria-label="Details of the ticket" onClick={onDetails} className="xl:hidden"><Info aria-hidden /></Button></Tooltip>
        </div>
      </div>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs text-ink-3">
        <span data-numeric className="font-mono">#{ticket.number}</span>
        <StatusBadge status={ticket.status} />
        <PriorityMark priority={ticket.priority} />
        {level && <Badge tone={ticket.level === "manager" ? "wait" : "info"}>{level}</Badge>}
        <span className="min-w-0 truncate">{ticket.assignee ? <>Owner <span className="text-ink-2">{ticket.assignee.name}</span></> : "No owner yet"}</span>
        {!ticket.requester.verified && <Badge tone="wait">Address not verified</Badge>}
        {ticket.follows && <button type="button" onClick={() => ticket.follows && place.open(ticket.follows.id)} className="text-accent-text underline decoration-accent-line underline-offset-3">follows #{ticket.follows.number}</button>}
      </p>
    </header>
  );
}

function Acts({ ticket }: { ticket: StaffTicket }) {
  const run = useCommands();
  const { may } = ticket;
  if (!may.assign && !may.claim && !may.escalate && !may.close) return null;
  return (
    <>
      {may.assign ? (
        <Tooltip text="Assign" keys="A"><Button look="quiet" square aria-label="Assign" onClick={() => run("assign")} className="max-sm:hidden"><UserRoundPlus aria-hidden /></Button></Tooltip>
      ) : may.claim && (
        <Tooltip text="Take this ticket" keys="A"><Button look="primary" onClick={() => run("assign")}>Take it</Button></Tooltip>
      )}
      <Menu align="end" trigger={<Button look="quiet" square aria-label="More acts"><Ellipsis aria-hidden /></Button>}>
        {may.assign && <MenuItem icon={<UserRoundPlus aria-hidden />} keys={<Kbd keys="A" />} onSelect={() => run("assign")}>Assign…</MenuItem>}
        {may.escalate && <MenuItem icon={<ArrowUpRight aria-hidden />} keys={<Kbd keys="X" />} onSelect={() => run("escalate")}>Escalate or hand back…</MenuItem>}
        {may.close && <MenuItem icon={<Lock aria-hidden />} onSelect={() => run("close")}>Close for good…</MenuItem>}
      </Menu>
    </>
  );
}
