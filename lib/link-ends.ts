/** When a link to a file stops working, in ms since 1970; 0 for what is no such link. The page renews it before. */
export const linkEnds = (link: string): number => parseInt(/\.([0-9a-z]{1,10})\./.exec(link)?.[1] ?? "0", 36);
