"use client";
import { createContext, useContext, useId, type ComponentProps, type ReactNode } from "react";
import { cx } from "./cx.ts";

type FieldIds = { id: string; describedBy: string | undefined; invalid: boolean; required: boolean };
const FieldContext = createContext<FieldIds | null>(null);

/** What an input inside a Field must carry so that label, hint and error belong to it. */
export function useFieldProps() {
  const field = useContext(FieldContext);
  if (!field) return {};
  return { id: field.id, "aria-describedby": field.describedBy, "aria-invalid": field.invalid || undefined, required: field.required || undefined };
}

type FieldProps = {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  required?: boolean;
  optional?: boolean;
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
};

/** A label, one input (Input, Textarea, Select), a hint and the error in words, tied together for screen readers. */
export function Field({ label, hint, error, required = false, optional = false, hideLabel = false, className, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
  return (
    <FieldContext value={{ id, describedBy, invalid: Boolean(error), required }}>
      <div className={cx("flex flex-col gap-1.5", className)}>
        <label htmlFor={id} className={cx("text-sm font-medium text-ink", hideLabel && "sr-only")}>
          {label}
          {optional && <span className="ml-1.5 font-normal text-ink-3">optional</span>}
        </label>
        {children}
        {hint && <p id={`${id}-hint`} className="text-xs text-ink-3">{hint}</p>}
        {error && <p id={`${id}-error`} role="alert" className="flex gap-1.5 text-xs font-medium text-alert-text"><span aria-hidden>▲</span>{error}</p>}
      </div>
    </FieldContext>
  );
}

export const inputLook =
  "w-full min-w-0 rounded-md border border-line-strong bg-raised text-ink transition-colors placeholder:text-ink-3 hover:border-ink-3 focus-visible:outline-offset-0 focus-visible:border-accent disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-alert";

const sizes = { sm: "h-7 px-2 text-sm", md: "h-9 px-2.5 text-sm", lg: "h-12 px-4 text-base" } as const;

/** A one-line text input; inside a Field it takes its id, hint and error from there. */
export function Input({ className, dimension = "md", ...rest }: ComponentProps<"input"> & { dimension?: keyof typeof sizes }) {
  return <input {...useFieldProps()} className={cx(inputLook, sizes[dimension], className)} {...rest} />;
}

/** A text input of several lines that grows with its text where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea rows={4} {...useFieldProps()} className={cx(inputLook, "field-sizing-content min-h-20 resize-y px-2.5 py-2 text-sm", className)} {...rest} />;
}
