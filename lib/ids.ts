import { customAlphabet } from "nanoid";
import { z } from "zod";

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const random = customAlphabet(alphabet, 21);

/** A new opaque id: 21 characters of base 62, 125 random bits, so it can't be guessed. */
export const newId = (): Id => random();

/** Ids in paths and bodies. Anything that can't be an id is a 400 before the database is asked. */
export const Id = z.string().regex(/^[0-9A-Za-z_-]{8,64}$/, "must be an id");
export type Id = string;
