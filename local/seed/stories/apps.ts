import { ask, customer, engineer, having, hold, note, reply, resolve, solved, story, toEngineering, type Story } from "../story.ts";

/** Phones, tablets, calendars. */
export const apps: readonly Story[] = [
  story({
    name: "phone-app-crashes", tags: ["mobile"], opensWith: "phone",
    subjects: ["App crashes when I open “{project}”", "Phone app closes by itself"],
    openings: [
      "The app on my phone crashes each time I open “{project}”. Other projects are fine. I have reinstalled it twice.",
      "Since the latest update the app on Android closes a second or two after I open “{project}”. It's not working for {colleagueFirst} either, who has the same phone.",
    ],
    life: [
      ask("Sorry for the trouble. Could you open Profile → About in the app, before it crashes, and send me the version and the phone's model? And does “{project}” have pictures as covers?"),
      customer("Version 8.12.0. And yes, {colleagueFirst} added a cover to each card last week, straight from the camera."),
      note("Covers are 40 to 60 megapixels each. The app decodes them at full size, that can't go well."),
      toEngineering("App 8.12.0 runs out of memory with very large covers."),
      having(engineer("Reproduced. 8.12.1 shrinks covers before showing them, it's with the stores for review, usually two days."), "crash log"),
      hold("Thanks to your answers we found it: covers straight from the camera are too large for the app to show. Version 8.12.1 mends it and is waiting for approval by the stores. Until then the website on your phone works fine with “{project}”."),
      customer("The update arrived tonight and it works. Great!"),
      resolve("Thank you for telling me. Have fun with the pictures!"),
    ],
  }),
  story({
    name: "calendar-feed-late", tags: ["calendar"],
    subjects: ["Calendar feed is hours behind", "Due dates don't show in our calendar"],
    openings: [
      "We subscribed to the calendar feed of “{project}”. New due dates take half a day to show up. Is the sync slow or is it us?",
      "The sync with our calendar seems broken: tasks that I moved on {yesterday} are still on the old day in the calendar, but right in Lumen.",
    ],
    life: [
      resolve("The feed itself is always up to date, but calendars decide by themselves when they fetch it. Google takes up to 24 hours, Outlook three to six, Apple what you set.\n\nIf you need changes within minutes, connect the calendar under Settings → Integrations → Calendar instead of subscribing to the feed. Then we tell the calendar, and needn't wait until it asks."),
      customer("Connected, and changes are there in seconds. I wish the help page had said so."),
      reply("Fair point. I've passed it on, and the page now begins with exactly that difference."),
      solved,
    ],
  }),
  story({
    name: "offline-tablet", tags: ["mobile"],
    subjects: ["App does not sync after being offline", "Changes from the building site don't arrive"],
    openings: [
      "Our people on site have no network most of the day. When they come back, the app shows their changes, but nobody else sees them. They have to tap each task once. Looks like a bug in the sync.",
      "Checklists that are ticked offline stay “waiting to be sent” on our tablets, even hours after they are back in the office network.",
    ],
    life: [
      reply("That's not how it should be: changes go out within a minute once there's a network. Could you tell me whether the office network asks people to accept terms in the browser before it lets them through?"),
      customer("It does, there is a page with a button. Everybody knows it and presses it."),
      note("App checks for a network once on waking. At that moment the sign-on page is still in the way, and it doesn't try again until something is touched."),
      toEngineering("App doesn't try again after a captive portal lets it through. Changes wait until a task is touched."),
      engineer("Agreed, that is a fault. It should try again every minute while something waits. Plan is to have it in 8.13."),
      hold("You've helped us to find a real fault: at the moment the app looks for a network, the page with the button is still in the way, and it didn't look again. The next version tries every minute as long as something waits. I'll write when it is in the stores."),
      engineer("8.13 is out."),
      resolve("Version 8.13 is in the stores and does it right. Please update the tablets, and everything that waits is sent by itself."),
      customer("Updated all of them, and the first day went without any trouble. Well done."),
      resolve("That's good to hear, thank you!"),
    ],
  }),
  story({
    name: "print-timeline",
    subjects: ["Printing cuts off the timeline", "Export as PDF is cropped"],
    openings: [
      "The PDF export of our timeline is cut off on the right, two months are missing. A3 or A4 makes no difference. Is that a known bug?",
      "I have to hang the plan of “{project}” on the wall. The export puts it on one page, so small that nobody can read it. What am I missing?",
    ],
    life: [
      resolve("In the export window, set “Pages” from “Fit on one” to “Tile”, and choose the months at the top first: only what's visible in that range is exported. For a wall I'd take A3 landscape and weeks as the unit."),
      customer("Tiling works, but the names of the tasks repeat on each page and take half of the space."),
      resolve("There is a switch for that as well, a bit hidden: “Names: first page only”, under “More”. Then the pages can be glued side by side."),
      customer("Perfect. It's hanging on the wall now and looks great."),
      reply("I'd love to see a picture of it!", "resolved"),
    ],
  }),
  story({
    name: "german-dates", tags: ["settings"],
    subjects: ["Dates in the wrong order", "Week starts on Sunday"],
    openings: [
      "Since I reinstalled the app all dates are month first, and the week begins on Sunday. Where can I change this? My phone is set up correctly.",
      "All dates in the emails and in the app are in American order now, which has already led to one missed deadline. Is that an error, or a setting?",
    ],
    life: [
      resolve("Dates follow the language of your profile, not the phone. Under Profile → Language and region, choose “English (Europe)”: day first, the week starts on Monday, 24 hours. It holds for mails and the app too."),
      customer("Found it, thanks. Would be nice if an admin could set this for everybody."),
      resolve("I agree, and there are others who think so: I have added your vote to the wish. You'd get a note if it comes."),
    ],
  }),
];
