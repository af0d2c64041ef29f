"use client";
import { LogOut, MonitorX } from "lucide-react";
import { useTransition, type FormEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button.tsx";
import { cx } from "@/components/ui/cx.ts";
import { signOutAction, signOutEverywhereAction } from "@/lib/auth/actions.ts";
import { loadAfresh } from "./arrived.tsx";
import { useKeptForm, type FormAction } from "./kept-form.tsx";

/** Signing out here, and on every device. */
export function SignOutForms({ look }: { look: "menu" | "buttons" }) {
  return (
    <div className={cx(look === "menu" ? "space-y-0.5" : "flex flex-wrap gap-2")}>
      <SignOutForm action={signOutAction} look={look}><LogOut aria-hidden />Sign out</SignOutForm>
      <SignOutForm action={signOutEverywhereAction} look={look}><MonitorX aria-hidden />Sign out on every device</SignOutForm>
    </div>
  );
}

function SignOutForm({ action, look, children }: { action: FormAction<null>; look: "menu" | "buttons"; children: ReactNode }) {
  const { form } = useKeptForm(action, "/");
  const [leaving, startLeaving] = useTransition();

  function leave(event: FormEvent) {
    event.preventDefault();
    startLeaving(async () => {
      await action(null, new FormData()).finally(() => loadAfresh("/"));
    });
  }

  return (
    <form {...form} onSubmit={leave}>
      <Button type="submit" busy={leaving} {...(look === "menu" ? { look: "quiet", className: "w-full justify-start text-ink" } : {})}>{children}</Button>
    </form>
  );
}
