import { health } from "@/lib/health";

/** Public, and without any look at who asks: it must answer when the database does not. */
export async function GET(): Promise<Response> {
  const state = await health();
  return Response.json(state, { status: state.status === "ok" ? 200 : 503, headers: { "cache-control": "no-store" } });
}
