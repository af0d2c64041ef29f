import type { Metadata } from "next";
import { Site } from "@/components/help/site.tsx";
import { deskSettings } from "@/lib/auth/service.ts";
import { env } from "@/lib/env.ts";
import { openapi } from "@/lib/openapi.ts";
import { currentReading } from "../(help)/reader.ts";
import { Contents } from "./contents.tsx";
import { groupsOf, type Document } from "./document.ts";
import { Guide } from "./guide.tsx";
import { OperationSection } from "./operation.tsx";

export const metadata: Metadata = { title: "Developers", description: "The REST API of this desk: how to get a token, and every call with its fields." };

export default async function DevelopersPage() {
  const [{ name }, { reader }] = await Promise.all([deskSettings(), currentReading()]);
  const document = openapi() as unknown as Document;
  const groups = groupsOf(document);
  const origin = env().APP_URL.replace(/\/$/, "");
  return (
    <Site deskName={name} reader={reader}>
      <div className="mx-auto flex w-full max-w-6xl gap-10 px-5 py-12">
        <Contents groups={groups} />
        <div className="min-w-0 flex-1">
          <h1 className="text-3xl font-bold">The API</h1>
          <p className="mt-3 max-w-[62ch] text-lg text-ink-2">
            Everything the desk does goes through it: JSON over HTTPS, the same rights as on screen. The machine-readable description is <a href="/api/v1/openapi.json" className="font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">openapi.json</a>, and this page is made from it.
          </p>
          <div className="mt-12"><Guide origin={origin} /></div>
          {groups.map((group) => (
            <section key={group.id} id={`group-${group.id}`} aria-labelledby={`group-${group.id}-title`} className="mt-16 scroll-mt-6">
              <h2 id={`group-${group.id}-title`} className="mb-6 text-2xl font-bold">{group.name}</h2>
              {group.calls.map((call) => <OperationSection key={call.id} document={document} call={call} origin={origin} />)}
            </section>
          ))}
        </div>
      </div>
    </Site>
  );
}
