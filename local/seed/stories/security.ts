import { ask, customer, engineer, hold, managerNote, managerReply, note, reply, resolve, story, toEngineering, toManager, type Story } from "../story.ts";

/** Questions that somebody asks who has to sign for the answer. */
export const security: readonly Story[] = [
  story({
    name: "delete-our-account", tags: ["erasure"],
    subjects: ["Delete our workspace", "Erasure of personal data"],
    openings: [
      "We're closing the office in the north. Please delete our second workspace, “{project}”, with everything in it, and confirm it in writing. I am its owner.",
      "{colleague} has left and asks for erasure of all personal data. What do you need from us, and what happens to the tasks of that person? We don't want to delete our whole workspace.",
    ],
    life: [
      ask("I'll take care of it. Since this can't be undone, please confirm from the owner's address that you have all exports you need, and that it concerns only what you named and nothing else."),
      customer("Confirmed. We have the export, and nothing else is to be touched."),
      toManager("Erasure confirmed by the owner from the known address. Please release it."),
      managerNote("Checked and released. Backups follow after 30 days."),
      resolve("It's done: the data is deleted from our systems as of today, and disappears from our backups within 30 days. You'll find the confirmation as a PDF under Settings → Documents, for your files."),
    ],
  }),
  story({
    name: "security-questionnaire", tags: ["security"],
    subjects: ["Security questionnaire for our client", "Where is our data stored?"],
    openings: [
      "A client of ours wants to know where data in Lumen is stored, who has access, and about encryption. There are 80 questions in a spreadsheet. Can you help? It includes questions on SSO and permissions.",
      "Our auditor has sent us a questionnaire of 80 lines: certificates, subprocessors, SSO, whether each login attempt is logged. By when could we have the answers?",
    ],
    life: [
      reply("We can. Most of it is answered in our security pack: data is stored in the EU, in two data centres, encrypted in transit and at rest; support sees content only if you allow it for a ticket. I've sent you the pack with certificates and the list of subprocessors."),
      customer("Great. 12 of the 80 questions remain, I've marked them in yellow. They are about penetration tests, mostly."),
      toEngineering("12 questions about penetration tests and key rotation, the spreadsheet is with the customer's mail."),
      hold("Thank you for sorting out the other 68! The 12 yellow ones are with our engineers, you'll have answers by Thursday."),
      engineer("Answered all 12 in the sheet. For question 9, the summary of the last test may be shared under the usual agreement, the full report may not."),
      resolve("Here is the sheet with all answers filled in, and the summary of the latest penetration test. Please treat the summary as confidential. Good luck with the audit!"),
      customer("They are happy, and so am I. Thanks to everybody involved."),
      resolve("Wonderful, I'll pass that on!"),
    ],
  }),
  story({
    name: "suspicious-sign-in", tags: ["security"], priority: "urgent",
    subjects: ["Sign in from a country we don't know", "Somebody else in my account?"],
    openings: [
      "I got a mail about a sign in to my account from a city where I have never been. I didn't do that. I've changed my password. What else should I do?",
      "In my list of sessions there's a login of {yesterday} at {time} that isn't mine. Please help quickly, I'm an admin here and have all permissions.",
    ],
    life: [
      reply("You did the right thing. I've ended all sessions of your account and of the API tokens that you made. Please sign in again, switch on the second factor if it's not on yet, and don't use the old password anywhere else."),
      note("Address belongs to a hotel network. Same browser version as the customer's own. Two pages opened, nothing changed or exported."),
      ask("I've looked at the log: somebody opened the start page and your own profile, nothing was changed and nothing exported. The address belongs to the network of a hotel. Is it possible that it was you or {colleagueFirst}, over a VPN?"),
      customer("Oh no. It was me: I had the hotel's VPN profile still on from the conference. I'm so sorry for the alarm!"),
      managerReply("Better one alarm too many than one too few. Everything's fine then. I'd still keep the second factor on: you switched it on in under five minutes, which is a record.", "resolved"),
    ],
  }),
];
