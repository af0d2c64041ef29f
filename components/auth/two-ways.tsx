import { cx } from "@/components/ui/cx.ts";

const lanes = Array.from({ length: 14 }, (_, index) => ({ y: 34 + index * 46, from: (index * 173) % 260, length: 150 + ((index * 97) % 320), back: index % 2 === 1 }));

/** The mark grown large: words going both ways. Decoration on wide screens only. */
export function TwoWays({ className }: { className?: string }) {
  return (
    <div aria-hidden className={cx("relative hidden overflow-hidden lg:block", className)}>
      <svg viewBox="0 0 720 680" preserveAspectRatio="xMidYMid slice" fill="none" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" className="absolute inset-0 size-full">
        {lanes.map(({ y, from, length, back }) => {
          const start = 110 + from * 0.8;
          const end = Math.min(start + length, 610);
          const path = back ? `M${end} ${y}H${start}l11 11` : `M${start} ${y}H${end}l-11 -11`;
          return <path key={y} d={path} className={back ? "stroke-line-strong/45" : "stroke-accent/70"} />;
        })}
      </svg>
    </div>
  );
}
