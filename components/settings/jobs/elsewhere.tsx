/** Where runs are to be seen when the jobs are not run beside the desk; `search` is what to look for there. */
export function Elsewhere({ dashboard, search }: { dashboard: string; search?: string }) {
  return (
    <div className="rounded-lg border bg-surface p-5 text-sm shadow-raised">
      <p className="font-medium">The jobs of this desk run at Inngest.</p>
      <p className="mt-1 max-w-[60ch] text-ink-2">Runs, their steps, events, cancelling and replaying are in its dashboard. The desk itself keeps no list of them.</p>
      {search ? <p className="mt-1 max-w-[60ch] text-ink-2">Each event of this ticket carries its id: <code className="font-mono text-xs break-all text-ink">{search}</code></p> : null}
      <p className="mt-3 break-all"><a href={dashboard} className="font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">{dashboard}</a></p>
    </div>
  );
}
