import { ask, customer, engineer, handBack, hold, note, reply, resolve, solved, story, toEngineering, type Story } from "../story.ts";

/** Lumen and the other tools of a team. */
export const integrations: readonly Story[] = [
  story({
    name: "webhook-silent", tags: ["api", "webhooks"],
    subjects: ["Webhook stopped firing", "No webhook calls since {yesterday}"],
    openings: [
      "Our webhook for finished tasks has not been called since {yesterday} around {time}. We changed nothing. Tasks are being finished all the time. Workspace is {company}, the endpoint is hooks.{domain}/lumen.",
      "The API answers normally but no webhook has reached us for a day. In the settings it says “active”. Is there a log that we can see?",
    ],
    life: [
      reply("There is: Settings → API → Webhooks → Deliveries shows the last 200 calls with our request and your answer. Yours end with “certificate expired” on {yesterday} at {time}. After 50 failures in a row we pause for an hour at a time."),
      customer("Ouch, that was our certificate. Renewed. Can you send the missed events again, or do we have to fetch everything?"),
      ask("On that page you can select up to a week and press “Send again”. Each event keeps its id, so you can throw away those that you have. Do you want me to start it, or would you rather choose a quiet moment?"),
      customer("Did it over lunch. 1,300 events, no problem at all. Nice feature."),
      resolve("Very good. You may want to switch on “Mail me after 10 failures” on the same page, then you hear of it before your colleagues do."),
    ],
  }),
  story({
    name: "api-rate-limit", tags: ["api"],
    subjects: ["API returns 429", "Rate limit too low for our report"],
    openings: [
      "Our nightly report over the API gets error 429 after a few minutes since {date}. We fetch {rows} tasks, one by one. Was the limit changed? Can we have a higher one?",
      "Our report gets 429 responses from the API although it makes fewer than 100 calls a minute. What are the real limits, and how should a client behave?",
    ],
    life: [
      reply("The limit is 120 calls a minute for a token, that hasn't changed. What did change: calls made at once are counted more strictly, 20 at a time. The headers RateLimit-Remaining and Retry-After tell what is left and how long to wait.\n\nFor a report you needn't fetch tasks one by one: GET /tasks?project=…&limit=200&fields=id,title,due,assignee gives you 200 in one call."),
      customer("Didn't know about fields and limit. The report takes 40 seconds now instead of half an hour."),
      resolve("That's the kind of mail I like to read. Have a good night, and the same to your report!"),
    ],
  }),
  story({
    name: "slack-double-posts", tags: ["slack"],
    subjects: ["Slack integration posts everything twice", "Double messages in Slack"],
    openings: [
      "The Slack integration posts each change twice into our channel since we renamed “{project}”. We have disconnected and connected it again, it's still the same.",
      "Every comment shows up two times in Slack. {colleagueFirst} and I both connected the integration at some point, could that be the reason?",
    ],
    life: [
      ask("Let's see whether it is connected twice. In Settings → Integrations → Slack, how many lines do you see under “Connected channels”? Each line posts on its own."),
      customer("Only one line. But {colleagueFirst} says that on his side there is another one, which I can't see."),
      note("Second connection belongs to a deactivated admin, so it's hidden from the list. The list should show it."),
      toEngineering("A Slack connection of a deactivated person still posts, but is not shown in the list to anybody else."),
      engineer("Removed the orphan for this workspace. Listing all connections for admins is {bug}."),
      handBack("Orphan is gone, the list comes with a later release."),
      resolve("There was a second connection, made by somebody who has left and so hidden from your list. It is removed, and each change should be posted once. The list is going to show all connections to admins soon."),
      customer("Confirmed, once is enough. Thanks."),
      solved,
    ],
  }),
  story({
    name: "github-branches", tags: ["github"],
    subjects: ["GitHub integration doesn't link branches", "Commits are not linked to tasks any more"],
    openings: [
      "Commits that mention a task used to show up in the task. Since our organisation on GitHub was renamed, they don't. The integration says “connected”, and there is no error.",
      "We moved to a new GitHub organisation. How do I get the integration to link branches to tasks again without losing the old links?",
    ],
    life: [
      reply("After such a change, GitHub keeps the old permission but sends nothing for it any more. Please go to Settings → Integrations → GitHub, choose “Add organisation”, and pick the new name. Don't remove the old one: the links of the past hang on it."),
      customer("I get “You need to be an organisation owner”. Our owner on GitHub has no Lumen account."),
      ask("Then let's turn it around: I have made a link with which they can approve it without an account here. It is valid for 24 hours: https://lumen.example/connect/github. Could you pass it on?"),
      customer("Approved. New branches are linked, and the old ones are still there. Lovely."),
      resolve("Glad that it worked without another account. Happy coding!"),
    ],
  }),
  story({
    name: "api-wrong-time-zone", tags: ["api", "time zone"],
    subjects: ["Due dates off by one day in the API", "API: date is a day early"],
    openings: [
      "Tasks due on the 14th come out of your API as the 13th at 22:00. Our import into the ERP takes the date and is off by one day. Is that a bug?",
      "Half of the due dates that we get from the API are one day early. We're in a time zone far from UTC. How should these dates be read?",
    ],
    life: [
      resolve("All times in the API are in UTC, so midnight where you are is the evening before. For due dates there's a second field, dueOn, that holds the plain date as people see it, without any time."),
      customer("dueOn is what we need. But it is null for tasks that were made by a template."),
      note("True: tasks from templates get dueAt only. Looks like an oversight."),
      toEngineering("dueOn is null for tasks made from a template."),
      hold("You're right, and it is an oversight on our side. Our engineers fill the field for new and old tasks. I'll let you know when it has run through."),
      engineer("New tasks since this morning have it, the old ones are being filled, done by tonight."),
      resolve("It has run through: dueOn is there for every task with a due date. Thank you for the good report!"),
    ],
  }),
];
