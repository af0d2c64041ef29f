import { ask, customer, hold, managerNote, managerReply, note, reply, resolve, story, toManager, handBack, type Story } from "../story.ts";

/** Seats, plans and prices. */
export const plans: readonly Story[] = [
  story({
    name: "yearly-instead-of-monthly", tags: ["upgrade"],
    subjects: ["Switching to the annual plan", "Discount for paying yearly", "From monthly to yearly"],
    openings: [
      "We'd like to move from monthly to the annual plan with our {seats} seats. What would we pay, and what happens with the {amount} we have just paid for {month}?",
      "Your pricing page says two months free with yearly payment. Does the price hold when we add people during the year?",
      "Please switch us to yearly billing from next month on. We'd need an offer in writing first.",
    ],
    life: [
      reply("With {seats} seats on {plan} the year costs {yearly}, that is ten months instead of twelve. What you paid for {month} is credited by the day. New people are added at the same price, for the rest of your year only."),
      customer("Sounds good. Can you send an offer that I can show to {colleagueFirst}?"),
      ask("Here you are, the offer is valid for 30 days and is also under Settings → Billing → Offers. As soon as an owner presses “Accept”, the switch happens. Is there anything else that {colleagueFirst} needs?"),
      customer("Accepted five minutes ago. All clear, thank you!"),
      resolve("I can see it, welcome to the yearly plan! The invoice with the credit is in your mail box."),
    ],
  }),
  story({
    name: "downgrade", plan: "Business", tags: ["downgrade"],
    subjects: ["Downgrade from Business to Team", "What do we lose on the smaller plan?"],
    openings: [
      "Times are hard and we need to save. What happens to our automations and the workload view when we go to a smaller subscription? We don't want to lose anything before we understand the price of it.",
      "I'd like to downgrade at the end of {month}. Is there a list of what stops working? We use guests and the time tracking a lot.",
    ],
    life: [
      reply("That's a sensible question to ask first. Nothing is deleted. Automations are paused, not removed; the workload view is hidden; time tracking and guests stay as they are. If you come back within a year, everything is where you left it.\n\nThe change takes effect at the end of the period you have paid for."),
      customer("And single sign-on? A few of us sign in only that way."),
      ask("SSO belongs to Business. Those people would get a mail with which to choose a password, and their tasks and rights stay. Shall I prepare the change for the end of {month}?"),
      customer("Yes please, for the end of {month}."),
      resolve("It is set for the last day of {month}. You can undo it until then under Settings → Plan. I hope that we see you back on Business in better times."),
    ],
  }),
  story({
    name: "nonprofit-discount", tags: ["discount"],
    subjects: ["Discount for charities?", "Special price for our foundation"],
    openings: [
      "We are setting up a charitable foundation next to {company}, with five volunteers. Do you have a special price for that, or does it have to be the normal subscription?",
      "Some software companies offer charities a lower price. Does Lumen? It would be for a small foundation that we support, paid from our billing account.",
    ],
    life: [
      ask("We do: registered charities get 40 % off either plan. Could you send me the registration, or a link to the public register? It should be a workspace of its own, so that your own stays as it is."),
      customer("They're in the process of being registered, it takes about six weeks. Can we start before that?"),
      toManager("Wants the charity price before the registration is through. I'd say yes, with a date."),
      managerReply("What a good cause. Please start right away: I have unlocked the reduced price for three months. When the registration is there, answer to this mail, and it becomes permanent.", "resolved"),
    ],
    afterwards: {
      opening: "As promised: the registration came through on {date}. The foundation's workspace is called “{project}”. Could you make the reduced price permanent now? And do you need the document as a certified copy?",
      life: [
        reply("Congratulations to all five! A plain scan is enough, no need for a certified copy."),
        ask("I've sent you a link where you can upload it. Please also tell me the legal name as it should be on the invoice."),
        customer("Uploaded. The name is the one in the document, with “Foundation” at the end."),
      ],
    },
  }),
  story({
    name: "more-seats-now", priority: "high", tags: ["seats"],
    subjects: ["Need {more} more seats today", "Can't add people, limit reached"],
    openings: [
      "We have a workshop at two o'clock and can't add the last {more} people: “Your plan's seats are used up”. The button for more seats leads to a payment page that I'm not allowed to see. Please help, our owner is on a plane.",
      "Our workshop begins at two and we are {more} seats short. Please raise us from {seats} to {newSeats} and put it on the next invoice. {colleague}, our owner, approves it, but is on a plane just now.",
    ],
    life: [
      note("Owner is {colleague}, reachable at {colleagueEmail}. Account in good standing for two years."),
      reply("I've opened {more} extra seats for three days without any charge, so that your workshop can start. Please let people in now."),
      ask("So that they can stay, the owner has to confirm {newSeats} seats: {newAmount} a month from now on, by the day for {month}. I have sent {colleagueFirst} a one-click confirmation. Could you give them a hint?"),
      customer("You saved our afternoon! {colleagueFirst} has landed and has just confirmed."),
      resolve("I see {newSeats} confirmed seats. I hope the workshop was a success!"),
    ],
  }),
  story({
    name: "competitor-offer", tags: ["retention"],
    subjects: ["Price increase", "Renewal of our annual plan"],
    openings: [
      "Our annual plan is up for renewal and the price went from {yearly} to quite a bit more. A competitor offers us the same for less. Before we spend weeks on moving, can you do something about it?",
      "I've read about the new price for the {plan} plan. We have been here from the beginning with {seats} people. Does it apply to us as well, and from when?",
    ],
    life: [
      reply("Thank you for asking before deciding. The new prices hold for renewals from next quarter on. Let me check what we can do for a customer of your size and time with us."),
      toManager("Renewal at risk, {seats} seats, customer since the first year. Asks for the old price."),
      managerNote("Old price for another year is fine if they renew before the end of the month. After that 5 % below list."),
      managerReply("As you've been with us from the start, I would like to keep you at {yearly} for another year. All I need is your renewal before the end of {month}. After that year we would talk again, and you'd hear from me three months ahead.", "pending"),
      customer("That's a fair offer. I have to take it to {colleagueFirst}, who is back on Monday."),
      managerReply("Of course. I've noted it down for you, so that nothing gets lost if it takes a few days longer.", "on_hold"),
      customer("We're staying. Please renew."),
      handBack("Renewal agreed at the old price, please send the paperwork."),
      resolve("I'm happy that you stay! The renewal at {yearly} is confirmed, the invoice dates from the first of next month, and the agreement is under Settings → Billing → Documents."),
    ],
  }),
  story({
    name: "trial-extension", plan: "Team", tags: ["trial"],
    subjects: ["Longer trial of Business", "Trial ends before we could test"],
    openings: [
      "Our trial of the Business plan ends on Friday, and because of holidays only two of us could look at it. Before we pay for {seats} seats we'd like to try the workload view properly. Could you extend it by two weeks?",
      "Is there a way to have the trial longer? {colleagueFirst}, who has to approve the subscription, is away until the end of the month.",
    ],
    life: [
      resolve("Gladly. Your trial now runs 14 days longer, and nothing that you have set up gets lost when it ends. If it's useful, I can also show the workload view to your team in half an hour on a video call."),
      customer("The call would be great. Thursday at ten?"),
      ask("Thursday at ten is booked, the link is in your mail box. Is there a project that you'd like us to look at together?"),
      customer("“{project}”, please. That's the one where we always run out of people."),
      hold("Perfect, I've prepared “{project}” for Thursday. I'll keep this open until we have spoken."),
      resolve("Thank you for the lively call! As agreed: the trial runs until the end of the month, and the list of shortcuts we talked about is in the help center under “Workload”."),
    ],
  }),
];
