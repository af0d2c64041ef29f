import { ask, customer, engineer, handOver, hold, note, reply, resolve, story, toEngineering, type Story } from "../story.ts";

/** Into Lumen, out of it, and back from the trash. */
export const moving: readonly Story[] = [
  story({
    name: "csv-import-rows", tags: ["import"],
    subjects: ["CSV import skips rows", "Import leaves out tasks"],
    openings: [
      "I'm trying to import {rows} tasks from a CSV file. It ends with “done”, but only about half of them are there. There's no list of errors.",
      "The import of our old plan says “done”, but many tasks up to row {rows} are missing. I can't see anything wrong in those rows. The CSV file is from Excel.",
    ],
    life: [
      ask("Let's find them. Could you tell me how the file was saved, “CSV UTF-8” or just “CSV”, and whether some cells have line breaks in them? You can also answer this mail with the first fifty lines, names blacked out if you like."),
      customer("Just “CSV”. And yes, the notes column has line breaks all over."),
      note("Line breaks without quotes, each one makes a new row without a title, and those are skipped in silence."),
      reply("That explains it: without quotes, each line break starts a new row, and rows without a title are left out. If you save as “CSV UTF-8”, Excel puts the quotes around by itself. I have imported your file this way into a trial project, “{project} (check)”. Would you compare?"),
      customer("All {rows} are there, with the notes in the right place. Can you make that the real one?"),
      resolve("Done, I took “(check)” off the name. I've also asked for a list of skipped rows at the end of each import. It shouldn't say “done” when it isn't."),
    ],
  }),
  story({
    name: "restore-deleted-project", priority: "urgent", tags: ["restore"],
    subjects: ["Project deleted by mistake!", "Please restore “{project}”", "Deleted the wrong project"],
    openings: [
      "{colleagueFirst} has deleted “{project}” instead of its copy, and the trash is empty. {tasks} tasks. Please tell me that there's a backup. Every page that shows it ends in an error now.",
      "{colleagueFirst} cleaned up and “{project}” is gone, also from the trash. It was in use by eleven people and now every link to it is broken. Can you restore it?",
    ],
    life: [
      reply("Please breathe: even when the trash is emptied, we keep projects for 14 days. I've asked our engineers to bring “{project}” back, which usually takes an hour or two. Please don't create a new one with the same name in the meantime."),
      toEngineering("Restore “{project}” with {tasks} tasks, emptied from the trash today around {time}."),
      engineer("Restored to the state of two minutes before deletion. Attachments included. Automations come back switched off, that's on purpose."),
      resolve("“{project}” is back, with comments and attachments. Automations are switched off, so that they don't fire for the whole day at once: please have a look and switch them on. If you like, you can allow emptying the trash to owners only: Settings → Safety."),
      customer("Everything's there. You have no idea how grateful I am. I've changed that setting at once!"),
      resolve("I'm so glad. Tell {colleagueFirst} that it happens to all of us once!"),
    ],
    afterwards: {
      opening: "After the restore one thing is still odd: the links in our intranet to tasks of “{project}” lead to “no access”, though we do have access when we go through the board. Is that related?",
      life: [
        reply("Very likely. A restore gives the project a new address, and old links are meant to be forwarded to it. It seems that the forwarding is missing for yours."),
        customer("That fits: links to tasks made after the restore do work."),
        resolve("The forwarding is in place now, I've tested three of your old links. Thank you for coming back with this!"),
      ],
    },
  }),
  story({
    name: "moving-from-another-tool", tags: ["migration", "import"],
    subjects: ["Moving 40 projects from another tool", "Migration: import with comments?"],
    openings: [
      "We're moving to Lumen from another tool with 40 boards. The import takes titles and dates, but not the comments and attachments. Is there an API or an export format that keeps them?",
      "Can your import take over comments and who wrote them? {colleagueFirst} has tried with one of our 40 boards, and everything came out under his own name.",
    ],
    life: [
      reply("Yes, with the migration format instead of CSV: a ZIP with one JSON file for each board, and a folder of attachments. People are matched by their email address, so everybody should be invited before you import; otherwise their comments go to whoever imports."),
      ask("I've put an example and a script for the export of your old tool into our help center, under “Moving in”. How many people and how much data is it, roughly? Above 20 GB we'd rather do it together."),
      customer("{seats} people, about 12 GB. We'll try it on the weekend with two boards."),
      hold("Good plan. I'll keep this open over the weekend, and have told the person on duty about it."),
      customer("Two boards went through without a hitch. The other 38 are running now."),
      handOver("Customer's move is half way, and you know the migration format better than anybody. Please keep an eye on it."),
      resolve("I've taken over from my colleague and watched the run: 40 of 40 boards, {rows} comments, no errors. Welcome to Lumen, all of you!"),
    ],
  }),
  story({
    name: "full-backup", plan: "Business",
    subjects: ["Export of everything for our archive", "Regular backup of our workspace"],
    openings: [
      "Our compliance people want a monthly export of everything in Lumen, on our own storage. Is there a way to do that without pressing a button each time?",
      "How complete is the export? We need tasks, comments, attachments and who changed what, for ten years. It would be stored with us.",
    ],
    life: [
      reply("The full export contains all of that, including the history of each task, as JSON and as readable HTML. On Business you can have it written to a storage of yours each month: Settings → Export → Schedule, with any S3-compatible address."),
      customer("Set up, but the first run ended with “access denied” at 60 %."),
      note("Their storage refuses objects over 5 GB in one piece. We should send in parts."),
      toEngineering("Scheduled export sends one file of 7 GB in one piece, the customer's storage takes 5 GB at most."),
      engineer("Switched this workspace to parts of 512 MB, which becomes the default next week."),
      resolve("The export is now written in parts, and tonight's run has gone through to the end. You'll get a mail after each run, with the number of files and a checksum."),
    ],
  }),
];
