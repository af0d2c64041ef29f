/** Who reads a public page, as far as its head and foot care. */
export type Reader = {
  name: string | null;
  email: string | null;
  staff: boolean;
  /** Signed in, or this browser has sent a request. */
  followsRequests: boolean;
  /** Own requests with something unread. */
  unread: number;
};
