import type { Metadata } from "next";
import Link from "next/link";
import { Entrance } from "@/components/auth/entrance.tsx";
import { SignUpForm } from "@/components/auth/sign-up-form.tsx";
import { deskSettings } from "@/lib/auth/service.ts";

export const metadata: Metadata = { title: "Create an account" };

export default async function Page() {
  const { name } = await deskSettings();
  return (
    <Entrance deskName={name} title="Create an account" lead="Your requests and our answers in one place, on every device.">
      <SignUpForm />
      <p className="mt-6 border-t pt-4 text-sm text-ink-2"><Link href="/sign-in" className="rounded-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">Back to sign-in</Link></p>
    </Entrance>
  );
}
