import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { SettingsHead } from "./settings-head.tsx";

export const levelsPath = "/settings/service-levels";

/** The head of one policy or calendar, with the way back. */
export function ServiceLevelsHead({ title, lead }: { title: string; lead: string }) {
  return (
    <>
      <Link href={levelsPath} className="mb-3 inline-flex items-center gap-1 rounded-sm text-sm text-ink-2 hover:text-ink"><ChevronLeft aria-hidden className="size-4" />Service levels</Link>
      <SettingsHead title={title} lead={lead} />
    </>
  );
}
