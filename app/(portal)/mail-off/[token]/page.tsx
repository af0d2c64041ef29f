import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MailOff } from "@/components/portal/mail-off.tsx";
import { AppError } from "@/lib/errors.ts";
import { mailOffPage } from "@/lib/notifications/service.ts";

/** The address is a key: no search engine and no other site learns it. */
export const metadata: Metadata = { title: "Mail you get", robots: { index: false, follow: false }, referrer: "same-origin" };

/** Reads only: prefetchers and mail scanners open it as people do. */
export default async function Page({ params }: PageProps<"/mail-off/[token]">) {
  const { token } = await params;
  const stand = await mailOffPage(decodeURIComponent(token)).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === "missing") notFound();
    throw error;
  });
  return <MailOff token={token} {...stand} />;
}
