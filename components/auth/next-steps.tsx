import { Check } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";

/** What a fresh desk still lacks. Each step says whether it is done. */
export function NextSteps({ hasQueue, hasColleagues }: { hasQueue: boolean; hasColleagues: boolean }) {
  const steps = [
    { title: "Make a queue", text: "A queue is a team’s inbox: it takes one kind of request, by its words.", href: "/settings/queues", act: "Make a queue", done: hasQueue },
    { title: "Invite your people", text: "Agents answer, engineers advise, managers keep the overview. Each gets a mail.", href: "/settings/people", act: "Invite people", done: hasColleagues },
  ] as const;
  const open = steps.find((step) => !step.done);
  return (
    <>
      <ol className="divide-y rounded-lg border bg-canvas">
        {steps.map((step, index) => (
          <li key={step.href} className="flex gap-4 p-5">
            <span aria-hidden className={`grid size-7 shrink-0 place-items-center rounded-full text-sm font-bold ${step.done ? "bg-good-soft text-good-text" : "border-2 border-accent text-accent-text"}`}>
              {step.done ? <Check className="size-4" /> : index + 1}
            </span>
            <div>
              <h2 className="font-semibold">{step.title}{step.done ? <span className="ml-2 text-sm font-normal text-good-text">done</span> : null}</h2>
              <p className="mt-0.5 text-sm text-ink-2">{step.text}</p>
              <Button asChild look={step === open ? "primary" : "plain"} className="mt-3"><Link href={step.href}>{step.done ? "Look at it" : step.act}</Link></Button>
            </div>
          </li>
        ))}
      </ol>
      <p className="mt-6 text-sm text-ink-2">
        Or go on to <Link href="/desk" className="font-medium text-accent-text underline decoration-accent-line underline-offset-3">the desk</Link>, and see <Link href="/" className="font-medium text-accent-text underline decoration-accent-line underline-offset-3">what customers see</Link>.
      </p>
    </>
  );
}
