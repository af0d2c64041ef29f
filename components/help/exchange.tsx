/** A picture of what the desk is for: a question and its answer, going both ways. Decoration only. */
export function Exchange() {
  const bubble = "rounded-xl border px-5 py-4 shadow-raised";
  const line = "block h-2 rounded-full";
  return (
    <div aria-hidden className="relative hidden select-none lg:block">
      <div className={`${bubble} ml-14 rounded-br-xs border-accent bg-accent`}>
        <span className={`${line} w-4/5 bg-accent-ink/70`} /><span className={`${line} mt-2.5 w-3/5 bg-accent-ink/70`} />
      </div>
      <svg viewBox="0 0 120 64" fill="none" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" className="mx-auto my-4 h-16 text-accent-line" stroke="currentColor">
        <path d="M12 22h96l-12-12" /><path d="M108 42H12l12 12" />
      </svg>
      <div className={`${bubble} mr-14 rounded-bl-xs bg-raised`}>
        <span className={`${line} w-11/12 bg-line`} /><span className={`${line} mt-2.5 w-full bg-line`} /><span className={`${line} mt-2.5 w-1/2 bg-line`} />
      </div>
    </div>
  );
}
