/** The scores from 1 to 5 as a customer chooses them. */
export const scoreWords = ["Terrible", "Bad", "Okay", "Good", "Great"] as const;

export const scoreWord = (score: number): string => scoreWords[score - 1] ?? String(score);
