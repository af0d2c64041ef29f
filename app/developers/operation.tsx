import { curlOf } from "./curl.ts";
import { bodyOf, follow, type Answer, type Call, type Document, type Parameter, type Schema } from "./document.ts";
import { Fields } from "./fields.tsx";
import { Sample } from "./sample.tsx";
import { fieldsOf, typeOf, type Field } from "./shape.ts";

const asField = (document: Document, given: Parameter): Field => {
  const parameter = follow(document, given as Schema) as Parameter;
  return {
    name: parameter.name,
    type: parameter.schema ? typeOf(document, parameter.schema) : "text",
    required: parameter.required ?? false,
    note: parameter.description ?? parameter.schema?.description ?? "",
    fields: [],
  };
};

function Part({ title, fields }: { title: string; fields: Field[] }) {
  if (fields.length === 0) return null;
  return (
    <div className="mt-5">
      <h4 className="text-sm font-semibold">{title}</h4>
      <Fields fields={fields} />
    </div>
  );
}

function Answered({ document, status, given }: { document: Document; status: string; given: Answer }) {
  const answer = follow(document, given as Schema) as Answer;
  const schema = bodyOf(answer.content);
  const fields = status < "400" && schema ? fieldsOf(document, schema) : [];
  const line = (
    <>
      <code className="font-mono text-sm font-medium">{status === "default" ? "4xx" : status}</code> <span className="text-sm text-ink-2">{answer.description}</span>
    </>
  );
  if (fields.length === 0) return <li className="py-1.5">{line}</li>;
  return (
    <li className="py-1.5">
      <details>
        <summary className="rounded-sm">{line}</summary>
        <div className="mt-1 border-l-2 border-line pl-4"><Fields fields={fields} marks={false} /></div>
      </details>
    </li>
  );
}

/** One call: what it does, what it takes, what it answers, and how one types it. */
export function OperationSection({ document, call, origin }: { document: Document; call: Call; origin: string }) {
  const { operation } = call;
  const isPublic = operation.security?.some((way) => Object.keys(way).length === 0) === true || operation.security?.length === 0;
  const parameters = (operation.parameters ?? []).map((given) => ({ field: asField(document, given), place: (follow(document, given as Schema) as Parameter).in }));
  const placed = (place: string) => parameters.filter((parameter) => parameter.place === place).map((parameter) => parameter.field);
  const body = bodyOf(operation.requestBody?.content);
  return (
    <section id={call.id} aria-labelledby={`${call.id}-title`} className="scroll-mt-20 border-t border-line py-9 xl:grid xl:grid-cols-[minmax(0,1fr)_24rem] xl:gap-8">
      <div className="min-w-0">
        <h3 id={`${call.id}-title`} className="text-lg font-semibold">{operation.summary ?? `${call.method} ${call.path}`}</h3>
        <p className="mt-1.5 flex flex-wrap items-baseline gap-x-2 font-mono text-sm">
          <span className="font-semibold text-accent-text">{call.method}</span>
          <span className="[overflow-wrap:anywhere]"><span className="text-ink-3">/api/v1</span>{call.path}</span>
          {isPublic ? <span className="rounded-sm bg-good-soft px-1.5 font-sans text-xs font-medium text-good-text">works without a token</span> : null}
        </p>
        {operation.description ? <p className="mt-3 max-w-[68ch] text-ink-2">{operation.description}</p> : null}
        <Part title="In the path" fields={placed("path")} />
        <Part title="In the query" fields={placed("query")} />
        <Part title="Headers" fields={placed("header")} />
        <Part title="Body" fields={body ? fieldsOf(document, body) : []} />
        <div className="mt-5">
          <h4 className="text-sm font-semibold">Answers</h4>
          <ul className="mt-1">
            {Object.entries(operation.responses ?? {}).map(([status, given]) => <Answered key={status} document={document} status={status} given={given} />)}
          </ul>
        </div>
      </div>
      <div className="mt-5 min-w-0 xl:sticky xl:top-20 xl:mt-0 xl:self-start">
        <Sample title={`${call.method} ${call.path}`}>{curlOf(document, call, origin, isPublic)}</Sample>
      </div>
    </section>
  );
}
