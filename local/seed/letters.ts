import type { Customer } from "./customers.ts";

const firstOf = (name: string) => name.split(" ")[0] ?? name;

/** How each of Lumen's people begins and ends a reply; the first in a thread, and the later ones. */
const hands: Record<string, { first: [string, string]; later: [string, string] }> = {
  "Priya Raman": { first: ["Hi {first},", "Best,\nPriya"], later: ["Hi {first},", "Priya"] },
  "Tom Beckett": { first: ["Hello {first},\n\nThanks for getting in touch.", "Cheers,\nTom"], later: ["", "Tom"] },
  "Jonas Lindqvist": { first: ["Hi {first},", "Jonas\nLumen Support"], later: ["", "Jonas"] },
  "Amara Okafor": { first: ["Hello {first},", "Kind regards,\nAmara"], later: ["Hello {first},", "Kind regards,\nAmara"] },
  "Lucía Herrera": { first: ["Hi {first}, thanks for writing.", "All the best,\nLucía"], later: ["Hi again {first},", "Lucía"] },
  "Ingrid Solheim": { first: ["Dear {first},", "With kind regards,\nIngrid Solheim\nHead of Support"], later: ["Dear {first},", "Ingrid Solheim"] },
};

const framed = ([before, after]: [string, string], text: string) => [before, text, after].filter((part) => part !== "").join("\n\n");

/** A reply in the hand of the one who writes it. */
export function fromStaff(text: string, writer: string, isFirst: boolean): string {
  const hand = hands[writer] ?? { first: ["Hi {first},", firstOf(writer)], later: ["", ""] };
  return framed(isFirst ? hand.first : hand.later, text);
}

/** The customer's words in their manner; only the first message of a thread has both a greeting and a name under it. */
export function fromCustomer(text: string, customer: Customer, isFirst: boolean): string {
  if (customer.manner === "brisk") return text;
  if (customer.manner === "warm") return isFirst ? framed(["Hi there,", "Thanks,\n{first}"], text) : framed(["", "{first}"], text);
  return isFirst ? framed(["Hello,", "Kind regards,\n{name}\n{company}"], text) : framed(["", "Regards,\n{name}"], text);
}
