"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { api, ApiProblem } from "@/components/api.ts";
import { Button } from "@/components/ui/button.tsx";
import { usualQueues } from "@/lib/auth/rules.ts";

/** Makes the queues that most desks begin with, in one click. Repeated after a failure, it makes what is missing. */
export function UsualQueues({ disabled }: { disabled: boolean }) {
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: async () => {
      for (const queue of usualQueues) await api.post("/queues", queue, { idempotencyKey: `usual-queue-${queue.category}` });
    },
    onError: (error) => toast.error("Not all of the queues were made", { description: error instanceof ApiProblem ? error.message : undefined }),
    onSettled: () => client.invalidateQueries({ queryKey: ["queues"] }),
  });
  return <Button disabled={disabled} busy={make.isPending} onClick={() => make.mutate()}>Begin with the usual four</Button>;
}
