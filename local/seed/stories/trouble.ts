import { ask, customer, engineer, handBack, having, hold, managerReply, note, reply, resolve, story, toEngineering, toManager, type Story } from "../story.ts";

/** Something that should work and doesn't. */
export const trouble: readonly Story[] = [
  story({
    name: "timeline-blank", tags: ["timeline"], priority: "high", opensWith: "blank timeline",
    subjects: ["Timeline stays blank", "Timeline view not loading in “{project}”"],
    openings: [
      "Since this morning the timeline of “{project}” is just a white page. The board and the list are fine, and other projects too. I'm on {browser}. We need it for a client meeting at two.",
      "The timeline has been loading forever since {yesterday}, but only in “{project}”, which has about {tasks} tasks. {colleagueFirst} sees the same on another computer. No error message, nothing.",
    ],
    life: [
      ask("I'm sorry that it lets you down. Could you tell me whether somebody moved or linked many tasks around {time}? And does the address bar end in a long number when the page is white?"),
      customer("{colleagueFirst} imported a plan around that time and linked everything. And yes, there's a long number at the end."),
      having(note("Reproduced with a copy of the project. Two milestones depend on each other by way of four tasks, so the layout never comes to an end."), "console log"),
      toEngineering("Timeline does not render when dependencies form a circle, reproduced, project “{project}”."),
      engineer("Confirmed. The import skips the check for circles that the editor makes. As a way out they can remove the link between the last task and the first milestone in the list view. The fix is under review as {bug}."),
      hold("We know the cause: the import created a circle of dependencies, and the timeline waits for it to end. If you need it before the fix is out, open the list view, take the link from the last milestone back to the first task away, and the timeline comes back at once."),
      engineer("{bug} is deployed. Circles are refused on import now, with a list of the tasks in question."),
      resolve("The fix is live: your timeline opens again, and an import with a circle is refused with a list of the tasks. Thank you for the quick answers, they saved us a lot of searching."),
    ],
  }),
  story({
    name: "slow-since-update", tags: ["performance"],
    subjects: ["Lumen is very slow", "Boards take ten seconds to open", "Slow since last week's update"],
    openings: [
      "Opening a board takes ten seconds or more since last week, for everybody in the office. At home it is fast. We have {seats} people and it drives us mad.",
      "Boards are terribly slow in our office, dragging a card lags by seconds, in “{project}” and all others. From home it is fine.",
    ],
    life: [
      ask("Thank you for describing it so well, that narrows it down. Could you open https://status.lumen.example/check at the place where it is slow, and send me the six-letter code it shows? It measures the way from you to us, nothing personal."),
      customer("The code is KTMWQA. The page said something about a proxy."),
      note("Check shows 4.1 s until first byte through a filtering proxy, 0.2 s of that is ours. Proxy scans the live connection."),
      having(resolve("Most of the time is lost on the way: a proxy in your network inspects the live connection that boards keep open. If your IT excludes *.lumen.example from inspection of WebSockets, it should be as fast as anywhere else. I've attached the text below as a file that you can forward to them.\n\n> Please exclude *.lumen.example (port 443) from TLS inspection. The connection stays encrypted, and is used for live updates of boards."), "for IT"),
      customer("Our IT has changed it and it is like day and night. Thank you!"),
      resolve("That's what I had hoped for. Enjoy the speed!"),
    ],
  }),
  story({
    name: "notifications-missing", tags: ["notifications"],
    subjects: ["No notifications when I'm mentioned", "Email notifications stopped"],
    openings: [
      "I don't get emails any more when somebody mentions me, since about {date}. In the bell everything is there. It's not working for {colleagueFirst} either, so I suppose it is a bug.",
      "Mail notifications are not working for anybody at {domain}. Nothing in the spam folder. Comments and due dates used to arrive within a minute.",
    ],
    life: [
      reply("Your settings are all right, so I looked at the sending side: your mail server has refused our mails since {date} with “sender not allowed”. After a hundred refusals we stop trying for a day, each day.\n\nCould somebody who looks after your mail allow mail.lumen.example as a sender?"),
      customer("Our provider changed the filter on exactly that day. They've added you to the list of allowed senders now."),
      resolve("I've lifted the pause and sent a test, which was accepted. The mails of the last three days are sent in one summary instead of one by one, so that you don't drown."),
      customer("The summary came, but single mentions are still missing. I just tested it with {colleagueFirst}."),
      ask("Thanks for testing. Mentions come from a second address, notify@lumen.example, which is probably not on the list yet. Could you ask for that one as well?"),
      customer("That was it. All mails arrive now."),
      resolve("Great, and I've written both addresses into our help article, so that the next person doesn't have to find out like you did."),
    ],
  }),
  story({
    name: "lost-task-changes", tags: ["data"], priority: "urgent",
    subjects: ["Changes disappear after saving", "Lost an hour of work"],
    openings: [
      "I edited the descriptions of about twenty tasks in “{project}” this morning, and after lunch all of them were back to the old text. An hour of work is gone. Please tell me that you can get it back. Something in your sync must be broken.",
      "Text that I write into tasks disappears. I save, it looks fine, and when {colleagueFirst} opens the task the old text is there. It feels like a sync bug, and we can't work like this.",
    ],
    life: [
      reply("I'm sorry, and first of all: nothing that you saved is lost, we keep every version of a task for 30 days. Please don't retype it. I'm having a look right now."),
      toEngineering("Saved descriptions overwritten by older text, versions are there. Needs somebody who can read the sync log."),
      engineer("The log shows a second client of the same person: a tablet that had been offline since {yesterday} came back and sent its old copies. The rule “newest wins” used the tablet's clock, which is a day ahead. That's our fault, we shouldn't trust it."),
      note("Customer has a tablet on the shop floor, that fits."),
      engineer("Restored the versions of {time} for 21 tasks. Guard against wrong clocks is {bug}, in review."),
      handBack("Versions are restored, the guard is on its way."),
      reply("All your texts are back, 21 tasks in total. A tablet signed in with your name had been offline, its clock was a day ahead, and so its old copies passed for the newest. We're changing the rule so that a wrong clock can't do that again. Until then, please set the tablet's clock to automatic."),
      customer("Found the tablet, it was indeed a day ahead. I'm so relieved. Thank you both!"),
      resolve("I'm relieved as well. Have a quiet rest of the day!"),
    ],
    afterwards: {
      opening: "I'm afraid that it happened again, with a phone this time: three tasks in “{otherProject}” went back to older text after {colleagueFirst} came out of the train tunnel. You said that a wrong clock can't do that any more?",
      life: [
        toEngineering("Same symptom as before the guard, this time with a phone whose clock is right."),
        engineer("Different cause: the phone runs a version from before the guard. Restored the three tasks. We should refuse writes from versions that old."),
        resolve("Your three tasks are restored. The phone runs a version of the app from before the fix; after an update in the store it is safe. We're also going to refuse changes from such old versions, so that nobody has to think of it."),
      ],
    },
  }),
  story({
    name: "outage", tags: ["outage"], priority: "urgent",
    subjects: ["Is Lumen down?", "Error 502 since {time}", "Nothing works"],
    openings: [
      "Nobody here can open Lumen, we only get error 502. Is this on your side? When will it be back?",
      "All of us see “Something went wrong” on every page since {time}. The status page says that everything is fine, which it obviously isn't. The app on the phone shows an error too.",
    ],
    life: [
      reply("Yes, it's on our side: one of two data centres lost its network. Part of our customers are affected, you among them. Our engineers are moving traffic over. I'll write again within half an hour, with or without news."),
      toEngineering("Affected by today's network outage, please confirm here when the region is moved."),
      engineer("Region moved, error rate back to normal at quarter past. No writes lost, the queue was replayed."),
      resolve("You should be back. Nothing that you entered before the outage is missing. I'm also sorry about the status page: it was checking from the inside. It now checks from the outside, like you do."),
      customer("We're back. Do we get something for the lost morning? Our contract mentions 99.9 %."),
      toManager("Asks for service credit after the outage, contract with 99.9 %."),
      managerReply("You're right to ask. This month was at 99.71 %, so your contract gives you 10 % of the monthly fee back. I've added it to your account, you will see it on the next invoice. Thank you for your patience on that morning.", "resolved"),
    ],
  }),
];
