import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RatePage } from "@/components/portal/rate-page.tsx";
import { AppError } from "@/lib/errors.ts";
import { ratingByLink } from "@/lib/tickets/service.ts";

/** The address is a key: no search engine and no other site learns it. (`no-referrer` would take the Origin from forms too.) */
export const metadata: Metadata = { title: "Your rating", robots: { index: false, follow: false }, referrer: "same-origin" };

/** Reads only, whatever the address says: prefetchers and mail scanners open it as people do. */
export default async function Page({ params, searchParams }: PageProps<"/rate/[token]">) {
  const [{ token }, { score }] = await Promise.all([params, searchParams]);
  const first = await ratingByLink(token).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === "missing") notFound();
    throw error;
  });
  return <RatePage token={token} first={first} clicked={typeof score === "string" && /^[1-5]$/.test(score) ? Number(score) : null} />;
}
