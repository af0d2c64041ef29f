/** A link that is not ours, or was cut by a mail program. */
export default function NotFound() {
  return (
    <>
      <h1 className="text-2xl font-bold">This link does not work</h1>
      <p className="mt-2 text-ink-2">It may be cut off. Open it from the letter again, or answer the letter: a person reads it.</p>
    </>
  );
}
