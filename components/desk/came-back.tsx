"use client";
import { useQuery } from "@tanstack/react-query";
import { Banner } from "../ui/banner.tsx";
import { lettersOptions, timelineOptions } from "./queries.ts";

/** Says that the customer does not get our mail, until a later one reaches them. Looks into the ledger only where the history gives cause. */
export function CameBack({ ticketId }: { ticketId: string }) {
  const { data: history } = useQuery(timelineOptions(ticketId));
  const cause = history?.findLast(({ type }) => type === "ticket/letter-bounced");
  const { data: letters } = useQuery({ ...lettersOptions(ticketId), enabled: cause !== undefined });
  const newest = letters?.find(({ toCustomer, state }) => toCustomer && (state === "delivered" || state === "bounced" || state === "complained"));
  if (!newest || newest.state === "delivered") return null;
  return (
    <Banner tone="alert" className="rounded-none border-b px-4 wrap-anywhere sm:px-6">
      {newest.state === "complained" ? `The customer marked our mail to ${newest.to.address} as unwanted. Further mail may not arrive.` : `Mail to ${newest.to.address} came back${newest.trouble ? `: ${newest.trouble}` : "."}`}
    </Banner>
  );
}
