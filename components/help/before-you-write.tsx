/** Beside the contact form: what becomes of it. */
export function BeforeYouWrite({ known }: { known: boolean }) {
  const notes = [
    { title: "No department to choose", text: "We read what you write and bring it to the right team." },
    { title: "An answer you can watch", text: "Your request has its own page. New messages appear there by themselves." },
    known
      ? { title: "All in one place", text: "You find it under “My requests” on every device you sign in on." }
      : { title: "No account needed", text: "The request opens in this browser. The mail we send makes it yours everywhere." },
  ];
  return (
    <aside aria-label="What happens next" className="border-t pt-8 lg:border-t-0 lg:border-l lg:pt-2 lg:pl-10">
      <dl className="grid gap-7 sm:grid-cols-3 lg:grid-cols-1">
        {notes.map(({ title, text }) => (
          <div key={title}>
            <dt className="font-semibold">{title}</dt>
            <dd className="mt-1 max-w-[36ch] text-sm text-ink-2">{text}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
