import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { LogoMark } from "@/components/ui/logo.tsx";

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-8">
      <LogoMark className="size-10" />
      <h1 className="text-2xl font-bold">There is nothing at this address</h1>
      <p className="text-ink-2">It may have been moved, or it is not yours to see. If you followed a link from a mail, open it in the browser in which you are signed in.</p>
      <Button look="primary" asChild><Link href="/">Go to the start page</Link></Button>
    </main>
  );
}
