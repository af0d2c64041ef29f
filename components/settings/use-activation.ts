"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { inviteAgainAction } from "@/lib/auth/actions.ts";
import type { PersonView } from "@/lib/auth/view.ts";
import { api, ApiProblem } from "../api.ts";

/** Taking people off the desk, back on it, and reminding the invited. */
export function useActivation() {
  const client = useQueryClient();
  const [leaving, setLeaving] = useState<PersonView | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ["people"] });

  async function deactivate(person: PersonView) {
    await api.patch(`/users/${person.id}`, { active: false });
    await refresh();
  }
  async function reactivate(person: PersonView) {
    try {
      await api.patch(`/users/${person.id}`, { active: true });
      toast.success(`${person.name} is active again.`);
    } catch (error) {
      // edge: said in passing, the list shows that nothing changed
      toast.error(error instanceof ApiProblem ? error.message : "That did not work. Please try again.");
    }
    await refresh();
  }
  async function inviteAgain(person: PersonView) {
    const form = new FormData();
    form.set("id", person.id);
    const outcome = await inviteAgainAction(null, form);
    if (outcome.ok) toast.success(`Another mail is on its way to ${person.email}.`);
    else toast.error(outcome.problem.detail);
  }
  return { leaving, setLeaving, deactivate, reactivate, inviteAgain };
}
