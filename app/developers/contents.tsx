import type { Group } from "./document.ts";

/** The calls by subject, beside the text; it stays in view and scrolls by itself. */
export function Contents({ groups }: { groups: Group[] }) {
  return (
    <nav aria-label="Contents" className="sticky top-6 hidden max-h-[calc(100dvh-3rem)] w-56 shrink-0 self-start overflow-y-auto pb-6 text-sm lg:block">
      <a href="#start" className="block rounded-sm py-1 font-semibold hover:underline">Your first call</a>
      {groups.map((group) => (
        <div key={group.id} className="mt-5">
          <a href={`#group-${group.id}`} className="block rounded-sm py-1 font-semibold hover:underline">{group.name}</a>
          <ul>
            {group.calls.map((call) => (
              <li key={call.id}>
                <a href={`#${call.id}`} title={call.operation.summary} className="flex gap-2 rounded-sm py-1 font-mono text-2xs text-ink-2 hover:text-ink">
                  <span className="w-11 shrink-0 font-semibold text-ink-3">{call.method}</span>
                  <span className="min-w-0 [overflow-wrap:anywhere]">{call.path}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
