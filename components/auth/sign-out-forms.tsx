"use client";
import { LogOut, MonitorX } from "lucide-react";
import { Button } from "@/components/ui/button.tsx";
import { cx } from "@/components/ui/cx.ts";
import { signOutAction, signOutEverywhereAction } from "@/lib/auth/actions.ts";
import { useKeptForm } from "./kept-form.tsx";

/** Signing out here, and on every device. */
export function SignOutForms({ look }: { look: "menu" | "buttons" }) {
  const here = useKeptForm(signOutAction);
  const everywhere = useKeptForm(signOutEverywhereAction);
  const inMenu = look === "menu";
  const button = inMenu ? ({ look: "quiet", className: "w-full justify-start text-ink" } as const) : ({ look: "plain" } as const);
  return (
    <div className={cx(inMenu ? "space-y-0.5" : "flex flex-wrap gap-2")}>
      <form {...here.form}><Button type="submit" busy={here.pending} {...button}><LogOut aria-hidden />Sign out</Button></form>
      <form {...everywhere.form}><Button type="submit" busy={everywhere.pending} {...button}><MonitorX aria-hidden />Sign out on every device</Button></form>
    </div>
  );
}
