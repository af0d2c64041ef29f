import type { Metadata } from "next";
import Link from "next/link";
import { Entrance } from "@/components/auth/entrance.tsx";
import { ForgotForm } from "@/components/auth/forgot-form.tsx";
import { deskSettings } from "@/lib/auth/service.ts";

export const metadata: Metadata = { title: "Choose a new password" };

export default async function Page() {
  const { name } = await deskSettings();
  return (
    <Entrance deskName={name} title="Choose a new password" lead="Tell us your address and we send you a link.">
      <ForgotForm />
      <p className="mt-6 border-t pt-4 text-sm text-ink-2"><Link href="/sign-in" className="rounded-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">Back to sign-in</Link></p>
    </Entrance>
  );
}
