import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";

/** Instead of a form, when the address carries no usable token. */
export function DeadLink({ children, href, act }: { children: string; href: "/sign-in" | "/forgot"; act: string }) {
  return (
    <>
      <p className="text-ink-2">{children}</p>
      <Button asChild look="primary" size="lg" className="mt-5 w-full"><Link href={href}>{act}</Link></Button>
    </>
  );
}
