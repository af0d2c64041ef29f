const mebibyte = 1024 * 1024;

/** How much may be attached; bytes, and whole files. The page tells it before the door has to. */
export const fileLimits = {
  fileBytes: 25 * mebibyte,
  perMessage: 10,
  messageBytes: 50 * mebibyte,
  perTicket: 100,
  ticketBytes: 500 * mebibyte,
  /** What somebody may have uploaded that no message has taken yet. */
  unclaimed: 50,
  unclaimedBytes: 250 * mebibyte,
  /** The same for all visitors of the desk together: a new cookie, or another address, is cheap. */
  visitorsUnclaimed: 2000,
  visitorsUnclaimedBytes: 5 * 1024 * mebibyte,
  /** What files leave free on the disk of the local database. */
  leftForTickets: 500 * mebibyte,
} as const;

/** A size for people: "812 bytes", "4 KB", "2.4 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  if (bytes < mebibyte) return `${Math.round(bytes / 1024)} KB`;
  const megabytes = bytes / mebibyte;
  return `${megabytes < 10 && megabytes % 1 >= 0.05 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}

/** How many files there are and their size together: "2 files, 1.4 MB". */
export const filesWords = ({ count, bytes }: { count: number; bytes: number }): string => `${count === 1 ? "1 file" : `${count} files`}, ${sizeWords(bytes)}`;
