import { ask, customer, managerReply, note, reply, resolve, solved, story, toManager, hold, managerNote, type Story } from "../story.ts";

/** Who belongs to a workspace, and what they may do. */
export const members: readonly Story[] = [
  story({
    name: "owner-has-left", tags: ["ownership"], priority: "high",
    subjects: ["Our owner has left the company", "Transfer ownership of the workspace"],
    openings: [
      "{colleague}, who set up Lumen for us, has left {company}. We have no owner now, nobody can invite anyone or see the settings. How do I become the owner?",
      "The owner of our workspace is no longer with us, and the mailbox {colleagueEmail} is deleted. We need the permissions transferred to me.",
    ],
    life: [
      ask("We can transfer it, but we have to be careful that nobody takes over somebody else's workspace. Please send a short letter on your company's paper, signed by somebody who may sign for {company}, and set a text record on {domain} with the value that I've just sent you in a separate mail."),
      customer("The letter is attached to my other mail, and our IT has set the record."),
      note("DNS record is there, letter signed by a director who's in the register."),
      toManager("Transfer of ownership, proof is complete, needs a second pair of eyes."),
      managerReply("Both proofs are in order. You are the owner as of now; the former owner's account is deactivated, their tasks are kept. Please add a second owner soon, so that it can't happen again.", "resolved"),
    ],
  }),
  story({
    name: "invitation-expired", tags: ["invitation"],
    subjects: ["Invitation link does not work", "New colleague can't join"],
    openings: [
      "{colleague} clicked on the invitation and gets “This link is not valid any more”. I sent the invite on {date}. Do I have to do it again?",
      "I was sent an invitation to “{project}” and it leads to an empty page that wants an owner's approval. What am I supposed to do?",
    ],
    life: [
      resolve("Invitations are valid for 14 days. I've sent a fresh one, it should be there already. If the company's mail scanner opens links before people do, please copy the address into the browser by hand."),
      customer("The new one worked, thank you."),
      solved,
    ],
  }),
  story({
    name: "guest-sees-too-much", tags: ["guests", "privacy"], priority: "high",
    subjects: ["Guest can see other projects", "Permissions of guests"],
    openings: [
      "A client whom we invited as a guest to “{project}” told us on the phone that they can see the names of our other clients. That must not happen! Please check our permissions at once.",
      "What exactly can guests see? {other} is a freelancer and seems to have more permissions than the one project that we wanted.",
    ],
    life: [
      reply("I take this seriously and have looked at once. The guest can't open any other project. What they see is the list of labels, which are shared by the whole workspace, and some of yours are named after clients."),
      customer("You're right, the labels! I had no idea that they are shared. Is there a way to hide them?"),
      hold("Not yet for labels of the whole workspace. I'm talking to our product team about it. For now, I can turn the labels that carry clients' names into labels of their own projects: guests then see only those of theirs. It changes nothing for you. I need half a day for it."),
      managerNote("Privacy: done with priority, and the product team has put labels for guests on the list for this quarter."),
      resolve("All 31 labels with a client's name now belong to their projects. I've signed in as a test guest and see only what belongs to “{project}”. Thank you for telling us, the product team is going to change the default."),
      customer("I checked it from the other side as well. Thank you for taking care of it so fast."),
      resolve("Of course. Please come back at any time if something looks odd."),
    ],
  }),
  story({
    name: "merge-two-accounts",
    subjects: ["Two accounts for one person", "Merge my accounts"],
    openings: [
      "I have two accounts, one with {email} and one with my private email address, and tasks are assigned to both. Can they be made one?",
      "{colleagueFirst} accepted an invitation with the wrong email address and now exists twice, with different permissions. Could you merge the two?",
    ],
    life: [
      ask("Yes. Which one should stay, and does the other one own any projects or automations? Everything moves over: tasks, comments, time entries. The sign-in of the other one stops working."),
      customer("Keep the one with the company's address, please. The other one owns nothing."),
      resolve("Merged: 46 tasks and 112 comments have moved. The old address can't sign in any more, but mails that are sent to it still reach you."),
      customer("Works perfectly, thanks."),
      resolve("You're welcome!"),
    ],
  }),
];
