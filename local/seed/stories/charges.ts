import { ask, customer, engineer, handOver, hold, managerNote, managerReply, note, reply, resolve, solved, story, toEngineering, toManager, type Story } from "../story.ts";

/** Money that was taken, or was not. */
export const charges: readonly Story[] = [
  story({
    name: "charged-twice", tags: ["refund"], priority: "high",
    subjects: ["Charged twice in {month}", "Two payments for one invoice", "Duplicate charge on our card"],
    openings: [
      "Our card ending in {card} was charged {amount} twice on {date}, a few minutes apart. There is only one invoice in our account, {invoice}. Could you refund the second payment?",
      "I am going through our statement and there are two payments of {amount} to Lumen on the same day. We have {seats} seats and should only have paid once. Please have a look at {invoice}.",
      "We seem to have been charged {double} instead of {amount} this month. Only one invoice came by mail. Can I have a refund for the other payment, please?",
    ],
    life: [
      reply("I'm sorry about that, and thank you for telling me how much it was. I can see both payments on the card ending in {card}. I'm checking with our payment provider whether the second one was captured or only reserved, and will write to you again today."),
      note("Provider shows two captures 4 minutes apart, the first one timed out on our side and was retried. Same cause as {bug}, I think."),
      resolve("It was indeed captured twice: the first attempt timed out on our side and was tried again. I have refunded {amount} in full. Banks usually need three to five working days, and the line on your statement will read LUMEN REFUND.\n\nWe have also changed the retry so that it asks the provider first."),
      customer("Thank you for being so quick. I'll keep an eye on the statement."),
      resolve("Glad to help. If it hasn't arrived by the end of next week, just answer here and I'll chase it."),
    ],
  }),
  story({
    name: "charged-after-cancelling", tags: ["refund", "cancellation"], priority: "high", opensWith: "confirmation",
    subjects: ["Charged although we cancelled", "Subscription cancelled, payment taken anyway", "Please refund {month}, we had cancelled"],
    openings: [
      "We cancelled our subscription in {lastMonth} and today {amount} left our account again. I have the confirmation page as a screenshot. Please refund this and make sure it doesn't happen again.",
      "I thought I had cancelled the {plan} plan weeks ago, but there is a new payment of {amount} for {month}. What went wrong?",
      "{invoice} came this morning. We stopped using Lumen last month and cancelled the subscription in the settings. Could you undo the charge?",
    ],
    life: [
      ask("I understand, nobody likes paying for something they have left. I can see a downgrade of one workspace, but a second one, “{project}”, is still active and is what was charged. Did you mean to cancel both?"),
      customer("Oh. I didn't know that {colleagueFirst} had opened a second one. Yes, both please. Can we still get the money back? Nobody has used it since {date}."),
      toManager("Refund of {amount} beyond the 14 days, customer believed that everything was cancelled."),
      managerNote("Fine with me: no sign-in to “{project}” for over a month. Refund in full and cancel."),
      managerReply("I have looked at this together with my colleague. Since nobody has used the second workspace this month, we refund the whole {amount}, and it is cancelled as of today. Your data stays available for 30 days in case you want to export it.", "resolved"),
    ],
    afterwards: {
      opening: "The refund arrived, thank you. One more thing: is it too late to get an export of “{project}”? {colleagueFirst} needs the task list after all, and the page says that the workspace is gone.",
      life: [
        reply("You are just in time: cancelled workspaces are kept for 30 days, and yours has a few left. I'm asking our engineers to restore it read only, so that you can export it."),
        ask("It's back. Please open Settings → Export within the next 48 hours, and choose “Everything (ZIP)”. Does that work for you?"),
        solved,
      ],
    },
  }),
  story({
    name: "card-declined", tags: ["card"],
    subjects: ["Payment keeps failing", "Our card is declined but the bank says it is fine", "Workspace shows “payment overdue”"],
    openings: [
      "Since {yesterday} there is a red banner that our payment failed. The credit card ending in {card} is valid and our bank sees no attempt at all. We don't want to be locked out over this.",
      "I have now tried to pay {invoice} three times. Each time it says that the card was declined. The bank tells me it is not them.",
      "Your system says payment overdue for {amount}. The card works everywhere else. What should I do?",
    ],
    life: [
      reply("Don't worry, nothing gets locked for the next 14 days while we sort this out. The decline code is “authentication required”: your bank wants you to confirm the payment in its app, and that confirmation ran into a timeout.\n\nPlease open Settings → Billing and press “Confirm payment” next to {invoice}. Have the bank's app at hand."),
      customer("The button spins and then says “Something went wrong”. Same in {browser} and in a private window."),
      note("Not just this customer, same code at two others since yesterday. All of them with confirmations in an app."),
      toEngineering("Confirmation of card payments ends in a timeout, three customers since yesterday."),
      engineer("The return address of the confirmation had the old host name in it after Tuesday's release. Fixed and deployed, please let them try again."),
      resolve("Our engineers found it: after a release the way back from your bank's confirmation led nowhere. It's mended. Could you press “Confirm payment” once more? The banner goes away by itself after a minute or two."),
      customer("Worked at the first try. Thanks!"),
      resolve("Wonderful, I see {invoice} as paid. Have a good week!"),
    ],
  }),
  story({
    name: "refund-unused-seats", tags: ["refund", "seats"],
    subjects: ["Refund for seats we don't use", "We paid for {more} seats too many", "Seats of people who left"],
    openings: [
      "{more} people left us in {lastMonth} and we forgot to remove their seats. Is there any chance of a refund for {month}? It is {extra} and for a company of our size that is noticeable.",
      "We are paying for {seats} seats, but {more} of them belong to people who have not signed in for months. Can you take them off our invoice, also for the past?",
      "Please reduce us from {seats} to {fewer} seats and refund the difference for this month: the people in question have left {company}.",
    ],
    life: [
      reply("I can take them off right away. Seats are counted by the day, so everything from today on is credited automatically. For the time before, let me see what I can do."),
      note("Last sign-in of the unused accounts was well before the period began. Policy allows one month as goodwill."),
      resolve("Done: you are at {fewer} seats, and I have added a credit of {extra} for this month as a goodwill gesture. You'll see it as a line of its own on the next invoice.\n\nA tip for the future: under Settings → Members you can sort by “last active”."),
      customer("That's generous, thank you."),
      resolve("You're welcome!"),
    ],
  }),
  story({
    name: "unknown-charge",
    subjects: ["What is this charge of {extra}?", "Unexpected amount on {invoice}", "Invoice is higher than last month"],
    openings: [
      "The invoice for {month} is {newAmount}, last month it was {amount}. Nothing has changed on our side. What are the additional {extra} for?",
      "There is a line “prorated seats” over {extra} on {invoice} that I can't explain to our accountant. What does it mean, and how can I see where it came from?",
      "Why did we pay {newAmount} this time? Our price should be {amount} for {seats} people.",
    ],
    life: [
      reply("Good question, the line could be clearer. {more} people joined “{project}” as members on {date}, which adds {more} seats at {price}. They were let in by {colleague}, who is an admin in your workspace.\n\nYou can see each change under Settings → Billing → History."),
      customer("I see. They should only have been guests, who are free as far as I know. Can that be changed back?"),
      ask("Yes. I can turn the {more} members into guests for you: they keep access to “{project}” but to nothing else. Shall I?"),
      customer("Please do, and thanks for explaining it."),
      resolve("All {more} are guests now, and the rest of the month is credited: {extra} will be on your next invoice as a minus. If you want, you can also allow only owners to add members: Settings → Members → Who can add."),
    ],
  }),
  story({
    name: "payment-by-transfer", tags: ["bank transfer"],
    subjects: ["Paying by bank transfer", "Transfer not matched to our account"],
    openings: [
      "We transferred {yearly} for the annual plan on {date} with {invoice} as the reference, but the account still says “payment expected”. Could you check whether it arrived?",
      "Our bookkeeping does not allow credit card payments. Two weeks ago we paid {invoice} by transfer, and today we got a reminder. Please look into it.",
    ],
    life: [
      ask("Thank you for paying by transfer, and I'm sorry for the reminder. I can't find the amount under your reference yet. Could you tell me the name of the account it was sent from, and the exact date of value?"),
      customer("The account belongs to our holding: “{company} Group”, date of value was {date}. The reference might have been cut off by the bank."),
      hold("That helps. I have passed it on to our finance team, who look for it by name and amount. They answer within two working days, and I've stopped all reminders until then."),
      managerNote("Finance found it under the holding's name, booked as “unclear”. Matched now."),
      handOver("You know the transfers best: please let the customer know that it's matched, and put the holding's name on the account so that it goes through by itself next year."),
      resolve("We found it: the bank had cut off the reference. {invoice} is paid as of {date}, and I have noted your holding's name so that the next transfer is matched by itself. Sorry again for the reminder."),
    ],
  }),
];
