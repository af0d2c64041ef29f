import { ask, customer, having, hold, note, reply, resolve, story, toEngineering, engineer, type Story } from "../story.ts";

/** Paper: what stands on an invoice, and where to get it. */
export const invoices: readonly Story[] = [
  story({
    name: "vat-number", tags: ["vat"],
    subjects: ["VAT number missing on our invoices", "Please add our VAT ID to {invoice}", "Reverse charge: invoice shows VAT"],
    openings: [
      "Our VAT number is not on {invoice}, and our tax adviser won't accept it like this. I entered it in the settings after the invoice had been made. Can you issue it again?",
      "Please add our VAT ID to the invoices of {lastMonth} and {month}. The company's name should be “{company}” without any addition.",
      "{invoice} contains VAT although we are a business in another country and gave you our number. It should be reverse charge.",
    ],
    life: [
      ask("Happy to. An invoice that is paid can't be changed, but I can cancel it and issue a corrected one. Could you confirm the exact VAT number, and that the address in Settings → Billing is right?"),
      customer("Yes, the address is right. The number is in the settings as well, I entered it on {date}."),
      note("Checked the number against the official register: valid, name matches."),
      resolve("Your number is valid, thank you. I have cancelled {invoice} and issued a corrected one with your VAT ID; both are under Settings → Billing → Invoices. All later invoices will carry it by themselves."),
    ],
  }),
  story({
    name: "invoice-to-bookkeeping",
    subjects: ["Send invoices to our bookkeeping", "Different email for billing", "Invoices should go to {otherEmail}"],
    openings: [
      "Each month I forward the invoice to our bookkeeping by hand. Is it possible to have invoices sent to {otherEmail} directly, with me in copy?",
      "{colleague} from accounting should get our invoices and receipts from now on, at {colleagueEmail}. They have no seat in Lumen. How do we set that up?",
      "Can the billing emails go to {otherEmail} instead of me? I was only the person who signed up for the trial.",
    ],
    life: [
      resolve("That works without a seat: in Settings → Billing → “Send invoices to” you can enter up to five addresses. I have added the one you named already, so the next invoice goes there.\n\nWould you like me to send them the invoices of this year in one go?"),
      customer("Yes please, that would save me an hour."),
      resolve("Sent: one mail with all invoices of this year as a ZIP file."),
    ],
  }),
  story({
    name: "old-invoices", tags: ["self-service"],
    subjects: ["Invoices of last year", "Audit: need all receipts", "Where can I download old invoices?"],
    openings: [
      "Our auditor asks for all invoices since we became a customer. In the account I only see the last twelve months. Where can I get the others, starting around {oldInvoice}?",
      "I can't find {oldInvoice} any more. Could you send it as a PDF? We need all receipts by Friday.",
      "Is there a list of everything we paid to Lumen last year? One receipt per month would be fine as well.",
    ],
    life: [
      reply("The page shows twelve months to keep it short. With “Show all” at the very bottom you get everything since your first payment, and “Download all” makes one ZIP file with a summary as CSV on top."),
      customer("I don't have “Show all”. Does one need to be an owner for that?"),
      ask("Exactly, admins see only the last year. Your workspace's owner is {colleague}. Shall I send the files to them, or would you ask for the owner's rights?"),
      customer("Please send them to {colleagueEmail}, we sit next to each other."),
      resolve("On their way to {colleagueFirst}: every invoice since your first month, and the summary."),
    ],
  }),
  story({
    name: "wrong-company-name",
    subjects: ["Wrong company name on invoice", "We have renamed ourselves", "New legal name and address"],
    openings: [
      "We have a new legal name since the first of {month}. Please change the invoices to “{company} Holding”, same address, same tax number, and correct {invoice} as well.",
      "We have had a new name since we moved, and {invoice} still has the old one, with the old street. Could I get a corrected invoice?",
      "We go by another name now, and our invoices should be made out to it. Do we have to transfer the subscription, and is a new contract needed?",
    ],
    life: [
      ask("Congratulations on the new name! I need one document that shows the change, for instance an extract from the commercial register. A photo is fine. Please also tell me from which date on it holds."),
      customer("Our lawyer has the extract, I'll ask {colleagueFirst} to send it. It holds from the first of {month}."),
      note("Extract came by mail from {colleagueEmail}, stored with the contract."),
      having(resolve("Everything is in place: the name is changed from the first of {month}, {invoice} has been issued again, and there is no need for a new contract."), "invoice"),
    ],
  }),
  story({
    name: "purchase-order", tags: ["purchase order"],
    subjects: ["PO number on invoices", "Our purchase order is missing"],
    openings: [
      "Our purchasing department rejects your invoices because there is no purchase order number on them. It is 45-{card}. Can you add it to {invoice} and to all future ones?",
      "We now work with a purchase order for each year. Where do I enter the number (45-{card}) so that it is printed on the invoice? {invoice} came back from purchasing because it was missing.",
    ],
    life: [
      resolve("There is a field for it: Settings → Billing → “Reference on invoices”. I've put your number in, and issued {invoice} again with it. It will be on each invoice until you change it."),
      customer("It's on the PDF, but the mail with the invoice still has no reference in the subject, and that is what our system reads."),
      note("Right, the subject is made from another template that does not know the field."),
      toEngineering("Reference is on the PDF but not in the subject of the invoice mail, customer's system reads the subject."),
      hold("You're right, the mail's subject does not carry it yet. I've asked our engineers to add it and will tell you as soon as it is live. Until then, I'm sending {invoice} by hand with the number in the subject."),
      engineer("Small change, goes out with the release on Thursday: subject becomes “Invoice …, your reference …” when the field is filled."),
      resolve("It's live: from the next invoice on your reference is in the subject as well. Thank you for pointing it out, you won't be the only one who needs it."),
    ],
  }),
];
