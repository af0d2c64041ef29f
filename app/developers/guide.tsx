import type { ReactNode } from "react";
import { Sample } from "./sample.tsx";

const Rule = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <h3 className="text-sm font-semibold">{title}</h3>
    <p className="mt-1 max-w-[52ch] text-sm text-ink-2">{children}</p>
  </div>
);

const Code = ({ children }: { children: string }) => <code className="rounded-sm bg-sunken px-1 font-mono text-[0.92em]">{children}</code>;

/** From nothing to the first ticket, and the few rules that hold for every call. */
export function Guide({ origin }: { origin: string }) {
  return (
    <section id="start" aria-labelledby="start-title" className="scroll-mt-20">
      <h2 id="start-title" className="text-xl font-semibold">Your first call</h2>
      <ol className="mt-5 space-y-6">
        <li>
          <p className="max-w-[68ch]">Exchange an address and a password for an access token. It is good for 15 minutes and may do what its person may do.</p>
          <div className="mt-2.5"><Sample title="Get a token">{`TOKEN=$(curl -s ${origin}/api/v1/auth/token \\\n  -H "Content-Type: application/json" \\\n  -d '{"email":"you@example.org","password":"…"}' | jq -r .accessToken)`}</Sample></div>
        </li>
        <li>
          <p className="max-w-[68ch]">Use it. This lists what waits for you, newest change first.</p>
          <div className="mt-2.5"><Sample title="List tickets">{`curl -s "${origin}/api/v1/tickets?assignee=me&status=new,open" \\\n  -H "Authorization: Bearer $TOKEN"`}</Sample></div>
        </li>
        <li>
          <p className="max-w-[68ch]">Before it runs out, trade the refresh token for a new pair. Each refresh token works once; using one twice ends the whole family.</p>
          <div className="mt-2.5"><Sample title="Refresh a token">{`curl -s ${origin}/api/v1/auth/token \\\n  -H "Content-Type: application/json" \\\n  -d '{"refreshToken":"…"}'`}</Sample></div>
        </li>
      </ol>
      <h2 className="mt-12 text-xl font-semibold">What holds everywhere</h2>
      <div className="mt-5 grid gap-x-10 gap-y-6 sm:grid-cols-2">
        <Rule title="Errors">Every error is a problem document: <Code>type</Code>, <Code>title</Code>, <Code>status</Code>, <Code>detail</Code>, and for bad input <Code>errors</Code> with the field’s path and its rule.</Rule>
        <Rule title="Nothing twice">Send an <Code>Idempotency-Key</Code> with every POST. The same key within 24 hours gives the first answer again; with another body it is a 422.</Rule>
        <Rule title="Nobody overwritten">Send <Code>If-Match</Code> with the ticket’s version on a change. If somebody was faster you get a 409 and can look again.</Rule>
        <Rule title="Lists">A list answers <Code>items</Code> and <Code>nextCursor</Code>. Pass it back as <Code>cursor</Code>; <Code>limit</Code> goes up to 200.</Rule>
        <Rule title="What you can’t see">A record that is not for you is a 404, as if it were not there. One that you see but may not change is a 403.</Rule>
        <Rule title="Files">Upload each as <Code>multipart/form-data</Code> to <Code>/attachments</Code>, then name its id in <Code>attachmentIds</Code> of a ticket or a message, within a day. In a message, <Code>url</Code> downloads it, without a token, for half an hour at least.</Rule>
        <Rule title="Limits">Answers carry <Code>RateLimit</Code> headers. Past the limit you get a 429 that says when to come back.</Rule>
      </div>
    </section>
  );
}
