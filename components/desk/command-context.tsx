"use client";
import { createContext, useContext } from "react";

export type CommandId =
  | "next" | "previous" | "open" | "back"
  | "reply" | "note" | "assign" | "escalate" | "resolve" | "reopen" | "close" | "details"
  | "search" | "notices" | "palette" | "help";

/** Runs a command by its name: buttons, keys and the palette all do the same. */
export const CommandContext = createContext<(id: CommandId) => void>(() => undefined);
export const useCommands = () => useContext(CommandContext);
