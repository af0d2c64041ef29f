import { File, FileArchive, FileAudio, FileCode, FileImage, FileText, FileVideo, type LucideIcon } from "lucide-react";

const icons: readonly [RegExp, LucideIcon][] = [
  [/^image\/svg|^text\/html/, FileCode],
  [/^image\//, FileImage],
  [/^video\//, FileVideo],
  [/^audio\//, FileAudio],
  [/^text\/|\/pdf$/, FileText],
  [/zip|7z|rar/, FileArchive],
];

/** A mark for a kind of file. */
export function FileIcon({ type, className }: { type: string; className?: string }) {
  const Icon = icons.find(([kind]) => kind.test(type))?.[1] ?? File;
  return <Icon aria-hidden className={className} />;
}
