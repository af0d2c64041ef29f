import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function DeskNotFound() {
  return (
    <EmptyState className="flex-1 justify-center" title="This ticket is not here" action={<Button asChild><Link href="/desk">Back to the list</Link></Button>}>
      It does not exist, or it is not yours to see.
    </EmptyState>
  );
}
