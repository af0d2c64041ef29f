import { AccountKind, type Letter } from "./schema.ts";

/** What names a person's own links in the addresses of our pages: to rate, to sign in, to turn mail off. */
const personal = /((?:[?&]token=)|(?:\/rate\/)|(?:\/mail-off\/))[\w.~%-]+/g;

/**
 * The words of a letter for whoever looks later, without what only its reader may have: every link that acts in
 * their name is cut. Null for letters whose purpose is such a link.
 */
export function keptOf({ kind, mail, post }: Pick<Letter, "kind" | "mail" | "post">): Letter["kept"] {
  if (post) return { subject: "", text: post };
  if (!mail || AccountKind.safeParse(kind).success) return null;
  return { subject: mail.subject, text: mail.text.replaceAll(personal, "$1…") };
}
