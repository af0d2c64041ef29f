"use client";
import { ArrowRight } from "lucide-react";
import { Avatar } from "@/components/ui/avatar.tsx";
import { demoSignInAction } from "@/lib/auth/actions.ts";
import type { Role } from "@/lib/auth/schema.ts";
import type { DemoPerson } from "@/lib/auth/view.ts";
import { Arrived } from "./arrived.tsx";
import { Refusal, useKeptForm } from "./kept-form.tsx";

const groups: readonly { role: Role; title: string; sees: string }[] = [
  { role: "customer", title: "Customers", sees: "Their own requests, live, and nothing of the desk behind them." },
  { role: "agent", title: "Agents", sees: "The requests assigned to them, to answer, note and solve." },
  { role: "engineer", title: "Engineers", sees: "What was escalated to engineering. They write private notes only." },
  { role: "manager", title: "Managers", sees: "Every request, and who has it. They assign and close." },
  { role: "admin", title: "Admins", sees: "Every request to read, and the settings: people, queues, desk." },
];

/** The people of a demo desk, to walk in as with one click. */
export function DemoPeople({ people, to }: { people: DemoPerson[]; to: string }) {
  const { form, outcome, problem, pending } = useKeptForm(demoSignInAction);
  if (outcome?.ok) return <Arrived to={to} />;
  return (
    <form {...form} className="space-y-7">
      <Refusal problem={problem} />
      {groups.map(({ role, title, sees }) => {
        const members = people.filter((person) => person.role === role);
        if (members.length === 0) return null;
        return (
          <section key={role} aria-labelledby={`demo-${role}`}>
            <h3 id={`demo-${role}`} className="text-sm font-semibold">{title}</h3>
            <p className="text-sm text-ink-2">{sees}</p>
            <ul className="mt-2.5 flex flex-wrap gap-2">
              {members.map((person) => (
                <li key={person.email} className="max-w-full">
                  <button
                    type="submit"
                    name="email"
                    value={person.email}
                    disabled={pending}
                    className="group flex h-11 max-w-full items-center gap-2 rounded-lg border border-line-strong/60 bg-raised pr-3 pl-2 text-sm font-medium shadow-raised hover:border-accent hover:bg-accent-soft disabled:opacity-60"
                  >
                    <Avatar name={person.name} side={role === "customer" ? "customer" : "staff"} size="sm" />
                    <span className="sr-only">{`Sign in as ${person.name}, ${role}`}</span>
                    <span aria-hidden className="truncate">{person.name}</span>
                    <ArrowRight aria-hidden className="size-3.5 text-ink-3 group-hover:text-accent-text" />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </form>
  );
}
