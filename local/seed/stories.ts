import type { Story } from "./story.ts";
import { apps } from "./stories/apps.ts";
import { charges } from "./stories/charges.ts";
import { howTo } from "./stories/how-to.ts";
import { integrations } from "./stories/integrations.ts";
import { invoices } from "./stories/invoices.ts";
import { members } from "./stories/members.ts";
import { moving } from "./stories/moving-data.ts";
import { plans } from "./stories/plans.ts";
import { security } from "./stories/security.ts";
import { signIn } from "./stories/sign-in.ts";
import { trouble } from "./stories/trouble.ts";
import { wishes } from "./stories/wishes.ts";

export type CategorisedStory = Story & { category: "billing" | "technical" | "account" | "general" };

const of = (category: CategorisedStory["category"], ...stories: (readonly Story[])[]) => stories.flat().map((story): CategorisedStory => ({ ...story, category }));

/** Every story that the demo tells, with the category where it belongs. */
export const allStories: readonly CategorisedStory[] = [
  ...of("billing", charges, invoices, plans),
  ...of("technical", trouble, apps, integrations, moving),
  ...of("account", signIn, members, security),
  ...of("general", howTo, wishes),
];
