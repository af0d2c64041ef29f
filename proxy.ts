import { NextResponse, type NextRequest } from "next/server";
import { env } from "./lib/env.ts";

const sessions = ["authjs.session-token", "__Secure-authjs.session-token"];
const staffOnly = /^\/(desk|settings)(\/|$)/;

/** As `serverActions.bodySizeLimit` in next.config.ts, over which Next fails without a word to the reader. */
const formBytes = 8 * 1024 * 1024;
const formTooLarge = "The files that go with this form may have 8 MB together. Go back, choose fewer or smaller ones, and send it again: what you wrote is still there.\n";

/**
 * Gives each page its Content-Security-Policy and sends whoever has no session from the desk to sign in. It
 * authorises nothing: pages and doors ask the policy themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  if (Number(request.headers.get("content-length")) > formBytes) return new NextResponse(formTooLarge, { status: 413, headers: { "content-type": "text/plain; charset=utf-8" } });
  const { pathname, search } = request.nextUrl;
  if (staffOnly.test(pathname) && !sessions.some((name) => request.cookies.has(name))) {
    const to = new URL("/sign-in", request.url);
    to.searchParams.set("to", pathname + search);
    return NextResponse.redirect(to);
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "strict-origin-when-cross-origin");
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
  return response;
}

/** Scripts only with this page's nonce; frames nowhere; connections, sockets too, to this desk alone (and to Pusher where it is used). */
function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === "development";
  const vendor = env().PUSHER_HOST ? "" : " wss://*.pusher.com https://*.pusher.com";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${vendor}`,
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'self'",
    "object-src 'none'",
  ].join("; ");
}

export const config = {
  matcher: [{ source: "/((?!api|files/|realtime|_next|favicon.ico|.*\\.(?:svg|png|ico|txt|xml|mp3|wav|woff2)$).*)", missing: [{ type: "header", key: "next-router-prefetch" }] }],
};
