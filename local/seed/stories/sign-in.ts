import { ask, customer, engineer, hold, managerNote, reply, resolve, story, toEngineering, toManager, type Story } from "../story.ts";

/** Getting in. */
export const signIn: readonly Story[] = [
  story({
    name: "reset-mail-missing", tags: ["password"],
    subjects: ["Password reset mail doesn't arrive", "Can't log in, no reset email"],
    openings: [
      "I forgot my password and the reset email never comes. I have looked into spam and tried three times. My address is {email}.",
      "I can't log in since the weekend. “Forgot password” says that a mail is on its way, but nothing arrives. Is my email address spelt wrong in your system?",
    ],
    life: [
      reply("Your address is right, and our mail was accepted by your provider at {time}, so it's probably in a quarantine that you can't see yourself. I've asked for a fresh one. Please use only the newest, older ones stop working when a new one is sent."),
      customer("Got it at last, our IT had it in quarantine. I'm in."),
      resolve("Good! If your IT allows mail.lumen.example as a sender, you won't have to dig for it next time."),
    ],
  }),
  story({
    name: "lost-second-factor", tags: ["two factor"], priority: "high",
    subjects: ["New phone, locked out of two factor", "Lost my authenticator"],
    openings: [
      "My phone fell into the harbour, and with it my authenticator. I have no recovery codes. How do I log in with two factor now? I am the only owner of the workspace.",
      "I got a new phone and the codes for two factor sign in are gone. Now I'm locked out. {colleague} is an admin as well, can that help?",
    ],
    life: [
      ask("That's annoying, I know. To protect your workspace I can't just switch the second factor off. Another admin can vouch for you: I'll send them a mail with a button, and half an hour later the second factor is reset. Who should get it?"),
      customer("{colleague}, at {colleagueEmail}. {colleagueFirst} knows about it."),
      toManager("Reset of the second factor, vouched for by a second admin. Needs your four eyes."),
      managerNote("Vouching mail was confirmed from the known address and a known device. Please go ahead."),
      resolve("{colleagueFirst} has confirmed, and your second factor is reset. At the next sign-in you'll be asked to set up a new one. Please print the recovery codes this time, on paper."),
      customer("Printed and locked away! Thank you for being strict and friendly at the same time!"),
      resolve("That's the nicest thing one can say about security. Take care!"),
    ],
  }),
  story({
    name: "sso-loop", tags: ["sso"], plan: "Business", priority: "high",
    subjects: ["SSO sends us in circles", "Single sign-on: login loop"],
    openings: [
      "After signing in with our identity provider we end up on the login page of Lumen again, over and over. About half of our people are affected, the others are fine. SSO was set up two years ago.",
      "Since our identity provider was updated on {date}, SSO does not let {colleagueFirst} and a dozen others in. No error, just the login page again.",
    ],
    life: [
      reply("The half that works has probably still got an older session. I can see answers from your identity provider that carry the address with capital letters, “{first}@…”, while the accounts here were made in lower case. That used to be the same thing, but your provider now says that it is not."),
      customer("Our admin says they can't easily change that on our side."),
      toEngineering("SSO compares addresses with case, identity provider sends capitals since its update."),
      engineer("The standard leaves that open, but nobody has two mailboxes that differ in case. We'll compare in lower case. Risk: accounts that exist twice. There are none in this workspace."),
      hold("We'll compare addresses without regard to capitals from the next release on, which is due tonight. I'll write to you in the morning."),
      engineer("Released."),
      resolve("It's released, please let somebody from the unlucky half try. There are no double accounts in your workspace, so nothing needs to be merged."),
      customer("Everybody is in. Thanks for not insisting that it's our fault!"),
      resolve("It was a bit of both, and now it doesn't matter any more."),
    ],
  }),
  story({
    name: "old-email-address",
    subjects: ["Change my email address", "New name, old login"],
    openings: [
      "I got married and have a new name and email address. How can I change my login without losing my tasks? The old address stops at the end of {month}.",
      "After my wedding I have a new name, and a new email address with it. Do I need a new login, or can the old one be changed? I don't want to lose my tasks.",
    ],
    life: [
      reply("Under Profile → Sign-in you can enter the new address. We send a mail to both: the new one confirms, the old one is only told. Everything that's yours stays yours: tasks know people by a number and not by address."),
      customer("Done, and it took a minute. My old name is still in the comments, though."),
      resolve("Comments show the name from your profile, so if you change it there, it changes everywhere, also in the past. It may take an hour until every page shows it."),
    ],
  }),
];
