import type { ReactNode } from "react";

const line = "h-0.5 flex-1 rounded-full";
const head = (path: string, look: string) => <svg viewBox="0 0 14 14" aria-hidden fill="none" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" className={`size-3.5 ${look}`}><path d={path} /></svg>;

/** The way out, the person it reaches, the way back: the mark, taken apart. */
const marks: ReactNode[] = [
  <>
    <span className={`${line} bg-accent`} />
    {head("M1 1l12 12H-4", "-ml-3 -translate-y-1.5 stroke-accent")}
  </>,
  <>
    <span className="size-7 rounded-[28%] bg-accent" />
    <span className="size-7 rounded-[28%] bg-accent-line" />
    <span className="size-7 rounded-[28%] bg-accent-line/60" />
  </>,
  <>
    {head("M13 13L1 1h18", "-mr-3 translate-y-1.5 stroke-accent")}
    <span className={`${line} bg-accent`} />
  </>,
];

const steps = [
  { title: "You write", text: "One form, no departments to choose from. You get a number at once, by mail too." },
  { title: "It finds its person", text: "The request goes to the right team, and to somebody who is there and has room for it." },
  { title: "The answer comes back", text: "It appears on your request’s page while you watch, and a copy comes by mail. Write back whenever you like." },
] as const;

/** What happens to a request. */
export function Steps() {
  return (
    <section aria-labelledby="steps-title" className="border-t bg-surface">
      <div className="mx-auto max-w-6xl px-5 py-14 sm:py-18">
        <h2 id="steps-title" className="text-xl font-bold">What happens when you write</h2>
        <ol className="mt-7 grid gap-10 sm:grid-cols-3 sm:gap-12">
          {steps.map(({ title, text }, index) => (
            <li key={title}>
              <div aria-hidden className="flex h-9 items-center gap-1.5 max-sm:max-w-40">{marks[index]}</div>
              <h3 className="mt-3 text-base font-semibold">{title}</h3>
              <p className="mt-1 max-w-[38ch] text-ink-2">{text}</p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
