import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cx } from "./cx.ts";

export const buttonLook = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors select-none disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "bg-accent text-accent-ink shadow-raised hover:bg-accent-hover",
        plain: "border border-line-strong/60 bg-raised text-ink shadow-raised hover:bg-hover",
        quiet: "text-ink-2 hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink",
        danger: "bg-alert-fill text-alert-ink shadow-raised hover:opacity-90",
        note: "border border-note-line bg-note-soft text-note-text hover:brightness-97",
        link: "h-auto rounded-xs px-0 text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current",
      },
      size: {
        sm: "h-7 px-2.5 text-xs [&_svg]:size-3.5",
        md: "h-8 px-3 text-sm [&_svg]:size-4",
        lg: "h-11 px-5 text-base [&_svg]:size-5",
      },
      square: { true: "aspect-square px-0", false: "" },
    },
    compoundVariants: [{ look: "link", className: "h-auto px-0" }],
    defaultVariants: { look: "plain", size: "md", square: false },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonLook> & { asChild?: boolean; busy?: boolean };

/** A button that says when it is at work. `asChild` lends its look to a link; `square` is for a single icon (give it an aria-label). */
export function Button({ look, size, square, asChild = false, busy = false, className, disabled, children, type = "button", ...rest }: ButtonProps) {
  const classes = cx(buttonLook({ look, size, square }), className);
  if (asChild) return <Slot.Root className={classes} {...rest}>{children}</Slot.Root>;
  return (
    <button type={type} className={classes} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy && <LoaderCircle aria-hidden className="animate-spin motion-reduce:animate-none" />}
      {children}
    </button>
  );
}
