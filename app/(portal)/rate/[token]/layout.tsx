import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo.tsx";
import { deskSettings } from "@/lib/auth/service.ts";

export default async function Layout({ children }: { children: ReactNode }) {
  const { name } = await deskSettings();
  return (
    <div className="flex min-h-dvh flex-col items-center bg-canvas px-4 py-6 sm:py-14">
      <header className="w-full max-w-md"><Link href="/" prefetch={false} className="flex w-fit max-w-full rounded-sm"><Logo name={name} /></Link></header>
      <main className="mt-6 w-full max-w-md rounded-xl border bg-surface p-5 shadow-raised sm:p-7">{children}</main>
    </div>
  );
}
