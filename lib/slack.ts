import { IncomingWebhook, IncomingWebhookHTTPError, IncomingWebhookRequestError } from "@slack/webhook";
import { second } from "./clock.ts";
import { env } from "./env.ts";

/** How long an attempt may take, in ms: whoever finds one older than this plus some has nobody to wait for. */
export const postPatience = 10 * second;

export const slackIsSet = (): boolean => env().SLACK_WEBHOOK_URL !== undefined;

/** Slack was asked, and whether it posted is not known: the line broke, or no answer came in time. */
export class SlackUnsure extends Error {}
/** Slack will never take this message. */
export class SlackRefused extends Error {}

/** That nothing was sent is known only where no connection came about. */
const neverThere = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/;
const causes = (error: unknown): string => (error instanceof Error ? `${error.message} ${"code" in error ? String(error.code) : ""} ${causes(error.cause)}` : "");

/**
 * Posts a message (mrkdwn) to the incoming webhook, once: Slack knows no idempotency key. Throws SlackUnsure when it
 * may have been posted all the same, SlackRefused when it is refused for what it is, any other error when it is
 * certain that nothing was posted.
 */
export async function postMessage(text: string): Promise<void> {
  const url = env().SLACK_WEBHOOK_URL;
  if (url === undefined) throw new Error("no SLACK_WEBHOOK_URL is set");
  try {
    await new IncomingWebhook(url, { timeout: postPatience }).send({ text, unfurl_links: false });
  } catch (error) {
    if (error instanceof IncomingWebhookHTTPError) {
      const said = `Slack answered ${error.statusCode} ${error.body.trim().slice(0, 200)}`;
      throw error.statusCode === 400 ? new SlackRefused(said, { cause: error }) : new Error(said, { cause: error });
    }
    if (error instanceof IncomingWebhookRequestError && neverThere.test(causes(error))) throw new Error("Slack can not be reached", { cause: error });
    throw new SlackUnsure("Slack did not answer", { cause: error });
  }
}

/** What people wrote, as text in a message of Slack's: it has no other signs of its own than these three. */
export const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
