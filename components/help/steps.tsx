const steps = [
  { title: "You write", text: "One form, no departments to choose from. You get a number at once, by mail too." },
  { title: "It finds its person", text: "The request goes to the right team and to somebody who is there and has room for it." },
  { title: "You talk, live", text: "The answer appears on your request’s page while you watch, and a copy comes by mail. Write back whenever you like." },
] as const;

/** What happens to a request, as a line with three stops. */
export function Steps() {
  return (
    <section aria-labelledby="steps-title" className="border-t bg-surface">
      <div className="mx-auto max-w-6xl px-5 py-14 sm:py-18">
        <h2 id="steps-title" className="text-xl font-bold">What happens when you write</h2>
        <ol className="mt-8 grid gap-8 sm:grid-cols-3 sm:gap-0">
          {steps.map(({ title, text }, index) => (
            <li key={title} className="relative sm:pr-10">
              <div aria-hidden className="mb-4 flex items-center sm:-mr-10">
                <span className="grid size-8 shrink-0 place-items-center rounded-full border-2 border-accent text-sm font-bold text-accent-text" data-numeric>{index + 1}</span>
                {index < steps.length - 1 ? <span className="mx-3 hidden h-0.5 flex-1 bg-accent-line sm:block" /> : null}
              </div>
              <h3 className="text-base font-semibold">{title}</h3>
              <p className="mt-1 max-w-[38ch] text-ink-2">{text}</p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
