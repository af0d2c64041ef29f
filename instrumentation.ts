/** Runs once when a process of the app starts; the edge runtime has nothing to prepare. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("./lib/start.ts");
  void start();
}
