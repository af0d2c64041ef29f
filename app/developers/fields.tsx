import type { Field } from "./shape.ts";

/** The fields of a body or an answer; nested ones open under their parent. */
export function Fields({ fields, marks = true }: { fields: Field[]; marks?: boolean }) {
  return (
    <ul className="divide-y divide-line">
      {fields.map((field) => (
        <li key={field.name} className="py-2">
          <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
            <code className="font-mono text-sm font-medium text-ink [overflow-wrap:anywhere]">{field.name}</code>
            <span className="min-w-0 text-xs text-ink-3 [overflow-wrap:anywhere]">{field.type}</span>
            {marks && field.required ? <span className="text-xs font-medium text-wait-text">required</span> : null}
          </div>
          {field.note ? <p className="mt-0.5 max-w-[62ch] text-sm text-ink-2 [overflow-wrap:anywhere]">{field.note}</p> : null}
          {field.fields.length > 0 ? (
            <details className="mt-1">
              <summary className="w-fit rounded-sm text-sm text-accent-text hover:underline">{field.fields.length === 1 ? "1 field" : `${field.fields.length} fields`} of {field.name}</summary>
              <div className="mt-1 border-l-2 border-line pl-4">
                <Fields fields={field.fields} marks={marks} />
              </div>
            </details>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
