import { ask, customer, handOver, hold, managerReply, note, reply, resolve, story, toManager, type Story } from "../story.ts";

/** Wishes, praise and odd questions. */
export const wishes: readonly Story[] = [
  story({
    name: "dark-mode-boards", tags: ["feature request"],
    subjects: ["Feature request: darker boards", "Dark mode please"],
    openings: [
      "My eyes thank you for the dark mode, but the boards stay bright, with white cards. Is that on your roadmap? I work at night a lot.",
      "A suggestion: the dark mode could follow the time of day. And the charts are hardly readable in it. Just some feedback, we're happy otherwise.",
    ],
    life: [
      resolve("Thank you, that is useful feedback. Boards and charts are the last two parts that don't know the dark mode yet, and both are being worked on. I've added your vote, and you'll get a note when it's there."),
      customer("Sounds good. If you need testers, I'm in."),
      reply("We do, in fact: I've put you on the list for the preview. It should be ready in two or three weeks.", "on_hold"),
      resolve("The preview is switched on for your account: Profile → Previews → “Dark boards”. Tell us what hurts your eyes!"),
      customer("Looks fantastic. Only the red label is too loud."),
      resolve("A little less red it is. Thanks for testing!"),
    ],
  }),
  story({
    name: "gantt-critical-path", tags: ["feature request"],
    subjects: ["Critical path in the timeline?", "Roadmap question: critical path"],
    openings: [
      "Is the critical path on your roadmap? In construction we can't do without it, and I'd hate to go back to our old tool. As feedback: the rest of the timeline is excellent.",
      "In our trade one has to see which tasks delay the end of a project. Is it possible to show that? I've looked everywhere for such a feature.",
    ],
    life: [
      reply("It's a wish that many in your trade have. I can't promise a date, but I can tell you that it's planned for this half of the year. Until then, the filter “Blocks others” and sorting by slack come close."),
      customer("Sorting by slack is new to me. How do I get the column?"),
      ask("In the list view: Columns → “Slack (days)”. Zero means that the task delays the end when it is late. Does that help you for “{project}”?"),
      customer("It does, that is nine tenths of what I need."),
      toManager("Would make a good test customer for the critical path, knows exactly what's needed."),
      managerReply("I hear that you know what a critical path must look like. Would you like to try our first version in a few weeks, and tell us what's wrong with it? No obligation, of course.", "pending"),
      customer("I'd be delighted to."),
      managerReply("Wonderful, you're on the list. You'll hear from our product team directly.", "resolved"),
    ],
  }),
  story({
    name: "student-project",
    subjects: ["Lumen for a university course", "Use in class?"],
    openings: [
      "Besides my work at {company} I teach project management in the evenings, 35 students for one term. Is it possible to use Lumen in class, and does it cost anything?",
      "The evening class that I teach would like to use Lumen for one term: planning for adults, some 20 people. Is there something for schools? Forgive me if this is the wrong place for the question.",
    ],
    life: [
      reply("What a nice idea, and this is just the right place. For schools and universities Lumen is free for a term: all features, up to 60 people, no card needed. All I need is the school's name and the last day of the term."),
      customer("The term ends in four months. I'll get you the name of the course tomorrow."),
      hold("No hurry. I have everything ready, and only need to put the name in."),
      customer("Here we go: “Planning for people who hate planning”."),
      resolve("I laughed out loud. The workspace with that name is ready, and you're its owner. The link for your students is in the welcome mail. Have a great term!"),
    ],
  }),
  story({
    name: "praise",
    subjects: ["Just a thank you", "Compliments to the team"],
    openings: [
      "No problem for once: your support helped us so well last month that I wanted to say thank you. Please pass it on. If you collect feedback somewhere, count this as ten out of ten.",
      "I only want to leave some feedback. We planned “{project}” entirely in Lumen and finished two days early, for the first time ever. Compliments to everybody!",
    ],
    life: [
      resolve("What a lovely message, thank you! I've read it out in our morning round, and there was applause. It is passed on to everybody who had a part in it."),
      customer("Well deserved!"),
      resolve("Until next time, and congratulations on what you've achieved!"),
    ],
  }),
  story({
    name: "partner-programme",
    subjects: ["Recommending Lumen to clients", "Partner programme?"],
    openings: [
      "We recommend Lumen to our clients all the time. Is there a partner programme, or some training material that we could use? General information is fine for a start.",
      "Three of our clients want to start with Lumen because of us. Is it possible to set up their workspaces from our side? Feedback from them is very good so far.",
    ],
    life: [
      note("Partner programme is with the sales team, but they're slow at the moment. I'll collect what the customer needs first."),
      ask("Thank you for recommending us! Yes, there's a programme: you set up workspaces for clients, train them with our material, and get a share of their first year. May I pass your contact on to the colleague who looks after partners?"),
      customer("Please do. By phone is best, mornings."),
      hold("Passed on, with “by phone, mornings”. I'll keep this open until the two of you have spoken."),
      handOver("I'm asking you to look after this one, as you have worked with partners before. The call has not taken place yet."),
      customer("We've just had the call and are in. That was quick!"),
      resolve("Welcome as a partner! Your contact is the colleague from the phone, but you can of course always write to us as well."),
    ],
  }),
];
