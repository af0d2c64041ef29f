import type { Doc, Maybe, Value } from "../bson/value.ts";

/** What an expression is evaluated against. */
export interface Scope {
  root: Doc;
  vars: Record<string, Maybe>;
}
export type Evaluate = (scope: Scope) => Maybe;

/** Variables known when an expression is compiled (`let` of a command or of `$lookup`, `$$NOW`). */
export interface Variables {
  values: Record<string, Maybe>;
}

/** Collects the top-level fields that compiled filters and expressions read, so that no others are decoded. */
export class Needs {
  #names = new Set<string>();
  #all = false;
  add(path: string): void {
    const dot = path.indexOf(".");
    this.#names.add(dot < 0 ? path : path.slice(0, dot));
  }
  everything(): void {
    this.#all = true;
  }
  get fields(): string[] | null {
    return this.#all ? null : [...this.#names];
  }
}

/** Compiles the parts of an operator's argument. */
export interface Compiler {
  expression(v: Value): Evaluate;
  needs: Needs;
}
export type Operator = (arg: Value, compiler: Compiler, name: string) => Evaluate;
