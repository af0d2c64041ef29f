"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and in the first render: inputs that need JavaScript stay disabled until it is there. */
export const useHydrated = (): boolean => useSyncExternalStore(never, () => true, () => false);
