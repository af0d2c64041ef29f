/** Something to type in a shell. A long line scrolls; the block can be reached by keyboard for that. */
export function Sample({ title, children }: { title: string; children: string }) {
  return (
    <pre tabIndex={0} role="group" aria-label={title} className="overflow-x-auto rounded-lg border border-line bg-sunken p-4 font-mono text-xs leading-5 [font-variant-ligatures:none] text-ink">
      <code>{children}</code>
    </pre>
  );
}
