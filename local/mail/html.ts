/** Text that is HTML already. Everything else is escaped when it is put into `html`. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Piece = string | number | null | Markup | readonly Markup[];

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function written(piece: Piece): string {
  if (piece instanceof Markup) return piece.source;
  if (Array.isArray(piece)) return piece.map(written).join("");
  return String(piece ?? "").replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** Writes HTML; values are escaped, markup and lists of markup are not. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return new Markup(parts.map((part, index) => part + (index < values.length ? written(values[index] ?? null) : "")).join(""));
}
