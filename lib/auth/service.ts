// Who is asking, what may they do, and who is on the team.
// Promises: rights are read from the database at each request, never from a token; a change of rights ends a
// person's sessions, tokens and realtime connections; no answer tells whether an address is known; no hash or
// token leaves this room.
export { identify, personBehind, actorFor, visitorCookie, sessionCookies, type Credentials } from "./identify.ts";
export { newVisitorToken, visitorCookieSeconds, visitorOf } from "./visitor.ts";
export { currentActor, postingActor, postingAddress, requirePerson, requireStaff } from "./request.ts";
export { can, demand, doer, isStaff, sees, system, visibleTo, type Actor, type PersonActor, type VisitorActor } from "./policy.ts";
export { acceptInvitation, hasNoAdmin, requestLink, requestReset, resetPassword, setUp, setupOpen, setupToken, signOutEverywhere, signUp, tokenFor } from "./account.ts";
export { addPerson, changePerson, customerWith, inviteAgain, meFor, peopleFor, personFor, setAvailability, staffMember } from "./people.ts";
export { addQueue, allQueues, changeQueue, deleteQueue, queueNames, queuesFor } from "./queues.ts";
export { changeSettings, demoPeople, deskSettings, nameDesk, settingsFor } from "./settings.ts";
export { letterTo } from "./letters.ts";
export { colleagues, freeToTake, gone, managerFor, managersOnDuty, whoIs, type Brief, type Colleague } from "./presence.ts";
export { noteAct, noteRead } from "./audit.ts";
export { restoreDesk } from "./restore.ts";
