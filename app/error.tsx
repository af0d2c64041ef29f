"use client";
import { Button } from "@/components/ui/button.tsx";
import { LogoMark } from "@/components/ui/logo.tsx";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-8">
      <LogoMark className="size-10" />
      <h1 className="text-2xl font-bold">This page broke on our side</h1>
      <p className="text-ink-2">Nothing you entered was sent twice, and what was sent is kept. Try the page again.</p>
      <div className="flex items-center gap-4">
        <Button look="primary" onClick={reset}>Try again</Button>
        {error.digest && <span className="text-xs text-ink-3">For the log: <span className="font-mono">{error.digest}</span></span>}
      </div>
    </main>
  );
}
