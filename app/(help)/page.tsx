import Link from "next/link";
import { TwoWays } from "@/components/auth/two-ways.tsx";
import { OwnRequests } from "@/components/help/own-requests.tsx";
import { QuestionBox } from "@/components/help/question-box.tsx";
import { Steps } from "@/components/help/steps.tsx";
import { currentReading } from "./reader.ts";

const shown = 3;

export default async function HelpHome() {
  const { items } = (await currentReading()).page;
  const known = items.length > 0;
  return (
    <>
      <div className="relative overflow-hidden">
        {known ? null : <TwoWays className="absolute inset-y-0 right-0 w-[40%] mask-l-from-70%" />}
        <div className="relative mx-auto grid w-full max-w-6xl gap-x-16 gap-y-12 px-5 pt-14 pb-16 sm:py-24 lg:grid-cols-[minmax(0,1fr)_24rem] lg:items-center">
          <div>
            <h1 className="text-3xl font-bold sm:text-4xl">How can we help?</h1>
            <div className="mt-7"><QuestionBox /></div>
            <p className="mt-6 text-sm text-ink-2">
              Rather start with an empty page? <Link href="/contact" className="rounded-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">Write to us</Link>
            </p>
          </div>
          {known ? <OwnRequests tickets={items.slice(0, shown)} more={items.length > shown} /> : null}
        </div>
      </div>
      <Steps />
    </>
  );
}
