import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function RuleNotFound() {
  return (
    <EmptyState title="This is not here any more" action={<Button asChild><Link href="/settings/service-levels">Back to the service levels</Link></Button>}>
      Somebody may have deleted it.
    </EmptyState>
  );
}
