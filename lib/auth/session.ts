import NextAuth, { CredentialsSignin } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "../env.ts";
import { known } from "../errors.ts";
import { log } from "../log.ts";
import { signInAsDemo, signInByLink, signInByPassword } from "./account.ts";
import type { Person } from "./schema.ts";

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** A refusal that was expected answers "nobody"; a fault is passed on. */
async function whenRight(find: () => Promise<Person>) {
  try {
    const person = await find();
    return { id: person._id, name: person.name, email: person.email, epoch: person.sessionEpoch };
  } catch (error) {
    const problem = known(error);
    if (!problem) throw error;
    throw Object.assign(new CredentialsSignin(problem.message, { cause: error }), { code: problem.kind });
  }
}

/**
 * Auth.js with sessions in a signed and encrypted cookie. The cookie says who and which epoch; everything else
 * is read from the database at each request (see identify.ts).
 */
export const { handlers, signIn, signOut } = NextAuth(() => ({
  secret: env().AUTH_SECRET,
  trustHost: true,
  session: { strategy: "jwt", maxAge: 30 * 24 * 60 * 60 },
  pages: { signIn: "/sign-in" },
  providers: [
    Credentials({ id: "password", credentials: { email: {}, password: {} }, authorize: ({ email, password }) => whenRight(() => signInByPassword(text(email), text(password))) }),
    Credentials({ id: "link", credentials: { token: {} }, authorize: ({ token }) => whenRight(() => signInByLink(text(token))) }),
    Credentials({ id: "demo", credentials: { email: {} }, authorize: ({ email }) => whenRight(() => signInAsDemo(text(email))) }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user && "epoch" in user ? { ...token, sub: user.id, epoch: user.epoch } : token),
  },
  logger: {
    error: (error) => {
      if (!(error instanceof CredentialsSignin)) log("error", "sign-in", { error });
    },
    warn: () => {},
    debug: () => {},
  },
}));
