/** Forged, ended or of a request that is gone: it looks the same, and tells nothing. */
export default function NotFound() {
  return (
    <>
      <h1 className="text-2xl font-bold">This link does not work any more</h1>
      <p className="mt-2 text-ink-2">Links to rate work for about two months, and only as long as in the letter. Open it from the letter again, or answer the letter: a person reads it.</p>
    </>
  );
}
