import { ask, customer, hold, note, reply, resolve, solved, story, type Story } from "../story.ts";

/** How something is done. */
export const howTo: readonly Story[] = [
  story({
    name: "recurring-tasks",
    subjects: ["How do I make recurring tasks?", "Weekly tasks"],
    openings: [
      "How do I set up a task that comes back each Monday? And is it possible to have it skip public holidays?",
      "Every month we do the same 14 steps for closing the books. What's the best way to have them appear by themselves, in the right order?",
    ],
    life: [
      resolve("Open the task, click on the due date and choose “Repeat”. The next one appears when the current one is done, or on the day, whichever you prefer. With “Working days only” it moves over holidays; the calendar for that is in Settings → Holidays.\n\nFor several steps in order, make them a template, and let an automation start it on the first working day."),
      customer("The repeat works. Where do I find automations? There's no such menu for me."),
      ask("Automations can be seen by admins only, and they're part of Business. If you're on another plan, the template with one recurring task that says “start the template” does nearly the same. Would that be enough for you?"),
      customer("That's good enough for us, thanks for the idea!"),
      resolve("You're welcome. Have a good week!"),
    ],
  }),
  story({
    name: "best-way-for-clients", tags: ["onboarding"],
    subjects: ["One project per client?", "How to structure Lumen for an agency"],
    openings: [
      "We have 30 clients with two or three jobs each. What is the best way to set this up: a project for each client, or one for each job? We don't want to regret it in a year.",
      "Is it possible to have folders? With all our clients the list on the left is getting long. How do others do it?",
    ],
    life: [
      reply("From what I see at agencies, this works best: one project for each job, and a label for each client. Jobs end and can be archived; clients stay. Favourites and the filter by label keep the list short."),
      customer("Makes sense. And a place for things that belong to a client in general, contracts and so on?"),
      resolve("For that, many keep one small project for each client that never ends, with a board named “General”. Ten minutes of reading: the article “Lumen for agencies” in our help center, with screenshots of a real set-up."),
      customer("Read it together with {colleagueFirst}, we'll do it exactly like that."),
      solved,
    ],
  }),
  story({
    name: "workload-hours",
    subjects: ["Workload shows wrong hours", "How are part-time people counted?"],
    openings: [
      "{other} works three days a week but the workload shows 40 hours. Where do I set that? And is there a way to plan holidays?",
      "How do I tell the workload view that we have seven-hour days? I'd like to use it for planning “{project}”.",
    ],
    life: [
      resolve("Each person has a work week of their own: Members → the person → Hours. You can set hours for each weekday, and absences with “Add time off”. The line in the workload view follows at once.\n\nFor a different day for everybody, Settings → Working time is the place."),
      customer("Found it. But absences from our HR tool would have to be typed in twice, right?"),
      ask("If your HR tool has a calendar feed, no: Settings → Working time → “Time off from calendar”. Entries with a person's name are taken over each hour. Which tool do you use?"),
      customer("It has a feed and it works. This is great!"),
      resolve("I'm glad! One line in the help article was out of date, I've mended it thanks to your question."),
    ],
  }),
  story({
    name: "archive-old-projects",
    subjects: ["What to do with finished projects?", "Archive instead of delete"],
    openings: [
      "We have some 60 finished projects in the list. Is there a way to put them aside without deleting them? Will they still be found by the search?",
      "How do I archive? We have about 60 projects that are over. Does an archived project count in any limit? We want to keep them for looking things up.",
    ],
    life: [
      resolve("Archive is the right word: in the list, select several with Shift and choose “Archive”. They leave the list and the reports, but not the search: results from the archive are grey. There's no limit, and they can be brought back at any time."),
      customer("60 projects in 20 seconds. My list is short again, I could cry."),
      resolve("Happy tears, I hope!"),
    ],
  }),
  story({
    name: "training-for-team", tags: ["training"],
    subjects: ["Training for our team", "Introduction for {more} new people"],
    openings: [
      "We have {more} new people from {month} on. Do you offer a training or webinar, ideally in the morning? Half of them have planned with sticky notes until now.",
      "Is it possible to book a training in person? We're {seats} people, and half of them still use sticky notes.",
    ],
    life: [
      reply("We do both. Each Wednesday at ten there's a live introduction of 45 minutes, free of charge, with questions at the end. And for teams there is a session of two hours on your own projects, by video call."),
      customer("The two hours on our own projects sound right. What do you need from us?"),
      ask("A date, and one project that may be shown. I can offer Tuesday or Thursday of next week, from nine to eleven. What suits you?"),
      customer("Thursday. And please use “{project}”."),
      hold("Thursday it is, the invitation is in your mail box. I've asked our trainer to have a look at “{project}” beforehand, and will ask you afterwards how it went."),
      customer("The session was brilliant, even the sticky-note people were convinced!"),
      resolve("That makes our trainer's day. Welcome aboard, sticky-note people!"),
    ],
  }),
  story({
    name: "template-for-launch",
    subjects: ["Template for a product launch", "Share a template with everybody"],
    openings: [
      "Do you have a template for a product launch? We don't want to start “{project}” with an empty board. A suggestion would be enough.",
      "I made a template from “{project}”, but my colleagues don't see it. How do I share templates with the whole team?",
    ],
    life: [
      note("Gallery has “Launch in eight weeks”, it fits well."),
      resolve("When you create a project, choose “From template”. In the gallery you'll find “Launch in eight weeks” with 42 tasks and dates that count back from your day. Your own templates are visible to all when “Share with workspace” is switched on, in the three dots of the template."),
      customer("Exactly what I was looking for. Can dates in a template skip weekends?"),
      resolve("Yes: “Working days only” in the first step, when you choose the day of the launch. Good luck with “{project}”!"),
      customer("All set. Thanks!"),
      solved,
    ],
  }),
];
