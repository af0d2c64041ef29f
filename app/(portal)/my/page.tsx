import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Site } from "@/components/help/site.tsx";
import { RequestList } from "@/components/portal/request-list.tsx";
import { Button } from "@/components/ui/button.tsx";
import { currentActor, deskSettings, isStaff } from "@/lib/auth/service.ts";
import { realtimeConfig } from "@/lib/realtime.ts";
import { currentReading } from "../../(help)/reader.ts";

export const metadata: Metadata = { title: "My requests" };

export default async function MyRequestsPage() {
  const actor = await currentActor();
  const personId = actor.kind === "person" ? actor.id : null;
  if (actor.kind === "system" || (actor.kind === "visitor" && actor.id === null)) redirect("/sign-in?to=/my");
  if (isStaff(actor)) redirect("/desk");
  const [{ name }, { reader, page }] = await Promise.all([deskSettings(), currentReading()]);
  return (
    <Site deskName={name} reader={reader}>
      <div className="mx-auto w-full max-w-3xl px-5 py-12">
        <div className="mb-8 flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-2xl font-bold sm:text-3xl">My requests</h1>
            {personId ? null : <p className="mt-2 max-w-[52ch] text-sm text-ink-2">These were sent from this browser. <Link href="/sign-in?to=/my" className="rounded-sm text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">Sign in</Link> to see all requests of your address.</p>}
          </div>
          <Button asChild look="primary"><Link href="/contact">New request</Link></Button>
        </div>
        <RequestList first={page} realtime={realtimeConfig()} personId={personId} />
      </div>
    </Site>
  );
}
