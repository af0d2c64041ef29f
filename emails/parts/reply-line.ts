/** Stands above everything in a letter that can be answered; of an answer, only what is above it is taken. */
export const replyLine = "Please write your answer above this line";
