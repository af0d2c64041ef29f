import { createElement, type ComponentType } from "react";
import { render, toPlainText } from "react-email";
import type { Mail } from "./schema.ts";

/** A letter drawn once, in both versions. Its subject is one line, whatever people typed: a break would begin another header. */
export async function drawn<P extends object>(letter: { default: ComponentType<P>; subject: (props: P) => string }, props: P): Promise<Mail> {
  const html = await render(createElement(letter.default, props));
  return { subject: letter.subject(props).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " "), html, text: toPlainText(html) };
}
