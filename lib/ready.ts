const held = globalThis as { twowayReady?: boolean };

/** Whether indexes, seed and keys were prepared in this process. */
export const ready = (): boolean => held.twowayReady === true;
export const becomeReady = (): void => {
  held.twowayReady = true;
};
