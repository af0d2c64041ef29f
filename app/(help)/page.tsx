import Link from "next/link";
import { Exchange } from "@/components/help/exchange.tsx";
import { OwnRequests } from "@/components/help/own-requests.tsx";
import { QuestionBox } from "@/components/help/question-box.tsx";
import { Steps } from "@/components/help/steps.tsx";
import { currentReading } from "./reader.ts";

const shown = 3;

export default async function HelpHome() {
  const requests = (await currentReading()).page.items;
  return (
    <>
      <div className="mx-auto grid w-full max-w-6xl gap-x-16 gap-y-12 px-5 pt-14 pb-16 sm:pt-20 sm:pb-24 lg:grid-cols-[minmax(0,1fr)_24rem] lg:items-center">
        <div>
          <h1 className="text-3xl font-bold sm:text-4xl">How can we help?</h1>
          <div className="mt-7"><QuestionBox /></div>
          <p className="mt-6 text-sm text-ink-2">
            Rather start with an empty page? <Link href="/contact" className="rounded-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">Write to us</Link>
          </p>
        </div>
        {requests.length > 0 ? <OwnRequests tickets={requests.slice(0, shown)} more={requests.length > shown} /> : <Exchange />}
      </div>
      <Steps />
    </>
  );
}
