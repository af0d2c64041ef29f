import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function RunNotFound() {
  return (
    <EmptyState title="This run is not here" action={<Button asChild><Link href="/settings/jobs">Back to the jobs</Link></Button>}>
      Runs are forgotten seven days after their end.
    </EmptyState>
  );
}
