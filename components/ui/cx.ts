import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { theme: { text: ["2xs", "xs", "sm", "base", "lg", "xl", "2xl", "3xl", "4xl"], shadow: ["raised", "floating"] } },
});

/** Joins class names; of two that set the same property the later one wins. */
export const cx = (...classes: ClassValue[]): string => merge(clsx(classes));
